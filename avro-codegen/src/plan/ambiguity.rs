//! Which branches of a union could be taken for an earlier one when they are written as JSON
//! without a tag.
//!
//! The reader takes the first branch that a value fits, and an object with one key for a tagged
//! value if the key is a branch's name. A value of a branch that is not certain to come back is
//! read back when it is written, and tagged if need be; the answer errs on that side.

use avro_model::schema::{Definition, Schema, SchemaKind, TypeId};

use super::Planner;

/// The forms of JSON values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Planner<'_> {
    /// By branch: whether an earlier one may take its value.
    pub(super) fn ambiguous(&self, branches: &[(usize, &Schema)]) -> Vec<bool> {
        branches
            .iter()
            .enumerate()
            .map(|(index, (_, branch))| {
                self.may_look_tagged(branch, branches)
                    || branches
                        .iter()
                        .take(index)
                        .any(|(_, earlier)| self.may_take(earlier, branch))
            })
            .collect()
    }

    /// Whether a value may be an object whose one key is the name of a branch.
    fn may_look_tagged(&self, branch: &Schema, branches: &[(usize, &Schema)]) -> bool {
        match &branch.kind {
            SchemaKind::Map(_) => true,
            SchemaKind::Named(id) => match &self.set[*id].definition {
                Definition::Record(record) => match record.fields.as_slice() {
                    [only] => branches
                        .iter()
                        .any(|(_, other)| self.branch_name(other) == only.name),
                    _ => false,
                },
                Definition::Enum(_) | Definition::Fixed(_) => false,
            },
            _ => false,
        }
    }

    /// Whether a value written for `branch` may be read as `earlier`.
    fn may_take(&self, earlier: &Schema, branch: &Schema) -> bool {
        if let (SchemaKind::Named(a), SchemaKind::Named(b)) = (&earlier.kind, &branch.kind)
            && let (Definition::Record(_), Definition::Record(_)) =
                (&self.set[*a].definition, &self.set[*b].definition)
        {
            return self.record_may_take(*a, *b);
        }
        let (forms, written) = (self.forms(earlier), self.forms(branch));
        forms.iter().any(|form| written.contains(form))
    }

    /// A record takes an object if it knows every key that is written and needs no other.
    fn record_may_take(&self, earlier: TypeId, branch: TypeId) -> bool {
        let (Definition::Record(earlier), Definition::Record(branch)) =
            (&self.set[earlier].definition, &self.set[branch].definition)
        else {
            return true;
        };
        let has = |fields: &[avro_model::schema::Field], name: &str| {
            fields.iter().any(|field| field.name == name)
        };
        branch
            .fields
            .iter()
            .all(|field| has(&earlier.fields, &field.name))
            && earlier
                .fields
                .iter()
                .all(|field| field.default.is_some() || has(&branch.fields, &field.name))
    }

    /// The forms of JSON that stand for values of a schema.
    fn forms(&self, schema: &Schema) -> Vec<Form> {
        match &schema.kind {
            SchemaKind::Null => vec![Form::Null],
            SchemaKind::Boolean => vec![Form::Boolean],
            // A time is written as text and read as a number too; NaN and infinities are text.
            SchemaKind::Int | SchemaKind::Long if schema.logical.is_none() => vec![Form::Number],
            SchemaKind::Int | SchemaKind::Long | SchemaKind::Float | SchemaKind::Double => {
                vec![Form::Number, Form::String]
            }
            SchemaKind::Bytes if schema.logical.is_some() => vec![Form::Number, Form::String],
            SchemaKind::Bytes | SchemaKind::String => vec![Form::String],
            SchemaKind::Array(_) => vec![Form::Array],
            SchemaKind::Map(_) => vec![Form::Object],
            SchemaKind::Union(branches) => branches
                .iter()
                .flat_map(|branch| self.forms(branch))
                .collect(),
            SchemaKind::Named(id) => match &self.set[*id].definition {
                Definition::Record(_) => vec![Form::Object],
                Definition::Enum(_) => vec![Form::String],
                Definition::Fixed(fixed) if fixed.logical.is_some() => {
                    vec![Form::String, Form::Number, Form::Object]
                }
                Definition::Fixed(_) => vec![Form::String],
            },
        }
    }
}
