//! JSON → datum of a schema: what a field's default means (specification 1.12, "Complex Types",
//! table "field default values").

mod inside;

use std::collections::BTreeMap;

use crate::count::Count;
use crate::datum::Datum;
use crate::json::{Kind, Value};
use crate::schema::{Definition, Record, Schema, SchemaKind, SchemaSet, TypeId};
use crate::source::Span;

pub(crate) use inside::Typed;

/// Why a JSON value is no datum of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The JSON value that does not fit: the one given, or one inside it.
    pub span: Span,
    /// What does not fit.
    pub reason: String,
    /// What kind of trouble it is.
    pub kind: MismatchKind,
}

/// What kind of trouble a [`Mismatch`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MismatchKind {
    /// The value itself does not fit.
    Value,
    /// The value leaves out a field whose own default does not fit; that is that field's trouble.
    Inherited,
    /// The value leaves out a field whose default leads back to the field.
    Endless,
    /// The value stands for more data than a schema may ask for.
    TooLarge,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Mismatch {}

/// How many values one default may stand for. Fields that are left out take their own defaults,
/// and a union tries its branches in turn, so that a short text can ask for a great deal.
const MOST_VALUES: u32 = 1 << 16;

/// How many fields that are left out may lead to one another.
const MOST_NESTED: usize = 64;

/// The datum that a JSON value stands for in a field's default.
///
/// A union takes the first branch that the value fits (any branch, since 1.12). Fields that a
/// record's value leaves out take their own defaults; members that the record does not have are
/// ignored.
///
/// The texts `"NaN"`, `"Infinity"` and `"-Infinity"` are values of float and double, as Java reads
/// and writes them: JSON has no numbers for these. A union takes such a text for a number only if
/// no branch takes it for a text.
///
/// # Errors
///
/// [`Mismatch`] at the innermost value that does not fit.
pub fn datum(set: &SchemaSet, schema: &Schema, json: &Value) -> Result<Datum, Mismatch> {
    datum_within(set, schema, json, &mut { MOST_VALUES })
}

/// The same, out of a number of values that many defaults have in common, so that many short
/// texts cannot ask for a great deal either.
pub(crate) fn datum_within(
    set: &SchemaSet,
    schema: &Schema,
    json: &Value,
    common: &mut u32,
) -> Result<Datum, Mismatch> {
    let allowed = MOST_VALUES.min(*common);
    let mut typing = Typing {
        set,
        left: allowed,
        filling: Vec::new(),
        texts_are_numbers: true,
    };
    let datum = typing.datum(schema, json);
    *common -= allowed - typing.left;
    datum
}

struct Typing<'s> {
    set: &'s SchemaSet,
    left: u32,
    /// The fields whose defaults are being taken, outermost first.
    filling: Vec<(TypeId, usize)>,
    /// Whether a text may stand for a number that JSON cannot write.
    texts_are_numbers: bool,
}

