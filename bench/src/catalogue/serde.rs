//! The types in Rust, as people write them who have no schema compiler.

use std::fmt::Write;

use super::{Catalogue, Definition, Kind, Type, doc, pascal};

impl Catalogue {
    /// The same types in Rust, with serde's derives: what people write by hand who have no schema
    /// compiler. Namespaces are modules.
    pub fn serde(&self) -> String {
        let mut text = String::new();
        let mut open = None;
        for (index, Definition { domain, .. }) in self.types.iter().enumerate() {
            if open != Some(domain) {
                text += if open.is_some() { "}\n" } else { "" };
                _ = writeln!(
                    text,
                    "pub mod {domain} {{\nuse serde::{{Deserialize, Serialize}};"
                );
                open = Some(domain);
            }
            text += &self.rust(index);
        }
        text + "}\n"
    }

    fn rust(&self, index: usize) -> String {
        const DERIVES: &str = "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]";
        let Definition { name, kind, .. } = &self.types[index];
        let mut text = String::new();
        match kind {
            Kind::Enum(symbols) => {
                _ = writeln!(text, "{DERIVES}\npub enum {name} {{");
                for symbol in symbols {
                    let variant = pascal(&symbol.to_lowercase());
                    _ = writeln!(text, "#[serde(rename = \"{symbol}\")] {variant},");
                }
            }
            Kind::Record(fields) => {
                for field in fields {
                    if let Type::Union(branches) = &field.ty {
                        let union = pascal(&field.name);
                        _ = writeln!(text, "{DERIVES}\npub enum {name}{union} {{");
                        for branch in branches {
                            let (variant, path) = (&self.types[*branch].name, self.path(*branch));
                            _ = writeln!(text, "{variant}({path}),");
                        }
                        text += "}\n";
                    }
                }
                _ = writeln!(text, "{DERIVES}\npub struct {name} {{");
                for field in fields {
                    let ty = match &field.ty {
                        Type::Union(_) => format!("{name}{}", pascal(&field.name)),
                        ty => self.rust_type(ty),
                    };
                    _ = writeln!(text, "/// {}\npub {}: {ty},", doc(&field.name), field.name);
                }
            }
        }
        text + "}\n"
    }

    fn rust_type(&self, ty: &Type) -> String {
        match ty {
            Type::String => "String".to_owned(),
            Type::Int => "i32".to_owned(),
            Type::Long => "i64".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Bytes => "Vec<u8>".to_owned(),
            Type::Timestamp => "chrono::DateTime<chrono::Utc>".to_owned(),
            Type::Uuid => "uuid::Uuid".to_owned(),
            Type::Named(index) => self.path(*index),
            Type::Optional(inner) => format!("Option<{}>", self.rust_type(inner)),
            Type::Union(_) => unreachable!("named after its field"),
            Type::Array(items) => format!("Vec<{}>", self.rust_type(items)),
            Type::Map(values) => {
                format!(
                    "std::collections::BTreeMap<String, {}>",
                    self.rust_type(values)
                )
            }
        }
    }

    fn path(&self, index: usize) -> String {
        let Definition { domain, name, .. } = &self.types[index];
        format!("super::{domain}::{name}")
    }
}
