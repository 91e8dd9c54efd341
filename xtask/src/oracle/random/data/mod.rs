//! A datum of a schema, and whether a datum is one.

mod values;

use super::model::{Datum, Definition, Field, Logical, Model, Primitive, Schema};
use super::rng::Rng;

/// Makes data of a model's schemas.
#[derive(Debug)]
pub(crate) struct Data<'m> {
    model: &'m Model,
    /// How far the smallest datum of each type is nested; nothing if it has none.
    ranks: Vec<Option<usize>>,
}

/// A default for a field: a datum of its type, if it has one that a default can be.
pub(super) fn default(
    model: &Model,
    (owner, field): (usize, usize),
    rng: &mut Rng,
) -> Option<Datum> {
    let Field { schema, .. } = &model.types[owner].fields()[field];
    Data::for_defaults(model, owner).datum(schema, rng)
}

/// Whether this can be the field's default.
pub(super) fn fits_as_default(
    model: &Model,
    (owner, field): (usize, usize),
    default: &Datum,
) -> bool {
    let Field { schema, .. } = &model.types[owner].fields()[field];
    Data::for_defaults(model, owner).fits(schema, default)
}

impl<'m> Data<'m> {
    /// For the schemas of this model.
    pub(crate) fn of(model: &'m Model) -> Self {
        Self::without(model, |_| false)
    }

    /// Whether every type has a datum.
    pub(super) fn is_of_all(&self) -> bool {
        self.ranks.iter().all(Option::is_some)
    }

    /// Without a record that leads back to this one: Java 1.12 checks defaults before the records
    /// around them are complete, and refuses what it cannot check yet.
    fn for_defaults(model: &'m Model, owner: usize) -> Self {
        let leads_back = model.leading_to(owner);
        Self::without(model, |index| index == owner || leads_back[index])
    }

    fn without(model: &'m Model, is_left_out: impl Fn(usize) -> bool) -> Self {
        let ranks = vec![None; model.types.len()];
        let mut data = Self { model, ranks };
        for _ in 0..=model.types.len() {
            for index in 0..model.types.len() {
                if data.ranks[index].is_none() && !is_left_out(index) {
                    data.ranks[index] = data.rank_of_type(index);
                }
            }
        }
        data
    }

    fn rank_of_type(&self, index: usize) -> Option<usize> {
        match &self.model.types[index].definition {
            Definition::Record { fields, .. } => {
                let ranks = fields.iter().map(|field| self.rank_of(&field.schema));
                let deepest = ranks.collect::<Option<Vec<_>>>()?.into_iter().max();
                Some(1 + deepest.unwrap_or(0))
            }
            Definition::Enum { symbols, .. } => (!symbols.is_empty()).then_some(0),
            Definition::Fixed { .. } => Some(0),
        }
    }

    fn rank_of(&self, schema: &Schema) -> Option<usize> {
        match schema {
            Schema::Primitive(..) | Schema::Array(_) | Schema::Map(_) => Some(0),
            Schema::Union(branches) => (0..branches.len())
                .filter(|&index| self.is_reachable(branches, index))
                .filter_map(|index| self.rank_of(&branches[index]))
                .min(),
            Schema::Named(index) => self.ranks[*index],
        }
    }

    /// A datum of this schema; nothing if there is none, as of a record that holds itself.
    pub(crate) fn datum(&self, schema: &Schema, rng: &mut Rng) -> Option<Datum> {
        let mut left = 1 + rng.below(30);
        self.make(schema, &mut left, rng)
    }

    /// `left` is how many values are still wanted: past it the smallest datum is made.
    fn make(&self, schema: &Schema, left: &mut usize, rng: &mut Rng) -> Option<Datum> {
        self.rank_of(schema)?;
        *left = left.saturating_sub(1);
        match schema {
            Schema::Primitive(primitive, logical) => {
                Some(values::primitive(*primitive, *logical, rng))
            }
            Schema::Array(items) => {
                let mut values = Vec::new();
                for _ in 0..self.count(items, left, rng) {
                    values.push(self.make(items, left, rng)?);
                }
                Some(Datum::Array(values))
            }
            Schema::Map(values) => {
                let mut entries = Vec::new();
                for index in 0..self.count(values, left, rng) {
                    let key = format!("{}{index}", rng.pick(&["k", "", "ключ", "a b\""]));
                    entries.push((key, self.make(values, left, rng)?));
                }
                Some(Datum::Map(entries))
            }
            Schema::Union(branches) => {
                let branch = self.branch(branches, *left, rng)?;
                let value = self.make(&branches[branch], left, rng)?;
                Some(Datum::Union(branch, Box::new(value)))
            }
            Schema::Named(index) => self.named(*index, left, rng),
        }
    }

