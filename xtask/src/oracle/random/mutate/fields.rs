//! Changes to the fields of a record.

use super::super::data;
use super::super::model::{Field, Model};
use super::super::names;
use super::super::rng::Rng;
use super::super::schema::addition;

pub(super) fn add_with_default(model: &mut Model, rng: &mut Rng) -> bool {
    let Some((record, field)) = add(model, rng) else {
        return false;
    };
    let default = data::default(model, (record, field), rng);
    let is_made = default.is_some();
    change(model, (record, field), |field| field.default = default);
    is_made
}

pub(super) fn add_without_default(model: &mut Model, rng: &mut Rng) -> bool {
    add(model, rng).is_some()
}

fn add(model: &mut Model, rng: &mut Rng) -> Option<(usize, usize)> {
    let record = record(model, 0, rng)?;
    let schema = addition(model, 2, rng);
    let fields = model.types[record].fields_mut()?;
    let name = names::field(rng);
    let name = names::free(&name, |name| fields.iter().any(|field| field.name == name));
    let at = rng.below(fields.len() + 1);
    let field = Field {
        name,
        aliases: Vec::new(),
        doc: names::doc(rng),
        schema,
        default: None,
        order: None,
    };
    fields.insert(at, field);
    Some((record, at))
}

pub(super) fn remove(model: &mut Model, rng: &mut Rng) -> bool {
    let Some((record, field)) = field(model, rng, |_| true) else {
        return false;
    };
    if let Some(fields) = model.types[record].fields_mut() {
        fields.remove(field);
    }
    true
}

/// A field that readers have a default for.
pub(super) fn remove_with_default(model: &mut Model, rng: &mut Rng) -> bool {
    let Some((record, field)) = field(model, rng, |field| field.default.is_some()) else {
        return false;
    };
    if let Some(fields) = model.types[record].fields_mut() {
        fields.remove(field);
    }
    true
}

/// The name that a field had before, as its alias tells.
pub(super) fn old_name(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |field| !field.aliases.is_empty()) else {
        return false;
    };
    change(model, at, |field| field.name = field.aliases.remove(0));
    true
}

pub(super) fn reorder(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(record) = record(model, 2, rng) else {
        return false;
    };
    if let Some(fields) = model.types[record].fields_mut() {
        rng.shuffle(fields);
    }
    true
}

pub(super) fn rename_with_alias(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |_| true) else {
        return false;
    };
    let name = unused(model, at.0, rng);
    change(model, at, |field| {
        let old = std::mem::replace(&mut field.name, name);
        field.aliases.insert(0, old);
    });
    true
}

pub(super) fn rename(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |_| true) else {
        return false;
    };
    let name = unused(model, at.0, rng);
    change(model, at, |field| field.name = name);
    true
}

/// An alias that names no field of the record.
pub(super) fn alias(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |_| true) else {
        return false;
    };
    let name = unused(model, at.0, rng);
    change(model, at, |field| field.aliases.push(name));
    true
}

/// An alias that names another field, so that two of the writer's fields answer to this one.
pub(super) fn ambiguous_alias(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(record) = record(model, 2, rng) else {
        return false;
    };
    let Some(fields) = model.types[record].fields_mut() else {
        return false;
    };
    let name = rng.pick(fields).name.clone();
    let at = rng.below(fields.len());
    fields[at].aliases.push(name);
    true
}

pub(super) fn swap_names(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(record) = record(model, 2, rng) else {
        return false;
    };
    let Some([first, .., last]) = model.types[record].fields_mut().map(Vec::as_mut_slice) else {
        return false;
    };
    std::mem::swap(&mut first.name, &mut last.name);
    true
}

/// Another default, or one where there was none.
pub(super) fn default(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |_| true) else {
        return false;
    };
    let default = data::default(model, at, rng);
    let is_made = default.is_some();
    change(model, at, |field| field.default = default);
    is_made
}

pub(super) fn drop_default(model: &mut Model, rng: &mut Rng) -> bool {
    let Some(at) = field(model, rng, |field| field.default.is_some()) else {
        return false;
    };
    change(model, at, |field| field.default = None);
    true
}

/// A record with so many fields.
fn record(model: &Model, at_least: usize, rng: &mut Rng) -> Option<usize> {
    let is_wanted = |index: &usize| {
        let named = &model.types[*index];
        matches!(named.word(), "record" | "error") && named.fields().len() >= at_least
    };
    let records: Vec<usize> = (0..model.types.len()).filter(is_wanted).collect();
    (!records.is_empty()).then(|| *rng.pick(&records))
}

/// A field, by the index of its record and its own.
fn field(model: &Model, rng: &mut Rng, wanted: impl Fn(&Field) -> bool) -> Option<(usize, usize)> {
    let mut found = Vec::new();
    for (record, named) in model.types.iter().enumerate() {
        for (index, field) in named.fields().iter().enumerate() {
            if wanted(field) {
                found.push((record, index));
            }
        }
    }
    (!found.is_empty()).then(|| *rng.pick(&found))
}

fn change(model: &mut Model, (record, field): (usize, usize), change: impl FnOnce(&mut Field)) {
    if let Some(fields) = model.types[record].fields_mut() {
        change(&mut fields[field]);
    }
}

/// A name that no field of the record has, nor had by an alias.
fn unused(model: &Model, record: usize, rng: &mut Rng) -> String {
    let fields = model.types[record].fields();
    names::free(&names::field(rng), |name| {
        let is_known =
            |field: &Field| field.name == name || field.aliases.iter().any(|alias| alias == name);
        fields.iter().any(is_known)
    })
}
