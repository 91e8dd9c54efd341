//! `[[topic]]` → the types that stand for topics.

use avro_model::schema::{SchemaSet, TypeId};
use avro_model::suggest::Names;

use super::Planner;
use super::choices::named;
use super::docs;
use super::homes::{ModulePath, TOPICS};
use super::model::{Codec, Item, KeyField, KeyTy, Several, Topic, TopicKey, TopicValue, Ty};
use super::names::{Scope, ident, pascal};
use crate::config::{self, At, Finding};

impl Planner<'_> {
    pub(super) fn topics(&mut self, items: &[(TypeId, ModulePath, Item)]) -> Vec<Topic> {
        let mut scope = Scope::new();
        let mut topics = Vec::with_capacity(self.config.topics.len());
        for (index, topic) in self.config.topics.iter().enumerate() {
            self.check_name(topic, index);
            let Some(values) = self.values(topic) else {
                continue;
            };
            let ids: Vec<TypeId> = values.iter().map(|(id, _)| *id).collect();
            let key = topic
                .key
                .as_ref()
                .and_then(|key| self.key(&ids, key, items));
            let wanted = pascal(&topic.name.value);
            let name = ident(&scope.claim(&wanted, ()).name);
            let several = (values.len() > 1).then(|| Several {
                name: ident(&scope.claim(&format!("{wanted}Value"), ()).name),
                reader: ident(&scope.claim(&format!("{wanted}Reader"), ()).name),
            });
            topics.push(Topic {
                name,
                docs: docs::lines(Some(&format!("Topic {}.", topic.name.value))),
                topic: topic.name.value.clone(),
                values: values.into_iter().map(|(_, value)| value).collect(),
                several,
                key,
                subject: topic.subject,
            });
        }
        topics
    }

    /// Kafka's rule for names of topics, and that no other `[[topic]]` has this one.
    fn check_name(&mut self, topic: &config::Topic, index: usize) {
        let At { value: name, at } = &topic.name;
        let legal = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !(1..=249).contains(&name.len())
            || !name.chars().all(legal)
            || matches!(&**name, "." | "..")
        {
            let message = format!(
                "`{name}` cannot be the name of a topic: Kafka takes up to 249 letters, digits, `.`, `_` and `-`"
            );
            self.findings.push(Finding::new(at.clone(), message));
        }
        let earlier = self.config.topics.iter().take(index);
        if earlier.into_iter().any(|other| other.name.value == *name) {
            let message = format!("topic `{name}` is described already");
            let note = "name several types of value in one [[topic]]: value = [\"…\", \"…\"]";
            self.findings.push(Finding {
                note: Some(note.to_owned()),
                ..Finding::new(at.clone(), message)
            });
        }
    }

    /// The types of a topic's values, if all of them are known.
    fn values(&mut self, topic: &config::Topic) -> Option<Vec<(TypeId, TopicValue)>> {
        let mut variants = Scope::new();
        let mut values: Vec<(TypeId, TopicValue)> = Vec::with_capacity(topic.values.len());
        for written in &topic.values {
            let Some(id) = named(written, self.set, &mut self.findings) else {
                continue;
            };
            if values.iter().any(|(other, _)| *other == id) {
                let message = format!("the topic has the type `{}` already", written.value);
                self.findings
                    .push(Finding::new(written.at.clone(), message));
                continue;
            }
            let fullname = &self.set[id].fullname;
            let variant = ident(&variants.claim(&pascal(fullname.short()), ()).name);
            let fullname = fullname.to_string();
            let Some(ty) = self.value(id, written) else {
                continue;
            };
            let value = TopicValue {
                ty,
                fullname,
                place: self.set[id].name_span,
                variant,
            };
            values.push((id, value));
        }
        (!values.is_empty() && values.len() == topic.values.len()).then_some(values)
    }

    fn value(&mut self, id: TypeId, written: &At<String>) -> Option<Ty> {
        if let Some(external) = self.choices.externals.get(&id) {
            return Some(Ty::Foreign(external.path.clone()));
        }
        let local = self
            .tree
            .local(&[TOPICS.to_owned()], id, false)
            .map(Ty::Local);
        if local.is_none() {
            let message = format!("no type is generated for `{}`", written.value);
            self.findings
                .push(Finding::new(written.at.clone(), message));
        }
        local
    }

    /// The field that is the key: of the same type in every type of value.
    fn key(
        &mut self,
        ids: &[TypeId],
        key: &At<String>,
        items: &[(TypeId, ModulePath, Item)],
    ) -> Option<TopicKey> {
        let mut fields = Vec::with_capacity(ids.len());
        let mut ty = None;
        for &id in ids {
            let (field, found) = self.key_field(id, key, items)?;
            if *ty.get_or_insert(found) != found {
                let message = format!("`{}` has not the same type in all values", key.value);
                self.findings.push(Finding::new(key.at.clone(), message));
                return None;
            }
            fields.push(field);
        }
        ty.map(|ty| TopicKey { fields, ty })
    }

    /// The key field of one type of value. Its type is one that Java's serializers write.
    fn key_field(
        &mut self,
        id: TypeId,
        key: &At<String>,
        items: &[(TypeId, ModulePath, Item)],
    ) -> Option<(KeyField, KeyTy)> {
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
        let name = field.name.clone();
        Some((KeyField { name, optional }, ty))
    }
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