    fn count(&self, inner: &Schema, left: &usize, rng: &mut Rng) -> usize {
        match self.rank_of(inner) {
            Some(_) if *left > 0 => rng.weighted(&[(3, 0), (4, 1), (3, 2), (1, 5)]),
            _ => 0,
        }
    }

    fn branch(&self, branches: &[Schema], left: usize, rng: &mut Rng) -> Option<usize> {
        let possible: Vec<(usize, usize)> = branches
            .iter()
            .enumerate()
            .filter(|(index, _)| self.is_reachable(branches, *index))
            .filter_map(|(index, branch)| Some((self.rank_of(branch)?, index)))
            .collect();
        match left {
            _ if possible.is_empty() => None,
            0 => possible.iter().min().map(|&(_, index)| index),
            _ => Some(rng.pick(&possible).1),
        }
    }

    /// Whether a default can be of this branch: Java tries the ones before it, which must not lead
    /// it to a record that it cannot check yet. Only an object leads it there.
    fn is_reachable(&self, branches: &[Schema], index: usize) -> bool {
        let is_object = match &branches[index] {
            Schema::Map(_) => true,
            Schema::Named(index) => matches!(self.model.types[*index].word(), "record" | "error"),
            _ => false,
        };
        let mut is_sound = true;
        for branch in branches.iter().take(index).filter(|_| is_object) {
            branch.visit(&mut |schema| {
                is_sound &= !matches!(schema, Schema::Named(index) if self.ranks[*index].is_none());
            });
        }
        is_sound
    }

    fn named(&self, index: usize, left: &mut usize, rng: &mut Rng) -> Option<Datum> {
        Some(match &self.model.types[index].definition {
            Definition::Record { fields, .. } => {
                let mut values = Vec::new();
                for field in fields {
                    values.push(self.make(&field.schema, left, rng)?);
                }
                Datum::Record(values)
            }
            Definition::Enum { symbols, .. } => Datum::Enum(rng.below(symbols.len())),
            Definition::Fixed { size, logical } => Datum::Fixed(match logical {
                Some(Logical::Decimal { precision, .. }) => {
                    values::unscaled(*precision, Some(*size), rng)
                }
                _ => values::bytes(*size, rng),
            }),
        })
    }

    /// Whether this is a datum of this schema.
    fn fits(&self, schema: &Schema, datum: &Datum) -> bool {
        match (schema, datum) {
            (Schema::Primitive(primitive, _), datum) => matches!(
                (primitive, datum),
                (Primitive::Null, Datum::Null)
                    | (Primitive::Boolean, Datum::Boolean(_))
                    | (Primitive::Int, Datum::Int(_))
                    | (Primitive::Long, Datum::Long(_))
                    | (Primitive::Float, Datum::Float(_))
                    | (Primitive::Double, Datum::Double(_))
                    | (Primitive::Bytes, Datum::Bytes(_))
                    | (Primitive::String, Datum::String(_))
            ),
            (Schema::Array(items), Datum::Array(values)) => {
                values.iter().all(|value| self.fits(items, value))
            }
            (Schema::Map(inner), Datum::Map(entries)) => {
                entries.iter().all(|(_, value)| self.fits(inner, value))
            }
            (Schema::Union(branches), Datum::Union(index, value)) => {
                let branch = branches.get(*index);
                branch.is_some_and(|branch| self.fits(branch, value))
                    && self.is_reachable(branches, *index)
            }
            // Of a type without a rank there is no datum.
            (Schema::Named(index), _) if self.ranks[*index].is_none() => false,
            (Schema::Named(index), datum) => match (&self.model.types[*index].definition, datum) {
                (Definition::Record { fields, .. }, Datum::Record(values)) => {
                    let mut pairs = fields.iter().zip(values);
                    fields.len() == values.len()
                        && pairs.all(|(field, value)| self.fits(&field.schema, value))
                }
                (Definition::Enum { symbols, .. }, Datum::Enum(index)) => *index < symbols.len(),
                (Definition::Fixed { size, .. }, Datum::Fixed(bytes)) => bytes.len() == *size,
                _ => false,
            },
            _ => false,
        }
    }
}
