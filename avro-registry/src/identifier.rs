//! What a registry calls a schema: an id, and in newer registries a GUID besides.

use std::fmt;

use uuid::Uuid;

/// The number that a registry gives a schema; the same under every subject.
///
/// In the prefix form it stands in front of each datum, as 32 bits big-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(u32);

/// The name that a registry makes of a schema's text and references; the same in every registry of
/// its kind, context and subject. Registries have it since Confluent Platform 8.
///
/// In the header form it stands in a header of each record, as 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(Uuid);

/// All that a registry calls one schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaIds {
    /// The id.
    pub id: SchemaId,
    /// The GUID; `None` if the registry gives none.
    pub guid: Option<Guid>,
}

/// What data say of the schema that they were written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaIdentifier {
    /// Its id.
    Id(SchemaId),
    /// Its GUID.
    Guid(Guid),
}

impl SchemaId {
    /// The id with this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Guid {
    /// The GUID with these bytes, in the order in which its text shows them.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// The bytes, in the order in which the text shows them.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.into_bytes()
    }

    /// The GUID with this text, such as `cc0e0e0e-53c1-4a1a-8f1a-000000000001`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl SchemaIds {
    /// An id without a GUID.
    #[must_use]
    pub const fn new(id: SchemaId) -> Self {
        Self { id, guid: None }
    }

    /// The same with the GUID, where there is one.
    #[must_use]
    pub const fn with_guid(mut self, guid: Option<Guid>) -> Self {
        self.guid = guid;
        self
    }
}

impl From<u32> for SchemaId {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<SchemaId> for SchemaIdentifier {
    fn from(id: SchemaId) -> Self {
        Self::Id(id)
    }
}

impl From<Guid> for SchemaIdentifier {
    fn from(guid: Guid) -> Self {
        Self::Guid(guid)
    }
}

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for SchemaIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "id {id}"),
            Self::Guid(guid) => write!(f, "GUID {guid}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_its_bytes_in_the_order_of_its_text() {
        let text = "cc0e0e0e-53c1-4a1a-8f1a-000000000001";
        let guid = Guid::parse(text).unwrap();
        let bytes = [
            0xcc, 0x0e, 0x0e, 0x0e, 0x53, 0xc1, 0x4a, 0x1a, 0x8f, 0x1a, 0, 0, 0, 0, 0, 1,
        ];
        assert_eq!(guid.to_bytes(), bytes);
        assert_eq!(Guid::from_bytes(bytes), guid);
        assert_eq!(guid.to_string(), text);
        assert_eq!(
            SchemaIdentifier::from(guid).to_string(),
            format!("GUID {text}")
        );
        assert_eq!(SchemaIdentifier::from(SchemaId::new(7)).to_string(), "id 7");
        assert_eq!(Guid::parse("7"), None);
    }
}