impl Typing<'_> {
    fn datum(&mut self, schema: &Schema, json: &Value) -> Result<Datum, Mismatch> {
        self.left = self.left.checked_sub(1).ok_or_else(|| too_large(json))?;
        match &schema.kind {
            SchemaKind::Null if json.is_null() => Ok(Datum::Null),
            SchemaKind::Null => Err(expected("null", json)),
            SchemaKind::Boolean => json
                .as_bool()
                .map(Datum::Boolean)
                .ok_or_else(|| expected("true or false", json)),
            SchemaKind::Int => integer(json, "int").map(Datum::Int),
            SchemaKind::Long => integer(json, "long").map(Datum::Long),
            SchemaKind::Float => match self.unwritable(json) {
                Some(value) => Ok(Datum::Float(value as f32)),
                None => float(json),
            },
            SchemaKind::Double => match self.unwritable(json) {
                Some(value) => Ok(Datum::Double(value)),
                None => double(json),
            },
            SchemaKind::Bytes => bytes(json).map(Datum::Bytes),
            SchemaKind::String => match json.as_str() {
                Some(text) => Ok(Datum::String(text.to_owned())),
                None => Err(expected("a string", json)),
            },
            SchemaKind::Array(items) => self.array(items, json),
            SchemaKind::Map(values) => self.map(values, json),
            SchemaKind::Union(branches) => self.union(branches, json),
            SchemaKind::Named(id) => self.named(*id, json),
        }
    }

    fn array(&mut self, items: &Schema, json: &Value) -> Result<Datum, Mismatch> {
        let values = json.as_array().ok_or_else(|| expected("an array", json))?;
        values
            .iter()
            .map(|value| self.datum(items, value))
            .collect::<Result<_, _>>()
            .map(Datum::Array)
    }

    /// Sorted by key, as a map is that was read: equal maps are equal data, wherever they are from.
    fn map(&mut self, values: &Schema, json: &Value) -> Result<Datum, Mismatch> {
        let Kind::Object(members) = &json.kind else {
            return Err(expected("an object (a map)", json));
        };
        let entries = members.iter().map(|member| {
            self.datum(values, &member.value)
                .map(|value| (member.key.clone(), value))
        });
        let entries = entries.collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(Datum::Map(entries.into_iter().collect()))
    }

    fn unwritable(&self, json: &Value) -> Option<f64> {
        json.as_str()
            .filter(|_| self.texts_are_numbers)
            .and_then(unwritable_number)
    }

    /// The branches are tried twice if need be. A text is a text before it is a number, so that
    /// `"NaN"` is a string for `["double", "string"]`, as it is in Java.
    fn union(&mut self, branches: &[Schema], json: &Value) -> Result<Datum, Mismatch> {
        let texts_are_numbers = std::mem::replace(&mut self.texts_are_numbers, false);
        let by_kind = self.first_branch(branches, json);
        self.texts_are_numbers = texts_are_numbers;
        match by_kind {
            Err(mismatch) if texts_are_numbers && mismatch.kind != MismatchKind::TooLarge => {
                self.first_branch(branches, json)
            }
            decided => decided,
        }
    }

    fn first_branch(&mut self, branches: &[Schema], json: &Value) -> Result<Datum, Mismatch> {
        let mut inside = None;
        for (index, branch) in branches.iter().enumerate() {
            match self.datum(branch, json) {
                Ok(datum) => return Ok(Datum::Union(index, Box::new(datum))),
                Err(mismatch) if mismatch.kind == MismatchKind::TooLarge => return Err(mismatch),
                Err(mismatch) if mismatch.span != json.span => {
                    inside = inside.or(Some(mismatch));
                }
                Err(_) => {}
            }
        }
        // With one branch besides null, what is wrong inside it says more than the list.
        if let Some(mismatch) = inside.filter(|_| branches.len() <= 2) {
            return Err(mismatch);
        }
        let names: Vec<_> = branches
            .iter()
            .map(|branch| branch.describe(self.set))
            .collect();
        Err(expected(
            &format!("a value of one of the branches {}", names.join(", ")),
            json,
        ))
    }

    fn named(&mut self, id: TypeId, json: &Value) -> Result<Datum, Mismatch> {
        match &self.set[id].definition {
            Definition::Record(record) => self.record(id, record, json),
            Definition::Enum(definition) => {
                let text = json.as_str().ok_or_else(|| expected("a symbol", json))?;
                let index = definition
                    .symbols
                    .iter()
                    .position(|symbol| symbol.name == text);
                index.map(Datum::Enum).ok_or_else(|| {
                    expected(&format!("a symbol of `{}`", self.set[id].fullname), json)
                })
            }
            Definition::Fixed(fixed) => {
                let bytes = bytes(json)?;
                if bytes.len() == fixed.size {
                    return Ok(Datum::Fixed(bytes));
                }
                let name = &self.set[id].fullname;
                let reason = format!(
                    "`{name}` has {}, and this string has {}",
                    Count(fixed.size, "byte"),
                    bytes.len()
                );
                Err(Mismatch {
                    span: json.span,
                    reason,
                    kind: MismatchKind::Value,
                })
            }
        }
    }

    fn record(&mut self, id: TypeId, record: &Record, json: &Value) -> Result<Datum, Mismatch> {
        let name = &self.set[id].fullname;
        if !matches!(json.kind, Kind::Object(_)) {
            return Err(expected(&format!("an object (record `{name}`)"), json));
        }
        let mut values = Vec::with_capacity(record.fields.len());
        for (index, field) in record.fields.iter().enumerate() {
            values.push(match (json.get(&field.name), &field.default) {
                (Some(value), _) => self.datum(&field.schema, value)?,
                (None, Some(default)) => {
                    self.left_out((id, index), &field.schema, default, json)?
                }
                (None, None) => {
                    let reason = format!("field `{}` of `{name}` is missing", field.name);
                    return Err(Mismatch {
                        span: json.span,
                        reason,
                        kind: MismatchKind::Value,
                    });
                }
            });
        }
        Ok(Datum::Record(values))
    }

    /// The default of a field that the value leaves out.
    fn left_out(
        &mut self,
        field: (TypeId, usize),
        schema: &Schema,
        default: &Value,
        json: &Value,
    ) -> Result<Datum, Mismatch> {
        if self.filling.contains(&field) {
            let reason = "leaves out a field whose default leads back here".to_owned();
            return Err(Mismatch {
                span: json.span,
                reason,
                kind: MismatchKind::Endless,
            });
        }
        if self.filling.len() == MOST_NESTED {
            return Err(too_large(json));
        }
        self.filling.push(field);
        // The field's default means what it means by itself, whatever union it stands in here.
        let texts_are_numbers = std::mem::replace(&mut self.texts_are_numbers, true);
        let datum = self.datum(schema, default);
        self.texts_are_numbers = texts_are_numbers;
        self.filling.pop();
        datum.map_err(|mismatch| match mismatch.kind {
            MismatchKind::Value => Mismatch {
                kind: MismatchKind::Inherited,
                ..mismatch
            },
            _ => Mismatch {
                span: json.span,
                ..mismatch
            },
        })
    }
}

