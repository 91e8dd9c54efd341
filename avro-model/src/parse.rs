//! JSON → surface schema: which type each value describes, and whether its attributes are there.
//!
//! Specification 1.12, "Schema Declaration". Names are read here and checked later.

mod attributes;
mod brief;
mod protocol;

use crate::ast::{Body, Definition, Field, File, Kind, Primitive, Root, Schema};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::json::{self, Value};
use crate::schema::Order;
use crate::source::{FileId, Format, Span};
use crate::suggest::nearest;

use attributes::{aliases, doc, namespace, optional, others};

pub(crate) use attributes::null_attribute;
pub(crate) use brief::brief;

/// The names of the complex types, as `type` has them.
pub(crate) const COMPLEX: [&str; 6] = ["record", "error", "enum", "array", "map", "fixed"];

/// Reads what one file says. Mistakes are reported and leave [`Kind::Poison`] in their place.
///
/// A `lenient` run reads what it can guess the meaning of, with a warning.
#[must_use]
pub fn parse<'a>(
    id: FileId,
    format: Format,
    stem: String,
    json: &'a Value,
    lenient: bool,
    found: &mut Diagnostics,
) -> File<'a> {
    let mut parser = Parser { found, lenient };
    match format {
        Format::Protocol => parser.protocol(id, stem, json),
        Format::Idl => parser.idl(id, stem, json),
        Format::Schema => File {
            id,
            stem,
            namespace: None,
            roots: vec![Root {
                json,
                schema: parser.schema(json),
            }],
        },
    }
}

/// The schemas that were made of Avro IDL: the types that the file declares, and the schema that
/// it stands for if that has no name.
impl Parser<'_> {
    fn idl<'a>(&mut self, id: FileId, stem: String, json: &'a Value) -> File<'a> {
        let types = json.get("types").and_then(Value::as_array);
        let all = types.unwrap_or_default().iter().chain(json.get("schema"));
        let roots = all.map(|json| Root {
            json,
            schema: self.schema(json),
        });
        File {
            id,
            stem,
            namespace: None,
            roots: roots.collect(),
        }
    }
}

struct Parser<'f> {
    found: &'f mut Diagnostics,
    lenient: bool,
}

