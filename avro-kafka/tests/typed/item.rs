//! A topic and its value, as generated code has them.

use avro_runtime::codec as c;
use avro_runtime::topic::{SubjectNameStrategy, Topic};
use avro_runtime::validate::{Broken, Report};
use avro_runtime::{
    AvroSchema, Decode, DecodeError, Encode, EncodeError, Reader, Validate, View, Writer,
};

/// At least one of something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) quantity: i32,
}

impl Item {
    pub(crate) fn new(sku: &str, quantity: i32) -> Self {
        Self {
            sku: sku.to_owned(),
            quantity,
        }
    }
}

impl Encode for Item {
    fn encode(&self, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        c::write::<c::Str, _>(&self.sku, w, "sku")?;
        c::write::<c::Int, _>(&self.quantity, w, "quantity")
    }

    fn encoded_len(&self) -> Result<usize, EncodeError> {
        Ok(c::len::<c::Str, _>(&self.sku, "sku")?
            + c::len::<c::Int, _>(&self.quantity, "quantity")?)
    }

    fn bound(&self) -> usize {
        c::bound::<c::Str, _>(&self.sku) + c::bound::<c::Int, _>(&self.quantity)
    }
}

impl<'de> Decode<'de> for Item {
    const MIN_LEN: usize = 2;
    const RECURSIVE: bool = false;

    fn blank() -> Self {
        Self {
            sku: c::blank::<c::Str, _>(),
            quantity: c::blank::<c::Int, _>(),
        }
    }

    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        c::read::<c::Str, _>(&mut self.sku, r, "sku")?;
        c::read::<c::Int, _>(&mut self.quantity, r, "quantity")
    }
}

impl AvroSchema for Item {
    const FULLNAME: &'static str = "com.acme.Item";
    const SCHEMA: &'static str = r#"{"type":"record","name":"Item","namespace":"com.acme","fields":[{"name":"sku","type":"string"},{"name":"quantity","type":"int","default":1}]}"#;
    const CANONICAL_FORM: &'static str = r#"{"name":"com.acme.Item","type":"record","fields":[{"name":"sku","type":"string"},{"name":"quantity","type":"int"}]}"#;
    const RABIN: u64 = 0x8f31_0a0a_0c55_f85b;
    const SHA256: [u8; 32] = [
        254, 115, 174, 63, 148, 255, 83, 93, 64, 168, 60, 144, 47, 30, 167, 183, 98, 184, 245, 15,
        93, 144, 74, 17, 203, 140, 69, 159, 164, 191, 96, 95,
    ];
    /// There are no logical types in it, so nothing is added to the canonical form.
    const IDENTITY: [u8; 32] = Self::SHA256;

    type View<'a> = Self;

    fn shorten<'s, 'l: 's>(view: &'s Self) -> &'s Self {
        view
    }
}

impl View for Item {
    type Owned = Self;

    fn own(&self) -> Self {
        self.clone()
    }
}

impl Validate for Item {
    const HAS_RULES: bool = true;

    fn validate_into(&self, report: &mut Report<'_>) {
        let enough = if self.quantity >= 1 {
            Ok(())
        } else {
            Err(Broken::new("range", "must be at least 1"))
        };
        report.field("quantity").note(enough);
    }
}

/// The same schema as far as a datum can tell, written differently: another text, another id, no difference.
pub(crate) const SAME_BUT_FOR_ITS_TEXT: &str = r#"{"type": "record", "name": "com.acme.Item", "doc": "By a team that documents.",
    "fields": [{"type": "string", "name": "sku"}, {"name": "quantity", "type": {"type": "int"}}]}"#;

/// A schema whose datums the reader would take for its own: two fields of the same types, meant otherwise.
pub(crate) const ANOTHER: &str = r#"{"type":"record","name":"Item","namespace":"com.acme","fields":[{"name":"name","type":"string"},{"name":"age","type":"int"}]}"#;

pub(crate) enum Items {}

impl Topic for Items {
    const NAME: &'static str = "items";
    const SUBJECT: SubjectNameStrategy = SubjectNameStrategy::TopicName;

    type Key = str;
    type Value = Item;

    fn key(value: &Item) -> Option<&str> {
        Some(&value.sku)
    }
}