fn integer<T: std::str::FromStr>(json: &Value, ty: &str) -> Result<T, Mismatch> {
    let number = json
        .as_number()
        .ok_or_else(|| expected(&format!("an integer ({ty})"), json))?;
    number.parse().map_err(|_| {
        match number
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit())
        {
            true => expected(&format!("an integer in the range of {ty}"), json),
            false => expected(
                &format!("an integer ({ty}), without point or exponent"),
                json,
            ),
        }
    })
}

/// The number that one of these texts stands for, which JSON cannot write as a number.
fn unwritable_number(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn float(json: &Value) -> Result<Datum, Mismatch> {
    let number = json.as_number().and_then(|number| number.parse().ok());
    match number.ok_or_else(|| expected("a number (float)", json))? {
        value if f32::is_finite(value) => Ok(Datum::Float(value)),
        _ => Err(expected("a number in the range of float", json)),
    }
}

fn double(json: &Value) -> Result<Datum, Mismatch> {
    let number = json.as_number().and_then(|number| number.parse().ok());
    match number.ok_or_else(|| expected("a number (double)", json))? {
        value if f64::is_finite(value) => Ok(Datum::Double(value)),
        _ => Err(expected("a number in the range of double", json)),
    }
}

/// The bytes that a string stands for: one for each character up to U+00FF.
fn bytes(json: &Value) -> Result<Vec<u8>, Mismatch> {
    let text = json
        .as_str()
        .ok_or_else(|| expected("a string (one character per byte)", json))?;
    let bytes: Option<Vec<u8>> = text.chars().map(|char| u8::try_from(char).ok()).collect();
    bytes.ok_or_else(|| expected("a string of characters up to U+00FF, one per byte", json))
}

fn expected(what: &str, json: &Value) -> Mismatch {
    let reason = format!("expected {what}, found {}", crate::parse::brief(json));
    Mismatch {
        span: json.span,
        reason,
        kind: MismatchKind::Value,
    }
}

fn too_large(json: &Value) -> Mismatch {
    let reason = "stands for more values than a schema may ask for".to_owned();
    Mismatch {
        span: json.span,
        reason,
        kind: MismatchKind::TooLarge,
    }
}