impl Parser<'_> {
    // These three call each other once per level of nesting, so what they report is made in
    // functions of its own: the depth limit promises a small stack.

    fn schema<'a>(&mut self, json: &'a Value) -> Schema<'a> {
        let kind = match &json.kind {
            json::Kind::String(name) => named(name),
            json::Kind::Array(branches) => self.union(branches),
            json::Kind::Object(_) => return self.object(json),
            _ => return self.no_schema(json),
        };
        in_place(json.span, kind)
    }

    fn union<'a>(&mut self, branches: &'a [Value]) -> Kind<'a> {
        let mut parsed = Vec::with_capacity(branches.len());
        for branch in branches {
            parsed.push(self.schema(branch));
        }
        Kind::Union(parsed)
    }

    fn object<'a>(&mut self, json: &'a Value) -> Schema<'a> {
        let ty = json.get("type");
        match ty.and_then(Value::as_str) {
            Some("array") => self.container(json, "items", Kind::Array),
            Some("map") => self.container(json, "values", Kind::Map),
            Some(ty @ ("record" | "error")) => self.record(json, ty),
            Some(name) => self.plain(json, name),
            None => self.no_type(json, ty),
        }
    }

    fn container<'a>(
        &mut self,
        json: &'a Value,
        inner: &str,
        kind: fn(Box<Schema<'a>>) -> Kind<'a>,
    ) -> Schema<'a> {
        let Some(schema) = json.get(inner) else {
            return self.no_inner(json, inner);
        };
        let schema = Box::new(self.schema(schema));
        let attributes = others(json, &["type", inner]);
        Schema {
            span: json.span,
            kind: kind(schema),
            attributes,
        }
    }

    /// What holds no other schema: an enum, a fixed, a primitive type or a reference.
    fn plain<'a>(&mut self, json: &'a Value, name: &'a str) -> Schema<'a> {
        match name {
            "enum" => self.enum_(json),
            "fixed" => self.fixed(json),
            name => Schema {
                span: json.span,
                kind: named(name),
                attributes: others(json, &["type"]),
            },
        }
    }

    fn no_schema<'a>(&mut self, json: &'a Value) -> Schema<'a> {
        let message = format!("expected a schema, found {}", json.describe());
        let note = match json.kind {
            json::Kind::Null => "the type without a value is written in quotes: \"null\"",
            _ => "a schema is a string, an object with `type`, or an array (a union)",
        };
        self.report(Code::NotASchema, json.span, message, note)
    }

    fn no_type<'a>(&mut self, json: &'a Value, ty: Option<&'a Value>) -> Schema<'a> {
        if let Some(ty) = ty {
            let poison = self.type_is_no_name(ty);
            let is_schema = matches!(ty.kind, json::Kind::Object(_) | json::Kind::Array(_));
            return if self.lenient && is_schema {
                self.schema(ty)
            } else {
                poison
            };
        }
        let message = "this schema object has no `type`";
        let note = match json.get("protocol") {
            Some(_) => "a protocol belongs into a file with the extension .avpr",
            None => "say which type it is: `\"type\": \"record\"`",
        };
        self.report(Code::MissingAttribute, json.span, message, note)
    }

    fn no_inner<'a>(&mut self, json: &'a Value, inner: &str) -> Schema<'a> {
        let ty = if inner == "items" { "array" } else { "map" };
        let message = format!("this {ty} has no `{inner}`");
        let note = misspelled(json, inner, &["type"])
            .unwrap_or_else(|| format!("say what it holds: `\"{inner}\": \"string\"`"));
        self.report(Code::MissingAttribute, keyword(json), message, &note)
    }

    fn type_is_no_name<'a>(&mut self, ty: &'a Value) -> Schema<'a> {
        if matches!(ty.kind, json::Kind::Object(_) | json::Kind::Array(_)) {
            let message = "`type` of a schema object is the name of a type, not another schema";
            let note = format!(
                "write the inner schema in the object's place: {}",
                brief(ty)
            );
            self.tolerable(Code::NestedType, ty.span, message, &note);
            return in_place(ty.span, Kind::Poison);
        }
        let message = format!("`type` is the name of a type, found {}", ty.describe());
        let note = "write the name as a string: `\"type\": \"record\"`";
        self.report(Code::WrongAttribute, ty.span, message, note)
    }

    fn record<'a>(&mut self, json: &'a Value, ty: &str) -> Schema<'a> {
        let mut definition = self.definition(json, ty, &["fields"]);
        let fields = self.list(&mut definition, ty, "fields", "an array of fields");
        let parsed: Vec<_> = fields
            .iter()
            .map(|field| self.field(field, ty, &definition))
            .collect();
        definition.sound &= parsed.iter().all(Option::is_some);
        let fields = parsed.into_iter().flatten().collect();
        definition.body = Body::Record {
            fields,
            is_error: ty == "error",
        };
        finish(definition)
    }

    fn enum_<'a>(&mut self, json: &'a Value) -> Schema<'a> {
        let mut definition = self.definition(json, "enum", &["symbols", "default"]);
        let listed = self.list(&mut definition, "enum", "symbols", "an array of strings");
        let mut symbols = Vec::new();
        for symbol in listed {
            match symbol.as_str() {
                Some(name) => symbols.push((name, symbol.span)),
                None => {
                    definition.sound = false;
                    let message = format!("a symbol is a string, found {}", symbol.describe());
                    let note = "write the symbol in double quotes";
                    self.error(Code::WrongAttribute, symbol.span, message, note);
                }
            }
        }
        definition.body = Body::Enum {
            symbols,
            default: optional(json, "default"),
        };
        finish(definition)
    }

    fn fixed<'a>(&mut self, json: &'a Value) -> Schema<'a> {
        let mut definition = self.definition(json, "fixed", &["size"]);
        match json.get("size") {
            Some(value) => match size(value) {
                Some(size) => definition.body = Body::Fixed { size },
                None => self.bad_size(value, &mut definition),
            },
            None => self.missing(&mut definition, "fixed", "size", "`\"size\": 16`"),
        }
        finish(definition)
    }

    /// A lenient run reads a size in quotes.
    fn bad_size(&mut self, value: &Value, definition: &mut Definition<'_>) {
        let message = format!(
            "size of {} is `{}`, expected a number of bytes",
            subject("fixed", definition),
            brief(value),
        );
        let meant = value.as_str().and_then(|text| text.parse::<i32>().ok());
        let meant = meant.and_then(|size| usize::try_from(size).ok());
        let note = match meant {
            Some(size) => format!("write {size}, without quotes"),
            None => "write an integer from 0 to 2147483647".to_owned(),
        };
        match meant {
            Some(size) if self.lenient => {
                definition.body = Body::Fixed { size };
                self.tolerable(Code::BadSize, value.span, message, &note);
            }
            _ => {
                definition.sound = false;
                self.error(Code::BadSize, value.span, message, &note);
            }
        }
    }

    /// What records, enums and fixeds have in common; the body is the caller's.
    fn definition<'a>(&mut self, json: &'a Value, ty: &str, own: &[&str]) -> Definition<'a> {
        let known = [&["type", "name", "namespace", "doc", "aliases"], own].concat();
        let mut definition = Definition {
            json,
            name: None,
            namespace: namespace(json, self.found),
            doc: doc(json, self.found),
            aliases: aliases(json, self.lenient, self.found),
            body: Body::Fixed { size: 0 },
            attributes: others(json, &known),
            sound: true,
        };
        match json.get("name") {
            Some(name) => match name.as_str() {
                Some(text) => definition.name = Some((text, name.span)),
                None => {
                    let message =
                        format!("the name of a {ty} is a string, found {}", name.describe());
                    let note = "write the name in double quotes";
                    self.error(Code::WrongAttribute, name.span, message, note);
                }
            },
            None => self.missing(&mut definition, ty, "name", "`\"name\": \"Order\"`"),
        }
        definition.sound = definition.name.is_some();
        definition
    }

    /// A required attribute that is an array; empty if that had to be reported.
    fn list<'a>(
        &mut self,
        definition: &mut Definition<'a>,
        ty: &str,
        key: &str,
        expected: &str,
    ) -> &'a [Value] {
        let Some(value) = definition.json.get(key) else {
            self.missing(
                definition,
                ty,
                key,
                &format!("{expected}, which may be empty"),
            );
            return &[];
        };
        value.as_array().unwrap_or_else(|| {
            definition.sound = false;
            let subject = subject(ty, definition);
            let message = format!(
                "`{key}` of {subject} is {expected}, found {}",
                value.describe()
            );
            let note = match value.kind {
                json::Kind::String(_) => format!("put it in brackets: [{}]", brief(value)),
                _ => "put them in brackets".to_owned(),
            };
            self.error(Code::WrongAttribute, value.span, message, &note);
            &[]
        })
    }

    fn field<'a>(
        &mut self,
        json: &'a Value,
        ty: &str,
        record: &Definition<'_>,
    ) -> Option<Field<'a>> {
        let record = subject(ty, record);
        if !matches!(json.kind, json::Kind::Object(_)) {
            let message = format!(
                "a field of {record} is an object, found {}",
                json.describe()
            );
            let note = "write `{\"name\": \"…\", \"type\": \"…\"}`";
            self.error(Code::WrongAttribute, json.span, message, note);
            return None;
        }
        let name = self.field_name(json, &record);
        let schema = match json.get("type") {
            Some(ty) => self.schema(ty),
            None => {
                let field = match name {
                    Some((name, _)) => format!("field `{name}`"),
                    None => "a field".to_owned(),
                };
                let message = format!("{field} of {record} has no `type`");
                let note = misspelled(json, "type", &["name"])
                    .unwrap_or_else(|| "say what it holds: `\"type\": \"string\"`".to_owned());
                let span = name.map_or(json.span, |(_, span)| span);
                self.report(Code::MissingAttribute, span, message, &note)
            }
        };
        Some(Field {
            json,
            name: name?,
            schema,
            doc: doc(json, self.found),
            default: json.get("default"),
            order: self.order(json),
            aliases: aliases(json, self.lenient, self.found),
            attributes: others(
                json,
                &["name", "type", "doc", "default", "order", "aliases"],
            ),
        })
    }

    fn field_name<'a>(&mut self, json: &'a Value, record: &str) -> Option<(&'a str, Span)> {
        let Some(name) = json.get("name") else {
            let message = format!("a field of {record} has no `name`");
            let note =
                misspelled(json, "name", &["type"]).unwrap_or_else(|| "give it a name".to_owned());
            self.error(Code::MissingAttribute, json.span, message, &note);
            return None;
        };
        let Some(text) = name.as_str() else {
            let message = format!("the name of a field is a string, found {}", name.describe());
            self.error(
                Code::WrongAttribute,
                name.span,
                message,
                "write the name in double quotes",
            );
            return None;
        };
        Some((text, name.span))
    }

    fn order(&mut self, json: &Value) -> Order {
        let Some(order) = optional(json, "order") else {
            return Order::default();
        };
        match order.as_str() {
            Some("ascending") => Order::Ascending,
            Some("descending") => Order::Descending,
            Some("ignore") => Order::Ignore,
            _ => {
                let message = format!("`{}` is no order of a field", brief(order));
                const ORDERS: [&str; 3] = ["ascending", "descending", "ignore"];
                let meant = order.as_str().and_then(|text| {
                    let begun = |order: &&str| !text.is_empty() && order.starts_with(text);
                    nearest(text, ORDERS).or_else(|| ORDERS.into_iter().find(begun))
                });
                let note = match meant {
                    Some(meant) => format!("did you mean \"{meant}\"?"),
                    None => "write \"ascending\", \"descending\" or \"ignore\"".to_owned(),
                };
                self.error(Code::BadOrder, order.span, message, &note);
                Order::default()
            }
        }
    }

    fn missing(&mut self, definition: &mut Definition<'_>, ty: &str, key: &str, write: &str) {
        definition.sound = false;
        let message = format!("{} has no `{key}`", subject(ty, definition));
        let span = definition
            .name
            .map_or(keyword(definition.json), |(_, span)| span);
        let note = misspelled(definition.json, key, &["type", "name", "namespace", "doc"])
            .unwrap_or_else(|| format!("add `{key}`: {write}"));
        self.error(Code::MissingAttribute, span, message, &note);
    }

    /// Reports what a lenient run reads all the same.
    fn tolerable(&mut self, code: Code, span: Span, message: impl Into<String>, note: &str) {
        let mut finding = Diagnostic::new(code, span, message).note(note);
        if self.lenient {
            finding.severity = Severity::Warning;
        }
        self.found.push(finding);
    }

    fn error(&mut self, code: Code, span: Span, message: impl Into<String>, note: &str) {
        self.found
            .push(Diagnostic::new(code, span, message).note(note));
    }

    /// Reports and stands in for the schema that could not be read.
    fn report<'a>(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        note: &str,
    ) -> Schema<'a> {
        self.error(code, span, message, note);
        in_place(span, Kind::Poison)
    }
}

