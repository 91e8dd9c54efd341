//! `[[topic]]` → the types that stand for topics.

use avro_model::schema::{Definition, SchemaSet, TypeId};

use super::Planner;
use super::choices::named;
use super::docs;
use super::homes::{ModulePath, TOPICS};
use super::model::{Codec, Item, KeyTy, Topic, TopicKey, Ty};
use super::names::{Scope, ident, pascal};
use crate::config::{self, At, Finding};

impl Planner<'_> {
    pub(super) fn topics(&mut self, items: &[(TypeId, ModulePath, Item)]) -> Vec<Topic> {
        let mut scope = Scope::new();
        let mut topics = Vec::with_capacity(self.config.topics.len());
        for topic in &self.config.topics {
            let Some(id) = named(&topic.value, self.set, &mut self.findings) else {
                continue;
            };
            let key = topic.key.as_ref().and_then(|key| self.key(id, key, items));
            let Some(value) = self.value(id, topic) else {
                continue;
            };
            topics.push(Topic {
                name: ident(&scope.claim(&pascal(&topic.name.value), ()).name),
                docs: docs::lines(Some(&format!("Topic {}.", topic.name.value))),
                topic: topic.name.value.clone(),
                value,
                key,
                subject: topic.subject,
            });
        }
        topics
    }

    fn value(&mut self, id: TypeId, topic: &config::Topic) -> Option<Ty> {
        if let Some(external) = self.choices.externals.get(&id) {
            return Some(Ty::Foreign(external.path.clone()));
        }
        let local = self
            .tree
            .local(&[TOPICS.to_owned()], id, false)
            .map(Ty::Local);
        if local.is_none() {
            let message = format!("no type is generated for `{}`", topic.value.value);
            self.findings
                .push(Finding::new(topic.value.at.clone(), message));
        }
        local
    }

    /// The field that is the key. Its type is one that Java's serializers write.
    fn key(
        &mut self,
        id: TypeId,
        key: &At<String>,
        items: &[(TypeId, ModulePath, Item)],
    ) -> Option<TopicKey> {
        let Some(record) = items.iter().find_map(|(owner, _, item)| match item {
            Item::Record(record) if *owner == id => Some(record),
            _ => None,
        }) else {
            let message = "a topic whose value is generated here as a record can have a key field";
            self.findings.push(Finding::new(key.at.clone(), message));
            return None;
        };
        let Some(field) = record
            .fields
            .iter()
            .find(|field| field.schema_name == key.value)
        else {
            self.findings.push(unknown_field(self.set, id, key));
            return None;
        };
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
            _ => {
                let message = format!(
                    "field `{}` cannot be a key: a key is a string, bytes, an int, a long or a UUID",
                    key.value
                );
                self.findings.push(Finding::new(key.at.clone(), message));
                return None;
            }
        };
        Some(TopicKey {
            field: field.name.clone(),
            ty,
            optional,
        })
    }
}

fn unknown_field(set: &SchemaSet, id: TypeId, key: &At<String>) -> Finding {
    let names: Vec<&str> = match &set[id].definition {
        Definition::Record(record) => record.fields.iter().map(|f| f.name.as_str()).collect(),
        Definition::Enum(_) | Definition::Fixed(_) => Vec::new(),
    };
    let near = avro_model::name::nearest(&key.value, names);
    Finding {
        note: near.map(|near| format!("did you mean `{near}`?")),
        ..Finding::new(
            key.at.clone(),
            format!("`{}` has no field `{}`", set[id].fullname, key.value),
        )
    }
}
