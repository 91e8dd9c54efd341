//! Changes to a schema where it stands: promotions, logical types, wrapping, recursion.

use super::super::model::{Definition, Logical, Model, Primitive, Schema};
use super::super::rng::Rng;
use super::super::schema::{LOGICAL, addition, decimal, logical};
use super::at_a_place;

/// A type that reads what this one wrote; every promotion alike, though some types are seldom.
pub(super) fn promote(model: &mut Model, rng: &mut Rng) -> bool {
    let promotions: Vec<(Primitive, Primitive)> = Primitive::ALL
        .into_iter()
        .flat_map(|from| from.promotions().iter().map(move |&to| (from, to)))
        .collect();
    let &(from, to) = rng.pick(&promotions);
    let is_wanted =
        |schema: &Schema| matches!(schema, Schema::Primitive(found, _) if *found == from);
    at_a_place(model, rng, is_wanted, |schema, _| *schema = to.into())
}

/// The same for items and values.
pub(super) fn promote_inside(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted = |schema: &Schema| match schema {
        Schema::Array(inner) | Schema::Map(inner) => is_promotable(inner),
        _ => false,
    };
    at_a_place(model, rng, is_wanted, |schema, rng| {
        if let Schema::Array(inner) | Schema::Map(inner) = schema {
            promoted(inner, rng);
        }
    })
}

fn is_promotable(schema: &Schema) -> bool {
    matches!(schema, Schema::Primitive(primitive, _) if !primitive.promotions().is_empty())
}

fn promoted(schema: &mut Schema, rng: &mut Rng) {
    if let Schema::Primitive(primitive, _) = schema {
        *schema = (*rng.pick(primitive.promotions())).into();
    }
}

/// The reverse of a promotion.
pub(super) fn demote(model: &mut Model, rng: &mut Rng) -> bool {
    at_a_place(model, rng, is_demotable, demoted)
}

/// The same for items and values.
pub(super) fn demote_inside(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted = |schema: &Schema| match schema {
        Schema::Array(inner) | Schema::Map(inner) => is_demotable(inner),
        _ => false,
    };
    at_a_place(model, rng, is_wanted, |schema, rng| {
        if let Schema::Array(inner) | Schema::Map(inner) = schema {
            demoted(inner, rng);
        }
    })
}

fn is_demotable(schema: &Schema) -> bool {
    matches!(schema, Schema::Primitive(primitive, _) if !before(*primitive).is_empty())
}

fn demoted(schema: &mut Schema, rng: &mut Rng) {
    if let Schema::Primitive(primitive, _) = schema {
        *schema = (*rng.pick(&before(*primitive))).into();
    }
}

/// The types that are promoted to this one.
fn before(primitive: Primitive) -> Vec<Primitive> {
    let all = Primitive::ALL.into_iter();
    all.filter(|before| before.promotions().contains(&primitive))
        .collect()
}

/// Anything in its place.
pub(super) fn replace(model: &mut Model, rng: &mut Rng) -> bool {
    let new = addition(model, 3, rng);
    at_a_place(model, rng, |_| true, |schema, _| *schema = new)
}

pub(super) fn wrap_in_array(model: &mut Model, rng: &mut Rng) -> bool {
    at_a_place(
        model,
        rng,
        |_| true,
        |schema, _| {
            let inner = std::mem::replace(schema, Primitive::Null.into());
            *schema = Schema::Array(Box::new(inner));
        },
    )
}

/// The items or values instead of the array or map.
pub(super) fn unwrap(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Array(_) | Schema::Map(_));
    at_a_place(model, rng, is_wanted, |schema, _| {
        if let Schema::Array(inner) | Schema::Map(inner) = schema {
            *schema = std::mem::replace(inner, Primitive::Null.into());
        }
    })
}

pub(super) fn array_for_map(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Array(_) | Schema::Map(_));
    at_a_place(model, rng, is_wanted, |schema, _| {
        let old = std::mem::replace(schema, Primitive::Null.into());
        *schema = match old {
            Schema::Array(inner) => Schema::Map(inner),
            Schema::Map(inner) => Schema::Array(inner),
            other => other,
        };
    })
}

pub(super) fn add_logical(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted =
        |schema: &Schema| matches!(schema, Schema::Primitive(carrier, None) if carries(*carrier));
    at_a_place(model, rng, is_wanted, relabel)
}

pub(super) fn change_logical(model: &mut Model, rng: &mut Rng) -> bool {
    if rng.chance(30) {
        return change_fixed_logical(model, rng);
    }
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Primitive(_, Some(_)));
    at_a_place(model, rng, is_wanted, |schema, rng| match rng.chance(90) {
        true => relabel(schema, rng),
        // Most likely one that its carrier does not carry: everyone ignores it.
        false => {
            if let (Schema::Primitive(_, old), Schema::Primitive(_, new)) = (schema, logical(rng)) {
                *old = new;
            }
        }
    })
}

