//! Binary data → datum, as the schema itself has it.

use std::collections::BTreeMap;

use avro_model::datum::Datum;
use avro_model::schema::{Schema, SchemaKind, SchemaSet};
use avro_model::shape::Shape;

use crate::codec::{invalid_symbol, read_branch};
use crate::error::Segment;
use crate::limits::memory;
use crate::{DecodeError, Reader};

/// Reads a datum that was written with this schema.
pub(super) fn read(
    set: &SchemaSet,
    schema: &Schema,
    r: &mut Reader<'_>,
) -> Result<Datum, DecodeError> {
    match Shape::of(schema, set) {
        Shape::Primitive(kind) => primitive(kind, r),
        Shape::Array(items) => array(r, least(items), |r| read(set, items, r)),
        Shape::Map(values) => map(r, 1 + least(values), |r| read(set, values, r)),
        Shape::Union(branches) => {
            let index = read_branch(r, branches.len())?;
            // The index is below their number.
            branches.get(index).map_or(Ok(Datum::Null), |branch| {
                self::branch(r, index, |r| read(set, branch, r))
            })
        }
        Shape::Record(_, record) => {
            r.enter()?;
            r.charge(memory::vec::<Datum>(record.fields.len()))?;
            let start = r.position();
            let mut fields = Vec::with_capacity(record.fields.len());
            for field in &record.fields {
                let datum = read(set, &field.schema, r);
                fields.push(datum.map_err(|error| in_field(error, &field.name))?);
            }
            r.leave();
            r.count_empty(empty_fields(fields.len(), r.position() - start))?;
            Ok(Datum::Record(fields))
        }
        Shape::Enum(_, symbols) => {
            let start = r.position();
            let (index, symbols) = (r.int()?, symbols.symbols.len());
            match usize::try_from(index) {
                Ok(symbol) if symbol < symbols => Ok(Datum::Enum(symbol)),
                _ => Err(invalid_symbol(index, symbols, start)),
            }
        }
        Shape::Fixed(_, fixed) => Ok(Datum::Fixed(r.take(fixed.size)?.to_vec())),
    }
}

fn primitive(kind: &SchemaKind, r: &mut Reader<'_>) -> Result<Datum, DecodeError> {
    Ok(match kind {
        SchemaKind::Boolean => Datum::Boolean(r.boolean()?),
        SchemaKind::Int => Datum::Int(r.int()?),
        SchemaKind::Long => Datum::Long(r.long()?),
        SchemaKind::Float => Datum::Float(f32::from_le_bytes(r.array()?)),
        SchemaKind::Double => Datum::Double(f64::from_le_bytes(r.array()?)),
        SchemaKind::Bytes => Datum::Bytes(r.bytes()?.to_vec()),
        SchemaKind::String => Datum::String(r.str()?.to_owned()),
        _ => Datum::Null,
    })
}

/// The blocks of an array.
pub(super) fn array<'de>(
    r: &mut Reader<'de>,
    min_len: usize,
    mut item: impl FnMut(&mut Reader<'de>) -> Result<Datum, DecodeError>,
) -> Result<Datum, DecodeError> {
    let mut items = Vec::new();
    r.enter_inner()?;
    loop {
        let count = r.block(min_len, size_of::<Datum>())?;
        if count == 0 {
            r.leave_inner();
            return Ok(Datum::Array(items));
        }
        items.reserve(count);
        for _ in 0..count {
            let index = items.len();
            items.push(item(r).map_err(|error| error.inside(Segment::Index(index)))?);
        }
    }
}

/// The blocks of a map: in the order of the keys, and of equal keys the last.
pub(super) fn map<'de>(
    r: &mut Reader<'de>,
    min_len: usize,
    mut value: impl FnMut(&mut Reader<'de>) -> Result<Datum, DecodeError>,
) -> Result<Datum, DecodeError> {
    let (mut entries, mut expected) = (BTreeMap::new(), 0_usize);
    r.enter_inner()?;
    loop {
        let count = r.block(min_len, 0)?;
        if count == 0 {
            r.leave_inner();
            return Ok(Datum::Map(entries.into_iter().collect()));
        }
        let before = memory::btree_map::<Datum>(expected);
        expected = expected.saturating_add(count);
        r.charge(memory::btree_map::<Datum>(expected).saturating_sub(before))?;
        for _ in 0..count {
            let key = r.str()?;
            let value = value(r).map_err(|error| error.inside(Segment::Key(key.into())))?;
            entries.insert(key.to_owned(), value);
        }
    }
}

/// The value of a union's branch.
pub(super) fn branch<'de>(
    r: &mut Reader<'de>,
    index: usize,
    value: impl FnOnce(&mut Reader<'de>) -> Result<Datum, DecodeError>,
) -> Result<Datum, DecodeError> {
    r.charge(size_of::<Datum>())?;
    r.enter_inner()?;
    let value = value(r)?;
    r.leave_inner();
    Ok(Datum::Union(index, Box::new(value)))
}

/// The error, one field further out.
#[cold]
pub(super) fn in_field(error: DecodeError, name: &str) -> DecodeError {
    error.inside(Segment::Name(name.into()))
}

/// A length that no datum of the schema falls below.
fn least(schema: &Schema) -> usize {
    match schema.kind {
        SchemaKind::Null | SchemaKind::Named(_) => 0,
        _ => 1,
    }
}

/// How many fields a record of so many bytes certainly has too many: fields that take no bytes are
/// work too, and the schema may be a stranger's. A record without any bytes counts itself.
fn empty_fields(fields: usize, bytes: usize) -> usize {
    /// So many for each byte are free: honest records have few such fields.
    const FREE: usize = 16;
    match bytes {
        0 => fields.max(1),
        _ => fields.saturating_sub(bytes.saturating_mul(FREE)),
    }
}

/// The memory of a datum, about.
pub(super) fn memory_of(datum: &Datum) -> usize {
    size_of::<Datum>()
        + match datum {
            Datum::Bytes(bytes) | Datum::Fixed(bytes) => bytes.len(),
            Datum::String(text) => text.len(),
            Datum::Array(items) | Datum::Record(items) => items.iter().map(memory_of).sum(),
            Datum::Map(entries) => {
                let entries = entries.iter();
                entries
                    .map(|(key, value)| key.len() + 2 * memory_of(value))
                    .sum()
            }
            Datum::Union(_, inner) => memory_of(inner),
            _ => 0,
        }
}
