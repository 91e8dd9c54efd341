//! A linked definition → a text that is equal for two definitions exactly if they say the same.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::exceptions::PROPERTY;
use crate::json::{Kind, Member, Value, quote};
use crate::schema::{
    Definition, Field, LogicalType, NamedType, Schema, SchemaKind, SchemaSet, TypeId,
};
use crate::source::Span;

/// What a definition says, without its documentation.
pub(super) struct Meaning {
    /// Equal for definitions that say the same.
    pub(super) text: String,
    /// Whether all of it could be read.
    pub(super) whole: bool,
}

impl Meaning {
    /// The meaning of a type. `whole` says whether its own attributes could be read.
    pub(super) fn of(set: &SchemaSet, id: TypeId, whole: bool, poisoned: &BTreeSet<Span>) -> Self {
        let ty = &set[id];
        let mut writer = Writer {
            set,
            poisoned,
            meaning: Self {
                text: format!("{} {}", ty.keyword(), aliases(ty)),
                whole,
            },
        };
        writer.properties(&ty.attributes);
        writer.definition(&ty.definition);
        writer.meaning
    }
}

/// The documentation of a type and of its fields; an empty one is none.
pub(super) fn docs(ty: &NamedType) -> Vec<&str> {
    let of_type = ty.doc.as_deref().unwrap_or_default();
    let of_fields = ty
        .fields()
        .iter()
        .map(|field| field.doc.as_deref().unwrap_or_default());
    std::iter::once(of_type).chain(of_fields).collect()
}

/// The aliases of a type: a set of fullnames.
pub(super) fn aliases(ty: &NamedType) -> String {
    set_of(ty.aliases.iter().map(|alias| alias.as_str()))
}

/// The aliases of a field: a set of names.
pub(super) fn field_aliases(field: &Field) -> String {
    set_of(field.aliases.iter().map(String::as_str))
}

fn set_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: BTreeSet<&str> = names.collect();
    format!("{names:?}")
}

/// A default as it counts for data: the members of an object have no order, and a number has no
/// form of its own.
pub(super) fn default(json: Option<&Value>) -> String {
    let mut text = String::new();
    if let Some(json) = json {
        write_json(json, &number, &mut text);
    }
    text
}

/// The custom properties that count, by name.
pub(super) fn properties(attributes: &[Member]) -> Vec<(&str, String)> {
    let counts = |member: &&Member| member.key != PROPERTY;
    let mut properties: Vec<_> = attributes
        .iter()
        .filter(counts)
        .map(|member| {
            let mut text = String::new();
            write_json(&member.value, &str::to_owned, &mut text);
            (member.key.as_str(), text)
        })
        .collect();
    properties.sort();
    properties
}

/// A schema in place: types by their fullnames.
pub(super) fn schema(set: &SchemaSet, schema: &Schema) -> String {
    let mut writer = Writer {
        set,
        poisoned: &BTreeSet::new(),
        meaning: Meaning {
            text: String::new(),
            whole: true,
        },
    };
    writer.schema(schema);
    writer.meaning.text
}

struct Writer<'s> {
    set: &'s SchemaSet,
    poisoned: &'s BTreeSet<Span>,
    meaning: Meaning,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.meaning.text.push_str(text);
    }

    fn definition(&mut self, definition: &Definition) {
        match definition {
            Definition::Record(record) => {
                for field in &record.fields {
                    self.field(field);
                }
            }
            Definition::Enum(definition) => {
                for symbol in &definition.symbols {
                    self.push(&quote(&symbol.name));
                }
                let default = definition
                    .default
                    .and_then(|index| definition.symbols.get(index));
                if let Some(symbol) = default {
                    self.push("=");
                    self.push(&quote(&symbol.name));
                }
            }
            Definition::Fixed(fixed) => {
                self.push(&fixed.size.to_string());
                self.logical(fixed.logical);
            }
        }
    }

    fn field(&mut self, field: &Field) {
        self.push(&quote(&field.name));
        self.push(":");
        self.schema(&field.schema);
        self.push("=");
        self.push(&default(field.default.as_ref()));
        self.push(&format!("{:?}{}", field.order, field_aliases(field)));
        self.properties(&field.attributes);
    }

    fn schema(&mut self, schema: &Schema) {
        match &schema.kind {
            _ if self.poisoned.contains(&schema.span) => {
                self.meaning.whole = false;
                self.push("?");
            }
            SchemaKind::Named(id) => self.push(&quote(self.set[*id].fullname.as_str())),
            kind => self.push(kind.keyword()),
        }
        match &schema.kind {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => {
                self.push("<");
                self.schema(inner);
                self.push(">");
            }
            SchemaKind::Union(branches) => {
                self.push("[");
                for branch in branches {
                    self.schema(branch);
                    self.push(",");
                }
                self.push("]");
            }
            _ => {}
        }
        self.logical(schema.logical);
        self.properties(&schema.attributes);
    }

    fn logical(&mut self, logical: Option<LogicalType>) {
        if let Some(logical) = logical {
            self.push(&format!("@{logical:?}"));
        }
    }

    fn properties(&mut self, attributes: &[Member]) {
        for (key, value) in properties(attributes) {
            self.push(&format!("#{}{value}", quote(key)));
        }
    }
}

/// Writes JSON with the members of objects in the order of their keys.
fn write_json(json: &Value, number: &dyn Fn(&str) -> String, out: &mut String) {
    match &json.kind {
        Kind::Number(text) => out.push_str(&number(text)),
        Kind::Array(items) => {
            out.push('[');
            for item in items {
                write_json(item, number, out);
                out.push(',');
            }
            out.push(']');
        }
        Kind::Object(members) => {
            let mut members: Vec<&Member> = members.iter().collect();
            members.sort_by(|a, b| a.key.cmp(&b.key));
            out.push('{');
            for member in members {
                let _ = write!(out, "{}:", quote(&member.key));
                write_json(&member.value, number, out);
                out.push(',');
            }
            out.push('}');
        }
        _ => out.push_str(&json.to_string()),
    }
}

/// A number by its value: `1`, `1.0` and `10e-1` are one. Whole numbers are exact.
fn number(text: &str) -> String {
    if text.parse::<i64>().is_ok() || !text.contains(['.', 'e', 'E']) {
        return text.to_owned();
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => value.to_string(),
        _ => text.to_owned(),
    }
}
