//! The topic and the value that these tests send and receive.

pub(crate) use crate::shared::com::acme::Item;
pub(crate) use crate::shared::topics::Items;

/// So many of something.
pub(crate) fn item(sku: &str, quantity: i32) -> Item {
    Item {
        sku: sku.to_owned(),
        quantity,
    }
}

/// The same schema as far as a datum can tell, written differently: another text, another id, no difference.
pub(crate) const SAME_BUT_FOR_ITS_TEXT: &str = r#"{"type": "record", "name": "com.acme.Item", "doc": "By a team that documents.",
    "fields": [{"type": "string", "name": "sku"}, {"name": "quantity", "type": {"type": "int"}}]}"#;

/// A schema whose datums the reader would take for its own: two fields of the same types, meant otherwise.
pub(crate) const ANOTHER: &str = r#"{"type":"record","name":"Item","namespace":"com.acme","fields":[{"name":"name","type":"string"},{"name":"age","type":"int"}]}"#;
