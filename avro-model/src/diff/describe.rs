//! A schema in place → the text that a person reads, in the words of Avro IDL.

use crate::schema::{LogicalType, Schema, SchemaKind, SchemaSet};

/// A schema on one line: `long (timestamp-millis)`, `array<com.acme.Item>`,
/// `union { null, string }`.
#[must_use]
pub fn describe(set: &SchemaSet, schema: &Schema) -> String {
    let text = match &schema.kind {
        SchemaKind::Array(items) => format!("array<{}>", describe(set, items)),
        SchemaKind::Map(values) => format!("map<{}>", describe(set, values)),
        SchemaKind::Union(branches) if branches.is_empty() => "union {}".to_owned(),
        SchemaKind::Union(branches) => {
            let branches: Vec<_> = branches
                .iter()
                .map(|branch| describe(set, branch))
                .collect();
            format!("union {{ {} }}", branches.join(", "))
        }
        SchemaKind::Named(id) => set[*id].fullname.to_string(),
        primitive => primitive.keyword().to_owned(),
    };
    match schema.logical {
        Some(logical) => format!("{text} ({})", logical_type(logical)),
        None => text,
    }
}

/// A logical type with its parameters: `decimal(12, 2)`.
pub(super) fn logical_type(logical: LogicalType) -> String {
    match logical {
        LogicalType::Decimal { precision, scale } => format!("decimal({precision}, {scale})"),
        simple => simple.name().to_owned(),
    }
}
