//! The branches of a reader's union, found by what a writer writes.

use std::collections::BTreeMap;

use super::{Fit, fit};
use crate::schema::{Schema, SchemaSet};
use crate::shape::Shape;
use crate::steps::step;

/// The branches of a reader's union by their types and names.
///
/// It is made once for a union, so that the branches for all of a writer's types are found in
/// n log n steps.
#[derive(Clone, Debug)]
pub struct Branches<'r> {
    branches: &'r [Schema],
    set: &'r SchemaSet,
    /// The branches without a name: primitives, arrays and maps. A sound union has few.
    plain: Vec<usize>,
    /// The named branches, in the union's order, by what the type is and by one of its names: the
    /// unqualified name, and the fullname of each alias.
    named: BTreeMap<(&'static str, &'r str), Vec<usize>>,
}

impl<'r> Branches<'r> {
    /// The branches of a union of this set.
    #[must_use]
    pub fn of(branches: &'r [Schema], set: &'r SchemaSet) -> Self {
        let mut plain = Vec::new();
        let mut named: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, branch) in branches.iter().enumerate() {
            step();
            let shape = Shape::of(branch, set);
            let Some(ty) = shape.definition() else {
                plain.push(index);
                continue;
            };
            let aliases = ty.aliases.iter().map(|alias| alias.as_str());
            for name in std::iter::once(ty.fullname.short()).chain(aliases) {
                let with_name = named.entry((shape.keyword(), name)).or_default();
                if with_name.last() != Some(&index) {
                    with_name.push(index);
                }
            }
        }
        Self {
            branches,
            set,
            plain,
            named,
        }
    }

    /// The branch that is taken for a writer's schema, which is no union, with its index.
    ///
    /// The best [`Fit`] wins, and among equal ones the first.
    #[must_use]
    pub fn taken(&self, writer: Shape<'_>) -> Option<(usize, &'r Schema)> {
        let fitting = self.fitting(writer).into_iter();
        let best = fitting.min_by_key(|(index, fit)| (*fit, *index));
        best.map(|(index, _)| (index, &self.branches[index]))
    }

    /// Every branch that suits a writer's schema, which is no union, in the union's order.
    #[must_use]
    pub fn fitting(&self, writer: Shape<'_>) -> Vec<(usize, Fit)> {
        let candidates = match writer.definition() {
            None => self.plain.clone(),
            Some(ty) => self.candidates(
                writer.keyword(),
                [ty.fullname.short(), ty.fullname.as_str()],
            ),
        };
        let fits = candidates.into_iter().filter_map(|index| {
            let reader = Shape::of(&self.branches[index], self.set);
            fit(reader, writer).map(|fit| (index, fit))
        });
        fits.collect()
    }

    fn candidates(&self, keyword: &'static str, names: [&str; 2]) -> Vec<usize> {
        let with_name = |name| self.named.get(&(keyword, name)).into_iter().flatten();
        let mut candidates: Vec<usize> = names.into_iter().flat_map(with_name).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}
