//! Avro's JSON encoding of data (specification 1.12, "JSON Encoding"), as `json::avro` has it for
//! generated types; the tests hold both together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use avro_model::datum::Datum;
use avro_model::default;
use avro_model::schema::{Field, Record, Schema, SchemaKind, SchemaSet};
use avro_model::shape::Shape;

use super::binary::{in_field, memory_of};
use crate::codec::{Double, Float, Int, Long};
use crate::error::{DecodeErrorKind, Segment};
use crate::json::{FieldFromJson, Form, JsonReader, JsonWriter, read_tagged, repeated};
use crate::limits::memory;
use crate::{DecodeError, Limits};

/// The datum on one line.
pub(super) fn write(set: &SchemaSet, schema: &Schema, datum: &Datum) -> String {
    let mut out = String::new();
    let mut w = JsonWriter::new(&mut out, Form::Avro, Limits::TRUSTED);
    write_datum(set, schema, datum, &mut w);
    w.finish();
    out
}

fn write_datum(set: &SchemaSet, schema: &Schema, datum: &Datum, w: &mut JsonWriter<'_>) {
    match (datum, Shape::of(schema, set)) {
        (Datum::Null, _) => w.raw("null"),
        (Datum::Boolean(value), _) => w.raw(if *value { "true" } else { "false" }),
        (Datum::Int(value), _) => w.integer((*value).into()),
        (Datum::Long(value), _) => w.integer(*value),
        (Datum::Float(value), _) => w.float(*value),
        (Datum::Double(value), _) => w.double(*value),
        (Datum::Bytes(bytes) | Datum::Fixed(bytes), _) => w.bytes(bytes),
        (Datum::String(text), _) => w.string(text),
        (Datum::Array(items), Shape::Array(schema)) => {
            w.raw("[");
            for (index, item) in items.iter().enumerate() {
                w.raw(if index == 0 { "" } else { "," });
                write_datum(set, schema, item, w);
            }
            w.raw("]");
        }
        (Datum::Map(entries), Shape::Map(schema)) => {
            w.raw("{");
            for (index, (key, value)) in entries.iter().enumerate() {
                w.raw(if index == 0 { "" } else { "," });
                w.string(key);
                w.raw(":");
                write_datum(set, schema, value, w);
            }
            w.raw("}");
        }
        (Datum::Union(index, value), Shape::Union(branches)) => match branches.get(*index) {
            Some(branch) if matches!(branch.kind, SchemaKind::Null) => w.raw("null"),
            Some(branch) => {
                w.raw("{");
                w.string(tag(set, branch));
                w.raw(":");
                write_datum(set, branch, value, w);
                w.raw("}");
            }
            None => w.raw("null"),
        },
        (Datum::Record(values), Shape::Record(_, record)) => {
            w.raw("{");
            for (index, (field, value)) in record.fields.iter().zip(values).enumerate() {
                w.raw(if index == 0 { "" } else { "," });
                w.string(&field.name);
                w.raw(":");
                write_datum(set, &field.schema, value, w);
            }
            w.raw("}");
        }
        (Datum::Enum(index), Shape::Enum(_, symbols)) => {
            let symbol = symbols.symbols.get(*index);
            w.string(symbol.map_or("", |symbol| &symbol.name));
        }
        // A value is made by this module's readers alone, which give it the schema's shape.
        _ => w.raw("null"),
    }
}

/// The name by which a union's branch is told.
fn tag<'s>(set: &'s SchemaSet, branch: &'s Schema) -> &'s str {
    let shape = Shape::of(branch, set);
    shape
        .definition()
        .map_or(shape.keyword(), |ty| ty.fullname.as_str())
}

/// Reads a datum, and nothing behind it.
pub(super) fn read(
    set: &SchemaSet,
    schema: &Schema,
    text: &str,
    limits: Limits,
) -> Result<Datum, DecodeError> {
    let mut r = JsonReader::new(text, Form::Avro, limits);
    let datum = read_datum(set, schema, &mut r)?;
    r.finish()?;
    Ok(datum)
}

