//! Which types get Rust types here, and which cannot.

use std::collections::BTreeSet;

use avro_model::codes::Code;
use avro_model::diagnostic::{Diagnostic, Severity};
use avro_model::schema::{Definition, Schema, SchemaKind, TypeId};
use avro_model::source::FileId;

use super::Planner;
use super::types::logical_fixed;
use crate::config::Finding;
use crate::sources::Role;

impl Planner<'_> {
    /// The types that get Rust types here: all but those of other crates and reference schemas,
    /// and fixed that are logical types wherever they occur.
    pub(super) fn generated(&mut self) -> Vec<TypeId> {
        let roots: BTreeSet<TypeId> = self
            .set
            .roots()
            .iter()
            .filter_map(|root| match root.schema.kind {
                SchemaKind::Named(id) => Some(id),
                _ => None,
            })
            .collect();
        let mut generated = Vec::new();
        for (id, ty) in self.set.types() {
            let logical = match &ty.definition {
                Definition::Fixed(fixed) => fixed.logical.is_some_and(|logical| {
                    logical_fixed(logical, fixed.size, self.config.logical_types).is_some()
                }),
                Definition::Record(_) | Definition::Enum(_) => false,
            };
            if self.choices.externals.contains_key(&id) {
                continue;
            } else if self.is_reference(ty.span.file) {
                self.refuse_reference(id);
            } else if !logical || roots.contains(&id) {
                generated.push(id);
            }
        }
        generated
    }

    pub(super) fn is_reference(&self, file: FileId) -> bool {
        self.config.role(self.sources.source(file).path()) == Role::Reference
    }

    /// A reference type that is used here must be mapped to a path.
    fn refuse_reference(&mut self, id: TypeId) {
        let used_by = self.set.types().find(|(user, ty)| {
            !self.choices.externals.contains_key(user)
                && !self.is_reference(ty.span.file)
                && mentions(&ty.definition, id)
        });
        if let Some((_, user)) = used_by {
            let (name, user) = (&self.set[id].fullname, &user.fullname);
            self.findings.push(Finding {
                note: Some(format!(
                    "add [[external]] with type = \"{name}\" and the path of its Rust type"
                )),
                ..Finding::new(
                    0..0,
                    format!(
                        "`{user}` uses `{name}`, a reference schema that no [[external]] names"
                    ),
                )
            });
        }
    }

    /// Reports the types that no datum can have, and the unions without branches wherever they
    /// stand: there is no Rust type for either.
    pub(super) fn refuse_uninhabited(&mut self, generated: &[TypeId]) {
        for &id in generated {
            let ty = &self.set[id];
            let mut reported = false;
            for field in ty.fields() {
                let owner = format!("`{}.{}`", ty.fullname, field.name);
                reported |= self.refuse_empty_unions(&field.schema, &owner);
            }
            if !reported && !self.facts.is_inhabited(id) {
                let message = format!(
                    "no datum can have the type `{}`, so there is no Rust type for it",
                    ty.fullname
                );
                let found = Diagnostic::new(Code::NoDatum, ty.name_span, message)
                    .label("a value of this type would never end, or has no symbol to take")
                    .note(
                        "make a field on the way back to the type optional, or give the enum a \
                         symbol",
                    );
                self.refuse(found);
            }
        }
        let set = self.set;
        for root in super::unnamed_roots(set) {
            if !self.is_reference(root.file) {
                self.refuse_empty_unions(&root.schema, &format!("`{}`", root.stem));
            }
        }
    }

    /// Whether there was one.
    fn refuse_empty_unions(&mut self, schema: &Schema, owner: &str) -> bool {
        let mut empty = Vec::new();
        schema.visit(&mut |inner| {
            if matches!(&inner.kind, SchemaKind::Union(branches) if branches.is_empty()) {
                empty.push(inner.span);
            }
        });
        for &span in &empty {
            let message =
                format!("the union of {owner} has no branches, so there is no Rust type for it");
            self.refuse(
                Diagnostic::new(Code::NoDatum, span, message).note("give the union a branch"),
            );
        }
        !empty.is_empty()
    }

    fn refuse(&mut self, mut found: Diagnostic) {
        found.severity = Severity::Error;
        self.diagnostics.push(found);
    }
}

fn mentions(definition: &Definition, id: TypeId) -> bool {
    fn in_schema(schema: &Schema, id: TypeId) -> bool {
        match &schema.kind {
            SchemaKind::Named(found) => *found == id,
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => in_schema(inner, id),
            SchemaKind::Union(branches) => branches.iter().any(|branch| in_schema(branch, id)),
            _ => false,
        }
    }
    match definition {
        Definition::Record(record) => record
            .fields
            .iter()
            .any(|field| in_schema(&field.schema, id)),
        Definition::Enum(_) | Definition::Fixed(_) => false,
    }
}
