//! Top-level schemas without a name → newtypes, or the enums of unions.

use avro_model::schema::{Root, Schema, SchemaKind};

use super::Planner;
use super::docs;
use super::model::{Head, Item, Newtype, SchemaOf, Union};
use super::names::{Ident, after};
use super::types::Place;
use crate::analysis::Traits;

impl Planner<'_> {
    /// The type of a top-level schema that has no name: a newtype, or the enum of a union.
    pub(super) fn root_type(&mut self, index: usize, root: &Root, name: Ident) -> Vec<Item> {
        let choice = self.choices.of(&root.stem);
        let place = Place {
            module: self.tree.module(None),
            union_name: name.plain().to_owned(),
            what: format!("the schema {}", docs::name(&root.stem)),
            map: choice.map,
            sized_blocks: choice.sized_blocks,
            logical: choice.logical_types(self.config),
            serde: choice.serde.unwrap_or(self.config.serde),
            json: self.config.json,
        };
        let mut items = Vec::new();
        let head = |planner: &Self, traits: Traits| Head {
            docs: vec![format!("The schema of {}.", docs::name(&root.stem))],
            attributes: choice.attributes.clone(),
            derives: super::derives(traits),
            user_derives: choice.derives.clone(),
            serde: place.serde.then(|| root.stem.clone()),
            min_len: planner.facts.min_len(&root.schema),
            has_rules: planner.rules.reaches(&root.schema),
            json: planner.config.json,
            schema: Some(SchemaOf::Root(index)),
            deployed: planner.choices.compiled_of(&root.stem),
            ..Head::of(name.clone(), root.schema.span)
        };
        let traits = self.traits(&root.schema, &place);
        let item = match &root.schema.kind {
            SchemaKind::Union(branches) if !is_optional(branches) => {
                let union =
                    self.union_type(name.clone(), &root.schema, branches, &place, &mut items);
                let view = union.head.view.clone();
                let head = Head {
                    view,
                    ..head(self, traits)
                };
                Item::Union(Union { head, ..union })
            }
            _ => {
                let coded = self.coded(&root.schema, &place, &mut items);
                let view = coded.borrows().then(|| {
                    let wanted = after(name.plain(), "Ref");
                    let span = root.schema.span;
                    self.tree.claim(
                        &place.module,
                        &wanted,
                        &place.what,
                        span,
                        &mut self.diagnostics,
                    )
                });
                let head = Head {
                    view,
                    ..head(self, traits)
                };
                Item::Newtype(Newtype { head, coded })
            }
        };
        items.insert(0, item);
        items
    }
}

/// A union that is an `Option` as a whole: null and others.
fn is_optional(branches: &[Schema]) -> bool {
    branches.len() > 1
        && branches
            .iter()
            .any(|branch| matches!(branch.kind, SchemaKind::Null))
}
