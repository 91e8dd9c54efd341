//! Schemas that refer to one another: as many as are asked for, the same ones every time.

mod company;
mod serde;

use std::fmt::Write;

/// A named type.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The last part of the namespace; the first is the same for all.
    pub domain: String,
    /// The name without its namespace.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What a named type is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An enum of these symbols.
    Enum(Vec<String>),
    /// A record of these fields.
    Record(Vec<Field>),
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, in snake case.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A type in place.
#[derive(Clone, Debug)]
pub enum Type {
    /// `string`
    String,
    /// `int`
    Int,
    /// `long`
    Long,
    /// `double`
    Double,
    /// `boolean`
    Boolean,
    /// `bytes`
    Bytes,
    /// `timestamp-millis`
    Timestamp,
    /// `uuid`
    Uuid,
    /// A named type, by its place in the catalogue.
    Named(usize),
    /// A union of null and this, null by default.
    Optional(Box<Self>),
    /// A union of records, by their places.
    Union(Vec<usize>),
    /// An array.
    Array(Box<Self>),
    /// A map.
    Map(Box<Self>),
}

/// Named types that refer to one another.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Each by the place that others refer to.
    pub types: Vec<Definition>,
}

impl Catalogue {
    /// The schema of a type, as a person writes it.
    pub fn schema(&self, index: usize) -> String {
        let Definition { domain, name, kind } = &self.types[index];
        let mut text = String::new();
        let head = match kind {
            Kind::Enum(_) => "enum",
            Kind::Record(_) => "record",
        };
        let doc = doc(name);
        let namespace = namespace(domain);
        _ = writeln!(
            text,
            "{{\n  \"type\": \"{head}\",\n  \"name\": \"{name}\",\n  \"namespace\": \"{namespace}\",\n  \"doc\": \"{doc}\","
        );
        match kind {
            Kind::Enum(symbols) => {
                let first = &symbols[0];
                let symbols = symbols.join("\", \"");
                _ = writeln!(
                    text,
                    "  \"symbols\": [\"{symbols}\"],\n  \"default\": \"{first}\"\n}}"
                );
            }
            Kind::Record(fields) => {
                let fields: Vec<String> = fields.iter().map(|field| self.field(field)).collect();
                _ = writeln!(text, "  \"fields\": [\n{}\n  ]\n}}", fields.join(",\n"));
            }
        }
        text
    }

    fn field(&self, Field { name, ty }: &Field) -> String {
        let default = match ty {
            Type::Optional(_) => ", \"default\": null",
            _ => "",
        };
        let (ty, doc) = (self.in_place(ty), doc(name));
        format!("    {{\"name\": \"{name}\", \"type\": {ty}{default}, \"doc\": \"{doc}\"}}")
    }

    fn in_place(&self, ty: &Type) -> String {
        let logical =
            |ty: &str, name: &str| format!("{{\"type\": \"{ty}\", \"logicalType\": \"{name}\"}}");
        match ty {
            Type::String => "\"string\"".to_owned(),
            Type::Int => "\"int\"".to_owned(),
            Type::Long => "\"long\"".to_owned(),
            Type::Double => "\"double\"".to_owned(),
            Type::Boolean => "\"boolean\"".to_owned(),
            Type::Bytes => "\"bytes\"".to_owned(),
            Type::Timestamp => logical("long", "timestamp-millis"),
            Type::Uuid => logical("string", "uuid"),
            Type::Named(index) => format!("\"{}\"", self.fullname(*index)),
            Type::Optional(inner) => format!("[\"null\", {}]", self.in_place(inner)),
            Type::Union(branches) => {
                let branches = branches.iter().map(|index| self.fullname(*index));
                format!("[\"{}\"]", branches.collect::<Vec<_>>().join("\", \""))
            }
            Type::Array(items) => {
                format!(
                    "{{\"type\": \"array\", \"items\": {}}}",
                    self.in_place(items)
                )
            }
            Type::Map(values) => {
                format!(
                    "{{\"type\": \"map\", \"values\": {}}}",
                    self.in_place(values)
                )
            }
        }
    }

    fn fullname(&self, index: usize) -> String {
        let Definition { domain, name, .. } = &self.types[index];
        format!("{}.{name}", namespace(domain))
    }
}

fn namespace(domain: &str) -> String {
    format!("com.acme.{domain}")
}

fn doc(name: &str) -> String {
    format!("What {name} says of its holder, as the service that owns it has seen it last.")
}

fn pascal(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
