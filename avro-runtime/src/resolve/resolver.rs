//! What reads data of one writer's schema as a type.

use core::fmt;
use core::marker::PhantomData;
use std::sync::Arc;

use avro_model::identity;
use avro_model::schema::{Root, Schema, SchemaSet};

use super::compiled::{Compiled, name};
use super::error::ResolveError;
use crate::{AvroSchema, Decode, DecodeError, Limits, Reader};

/// Reads data of one writer's schema as `T`; made once per writer's schema, cheap to clone.
///
/// ```no_run
/// # fn f<T: avro_runtime::AvroSchema>(schema: &str, datum: &[u8]) -> Result<T, Box<dyn std::error::Error>> {
/// let resolver = avro_runtime::Resolver::<T>::new(schema)?;
/// let value = resolver.decode(datum)?;
/// # Ok(value) }
/// ```
pub struct Resolver<T> {
    /// Nothing where the writer's schema is that of `T`.
    plan: Option<Arc<Compiled>>,
    of: PhantomData<fn() -> T>,
}

impl<T: AvroSchema> Resolver<T> {
    /// Reads data that were written with the schema of `T` itself.
    #[must_use]
    pub const fn same() -> Self {
        Self {
            plan: None,
            of: PhantomData,
        }
    }

    /// Reads data of this writer's schema, as a registry or a file's header has it.
    ///
    /// # Errors
    /// A text that is no valid schema, or a schema that that of `T` cannot read, with every reason.
    pub fn new(writer: &str) -> Result<Self, ResolveError> {
        // The text that was registered from here needs no parsing.
        if writer == T::SCHEMA {
            return Ok(Self::same());
        }
        let set = linked(writer)?;
        let root = root(&set)?;
        if identity::of(&set, &root.schema) == T::IDENTITY {
            return Ok(Self::same());
        }
        let reader = linked(T::SCHEMA)?;
        let own = self::root(&reader)?;
        Self::of_linked((&reader, &own.schema), (&set, &root.schema))
    }

    /// The same, for a writer's and the reader's schema that are linked already. The second must be
    /// that of `T`: what is made of another one refuses its data.
    ///
    /// # Errors
    /// A schema that that of `T` cannot read, with every reason.
    pub fn of_linked(
        reader: (&SchemaSet, &Schema),
        writer: (&SchemaSet, &Schema),
    ) -> Result<Self, ResolveError> {
        Ok(Self {
            plan: Compiled::new(reader, writer)?.map(Arc::new),
            of: PhantomData,
        })
    }

    /// Whether the direct decoder reads the data: the schemas are the same, or differ in nothing
    /// that the data show, such as the name of a field that an alias tells.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        self.plan.is_none()
    }

    /// Whether the other one gives the same value for every datum: both read it directly, or by equal
    /// plans.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.plan == other.plan
    }

    /// Reads a datum within the default limits.
    ///
    /// # Errors
    /// Bytes that are no datum of the writer's schema, that cross a limit, or that are left over; a
    /// datum that the reader's schema has no value for.
    #[inline]
    pub fn decode(&self, datum: &[u8]) -> Result<T, DecodeError> {
        self.decode_with(datum, Limits::default())
    }

    /// Reads a datum within these limits.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    #[inline]
    pub fn decode_with(&self, datum: &[u8], limits: Limits) -> Result<T, DecodeError> {
        let mut value = T::blank();
        self.decode_into_with(&mut value, datum, limits)?;
        Ok(value)
    }

    /// Reads a datum over an older value, keeping its allocations where they can serve. On error
    /// the value is valid but unspecified.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    #[inline]
    pub fn decode_into(&self, value: &mut T, datum: &[u8]) -> Result<(), DecodeError> {
        self.decode_into_with(value, datum, Limits::default())
    }

    /// Reads a datum over an older value, within these limits.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    #[inline]
    pub fn decode_into_with(
        &self,
        value: &mut T,
        datum: &[u8],
        limits: Limits,
    ) -> Result<(), DecodeError> {
        self.read_whole(value, datum, limits)
    }

    /// Reads a datum without copying its strings and bytes: the view borrows them.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    #[inline]
    pub fn decode_view<'a>(&self, datum: &'a [u8]) -> Result<T::View<'a>, DecodeError> {
        self.decode_view_with(datum, Limits::default())
    }

    /// Reads a datum without copying its strings and bytes, within these limits.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode).
    #[inline]
    pub fn decode_view_with<'a>(
        &self,
        datum: &'a [u8],
        limits: Limits,
    ) -> Result<T::View<'a>, DecodeError> {
        let mut view = <T::View<'a> as Decode<'a>>::blank();
        self.read_whole(&mut view, datum, limits)?;
        Ok(view)
    }

    /// Reads one datum where the reader stands, and leaves it behind the datum: for formats that
    /// put one after another.
    ///
    /// # Errors
    /// Those of [`decode`](Self::decode), but for what is left over.
    #[inline]
    pub(crate) fn read<'de, V: Decode<'de>>(
        &self,
        value: &mut V,
        r: &mut Reader<'de>,
    ) -> Result<(), DecodeError> {
        match &self.plan {
            None => value.decode_into(r),
            Some(plan) => plan.read(value, r),
        }
    }

    #[inline]
    fn read_whole<'de, V: Decode<'de>>(
        &self,
        value: &mut V,
        datum: &'de [u8],
        limits: Limits,
    ) -> Result<(), DecodeError> {
        let mut r = Reader::with_limits(datum, limits);
        match self.read(value, &mut r).and_then(|()| r.finish()) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_type(T::FULLNAME)),
        }
    }
}

impl<T> Clone for Resolver<T> {
    fn clone(&self) -> Self {
        Self {
            plan: self.plan.clone(),
            of: PhantomData,
        }
    }
}

impl<T: AvroSchema> fmt::Debug for Resolver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = if self.is_direct() { "direct" } else { "plan" };
        write!(f, "Resolver<{}>({way})", T::FULLNAME)
    }
}

/// The fullname of a writer's schema, by which the enum of a topic with several types of value
/// finds the one to read; "without a name" if it has none.
///
/// # Errors
/// A text that is no valid schema.
pub fn writer_name(writer: &str) -> Result<Box<str>, ResolveError> {
    let set = linked(writer)?;
    Ok(name((&set, &root(&set)?.schema)))
}

/// The schemas of a writer's text.
pub(crate) fn linked(text: &str) -> Result<SchemaSet, ResolveError> {
    avro_model::compile_text(text).map_err(|error| ResolveError::Invalid(error.to_string().into()))
}

/// The schema that such a text is.
pub(crate) fn root(set: &SchemaSet) -> Result<&Root, ResolveError> {
    set.only_root()
        .ok_or_else(|| ResolveError::Invalid("the text holds no schema".into()))
}
