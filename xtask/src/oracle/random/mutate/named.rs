//! Changes to named types: names, namespaces, aliases, symbols, sizes.

use super::super::model::{Definition, Model, Named, Schema};
use super::super::names;
use super::super::rng::Rng;
use super::super::schema::{fixed, symbols};
use super::at_a_place;

/// Records, enums and fixed alike.
pub(super) fn rename_with_alias(model: &mut Model, rng: &mut Rng) -> bool {
    let word = rng.pick(&["record", "enum", "fixed"]);
    of_a_word(model, rng, word, |named, rng| {
        let old = named.name.clone();
        named.name = names::type_name(old.namespace, rng);
        named.aliases.insert(0, old);
    })
}

pub(super) fn rename(model: &mut Model, rng: &mut Rng) -> bool {
    renamed(model, rng, |named, rng| {
        named.name = names::type_name(named.name.namespace, rng);
    })
}

/// The name that a type had before, as its alias tells.
pub(super) fn old_name(model: &mut Model, rng: &mut Rng) -> bool {
    let mut renamed: Vec<&mut Named> = model
        .types
        .iter_mut()
        .filter(|named| !named.aliases.is_empty())
        .collect();
    if renamed.is_empty() {
        return false;
    }
    let at = rng.below(renamed.len());
    let named = &mut renamed[at];
    named.name = named.aliases.remove(0);
    true
}

/// The unqualified name stays, and that is what Java goes by.
pub(super) fn change_namespace(model: &mut Model, rng: &mut Rng) -> bool {
    if rng.chance(25) {
        return move_all(model, rng);
    }
    renamed(model, rng, |named, rng| {
        let old = named.name.clone();
        named.name.namespace = names::namespace(rng);
        if rng.chance(30) {
            named.aliases.push(old);
        }
    })
}

/// Every type in one namespace, or in none.
fn move_all(model: &mut Model, rng: &mut Rng) -> bool {
    let namespace = match rng.chance(30) {
        true => "",
        false => names::namespace(rng),
    };
    for named in &mut model.types {
        named.name.namespace = namespace;
    }
    !model.types.is_empty()
}

/// An alias that means nothing in the old version.
pub(super) fn alias(model: &mut Model, rng: &mut Rng) -> bool {
    renamed(model, rng, |named, rng| {
        named
            .aliases
            .push(names::type_name(named.name.namespace, rng));
    })
}

pub(super) fn swap_names(model: &mut Model, _: &mut Rng) -> bool {
    let [first, .., last] = model.types.as_mut_slice() else {
        return false;
    };
    std::mem::swap(&mut first.name, &mut last.name);
    true
}

/// A copy under another name instead of one of the references, with the old name as its alias or
/// without.
pub(super) fn split(model: &mut Model, rng: &mut Rng) -> bool {
    let is_reference = |schema: &Schema| matches!(schema, Schema::Named(_));
    let copy = model.types.len();
    let mut original = None;
    let is_found = at_a_place(model, rng, is_reference, |schema, _| {
        if let Schema::Named(index) = schema {
            original = Some(*index);
            *index = copy;
        }
    });
    let Some(named) = original.map(|index| model.types[index].clone()) else {
        return false;
    };
    let mut name = names::type_name(named.name.namespace, rng);
    if names::is_taken(model, &name) {
        name.short.push_str("Copy");
    }
    let aliases = match rng.chance(50) {
        true => vec![named.name.clone()],
        false => Vec::new(),
    };
    model.types.push(Named {
        name,
        aliases,
        ..named
    });
    is_found
}

/// A type of another kind under the same name.
pub(super) fn change_kind(model: &mut Model, rng: &mut Rng) -> bool {
    let new = match rng.below(3) {
        0 => fixed(rng),
        1 => Definition::Enum {
            symbols: symbols(rng),
            default: None,
        },
        _ => Definition::Record {
            fields: Vec::new(),
            is_error: false,
        },
    };
    renamed(model, rng, |named, _| named.definition = new)
}

pub(super) fn change_size(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "fixed", |definition, rng| {
        if let Definition::Fixed { size, .. } = definition {
            *size = match rng.chance(50) {
                true => *size + 1,
                false => rng.below(20),
            };
        }
    })
}

pub(super) fn add_symbol(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "enum", |definition, rng| {
        if let Definition::Enum { symbols, .. } = definition {
            let symbol = names::symbol(rng);
            let symbol = names::free(&symbol, |name| symbols.iter().any(|known| known == name));
            symbols.insert(rng.below(symbols.len() + 1), symbol);
        }
    })
}

pub(super) fn remove_symbol(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "enum", |definition, rng| {
        if let Definition::Enum { symbols, .. } = definition {
            symbols.remove(rng.below(symbols.len()));
        }
    })
}

pub(super) fn reorder_symbols(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "enum", |definition, rng| {
        if let Definition::Enum { symbols, .. } = definition {
            rng.shuffle(symbols);
        }
    })
}

/// A default, and one symbol less that it then stands for.
pub(super) fn enum_default(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "enum", |definition, rng| {
        if let Definition::Enum { symbols, default } = definition {
            if symbols.len() > 1 {
                symbols.remove(rng.below(symbols.len()));
            }
            *default = Some(rng.pick(symbols).clone());
        }
    })
}

pub(super) fn drop_enum_default(model: &mut Model, rng: &mut Rng) -> bool {
    defined(model, rng, "enum", |definition, _| {
        if let Definition::Enum { default, .. } = definition {
            *default = None;
        }
    })
}

fn renamed(model: &mut Model, rng: &mut Rng, change: impl FnOnce(&mut Named, &mut Rng)) -> bool {
    let at = rng.below(model.types.len());
    let named = model.types.get_mut(at);
    named.map(|named| change(named, rng)).is_some()
}

fn defined(
    model: &mut Model,
    rng: &mut Rng,
    word: &str,
    change: impl FnOnce(&mut Definition, &mut Rng),
) -> bool {
    of_a_word(model, rng, word, |named, rng| {
        change(&mut named.definition, rng);
    })
}

fn of_a_word(
    model: &mut Model,
    rng: &mut Rng,
    word: &str,
    change: impl FnOnce(&mut Named, &mut Rng),
) -> bool {
    let mut wanted: Vec<&mut Named> = model
        .types
        .iter_mut()
        .filter(|named| named.word() == word)
        .collect();
    if wanted.is_empty() {
        return false;
    }
    let at = rng.below(wanted.len());
    change(wanted[at], rng);
    true
}
