//! The order event as writers of other versions have it: their schemas and data, made from the
//! reader's by one change each.

use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use avro_runtime::{AvroSchema, from_datum, to_datum};
use serde_json::{Value as Json, json};

use crate::generated::bench::evolved::OrderEvent;

/// What a writer's version differs in.
pub struct Version {
    /// What was changed.
    pub name: &'static str,
    /// The writer's schema.
    pub schema: String,
    /// The event as that writer wrote it.
    pub datum: Vec<u8>,
    /// What the reader makes of it.
    pub value: OrderEvent,
    /// The same datum in the reader's own layout.
    pub direct: Vec<u8>,
}

/// Every version.
pub fn versions() -> Vec<Version> {
    vec![
        version("field added with a default", |it| {
            it.lacks("source").lacks("version")
        }),
        version("field removed", |it| it.has_more("OrderEvent")),
        version("fields reordered", |it| {
            it.reversed("OrderEvent").reversed("OrderEventPayload")
        }),
        version("numbers promoted", |it| {
            it.narrower("unit_price").narrower("total_amount")
        }),
        version("fields renamed", |it| {
            it.called("order_id", "reference")
                .called("sku", "article")
                .called("postal_code", "zip")
        }),
        version("all, in the items", |it| {
            it.lacks("category")
                .has_more("OrderItem")
                .reversed("OrderItem")
                .narrower("unit_price")
                .called("sku", "article")
        }),
        version("all, everywhere", |it| {
            it.lacks("category")
                .lacks("country")
                .lacks("source")
                .has_more("OrderItem")
                .has_more("OrderEvent")
                .reversed("OrderEventPayload")
                .narrower("unit_price")
                .called("sku", "article")
        }),
    ]
}

fn version(name: &'static str, change: impl Fn(Writer) -> Writer) -> Version {
    let reader: Json = serde_json::from_str(OrderEvent::SCHEMA).expect("a schema is JSON");
    let writer = change(Writer {
        schema: reader,
        removed: Vec::new(),
        renamed: Vec::new(),
    });
    let schema = writer.schema.to_string();
    let linked = Schema::new(&schema).expect("still a schema");

    let plain = include_str!("../../data/order.json");
    let event: OrderEvent = avro_runtime::json::plain::from_str(plain).expect("an event");
    let own = Schema::new(OrderEvent::SCHEMA).expect("the generator took it");
    let datum = to_datum(&event).expect("a valid value");
    let json = Value::from_datum(&own, &datum)
        .expect("what was written")
        .to_json();
    let mut json: Json = serde_json::from_str(&json).expect("it is JSON");
    writer.apply(&mut json);
    let datum = Value::from_json(&linked, &json.to_string())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
        .to_datum();
    let read = DynamicReader::new(&own, &linked).expect("the reader's schema reads it");
    let direct = read
        .read(&datum)
        .expect("a datum of the writer's")
        .to_datum();
    let value = from_datum(&direct).expect("a datum of the reader's");
    Version {
        name,
        schema,
        datum,
        value,
        direct,
    }
}

/// A writer's schema, and what its data lack and call otherwise.
struct Writer {
    schema: Json,
    removed: Vec<&'static str>,
    renamed: Vec<(&'static str, &'static str)>,
}

impl Writer {
    /// Without this field.
    fn lacks(mut self, field: &'static str) -> Self {
        each_record(&mut self.schema, &mut |record| {
            fields(record).retain(|it| it["name"] != field);
        });
        self.removed.push(field);
        self
    }

    /// With two fields before the others: a string, and an array of strings.
    fn has_more(mut self, name: &str) -> Self {
        each_record(&mut self.schema, &mut |record| {
            if record["name"] == name {
                let more = [
                    json!({"name": "remark", "type": "string", "default": "as agreed by telephone"}),
                    json!({"name": "tags", "type": {"type": "array", "items": "string"},
                           "default": ["new", "fragile"]}),
                ];
                fields(record).splice(0..0, more);
            }
        });
        self
    }

    /// With its fields in the reverse order.
    fn reversed(mut self, name: &str) -> Self {
        each_record(&mut self.schema, &mut |record| {
            if record["name"] == name {
                fields(record).reverse();
            }
        });
        // What is defined in a field must stand before it is referred to; nothing here is.
        self
    }

    /// With a float where the reader has a double.
    fn narrower(mut self, field: &str) -> Self {
        each_record(&mut self.schema, &mut |record| {
            for it in fields(record).iter_mut().filter(|it| it["name"] == field) {
                let text = it["type"].to_string().replace("\"double\"", "\"float\"");
                it["type"] = serde_json::from_str(&text).expect("one word was replaced");
            }
        });
        self
    }

    /// With another name for this field.
    fn called(mut self, field: &'static str, name: &'static str) -> Self {
        each_record(&mut self.schema, &mut |record| {
            for it in fields(record).iter_mut().filter(|it| it["name"] == field) {
                it["name"] = name.into();
            }
        });
        self.renamed.push((field, name));
        self
    }

    /// Makes the writer's data of the reader's.
    fn apply(&self, data: &mut Json) {
        match data {
            Json::Object(members) => {
                for name in &self.removed {
                    members.remove(*name);
                }
                for (name, other) in &self.renamed {
                    if let Some(value) = members.remove(*name) {
                        members.insert((*other).to_owned(), value);
                    }
                }
                // A branch of a union is a number under the name of its type.
                if let Some(number) = members.remove("double") {
                    let float = self.schema.to_string().contains(r#"["null","float"]"#);
                    let name = if float { "float" } else { "double" };
                    members.insert(name.to_owned(), number);
                }
                members.values_mut().for_each(|value| self.apply(value));
            }
            Json::Array(items) => items.iter_mut().for_each(|item| self.apply(item)),
            _ => {}
        }
    }
}

fn fields(record: &mut Json) -> &mut Vec<Json> {
    record["fields"]
        .as_array_mut()
        .expect("a record has fields")
}

/// Visits every record of a schema.
fn each_record(schema: &mut Json, visit: &mut impl FnMut(&mut Json)) {
    match schema {
        Json::Array(branches) => branches.iter_mut().for_each(|it| each_record(it, visit)),
        Json::Object(_) => {
            if schema["type"] == "record" {
                visit(schema);
                for field in fields(schema) {
                    each_record(&mut field["type"], visit);
                }
                return;
            }
            for key in ["items", "values"] {
                if schema.get(key).is_some() {
                    each_record(&mut schema[key], visit);
                }
            }
        }
        _ => {}
    }
}
