//! Binary data → datum of another schema, by a plan.

use std::collections::BTreeMap;

use avro_model::datum::Datum;
use avro_model::default;
use avro_model::schema::{Record, Schema as Node, SchemaKind, SchemaSet, TypeId};
use avro_model::shape::Shape;

use super::binary::{array, branch, in_field, map, memory_of, read};
use super::{Schema, Value};
use crate::codec::{rescale_fixed, rescaled};
use crate::limits::memory;
use crate::resolve::{Compiled, Plan};
use crate::{DecodeError, DecodeErrorKind, Limits, Reader, ResolveError};

/// Reads data of one writer's schema as values of another; made once per pair.
#[derive(Debug)]
pub struct DynamicReader {
    reader: Schema,
    /// Nothing where the data are read as they are.
    plan: Option<Compiled>,
    /// The defaults of the reader's fields.
    defaults: BTreeMap<(TypeId, u32), Datum>,
}

impl DynamicReader {
    /// Reads data of the writer's schema as the reader's.
    ///
    /// # Errors
    /// Schemas of which one cannot be read as the other, with every reason.
    pub fn new(reader: &Schema, writer: &Schema) -> Result<Self, ResolveError> {
        let sides = ((reader.set(), reader.root()), (writer.set(), writer.root()));
        let plan = match reader == writer {
            true => None,
            false => Compiled::new(sides.0, sides.1)?,
        };
        let defaults = match plan {
            Some(_) => defaults(reader.set()),
            None => BTreeMap::new(),
        };
        Ok(Self {
            reader: reader.clone(),
            plan,
            defaults,
        })
    }

    /// Reads a datum within the default limits.
    ///
    /// # Errors
    /// Bytes that are no datum of the writer's schema, that cross a limit, or that are left over; a
    /// datum that the reader's schema has no value for.
    pub fn read(&self, datum: &[u8]) -> Result<Value, DecodeError> {
        self.read_with(datum, Limits::default())
    }

    /// Reads a datum within these limits.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    pub fn read_with(&self, datum: &[u8], limits: Limits) -> Result<Value, DecodeError> {
        let mut r = Reader::with_limits(datum, limits);
        let value = self.read_one(&mut r)?;
        r.finish()?;
        Ok(value)
    }

    /// A value to be read over: null, whatever the schema.
    pub(crate) fn blank(&self) -> Value {
        Value::of(self.reader.clone(), Datum::Null)
    }

    /// Reads one datum where the reader stands, and leaves it behind the datum.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), but for what is left over.
    pub fn read_one(&self, r: &mut Reader<'_>) -> Result<Value, DecodeError> {
        let (set, root) = (self.reader.set(), self.reader.root());
        let datum = match &self.plan {
            None => read(set, root, r)?,
            Some(plan) => self.resolve(root, r, plan.plan())?,
        };
        Ok(Value::of(self.reader.clone(), datum))
    }

    fn resolve(
        &self,
        schema: &Node,
        r: &mut Reader<'_>,
        p: Plan<'_>,
    ) -> Result<Datum, DecodeError> {
        let (set, p) = (self.reader.set(), p.unwrapped(r)?);
        if p.is_same() {
            return read(set, schema, r);
        }
        match Shape::of(schema, set) {
            Shape::Primitive(kind) => primitive(kind, r, p),
            Shape::Array(items) => {
                let inner = p.items(r)?;
                array(r, inner.min_len, |r| self.resolve(items, r, inner.plan))
            }
            Shape::Map(values) => {
                let inner = p.items(r)?;
                map(r, inner.min_len, |r| self.resolve(values, r, inner.plan))
            }
            Shape::Union(branches) => {
                let (index, inner) = p.branch(r)?;
                match branches.get(index) {
                    Some(schema) => branch(r, index, |r| self.resolve(schema, r, inner)),
                    None => Err(p.unreadable(r)),
                }
            }
            Shape::Record(_, record) => match schema.kind {
                SchemaKind::Named(id) => self.record(id, record, r, p),
                _ => Err(p.unreadable(r)),
            },
            Shape::Enum(_, symbols) => match p.symbol(r)? {
                index if index < symbols.symbols.len() => Ok(Datum::Enum(index)),
                _ => Err(p.unreadable(r)),
            },
            Shape::Fixed(_, fixed) => {
                let (start, scales) = (r.position(), p.scales(r)?);
                let mut bytes = r.take(fixed.size)?.to_vec();
                rescale_fixed(&mut bytes, scales, start)?;
                Ok(Datum::Fixed(bytes))
            }
        }
    }

    fn record(
        &self,
        id: TypeId,
        record: &Record,
        r: &mut Reader<'_>,
        p: Plan<'_>,
    ) -> Result<Datum, DecodeError> {
        r.enter()?;
        r.charge(memory::vec::<Datum>(record.fields.len()))?;
        let mut fields = vec![Datum::Null; record.fields.len()];
        for (index, p) in p.record(r)? {
            let place = index as usize;
            let (Some(field), Some(slot)) = (record.fields.get(place), fields.get_mut(place))
            else {
                p.skip(r)?;
                continue;
            };
            let datum = match p.is_default() {
                true => self.default((id, index), r),
                false => self.resolve(&field.schema, r, p),
            };
            *slot = datum.map_err(|error| in_field(error, &field.name))?;
        }
        r.leave();
        Ok(Datum::Record(fields))
    }

    /// The default of a field. There may be one for every element of an array, so that it is paid
    /// for as if it stood in the data.
    fn default(&self, field: (TypeId, u32), r: &mut Reader<'_>) -> Result<Datum, DecodeError> {
        match self.defaults.get(&field) {
            Some(datum) => {
                r.charge(memory_of(datum))?;
                Ok(datum.clone())
            }
            None => Err(r.error(DecodeErrorKind::Unreadable(
                "the default of the reader's field is no value of its type".into(),
            ))),
        }
    }
}

fn primitive(kind: &SchemaKind, r: &mut Reader<'_>, p: Plan<'_>) -> Result<Datum, DecodeError> {
    match kind {
        SchemaKind::Long => p.long(r).map(Datum::Long),
        SchemaKind::Float => p.float(r).map(Datum::Float),
        SchemaKind::Double => p.double(r).map(Datum::Double),
        SchemaKind::Bytes => {
            let (start, scales) = (r.position(), p.scales(r)?);
            let decimal = rescaled(r.bytes()?, scales, start)?;
            Ok(Datum::Bytes(decimal.to_be_bytes()))
        }
        _ => Err(p.unreadable(r)),
    }
}

/// Every default of a set's fields that is a value of its type.
fn defaults(set: &SchemaSet) -> BTreeMap<(TypeId, u32), Datum> {
    let mut defaults = BTreeMap::new();
    for (id, ty) in set.types() {
        for (index, field) in (0..).zip(ty.fields()) {
            let json = field.default.as_ref();
            let datum = json.and_then(|json| default::datum(set, &field.schema, json).ok());
            if let Some(datum) = datum {
                defaults.insert((id, index), datum);
            }
        }
    }
    defaults
}