fn read_datum(
    set: &SchemaSet,
    schema: &Schema,
    r: &mut JsonReader<'_>,
) -> Result<Datum, DecodeError> {
    match Shape::of(schema, set) {
        Shape::Primitive(kind) => primitive(kind, r),
        Shape::Array(items) => array(set, items, r),
        Shape::Map(values) => map(set, values, r),
        Shape::Union(branches) => union(set, branches, r),
        Shape::Record(_, record) => {
            r.enter()?;
            let fields = fields(set, record, r)?;
            r.leave();
            Ok(Datum::Record(fields))
        }
        Shape::Enum(_, symbols) => {
            let start = r.value_start();
            let text = r.string("a symbol of the enum as a string")?;
            let symbol = symbols
                .symbols
                .iter()
                .position(|symbol| symbol.name == text);
            symbol.map(Datum::Enum).ok_or_else(|| {
                DecodeError::new(DecodeErrorKind::UnknownSymbol(text.as_ref().into()), start)
            })
        }
        Shape::Fixed(_, fixed) => {
            let (start, mut bytes) = (r.value_start(), Vec::new());
            r.bytes(&mut bytes)?;
            if bytes.len() == fixed.size {
                return Ok(Datum::Fixed(bytes));
            }
            let kind = DecodeErrorKind::Expected("as many characters as the fixed has bytes");
            Err(DecodeError::new(kind, start))
        }
    }
}

fn primitive(kind: &SchemaKind, r: &mut JsonReader<'_>) -> Result<Datum, DecodeError> {
    /// Reads a number with its codec.
    fn number<C: FieldFromJson<T>, T: Default>(r: &mut JsonReader<'_>) -> Result<T, DecodeError> {
        let mut value = T::default();
        C::read_json(&mut value, r)?;
        Ok(value)
    }
    match kind {
        SchemaKind::Boolean if r.eat_literal("true") => Ok(Datum::Boolean(true)),
        SchemaKind::Boolean if r.eat_literal("false") => Ok(Datum::Boolean(false)),
        SchemaKind::Boolean => Err(r.expected("true or false")),
        SchemaKind::Int => number::<Int, _>(r).map(Datum::Int),
        SchemaKind::Long => number::<Long, _>(r).map(Datum::Long),
        SchemaKind::Float => number::<Float, _>(r).map(Datum::Float),
        SchemaKind::Double => number::<Double, _>(r).map(Datum::Double),
        SchemaKind::Bytes => {
            let mut bytes = Vec::new();
            r.bytes(&mut bytes)?;
            Ok(Datum::Bytes(bytes))
        }
        SchemaKind::String => Ok(Datum::String(r.string("a string")?.into_owned())),
        _ if r.eat_literal("null") => Ok(Datum::Null),
        _ => Err(r.expected("null")),
    }
}

fn array(set: &SchemaSet, items: &Schema, r: &mut JsonReader<'_>) -> Result<Datum, DecodeError> {
    let mut data = Vec::new();
    r.enter_inner()?;
    r.expect(b'[', "a JSON array")?;
    while !r.eat(b']') {
        if !data.is_empty() {
            r.expect(b',', "`,` or `]`")?;
        }
        r.count_item(memory::vec_growth::<Datum>(data.len()))?;
        let datum = read_datum(set, items, r);
        data.push(datum.map_err(|error| error.inside(Segment::Index(data.len())))?);
    }
    r.leave_inner();
    Ok(Datum::Array(data))
}

