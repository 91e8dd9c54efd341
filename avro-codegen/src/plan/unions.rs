//! A union of several types → an enum: its name, its variants and their payloads.

use avro_model::schema::{Schema, SchemaKind};

use super::Planner;
use super::model::{Codec, Coded, Head, Item, Ty, Union, Variant};
use super::names::{Ident, Scope, ident, pascal};
use super::types::{Place, here};
use crate::analysis::Traits;

impl Planner<'_> {
    /// Plans the enum of a union inside a record and gives the reference to it.
    pub(super) fn union_enum(
        &mut self,
        schema: &Schema,
        branches: &[Schema],
        place: &Place,
        items: &mut Vec<Item>,
    ) -> Coded {
        let name = self.tree.claim(
            &place.module,
            &place.union_name,
            &place.what,
            schema.span,
            &mut self.diagnostics,
        );
        let union = self.union_type(name.clone(), schema, branches, place, items);
        let view = union.head.view.clone();
        items.push(Item::Union(union));
        Coded {
            ty: Ty::Local(here(&name, false)),
            view: Ty::Local(here(view.as_ref().unwrap_or(&name), view.is_some())),
            codec: Codec::Plain("Named"),
        }
    }

    /// Plans the enum of a union under a name that is chosen already.
    pub(super) fn union_type(
        &mut self,
        name: Ident,
        schema: &Schema,
        branches: &[Schema],
        place: &Place,
        items: &mut Vec<Item>,
    ) -> Union {
        let single = branches.len() == 1;
        // Null among others is the `None` around the enum.
        let real: Vec<(usize, &Schema)> = branches
            .iter()
            .enumerate()
            .filter(|(_, branch)| single || !matches!(branch.kind, SchemaKind::Null))
            .collect();
        let names = self.variant_names(&real);
        let mut variants: Vec<Variant> = Vec::with_capacity(real.len());
        for (&(branch, schema), name) in real.iter().zip(names) {
            let coded = (!matches!(schema.kind, SchemaKind::Null))
                .then(|| self.coded(schema, place, items));
            variants.push(Variant {
                name,
                place: schema.span,
                branch,
                tag: self.branch_name(schema),
                coded,
                has_from: false,
                ambiguous: false,
            });
        }
        mark_unique(&mut variants);
        let ambiguous = self.ambiguous(&real);
        for (variant, ambiguous) in variants.iter_mut().zip(ambiguous) {
            variant.ambiguous = ambiguous;
        }
        let schemas: Vec<Schema> = real.iter().map(|&(_, schema)| schema.clone()).collect();
        let blank = self.facts.blank_branch(&schemas);
        let traits = schemas.iter().fold(Traits::ALL, |traits, schema| {
            traits.and(self.traits(schema, place))
        });
        let borrows = variants
            .iter()
            .any(|variant| variant.coded.as_ref().is_some_and(Coded::borrows));
        let view = borrows.then(|| {
            let wanted = super::names::after(name.plain(), "Ref");
            self.tree.claim(
                &place.module,
                &wanted,
                &place.what,
                schema.span,
                &mut self.diagnostics,
            )
        });
        let min_len = real
            .iter()
            .map(|&(index, schema)| self.facts.min_len(schema) + if index < 64 { 1 } else { 2 })
            .min()
            .unwrap_or_default();
        let head = Head {
            docs: vec![format!("One of the branches of {}.", place.what)],
            derives: super::derives(traits),
            serde: place.serde.then(|| name.plain().to_owned()),
            view,
            min_len,
            has_rules: schemas.iter().any(|schema| self.rules.reaches(schema)),
            json: place.json,
            ..Head::of(name, schema.span)
        };
        Union {
            head,
            branches: branches.len(),
            variants,
            blank,
        }
    }

    /// A named branch is called by its short name, with as much of its namespace before it as sets
    /// it apart; any other branch by its type.
    fn variant_names(&self, branches: &[(usize, &Schema)]) -> Vec<Ident> {
        let mut scope = Scope::new();
        let named = |schema: &Schema| match schema.kind {
            SchemaKind::Named(id) => Some(self.set[id].fullname.as_str()),
            _ => None,
        };
        let fullnames: Vec<&str> = branches
            .iter()
            .filter_map(|(_, schema)| named(schema))
            .collect();
        let mut idents = Vec::with_capacity(branches.len());
        for (branch, schema) in branches {
            let wanted = match named(schema) {
                Some(fullname) => apart(fullname, &fullnames),
                None => pascal(type_name(&schema.kind)),
            };
            idents.push(ident(&scope.claim(&wanted, *branch).name));
        }
        idents
    }

    /// The branch's name in Avro's JSON encoding: the type's name.
    pub(super) fn branch_name(&self, schema: &Schema) -> String {
        match schema.kind {
            SchemaKind::Named(id) => self.set[id].fullname.to_string(),
            _ => type_name(&schema.kind).to_owned(),
        }
    }
}

/// The shortest end of a fullname, in Pascal case, that no other branch shares.
fn apart(fullname: &str, all: &[&str]) -> String {
    let parts: Vec<&str> = fullname.split('.').collect();
    let end = |name: &str, count: usize| {
        let parts: Vec<&str> = name.split('.').collect();
        let from = parts.len().saturating_sub(count);
        parts
            .iter()
            .skip(from)
            .map(|part| pascal(part))
            .collect::<String>()
    };
    (1..=parts.len())
        .map(|count| (end(fullname, count), count))
        .find(|(wanted, count)| {
            all.iter()
                .all(|other| *other == fullname || end(other, *count) != *wanted)
        })
        .map_or_else(|| end(fullname, parts.len()), |(wanted, _)| wanted)
}

/// The specification's name of an unnamed type.
fn type_name(kind: &SchemaKind) -> &'static str {
    match kind {
        SchemaKind::Null => "null",
        SchemaKind::Boolean => "boolean",
        SchemaKind::Int => "int",
        SchemaKind::Long => "long",
        SchemaKind::Float => "float",
        SchemaKind::Double => "double",
        SchemaKind::Bytes => "bytes",
        SchemaKind::String => "string",
        SchemaKind::Array(_) => "array",
        SchemaKind::Map(_) => "map",
        SchemaKind::Union(_) => "union",
        SchemaKind::Named(_) => "named",
    }
}

fn mark_unique(variants: &mut [Variant]) {
    let types: Vec<Option<Ty>> = variants
        .iter()
        .map(|variant| variant.coded.as_ref().map(|coded| coded.ty.clone()))
        .collect();
    for (index, variant) in variants.iter_mut().enumerate() {
        let ty = types.get(index).and_then(Option::as_ref);
        variant.has_from =
            ty.is_some() && types.iter().filter(|other| other.as_ref() == ty).count() == 1;
    }
}