pub(super) fn remove_logical(model: &mut Model, rng: &mut Rng) -> bool {
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Primitive(_, Some(_)));
    at_a_place(model, rng, is_wanted, |schema, _| {
        if let Schema::Primitive(_, logical) = schema {
            *logical = None;
        }
    })
}

/// What 16 bytes hold, with room for another scale.
const MOST_DIGITS: usize = 30;

/// The same counted in another unit, or with the point elsewhere.
pub(super) fn change_unit(model: &mut Model, rng: &mut Rng) -> bool {
    let is_decimal = rng.chance(60);
    let is_wanted = |schema: &Schema| match schema {
        Schema::Primitive(_, Some(Logical::Plain(word))) => !is_decimal && word.contains("time"),
        Schema::Primitive(_, Some(Logical::Decimal { .. })) => is_decimal,
        _ => false,
    };
    at_a_place(model, rng, is_wanted, |schema, rng| match schema {
        Schema::Primitive(_, Some(Logical::Decimal { precision, scale })) => {
            let more = 1 + rng.below(3);
            *precision = (*precision + more).min(MOST_DIGITS);
            *scale = match rng.chance(60) {
                // Whatever was written can be read, most likely.
                true => (*scale + more).min(*precision),
                false => rng.below(*precision + 1),
            };
        }
        Schema::Primitive(carrier, Some(Logical::Plain(word))) => {
            let (what, _) = word.rsplit_once('-').unwrap_or_default();
            let units = LOGICAL.iter().filter(|(_, other)| {
                other
                    .rsplit_once('-')
                    .is_some_and(|(other, _)| other == what)
            });
            let units: Vec<&(Primitive, &str)> = units.collect();
            (*carrier, *word) = **rng.pick(&units);
        }
        _ => {}
    })
}

fn carries(carrier: Primitive) -> bool {
    LOGICAL.iter().any(|(known, _)| *known == carrier)
}

/// A logical type that its carrier carries.
fn relabel(schema: &mut Schema, rng: &mut Rng) {
    let Schema::Primitive(carrier, logical) = schema else {
        return;
    };
    let words = LOGICAL.iter().filter(|(known, _)| known == carrier);
    let words: Vec<&str> = words.map(|(_, word)| *word).collect();
    *logical = match carrier {
        Primitive::Bytes if rng.chance(80) => Some(decimal(None, rng)),
        _ if words.is_empty() => None,
        _ => Some(Logical::Plain(words[rng.below(words.len())])),
    };
}

fn change_fixed_logical(model: &mut Model, rng: &mut Rng) -> bool {
    let mut fixed: Vec<(usize, &mut Option<Logical>)> = model
        .types
        .iter_mut()
        .filter_map(|named| match &mut named.definition {
            Definition::Fixed { size, logical } => Some((*size, logical)),
            _ => None,
        })
        .collect();
    if fixed.is_empty() {
        return false;
    }
    let at = rng.below(fixed.len());
    let (size, logical) = &mut fixed[at];
    **logical = match (rng.chance(20), *size) {
        (true, _) | (false, 0) => None,
        (false, 12) if rng.chance(50) => Some(Logical::Plain("duration")),
        (false, 16) if rng.chance(50) => Some(Logical::Plain("uuid")),
        (false, size) => Some(decimal(Some(size), rng)),
    };
    true
}

/// Something without a reference instead of one.
pub(super) fn break_recursion(model: &mut Model, rng: &mut Rng) -> bool {
    let recursive: Vec<bool> = (0..model.types.len())
        .map(|index| model.leading_to(index)[index])
        .collect();
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Named(index) if recursive[*index]);
    at_a_place(model, rng, is_wanted, |schema, rng| {
        *schema = (*rng.pick(&Primitive::ALL)).into();
    })
}

/// A record again instead of something without a reference.
pub(super) fn make_recursive(model: &mut Model, rng: &mut Rng) -> bool {
    let records: Vec<usize> = (0..model.types.len())
        .filter(|&index| !model.types[index].fields().is_empty())
        .collect();
    if records.is_empty() {
        return false;
    }
    let record = Schema::Named(*rng.pick(&records));
    let is_wanted = |schema: &Schema| matches!(schema, Schema::Primitive(..));
    at_a_place(model, rng, is_wanted, |schema, rng| {
        let old = std::mem::replace(schema, Primitive::Null.into());
        *schema = match rng.below(3) {
            0 => Schema::Array(Box::new(record)),
            1 => Schema::Map(Box::new(record)),
            _ => Schema::Union(vec![old, record]),
        };
    })
}
