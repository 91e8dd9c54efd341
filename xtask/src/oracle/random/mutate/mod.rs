//! A later version of a schema: a few changes, most of them such as people make.
//!
//! A gentle evolution takes only steps that a reader of older data survives; the others may do
//! anything, so that both verdicts occur often.

mod fields;
mod named;
mod places;
mod unions;

use super::model::{Model, Schema};
use super::repair::repair;
use super::rng::Rng;

/// One kind of change; says whether there was something to change.
type Change = fn(&mut Model, &mut Rng) -> bool;

/// What a gentle evolution consists of.
const GENTLE: [(usize, Change); 21] = [
    (16, fields::add_with_default),
    (4, fields::remove),
    (3, fields::reorder),
    (5, fields::rename_with_alias),
    (2, fields::alias),
    (3, fields::default),
    (22, places::promote),
    (14, places::promote_inside),
    (4, places::add_logical),
    (2, places::remove_logical),
    (5, places::change_logical),
    (14, places::change_unit),
    (4, unions::wrap),
    (4, unions::add_branch),
    (2, unions::reorder),
    (11, named::rename_with_alias),
    (3, named::change_namespace),
    (2, named::alias),
    (4, named::add_symbol),
    (8, named::enum_default),
    (2, named::reorder_symbols),
];

/// What any other evolution may contain besides.
const HARSH: [(usize, Change); 21] = [
    (4, fields::add_without_default),
    (3, fields::rename),
    (2, fields::drop_default),
    (2, fields::ambiguous_alias),
    (2, fields::swap_names),
    (4, places::demote),
    (4, places::replace),
    (2, places::wrap_in_array),
    (2, places::unwrap),
    (2, places::array_for_map),
    (3, places::break_recursion),
    (3, places::make_recursive),
    (3, unions::remove_branch),
    (3, unions::unwrap),
    (3, named::rename),
    (26, named::remove_symbol),
    (2, named::drop_enum_default),
    (14, named::change_size),
    (2, named::change_kind),
    (2, named::split),
    (2, named::swap_names),
];

/// What leads to a version whose data this one reads.
const EARLIER: [(usize, Change); 11] = [
    (10, fields::remove_with_default),
    (8, fields::old_name),
    (12, named::old_name),
    (12, places::demote),
    (14, places::demote_inside),
    (4, fields::reorder),
    (4, unions::unwrap),
    (3, unions::remove_branch),
    (2, named::change_namespace),
    (8, named::add_symbol),
    (12, places::change_unit),
];

/// An earlier version, whose data this one reads for the most part.
pub(super) fn earlier(model: &Model, rng: &mut Rng) -> Model {
    let mut earlier = model.clone();
    for _ in 0..rng.weighted(&[(2, 2), (4, 4), (3, 7)]) {
        for _ in 0..8 {
            if rng.weighted(&EARLIER)(&mut earlier, rng) {
                break;
            }
        }
        repair(&mut earlier, rng);
    }
    earlier
}

/// A later version, gentle in so many of a hundred cases.
pub(super) fn evolved(model: &Model, gentle: usize, rng: &mut Rng) -> Model {
    let mut later = model.clone();
    let is_gentle = rng.chance(gentle);
    let changes = rng.weighted(&[(1, 0), (8, 1), (7, 2), (5, 3), (3, 5), (1, 9)]);
    for _ in 0..changes {
        change(&mut later, is_gentle, rng);
        repair(&mut later, rng);
    }
    later
}

/// One change, if one of some tries finds a place.
fn change(model: &mut Model, is_gentle: bool, rng: &mut Rng) {
    for _ in 0..8 {
        let apply = match is_gentle || rng.chance(40) {
            true => rng.weighted(&GENTLE),
            false => rng.weighted(&HARSH),
        };
        if apply(model, rng) {
            return;
        }
    }
}

/// Changes one of the schemas in place that are as wanted.
fn at_a_place(
    model: &mut Model,
    rng: &mut Rng,
    wanted: impl Fn(&Schema) -> bool,
    change: impl FnOnce(&mut Schema, &mut Rng),
) -> bool {
    let mut count = 0;
    model.visit(&mut |schema| count += usize::from(wanted(schema)));
    if count == 0 {
        return false;
    }
    let mut ahead = rng.below(count);
    let mut change = Some(change);
    model.visit_mut(&mut |schema| {
        if wanted(schema) {
            match ahead.checked_sub(1) {
                Some(rest) => ahead = rest,
                None => {
                    if let Some(change) = change.take() {
                        change(schema, rng);
                    }
                }
            }
        }
    });
    true
}
