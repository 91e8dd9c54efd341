//! `key` of a `[[topic]]` → the field of each record that a value can be.

use avro_model::schema::{SchemaKind, SchemaSet, TypeId};
use avro_model::suggest::Names;

use super::Source;
use crate::config::{At, Finding};
use crate::plan::Planner;
use crate::plan::homes::ModulePath;
use crate::plan::model::{Codec, Field, Item, KeyField, KeyTy, TopicKey, TopicValue, Ty};
use crate::plan::names::Ident;

/// What is generated besides topics.
pub(super) struct Generated<'a> {
    /// Of named types.
    pub(super) items: &'a [(TypeId, ModulePath, Item)],
    /// Of top-level schemas without a name.
    pub(super) roots: &'a [(usize, Vec<Item>)],
}

/// A record that a value can be, and its variant where values are an enum.
struct Holder {
    id: TypeId,
    variant: Option<Ident>,
}

impl Planner<'_> {
    /// The field that is the key: of the same type in every record that a value can be.
    pub(super) fn key(
        &mut self,
        values: &[(Source, TopicValue)],
        key: &At<String>,
        generated: &Generated<'_>,
    ) -> Option<TopicKey> {
        let Some(holders) = self.holders(values, generated) else {
            let message = "a topic whose value is generated here as a record can have a key field, or as a \
                 union of records";
            self.findings.push(Finding::new(key.at.clone(), message));
            return None;
        };
        let mut fields = Vec::with_capacity(holders.len());
        let mut ty = None;
        for holder in holders {
            let (field, found) = self.key_field(holder, key, generated)?;
            if *ty.get_or_insert(found) != found {
                let message = format!("`{}` has not the same type in all values", key.value);
                self.findings.push(Finding::new(key.at.clone(), message));
                return None;
            }
            fields.push(field);
        }
        ty.map(|ty| TopicKey { fields, ty })
    }

    /// The records that a value can be; nothing if it can be anything else.
    fn holders(
        &self,
        values: &[(Source, TopicValue)],
        generated: &Generated<'_>,
    ) -> Option<Vec<Holder>> {
        let holders: Vec<Holder> = match values {
            [(Source::Root(root), _)] => self.branches(*root, generated)?,
            _ => {
                let is_enum = values.len() > 1;
                let holder = |(source, value): &(Source, TopicValue)| match source {
                    Source::Type(id) => Some(Holder {
                        id: *id,
                        variant: is_enum.then(|| value.variant.clone()),
                    }),
                    Source::Root(_) => None,
                };
                values.iter().map(holder).collect::<Option<_>>()?
            }
        };
        let is_record = |holder: &Holder| generated.fields(holder.id).is_some();
        holders.iter().all(is_record).then_some(holders)
    }

    /// The branches of a top-level union, each with its variant; nothing if one has no name.
    fn branches(&self, root: usize, generated: &Generated<'_>) -> Option<Vec<Holder>> {
        let SchemaKind::Union(branches) = &self.set.roots()[root].schema.kind else {
            return None;
        };
        let (_, items) = generated.roots.iter().find(|(index, _)| *index == root)?;
        // Of an optional one it is the type around the enum.
        let Some(Item::Union(union)) = items.first() else {
            return None;
        };
        let holder = |variant: &crate::plan::model::Variant| match branches[variant.branch].kind {
            SchemaKind::Named(id) => Some(Holder {
                id,
                variant: Some(variant.name.clone()),
            }),
            _ => None,
        };
        union.variants.iter().map(holder).collect()
    }

    /// The key field of one record. Its type is one that Java's serializers write.
    fn key_field(
        &mut self,
        holder: Holder,
        key: &At<String>,
        generated: &Generated<'_>,
    ) -> Option<(KeyField, KeyTy)> {
        let Holder { id, variant } = holder;
        let mut fields = generated.fields(id).unwrap_or_default().iter();
        let Some(field) = fields.find(|field| field.schema_name == key.value) else {
            self.findings.push(unknown_field(self.set, id, key));
            return None;
        };
        let Some((ty, optional)) = key_type(field) else {
            let message = format!(
                "field `{}` cannot be a key: a key is a string, bytes, an int, a long or a UUID",
                key.value
            );
            self.findings.push(Finding::new(key.at.clone(), message));
            return None;
        };
        let name = field.name.clone();
        let field = KeyField {
            variant,
            name,
            optional,
        };
        Some((field, ty))
    }
}

impl Generated<'_> {
    /// The fields of a record that is generated here.
    fn fields(&self, id: TypeId) -> Option<&[Field]> {
        self.items.iter().find_map(|(owner, _, item)| match item {
            Item::Record(record) if *owner == id => Some(&*record.fields),
            _ => None,
        })
    }
}

/// The type of a key, and whether it may be null.
fn key_type(field: &Field) -> Option<(KeyTy, bool)> {
    let (ty, optional) = match (&field.coded.ty, &field.coded.codec) {
        (Ty::Option(inner), Codec::Nullable(..)) => (&**inner, true),
        (ty, _) => (ty, false),
    };
    let ty = match ty {
        Ty::String => KeyTy::Str,
        Ty::Bytes => KeyTy::Bytes,
        Ty::I32 => KeyTy::I32,
        Ty::I64 => KeyTy::I64,
        Ty::Runtime("uuid::Uuid") => KeyTy::Uuid,
        _ => return None,
    };
    Some((ty, optional))
}

fn unknown_field(set: &SchemaSet, id: TypeId, key: &At<String>) -> Finding {
    let fields = set[id].fields();
    let mut names = Names::of(fields.iter().map(|field| field.name.as_str()));
    for field in fields {
        for alias in &field.aliases {
            names.alias(alias, &field.name);
        }
    }
    let near = names.meant(&key.value);
    Finding {
        note: near.map(|near| format!("did you mean `{near}`?")),
        ..Finding::new(
            key.at.clone(),
            format!("`{}` has no field `{}`", set[id].fullname, key.value),
        )
    }
}