fn map(set: &SchemaSet, values: &Schema, r: &mut JsonReader<'_>) -> Result<Datum, DecodeError> {
    let mut entries = BTreeMap::new();
    let mut count = 0;
    r.enter_inner()?;
    r.expect(b'{', "a JSON object")?;
    while !r.eat(b'}') {
        if count > 0 {
            r.expect(b',', "`,` or `}`")?;
        }
        let growth = memory::btree_map::<Datum>(count + 1) - memory::btree_map::<Datum>(count);
        r.count_item(growth)?;
        count += 1;
        let start = r.value_start();
        let key = r.string("a key")?.into_owned();
        r.expect(b':', "`:`")?;
        let datum = match read_datum(set, values, r) {
            Ok(datum) => datum,
            Err(error) => return Err(error.inside(Segment::Key(key.into()))),
        };
        match entries.entry(key) {
            Entry::Vacant(entry) => drop(entry.insert(datum)),
            Entry::Occupied(entry) => return Err(repeated(entry.key(), start)),
        }
    }
    r.leave_inner();
    Ok(Datum::Map(entries.into_iter().collect()))
}

fn union(
    set: &SchemaSet,
    branches: &[Schema],
    r: &mut JsonReader<'_>,
) -> Result<Datum, DecodeError> {
    let is_null = |branch: &Schema| matches!(branch.kind, SchemaKind::Null);
    if let Some(null) = branches.iter().position(is_null)
        && r.eat_literal("null")
    {
        return Ok(Datum::Union(null, Box::new(Datum::Null)));
    }
    let branch = |name: &str| {
        let mut branches = branches.iter().enumerate();
        branches.find(|(_, branch)| !is_null(branch) && tag(set, branch) == name)
    };
    let names = branches.iter().filter(|branch| !is_null(branch));
    let names = names.map(|branch| tag(set, branch));
    read_tagged(r, branch, names, |(index, branch), r| {
        r.charge(size_of::<Datum>())?;
        r.enter_inner()?;
        let datum = read_datum(set, branch, r)?;
        r.leave_inner();
        Ok(Datum::Union(index, Box::new(datum)))
    })
}

fn fields(
    set: &SchemaSet,
    record: &Record,
    r: &mut JsonReader<'_>,
) -> Result<Vec<Datum>, DecodeError> {
    r.charge(memory::vec::<Option<Datum>>(record.fields.len()))?;
    let mut data: Vec<Option<Datum>> = vec![None; record.fields.len()];
    let mut next = 0;
    let mut first = true;
    r.expect(b'{', "a JSON object")?;
    while !r.eat(b'}') {
        if !first {
            r.expect(b',', "`,` or `}`")?;
        }
        first = false;
        let start = r.value_start();
        let key = r.string("a key")?;
        r.expect(b':', "`:`")?;
        let Some((index, field)) = find(record, next, &key) else {
            let kind = DecodeErrorKind::UnknownKey(key.as_ref().into());
            return Err(DecodeError::new(kind, start));
        };
        if data.get(index).is_some_and(Option::is_some) {
            return Err(repeated(&key, start));
        }
        next = index + 1;
        let datum = read_datum(set, &field.schema, r);
        data[index] = Some(datum.map_err(|error| in_field(error, &field.name))?);
    }
    let fields = record.fields.iter().zip(data);
    let complete = fields.map(|(field, datum)| match datum {
        Some(datum) => Ok(datum),
        None => missing(set, field, r),
    });
    complete.collect()
}

/// The field of this name; mostly the one that is next.
fn find<'s>(record: &'s Record, next: usize, name: &str) -> Option<(usize, &'s Field)> {
    match record.fields.get(next) {
        Some(field) if field.name == name => Some((next, field)),
        _ => {
            let mut fields = record.fields.iter().enumerate();
            fields.find(|(_, field)| field.name == name)
        }
    }
}

fn missing(set: &SchemaSet, field: &Field, r: &mut JsonReader<'_>) -> Result<Datum, DecodeError> {
    let default = field.default.as_ref();
    let datum = default.and_then(|json| default::datum(set, &field.schema, json).ok());
    match datum {
        Some(datum) => {
            // There may be one for every element of an array.
            r.charge(memory_of(&datum))?;
            Ok(datum)
        }
        None => {
            let kind = DecodeErrorKind::Expected("the field, which has no default");
            Err(in_field(r.error(kind), &field.name))
        }
    }
}