/// The note about an attribute that is missing where one is there that resembles it.
fn misspelled(json: &Value, missing: &str, known: &[&str]) -> Option<String> {
    let keys = json.members().iter().map(|member| member.key.as_str());
    let found = nearest(missing, keys.filter(|key| !known.contains(key)))?;
    Some(format!("did you mean `{missing}`? there is `{found}`"))
}

/// A number of bytes that a fixed may have.
fn size(value: &Value) -> Option<usize> {
    let size = i32::try_from(value.as_integer()?).ok()?;
    usize::try_from(size).ok()
}

fn in_place(span: Span, kind: Kind<'_>) -> Schema<'_> {
    Schema {
        span,
        kind,
        attributes: Vec::new(),
    }
}

fn named(name: &str) -> Kind<'_> {
    Primitive::parse(name).map_or(Kind::Reference(name), Kind::Primitive)
}

fn finish(definition: Definition<'_>) -> Schema<'_> {
    in_place(definition.json.span, Kind::Definition(Box::new(definition)))
}

/// Where an object says which type it is: shorter to show than the whole of it.
fn keyword(json: &Value) -> Span {
    json.get("type").map_or(json.span, |ty| ty.span)
}

/// How a finding names a definition: ``record `Order` ``.
fn subject(ty: &str, definition: &Definition<'_>) -> String {
    match definition.name {
        Some((name, _)) => format!("{ty} `{name}`"),
        None => format!("this {ty}"),
    }
}
