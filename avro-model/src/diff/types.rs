//! Two types that belong together → their changes.

use super::change::{Attribute, Change, Declared, Part, TypeDiff, What};
use super::describe::{describe, logical_type};
use super::order::moved;
use super::pairs::Pairs;
use super::part::{Changes, members, order, text};
use crate::json::quote;
use crate::schema::{Definition, Enum, Field, Fixed, NamedType, Record, SchemaSet, TypeId};
use crate::source::Span;

/// The named types that differ, of those that are looked at in each set: one that is looked at on
/// one side alone was added or removed, though the other set may hold it.
pub(super) fn of_types(
    pairs: &Pairs<'_>,
    in_old: impl Fn(TypeId) -> bool,
    in_new: impl Fn(TypeId) -> bool,
) -> Vec<TypeDiff> {
    let mut types = Vec::new();
    for (id, ty) in pairs.new.types().filter(|&(id, _)| in_new(id)) {
        match pairs.old_of(id).filter(|&before| in_old(before)) {
            None => types.push(alone(ty, None, Some(ty.name_span))),
            Some(before) => types.extend(both(pairs, &pairs.old[before], ty)),
        }
    }
    for (id, ty) in pairs.old.types().filter(|&(id, _)| in_old(id)) {
        if !pairs.new_of(id).is_some_and(&in_new) {
            types.push(alone(ty, Some(ty.name_span), None));
        }
    }
    types
}

/// The top-level schemas without a name that differ.
pub(super) fn of_roots(pairs: &Pairs<'_>) -> Vec<TypeDiff> {
    let mut types = Vec::new();
    for (old, new) in pairs.roots() {
        let Some(shown) = new.or(old) else { continue };
        let changes = match (old, new) {
            (Some(old), Some(new)) => {
                let mut changes = Changes::of(Part::Whole, old.schema.span, new.schema.span);
                changes.schema(pairs, &old.schema, &new.schema);
                match changes.found.is_empty() {
                    true => continue,
                    false => changes.found,
                }
            }
            _ => Vec::new(),
        };
        types.push(TypeDiff {
            name: shown.stem.clone(),
            keyword: shown.schema.kind.keyword(),
            old: old.map(|root| root.schema.span),
            new: new.map(|root| root.schema.span),
            changes,
        });
    }
    types
}

fn alone(ty: &NamedType, old: Option<Span>, new: Option<Span>) -> TypeDiff {
    TypeDiff {
        name: ty.fullname.to_string(),
        keyword: ty.keyword(),
        old,
        new,
        changes: Vec::new(),
    }
}

fn both(pairs: &Pairs<'_>, old: &NamedType, new: &NamedType) -> Option<TypeDiff> {
    let mut changes = Changes::of(Part::Whole, old.name_span, new.name_span);
    changes.renamed(old.fullname.as_str(), new.fullname.as_str());
    changes.changed(
        Attribute::Kind,
        Some(old.keyword().to_owned()),
        Some(new.keyword().to_owned()),
    );
    let names = |ty: &NamedType| ty.aliases.iter().map(ToString::to_string).collect();
    changes.aliases(names(old), names(new), old.fullname.as_str());
    changes.doc(old.doc.as_deref(), new.doc.as_deref());
    changes.properties(&members(&old.attributes), &members(&new.attributes));
    match (&old.definition, &new.definition) {
        (Definition::Record(old), Definition::Record(new)) => {
            changes.found.extend(fields(pairs, old, new));
        }
        (Definition::Enum(old), Definition::Enum(new)) => {
            changes.changed(Attribute::Default, default_symbol(old), default_symbol(new));
            changes.found.extend(symbols(old, new));
        }
        (Definition::Fixed(old), Definition::Fixed(new)) => fixed(&mut changes, old, new),
        _ => {}
    }
    let differs = !changes.found.is_empty();
    differs.then(|| TypeDiff {
        changes: changes.found,
        ..alone(new, Some(old.name_span), Some(new.name_span))
    })
}

fn fixed(changes: &mut Changes, old: &Fixed, new: &Fixed) {
    let size = |fixed: &Fixed| Some(fixed.size.to_string());
    changes.changed(Attribute::Size, size(old), size(new));
    let logical = |fixed: &Fixed| fixed.logical.map(logical_type);
    changes.changed(Attribute::LogicalType, logical(old), logical(new));
}

fn default_symbol(definition: &Enum) -> Option<String> {
    let symbol = definition.symbols.get(definition.default?)?;
    Some(quote(&symbol.name))
}

