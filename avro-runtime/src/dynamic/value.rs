//! A datum with its schema.

use core::cmp::Ordering;

use avro_model::datum::{self, Datum};

use super::{Schema, binary, compare, json, random};
use crate::{DecodeError, Limits};

/// A datum with its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    schema: Schema,
    datum: Datum,
}

impl Value {
    pub(super) fn of(schema: Schema, datum: Datum) -> Self {
        Self { schema, datum }
    }

    /// Reads a datum that was written with this schema, within the default limits.
    ///
    /// # Errors
    /// Bytes that are no datum of the schema, that cross a limit, or that are left over.
    pub fn from_datum(schema: &Schema, datum: &[u8]) -> Result<Self, DecodeError> {
        Self::from_datum_with(schema, datum, Limits::default())
    }

    /// Reads a datum that was written with this schema, within these limits.
    ///
    /// # Errors
    /// Those of [`from_datum`](Self::from_datum).
    pub fn from_datum_with(
        schema: &Schema,
        datum: &[u8],
        limits: Limits,
    ) -> Result<Self, DecodeError> {
        let mut r = crate::Reader::with_limits(datum, limits);
        let datum = binary::read(schema.set(), schema.root(), &mut r)?;
        r.finish()?;
        Ok(Self::of(schema.clone(), datum))
    }

    /// The value in Avro's binary encoding.
    #[must_use]
    pub fn to_datum(&self) -> Vec<u8> {
        datum::to_binary(&self.datum)
    }

    /// Reads a value in [Avro's JSON encoding](crate::json::avro), by the same rules as generated
    /// types.
    ///
    /// # Errors
    /// A text that is no JSON, or no value of the schema.
    pub fn from_json(schema: &Schema, text: &str) -> Result<Self, DecodeError> {
        Self::from_json_with(schema, text, Limits::default())
    }

    /// Reads a value in Avro's JSON encoding, within these limits.
    ///
    /// # Errors
    /// Those of [`from_json`](Self::from_json).
    pub fn from_json_with(
        schema: &Schema,
        text: &str,
        limits: Limits,
    ) -> Result<Self, DecodeError> {
        let datum = json::read(schema.set(), schema.root(), text, limits)?;
        Ok(Self::of(schema.clone(), datum))
    }

    /// The value in [Avro's JSON encoding](crate::json::avro), on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self.schema.set(), self.schema.root(), &self.datum)
    }

    /// A value of this schema that depends on the seed alone. None where the schema has no finite
    /// datum, or only such as are too deep to find.
    #[must_use]
    pub fn random(schema: &Schema, seed: u64) -> Option<Self> {
        let datum = random::datum(schema.set(), schema.root(), seed)?;
        Some(Self::of(schema.clone(), datum))
    }

    /// Compares as the specification sorts data ("Sort Order"). None if the schemas differ, or
    /// where a map decides, which has no order.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.schema != other.schema {
            return None;
        }
        let (set, root) = (self.schema.set(), self.schema.root());
        compare::compare(set, root, &self.datum, &other.datum)
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The datum.
    #[must_use]
    pub fn datum(&self) -> &Datum {
        &self.datum
    }

    /// The datum, without its schema.
    #[must_use]
    pub fn into_datum(self) -> Datum {
        self.datum
    }
}
