//! Schemas as the crate gives them → one text in JSON, each named type defined once, its keys in
//! the order in which Java writes them; and for each part the place that the outline knows.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::doc::documentation;
use super::outline::{Field, Outline, Place, Type};
use crate::source::Derived;

/// The order of the keys of a schema; others follow in that of the alphabet.
const OF_SCHEMA: [&str; 14] = [
    "type",
    "name",
    "namespace",
    "doc",
    "items",
    "values",
    "fields",
    "symbols",
    "size",
    "default",
    "logicalType",
    "precision",
    "scale",
    "aliases",
];
/// The same of a field.
const OF_FIELD: [&str; 6] = ["name", "type", "doc", "default", "order", "aliases"];

/// `{"types": […], "schema": …}` with the types in the order of the outline, and their
/// documentation as the comments in the text have it.
pub(super) fn written(
    text: &str,
    outline: &Outline,
    types: &BTreeMap<String, Value>,
    main: Option<&Value>,
) -> Derived {
    let mut writer = Writer {
        text,
        derived: Derived::default(),
        namespace: None,
    };
    let own = outline
        .types
        .iter()
        .filter_map(|ty| Some((ty, types.get(&ty.fullname)?)));
    writer.push("{\"types\":");
    writer.list(own, |writer, (ty, schema)| writer.definition(ty, schema));
    if let (Some(main), Some(place)) = (main, &outline.main) {
        writer.push(",\"schema\":");
        writer.namespace = None;
        writer.at(Some(place), |writer| writer.schema(main));
    }
    writer.push("}");
    writer.derived
}

/// The fullname that a definition gives its type where a namespace is in force.
pub(super) fn fullname(schema: &Value, namespace: Option<&str>) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    let name = text("name").unwrap_or_default();
    match text("namespace").or(namespace) {
        Some(namespace) if !namespace.is_empty() && !name.contains('.') => {
            format!("{namespace}.{name}")
        }
        _ => name.to_owned(),
    }
}

/// Whether this defines a named type, or names one.
pub(super) fn is_definition(schema: &Value) -> bool {
    schema.get("name").is_some()
}

struct Writer<'t> {
    text: &'t str,
    derived: Derived,
    /// The namespace of the definition that is being written.
    namespace: Option<String>,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.derived.json.push_str(text);
    }

    /// Writes something that comes from a place.
    fn at(&mut self, place: Option<&Place>, write: impl FnOnce(&mut Self)) {
        let start = self.derived.json.len();
        write(self);
        let Some(place) = place else {
            return;
        };
        let range = |start: usize, end: usize| Some(start.try_into().ok()?..end.try_into().ok()?);
        let here = range(start, self.derived.json.len());
        let there = range(place.start, place.end);
        self.derived.places.extend(here.zip(there));
    }

    fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.push("[");
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            write(self, item);
        }
        self.push("]");
    }

    /// An object with its members in this order.
    fn object(
        &mut self,
        members: &Map<String, Value>,
        order: &[&str],
        mut write: impl FnMut(&mut Self, &str, &Value),
    ) {
        let rank = |key: &str| {
            order
                .iter()
                .position(|known| *known == key)
                .unwrap_or(order.len())
        };
        let mut members: Vec<(&String, &Value)> = members.iter().collect();
        members.sort_by_key(|(key, _)| (rank(key), *key));
        self.push("{");
        for (index, (key, value)) in members.into_iter().enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.plain(&Value::String(key.clone()));
            self.push(":");
            write(self, key, value);
        }
        self.push("}");
    }

    fn plain(&mut self, value: &Value) {
        self.push(&value.to_string());
    }

    /// The members of a definition or field, with the documentation of a comment. The crate takes
    /// away indentation that Java keeps.
    fn documented(&self, json: &Value, comment: Option<&Place>) -> Option<Map<String, Value>> {
        let mut members = json.as_object()?.clone();
        members.remove("doc");
        if let Some(comment) = comment {
            let doc = documentation(&self.text[comment.clone()]);
            members.insert("doc".to_owned(), Value::String(doc));
        }
        Some(members)
    }

    fn definition(&mut self, ty: &Type, schema: &Value) {
        let Some(members) = self.documented(schema, ty.doc.as_ref()) else {
            return;
        };
        let namespace = schema.get("namespace").and_then(Value::as_str);
        self.namespace = namespace.map(str::to_owned);
        self.at(Some(&ty.name), |writer| {
            writer.object(&members, &OF_SCHEMA, |writer, key, value| {
                match (key, value) {
                    ("name", name) => writer.at(Some(&ty.name), |writer| writer.plain(name)),
                    ("fields", Value::Array(fields)) => {
                        let mut places = ty.fields.iter();
                        writer.list(fields, |writer, field| writer.field(places.next(), field));
                    }
                    ("symbols", Value::Array(symbols)) => {
                        let mut places = ty.symbols.iter();
                        writer.list(symbols, |writer, symbol| {
                            writer.at(places.next(), |writer| writer.plain(symbol));
                        });
                    }
                    ("default", value) => {
                        writer.at(ty.default.as_ref(), |writer| writer.plain(value))
                    }
                    (_, value) => writer.plain(value),
                }
            });
        });
    }

    fn field(&mut self, place: Option<&Field>, field: &Value) {
        let doc = place.and_then(|place| place.doc.as_ref());
        let Some(members) = self.documented(field, doc) else {
            return;
        };
        self.at(place.map(|place| &place.name), |writer| {
            writer.object(&members, &OF_FIELD, |writer, key, value| {
                let place = match key {
                    "name" => place.map(|place| &place.name),
                    "type" => place.map(|place| &place.ty),
                    "default" => place.and_then(|place| place.default.as_ref()),
                    _ => None,
                };
                writer.at(place, |writer| match key {
                    "type" => writer.schema(value),
                    _ => writer.plain(value),
                });
            });
        });
    }

    /// A schema in place. The crate defines a type wherever it is used first; here it is named.
    fn schema(&mut self, schema: &Value) {
        match schema {
            Value::Array(branches) => self.list(branches, Self::schema),
            Value::Object(_) if is_definition(schema) => {
                let namespace = self.namespace.as_deref();
                let fullname = fullname(schema, namespace);
                let own = namespace.and_then(|own| fullname.strip_prefix(own)?.strip_prefix('.'));
                let name = match own {
                    Some(short) if !short.contains('.') => short.to_owned(),
                    _ => fullname,
                };
                self.plain(&Value::String(name));
            }
            Value::Object(members) => {
                self.object(members, &OF_SCHEMA, |writer, key, value| match key {
                    "items" | "values" => writer.schema(value),
                    _ => writer.plain(value),
                });
            }
            _ => self.plain(schema),
        }
    }
}