/// The changes of fields in the order of the new record, then the fields that were removed.
fn fields(pairs: &Pairs<'_>, old: &Record, new: &Record) -> Vec<Change> {
    let counterparts: Vec<Option<usize>> = new
        .fields
        .iter()
        .map(|field| counterpart(field, old, new))
        .collect();
    let moved = moved_to(&counterparts);
    let mut changes = Vec::new();
    for (index, (field, before)) in new.fields.iter().zip(&counterparts).enumerate() {
        let Some(before) = before.map(|before| &old.fields[before]) else {
            changes.push(Change {
                part: Part::Field(field.name.clone()),
                what: What::Added(Some(declared(pairs.new, field))),
                old: None,
                new: Some(field.name_span),
            });
            continue;
        };
        let mut of_field = Changes::of(
            Part::Field(field.name.clone()),
            before.name_span,
            field.name_span,
        );
        of_field.renamed(&before.name, &field.name);
        of_field.schema(pairs, &before.schema, &field.schema);
        let default = |field: &Field| field.default.as_ref().map(text);
        of_field.changed(Attribute::Default, default(before), default(field));
        of_field.changed(Attribute::Order, order(before.order), order(field.order));
        of_field.aliases(before.aliases.clone(), field.aliases.clone(), &before.name);
        of_field.doc(before.doc.as_deref(), field.doc.as_deref());
        of_field.properties(&members(&before.attributes), &members(&field.attributes));
        if moved[index] {
            let behind = index
                .checked_sub(1)
                .map(|index| new.fields[index].name.clone());
            of_field.push(What::Moved { behind });
        }
        changes.extend(of_field.found);
    }
    let removed = old.fields.iter().enumerate();
    let removed = removed.filter(|(index, _)| !counterparts.contains(&Some(*index)));
    changes.extend(removed.map(|(_, field)| Change {
        part: Part::Field(field.name.clone()),
        what: What::Removed(Some(declared(pairs.old, field))),
        old: Some(field.name_span),
        new: None,
    }));
    changes
}

/// The field of the old record that a field is: of the same name, or one that it names as an alias
/// and that is no more under its own name.
fn counterpart(field: &Field, old: &Record, new: &Record) -> Option<usize> {
    let position =
        |record: &Record, name: &str| record.fields.iter().position(|field| field.name == name);
    position(old, &field.name).or_else(|| {
        let mut gone = field
            .aliases
            .iter()
            .filter(|alias| position(new, alias).is_none());
        gone.find_map(|alias| position(old, alias))
    })
}

fn declared(set: &SchemaSet, field: &Field) -> Declared {
    Declared {
        schema: describe(set, &field.schema),
        default: field.default.as_ref().map(text),
    }
}

fn symbols(old: &Enum, new: &Enum) -> Vec<Change> {
    let position = |definition: &Enum, name: &str| {
        let mut symbols = definition.symbols.iter();
        symbols.position(|symbol| symbol.name == name)
    };
    let counterparts: Vec<Option<usize>> = new
        .symbols
        .iter()
        .map(|symbol| position(old, &symbol.name))
        .collect();
    let moved = moved_to(&counterparts);
    let mut changes = Vec::new();
    for (index, symbol) in new.symbols.iter().enumerate() {
        let before = counterparts[index].map(|before| old.symbols[before].span);
        let behind = index
            .checked_sub(1)
            .map(|index| new.symbols[index].name.clone());
        let what = match before {
            None => What::Added(None),
            Some(_) if moved[index] => What::Moved { behind },
            Some(_) => continue,
        };
        changes.push(Change {
            part: Part::Symbol(symbol.name.clone()),
            what,
            old: before,
            new: Some(symbol.span),
        });
    }
    let removed = old.symbols.iter();
    let removed = removed.filter(|symbol| position(new, &symbol.name).is_none());
    changes.extend(removed.map(|symbol| Change {
        part: Part::Symbol(symbol.name.clone()),
        what: What::Removed(None),
        old: Some(symbol.span),
        new: None,
    }));
    changes
}

/// Which of the new positions something moved to, given the old ones.
fn moved_to(counterparts: &[Option<usize>]) -> Vec<bool> {
    let kept: Vec<usize> = counterparts.iter().copied().flatten().collect();
    let mut moved = moved(&kept).into_iter();
    let moved = counterparts
        .iter()
        .map(|kept| kept.is_some() && moved.next().unwrap_or(false));
    moved.collect()
}
