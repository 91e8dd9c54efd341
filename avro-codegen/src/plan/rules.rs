//! Validation rules: which types reach one. What the rules of a field say is in [`field`].

pub(super) mod field;

use avro_model::schema::{Definition, Schema, SchemaKind, SchemaSet, TypeId};

use super::choices::Choices;

/// By type: whether a rule applies to it or to something in it.
#[derive(Debug)]
pub(super) struct Reach {
    types: Vec<bool>,
}

impl Reach {
    /// Follows references until nothing changes. A type of another crate may have rules that
    /// nothing here knows of, and counts as if it had.
    pub(super) fn new(set: &SchemaSet, choices: &Choices) -> Self {
        let types = set
            .types()
            .map(|(id, ty)| choices.externals.contains_key(&id) || has_own(ty, choices))
            .collect();
        let mut reach = Self { types };
        loop {
            let found: Vec<TypeId> = set
                .types()
                .filter(|(id, ty)| !reach.of_type(*id) && reach.in_fields(&ty.definition))
                .map(|(id, _)| id)
                .collect();
            if found.is_empty() {
                return reach;
            }
            for id in found {
                if let Some(slot) = reach.types.get_mut(id.index()) {
                    *slot = true;
                }
            }
        }
    }

    fn in_fields(&self, definition: &Definition) -> bool {
        match definition {
            Definition::Record(record) => record
                .fields
                .iter()
                .any(|field| self.reaches(&field.schema)),
            Definition::Enum(_) | Definition::Fixed(_) => false,
        }
    }

    pub(super) fn of_type(&self, id: TypeId) -> bool {
        self.types.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether a value of this schema can break a rule.
    pub(super) fn reaches(&self, schema: &Schema) -> bool {
        match &schema.kind {
            SchemaKind::Named(id) => self.of_type(*id),
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => self.reaches(inner),
            SchemaKind::Union(branches) => branches.iter().any(|branch| self.reaches(branch)),
            _ => false,
        }
    }
}

fn has_own(ty: &avro_model::schema::NamedType, choices: &Choices) -> bool {
    match &ty.definition {
        Definition::Record(record) => record.fields.iter().any(|field| {
            !choices
                .of(&format!("{}.{}", ty.fullname, field.name))
                .rules
                .is_empty()
        }),
        Definition::Enum(_) | Definition::Fixed(_) => false,
    }
}
