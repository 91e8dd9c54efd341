//! The schemas whose messages can be read, by fingerprint.

use core::fmt;
use std::collections::BTreeMap;

use avro_model::{canonical, fingerprint, identity};

use super::{Fingerprint, Message, SingleObjectError, StoreError};
use crate::error::Count;
use crate::resolve::{linked, root};
use crate::{AvroSchema, Limits, Resolver};

/// Schemas of writers, whose messages are read as `T`; the schema of `T` is always among them.
///
/// Each is resolved once, when it is added. Cheap to read from several threads at once.
pub struct SchemaStore<T> {
    known: BTreeMap<Fingerprint, Known<T>>,
    capacity: usize,
    limits: Limits,
}

struct Known<T> {
    identity: [u8; 32],
    resolver: Resolver<T>,
}

impl<T: AvroSchema> SchemaStore<T> {
    /// How many schemas a store holds unless told otherwise.
    pub const CAPACITY: usize = 1_000;

    /// A store that knows the schema of `T`.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(Self::CAPACITY)
    }

    /// A store that knows the schema of `T`, and holds at most so many, that one included.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        let own = Known {
            identity: T::IDENTITY,
            resolver: Resolver::same(),
        };
        Self {
            known: BTreeMap::from([(Fingerprint::of::<T>(), own)]),
            capacity: capacity.max(1),
            limits: Limits::default(),
        }
    }

    /// A store that knows the schema of `T` and every version of it that was compiled in
    /// ([`AvroSchema::DEPLOYED`]).
    ///
    /// # Errors
    /// Those of [`add`](Self::add): of the compiled versions, two that have the same fingerprint and
    /// are read in different ways.
    pub fn with_deployed() -> Result<Self, StoreError> {
        let mut store = Self::new();
        for version in T::DEPLOYED {
            store.add(version.schema)?;
        }
        Ok(store)
    }

    /// The same store, which reads each datum within these limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Adds a writer's schema, and answers with its fingerprint. To add one again changes nothing, nor
    /// does another schema of the same fingerprint whose messages are read in exactly the same way.
    ///
    /// # Errors
    /// A text that is no valid schema, or one that `T` cannot read. A schema that has the fingerprint
    /// of another one of the store and whose messages are read in another way: nothing tells them
    /// apart. More schemas than the store may hold.
    pub fn add(&mut self, writer: &str) -> Result<Fingerprint, StoreError> {
        let set = linked(writer)?;
        let schema = &root(&set)?.schema;
        let form = canonical::form(&set, schema);
        let fingerprint = Fingerprint::new(fingerprint::rabin(&form));
        let identity = identity::of(&set, schema);
        if let Some(known) = self.known.get(&fingerprint)
            && known.identity == identity
        {
            return Ok(fingerprint);
        }
        let resolver = Resolver::new(writer)?;
        if let Some(known) = self.known.get(&fingerprint) {
            // They may differ in what this reader does not see: a logical type that it does not
            // have, the precision of a decimal, or all of a field that it passes over.
            return match known.resolver.is_like(&resolver) {
                true => Ok(fingerprint),
                false => Err(StoreError::Ambiguous(fingerprint)),
            };
        }
        if self.known.len() >= self.capacity {
            let capacity = self.capacity;
            return Err(StoreError::Full { capacity });
        }
        self.known.insert(fingerprint, Known { identity, resolver });
        Ok(fingerprint)
    }

    /// The fingerprints of the schemas, in the order of their numbers.
    pub fn fingerprints(&self) -> impl ExactSizeIterator<Item = Fingerprint> {
        self.known.keys().copied()
    }

    /// What reads data of the schema with this fingerprint.
    #[must_use]
    pub fn resolver(&self, fingerprint: Fingerprint) -> Option<&Resolver<T>> {
        Some(&self.known.get(&fingerprint)?.resolver)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// Bytes that are no message, a message of a schema that was not added, and a datum that does
    /// not decode.
    pub fn decode(&self, message: &[u8]) -> Result<T, SingleObjectError> {
        let (resolver, datum) = self.open(message)?;
        Ok(resolver.decode_with(datum, self.limits)?)
    }

    /// Reads a message over an older value, keeping its allocations where they can serve. On error
    /// the value is valid but unspecified.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    pub fn decode_into(&self, value: &mut T, message: &[u8]) -> Result<(), SingleObjectError> {
        let (resolver, datum) = self.open(message)?;
        Ok(resolver.decode_into_with(value, datum, self.limits)?)
    }

    /// Reads a message without copying its strings and bytes.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    pub fn view<'a>(&self, message: &'a [u8]) -> Result<T::View<'a>, SingleObjectError> {
        let (resolver, datum) = self.open(message)?;
        Ok(resolver.decode_view_with(datum, self.limits)?)
    }

    fn open<'a>(&self, message: &'a [u8]) -> Result<(&Resolver<T>, &'a [u8]), SingleObjectError> {
        let Message { fingerprint, datum } = Message::parse(message)?;
        match self.resolver(fingerprint) {
            Some(resolver) => Ok((resolver, datum)),
            None => Err(SingleObjectError::UnknownSchema(fingerprint)),
        }
    }
}

impl<T: AvroSchema> Default for SchemaStore<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: AvroSchema> fmt::Debug for SchemaStore<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SchemaStore<{}>({})",
            T::FULLNAME,
            Count(self.known.len(), "schema")
        )
    }
}
