//! Two schemas that show a difference → smaller ones that show one too.

use super::random::model::{Model, Primitive, Schema};
use super::random::{self, Style};
use crate::Error;

/// Two schemas.
pub(super) type Pair = (Model, Model);

/// How many smaller pairs are tried.
const TRIES: usize = 3_000;

/// Takes parts away as long as `is_one` says that the rest still shows a difference.
///
/// # Errors
///
/// What `is_one` gives.
pub(super) fn smallest(
    pair: &Pair,
    mut is_one: impl FnMut(&Pair) -> Result<bool, Error>,
) -> Result<Pair, Error> {
    let mut best = pair.clone();
    let mut left = TRIES;
    while let Some(next) = one_smaller(&best, &mut left, &mut is_one)? {
        best = next;
    }
    Ok(best)
}

/// The first of the smaller pairs that still shows a difference.
fn one_smaller(
    pair: &Pair,
    left: &mut usize,
    mut is_one: impl FnMut(&Pair) -> Result<bool, Error>,
) -> Result<Option<Pair>, Error> {
    for smaller in smaller(pair) {
        if *left == 0 {
            break;
        }
        *left -= 1;
        if is_one(&smaller)? {
            return Ok(Some(smaller));
        }
    }
    Ok(None)
}

fn smaller((one, two): &Pair) -> impl Iterator<Item = Pair> {
    let ones = parts_taken(one).map(|one| (one, two.clone()));
    ones.chain(parts_taken(two).map(|two| (one.clone(), two)))
}

/// The model with one thing less, the large ones first.
fn parts_taken(model: &Model) -> impl Iterator<Item = Model> {
    let size = |model: &Model| random::text(model, Style::Plain).len();
    let before = size(model);
    places(model)
        .chain(fields(model))
        .chain(attributes(model))
        .map(Model::without_unreached)
        // So it comes to an end.
        .filter(move |smaller| size(smaller) < before)
}

/// One of the types alone; else a place becomes null, or what is inside it, or loses a branch.
fn places(model: &Model) -> impl Iterator<Item = Model> {
    let roots = (0..model.types.len()).map(Schema::Named);
    let mut changes: Vec<(usize, Schema)> = roots.map(|root| (0, root)).collect();
    let mut count = 0;
    model.visit(&mut |schema| {
        let smaller = smaller_schemas(schema).into_iter();
        changes.extend(smaller.map(|smaller| (count, smaller)));
        count += 1;
    });
    changes.into_iter().filter_map(|(at, change)| {
        let mut smaller = model.clone();
        let (mut index, mut change) = (0, Some(change));
        smaller.visit_mut(&mut |schema| {
            if index == at
                && let Some(change) = change.take()
            {
                *schema = change;
            }
            index += 1;
        });
        (smaller != *model).then_some(smaller)
    })
}

fn smaller_schemas(schema: &Schema) -> Vec<Schema> {
    let mut smaller = Vec::new();
    if !matches!(schema, Schema::Primitive(_, None)) {
        smaller.push(Primitive::Null.into());
    }
    smaller.extend(schema.inner().iter().cloned());
    if let Schema::Union(branches) = schema {
        for index in 0..branches.len() {
            let mut branches = branches.clone();
            branches.remove(index);
            smaller.push(Schema::Union(branches));
        }
    }
    smaller
}

fn fields(model: &Model) -> impl Iterator<Item = Model> {
    let all = model.types.iter().enumerate();
    let all = all.flat_map(|(index, named)| (0..named.fields().len()).map(move |at| (index, at)));
    all.filter_map(|(index, at)| {
        let mut smaller = model.clone();
        smaller.types[index].fields_mut()?.remove(at);
        Some(smaller)
    })
}

/// Aliases, defaults, documentation.
fn attributes(model: &Model) -> impl Iterator<Item = Model> {
    let changes: [fn(&mut Model, usize); 3] = [
        |model, index| model.types[index].aliases.clear(),
        |model, index| model.types[index].doc = None,
        |model, index| {
            for field in model.types[index].fields_mut().into_iter().flatten() {
                field.aliases.clear();
                field.default = None;
                field.doc = None;
                field.order = None;
            }
        },
    ];
    let all = (0..model.types.len()).flat_map(move |at| changes.map(move |change| (at, change)));
    all.filter_map(|(index, change)| {
        let mut smaller = model.clone();
        change(&mut smaller, index);
        (smaller != *model).then_some(smaller)
    })
}

#[cfg(test)]
mod tests {
    use super::smallest;
    use crate::oracle::random::{Model, Rng, Style, schema, text};

    /// Of schemas with a fixed somewhere, only the fixed is left.
    #[test]
    fn what_has_nothing_to_do_with_it_is_taken_away() {
        let shows = |model: &Model| text(model, Style::Plain).contains("\"size\"");
        let mut pairs = (0..).map(|seed| {
            let mut rng = Rng::new(seed);
            (schema(&mut rng), schema(&mut rng))
        });
        let pair = pairs.find(|(_, new)| shows(new)).unwrap();
        let (old, new) = smallest(&pair, |(_, new)| Ok(shows(new))).unwrap();
        assert_eq!(text(&old, Style::Plain), "\"null\"");
        let new = text(&new, Style::Plain);
        assert!(new.len() < 120, "{new}");
    }
}
