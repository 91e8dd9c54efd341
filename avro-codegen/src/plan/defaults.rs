//! A field's default → an expression, or its bytes where Rust has no literal for it.

use avro_model::datum::{self, Datum};
use avro_model::default;
use avro_model::schema::{Definition, Field, Schema, SchemaKind};

use super::Planner;
use super::choices::Choice;
use super::model::{Codec, Coded, Item, Literal, Local, Ty};
use super::names::ident;

impl Planner<'_> {
    /// The default of a field, if it has one that is a value in Rust. What does not fit its type
    /// has been reported when it was checked.
    pub(super) fn default(
        &mut self,
        place: &str,
        field: &Field,
        choice: &Choice,
        coded: &Coded,
        module: &[String],
        items: &[Item],
    ) -> Option<Literal> {
        let (schema, json) = (&field.schema, field.default.as_ref()?);
        let datum = default::datum(self.set, schema, json).ok()?;
        if let Some(unfit) = self.unfit(place, field, choice, &datum) {
            self.diagnostics.push(unfit);
            return None;
        }
        Some(self.literal(&datum, schema, &coded.ty, &coded.codec, module, items))
    }

    /// The default of a field in Avro's binary encoding.
    pub(super) fn default_datum(&self, field: &Field) -> Option<Vec<u8>> {
        let datum = default::datum(self.set, &field.schema, field.default.as_ref()?).ok()?;
        Some(datum::to_binary(&datum))
    }

    /// A datum as an expression of type `ty`.
    fn literal(
        &self,
        datum: &Datum,
        schema: &Schema,
        ty: &Ty,
        codec: &Codec,
        module: &[String],
        items: &[Item],
    ) -> Literal {
        let nested = |datum: &Datum, schema: &Schema, ty: &Ty, codec: &Codec| {
            self.literal(datum, schema, ty, codec, module, items)
        };
        match (datum, ty, codec, &schema.kind) {
            (Datum::Null, Ty::Unit, ..) => Literal::Unit,
            (Datum::Boolean(value), Ty::Bool, ..) => Literal::Bool(*value),
            (Datum::Int(value), Ty::I32, ..) => Literal::I32(*value),
            (Datum::Long(value), Ty::I64, ..) => Literal::I64(*value),
            (Datum::Float(value), Ty::F32, ..) => Literal::F32(*value),
            (Datum::Double(value), Ty::F64, ..) => Literal::F64(*value),
            (Datum::String(text), Ty::String, ..) => Literal::String(text.clone()),
            (Datum::Bytes(bytes), Ty::Bytes, ..) => Literal::Bytes(bytes.clone()),
            (Datum::Fixed(bytes), Ty::Array(_), ..) => Literal::Array(bytes.clone()),
            (datum, Ty::Boxed(ty), Codec::Boxed(codec), _) => {
                Literal::Boxed(Box::new(nested(datum, schema, ty, codec)))
            }
            (
                Datum::Array(values),
                Ty::Vec(ty),
                Codec::Array(codec, _),
                SchemaKind::Array(inner),
            ) => {
                let values = values.iter().map(|value| nested(value, inner, ty, codec));
                Literal::List(values.collect())
            }
            (
                Datum::Map(entries),
                Ty::Map(map, ty),
                Codec::Map(codec, _),
                SchemaKind::Map(inner),
            ) => {
                let entry =
                    |(key, value): &(String, Datum)| (key.clone(), nested(value, inner, ty, codec));
                Literal::Map(*map, entries.iter().map(entry).collect())
            }
            (Datum::Union(branch, value), _, _, SchemaKind::Union(branches)) => {
                self.union_literal(datum, (*branch, value), branches, ty, codec, module, items)
            }
            (_, Ty::Local(local), _, SchemaKind::Named(id)) => {
                self.named_literal(datum, *id, local, codec, module)
            }
            _ => Literal::Datum(codec.clone(), datum::to_binary(datum)),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one step of a recursion over five parallel trees"
    )]
    fn union_literal(
        &self,
        datum: &Datum,
        (branch, value): (usize, &Datum),
        branches: &[Schema],
        ty: &Ty,
        codec: &Codec,
        module: &[String],
        items: &[Item],
    ) -> Literal {
        let undecided = || Literal::Datum(codec.clone(), datum::to_binary(datum));
        let Some(schema) = branches.get(branch) else {
            return undecided();
        };
        match (ty, codec) {
            (Ty::Option(_), _) if matches!(schema.kind, SchemaKind::Null) => Literal::None,
            (Ty::Option(ty), Codec::Nullable(codec, _)) => {
                let value = self.literal(value, schema, ty, codec, module, items);
                Literal::Some(Box::new(value))
            }
            (Ty::Option(ty), Codec::NullableUnion { .. }) => {
                let codec = Codec::Plain("Named");
                let inner =
                    self.union_literal(datum, (branch, value), branches, ty, &codec, module, items);
                Literal::Some(Box::new(inner))
            }
            (Ty::Local(local), _) => {
                let variant = items.iter().find_map(|item| match item {
                    Item::Union(union) if union.head.name == local.name => union
                        .variants
                        .iter()
                        .find(|variant| variant.branch == branch),
                    _ => None,
                });
                let Some(variant) = variant else {
                    return undecided();
                };
                let payload = variant.coded.as_ref().map(|coded| {
                    let (ty, codec) = (&coded.ty, &coded.codec);
                    Box::new(self.literal(value, schema, ty, codec, module, items))
                });
                Literal::Variant(local.clone(), variant.name.clone(), payload)
            }
            _ => undecided(),
        }
    }

    /// An enum's symbol, a fixed, or a record. A record that takes other than plain values is
    /// written in binary: its fields' types are planned elsewhere.
    fn named_literal(
        &self,
        datum: &Datum,
        id: avro_model::schema::TypeId,
        local: &Local,
        codec: &Codec,
        module: &[String],
    ) -> Literal {
        let name = self.set[id].fullname.as_str();
        match (datum, &self.set[id].definition) {
            (Datum::Enum(index), Definition::Enum(_)) => {
                match self
                    .symbols
                    .get(&id)
                    .and_then(|symbols| symbols.get(*index))
                {
                    Some(symbol) => Literal::Variant(local.clone(), symbol.clone(), None),
                    None => Literal::Datum(codec.clone(), datum::to_binary(datum)),
                }
            }
            (Datum::Fixed(bytes), Definition::Fixed(_)) => {
                Literal::Newtype(local.clone(), Box::new(Literal::Array(bytes.clone())))
            }
            (Datum::Record(values), Definition::Record(record)) => {
                let names = self.field_names.get(&id).map_or(&[][..], Vec::as_slice);
                let mut fields = Vec::with_capacity(values.len());
                for ((value, field), rust) in values.iter().zip(&record.fields).zip(names) {
                    let place = format!("{name}.{}", field.name);
                    match self.plain_literal(value, &field.schema, &place, module) {
                        Some(literal) => fields.push((ident(rust), literal)),
                        None => return Literal::Datum(codec.clone(), datum::to_binary(datum)),
                    }
                }
                Literal::Record(local.clone(), fields)
            }
            _ => Literal::Datum(codec.clone(), datum::to_binary(datum)),
        }
    }

    /// A field of a record in a default, if its type is one that has literals of its own.
    fn plain_literal(
        &self,
        datum: &Datum,
        schema: &Schema,
        place: &str,
        module: &[String],
    ) -> Option<Literal> {
        if schema.logical.is_some() || self.choices.of(place).codec.is_some() {
            return None;
        }
        Some(match (datum, &schema.kind) {
            (Datum::Null, SchemaKind::Null) => Literal::Unit,
            (Datum::Boolean(value), _) => Literal::Bool(*value),
            (Datum::Int(value), _) => Literal::I32(*value),
            (Datum::Long(value), _) => Literal::I64(*value),
            (Datum::Float(value), _) => Literal::F32(*value),
            (Datum::Double(value), _) => Literal::F64(*value),
            (Datum::String(text), _) => Literal::String(text.clone()),
            (Datum::Bytes(bytes), _) => Literal::Bytes(bytes.clone()),
            (Datum::Array(values), _) if values.is_empty() => Literal::List(Vec::new()),
            (Datum::Map(entries), _) if entries.is_empty() => {
                Literal::Map(self.choices.of(place).map, Vec::new())
            }
            (Datum::Union(branch, _), SchemaKind::Union(branches)) => {
                let null = branches.get(*branch)?;
                let optional = matches!(null.kind, SchemaKind::Null) && branches.len() > 1;
                return optional.then_some(Literal::None);
            }
            (Datum::Enum(index), SchemaKind::Named(id)) => {
                let local = self.tree.local(module, *id, false)?;
                let symbol = self.symbols.get(id)?.get(*index)?;
                Literal::Variant(local, symbol.clone(), None)
            }
            (Datum::Record(_), SchemaKind::Named(id)) if !self.facts.is_boxed(schema.span) => {
                let local = self.tree.local(module, *id, false)?;
                self.named_literal(datum, *id, &local, &Codec::Plain("Named"), module)
            }
            _ => return None,
        })
    }
}
