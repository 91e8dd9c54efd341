//! `[[topic]]` → the types that stand for topics.

mod key;

use avro_model::schema::{Root, TypeId};
use avro_model::source::Span;

use super::Planner;
use super::choices::named;
use super::docs;
use super::homes::{ModulePath, TOPICS};
use super::model::{Item, Several, Topic, TopicValue, Ty};
use super::names::{Scope, ident, pascal};
use crate::config::{self, At, Finding, SubjectNames};

use key::Generated;

/// The schema of a topic's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// A named type.
    Type(TypeId),
    /// A top-level schema without a name, by its place among all: often a union, which works like
    /// several types.
    Root(usize),
}

impl Planner<'_> {
    /// `items` are those of named types, `roots` those of top-level schemas without a name.
    pub(super) fn topics(
        &mut self,
        items: &[(TypeId, ModulePath, Item)],
        roots: &[(usize, Vec<Item>)],
    ) -> Vec<Topic> {
        let mut scope = Scope::new();
        let mut topics = Vec::with_capacity(self.config.topics.len());
        for (index, topic) in self.config.topics.iter().enumerate() {
            self.check_name(topic, index);
            let Some(values) = self.values(topic) else {
                continue;
            };
            let generated = Generated { items, roots };
            let key = topic.key.as_ref();
            let key = key.and_then(|key| self.key(&values, key, &generated));
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
    fn values(&mut self, topic: &config::Topic) -> Option<Vec<(Source, TopicValue)>> {
        let mut variants = Scope::new();
        let mut values: Vec<(Source, TopicValue)> = Vec::with_capacity(topic.values.len());
        for written in &topic.values {
            let Some(source) = self.source(written, topic.subject) else {
                continue;
            };
            if values.iter().any(|(other, _)| *other == source) {
                let message = format!("the topic has the type `{}` already", written.value);
                self.findings
                    .push(Finding::new(written.at.clone(), message));
                continue;
            }
            let (short, fullname, place) = self.named_as(source);
            let variant = ident(&variants.claim(&pascal(short), ()).name);
            let fullname = fullname.to_owned();
            let Some(ty) = self.value(source, written) else {
                continue;
            };
            let value = TopicValue {
                ty,
                fullname,
                place,
                variant,
            };
            values.push((source, value));
        }
        (!values.is_empty() && values.len() == topic.values.len()).then_some(values)
    }

    /// The schema that the manifest names: a type, or what a file holds that has no name.
    fn source(&mut self, written: &At<String>, subject: SubjectNames) -> Option<Source> {
        let set = self.set;
        let is_it = |root: &Root| root.stem == written.value && self.is_own_root(root);
        let root = set.roots().iter().position(is_it);
        let (None, Some(root)) = (set.find(written.value.as_str()), root) else {
            return named(written, set, &mut self.findings).map(Source::Type);
        };
        if subject != SubjectNames::TopicName {
            let message = format!(
                "`{}` is a schema without a name, and `subject` names subjects after types",
                written.value
            );
            self.findings.push(Finding {
                note: Some("set `subject` to \"topic-name\", with this one value".to_owned()),
                ..Finding::new(written.at.clone(), message)
            });
            return None;
        }
        Some(Source::Root(root))
    }

    /// Whether a top-level schema has no name and gets its type here.
    fn is_own_root(&self, root: &Root) -> bool {
        !super::is_named(root) && !self.is_reference(root.file)
    }

    /// The short name, the fullname and the place of a schema.
    fn named_as(&self, source: Source) -> (&str, &str, Span) {
        match source {
            Source::Type(id) => {
                let ty = &self.set[id];
                (ty.fullname.short(), ty.fullname.as_str(), ty.name_span)
            }
            Source::Root(index) => {
                let root = &self.set.roots()[index];
                (&root.stem, &root.stem, root.schema.span)
            }
        }
    }

    fn value(&mut self, source: Source, written: &At<String>) -> Option<Ty> {
        let from = [TOPICS.to_owned()];
        let local = match source {
            Source::Type(id) => match self.choices.externals.get(&id) {
                Some(external) => return Some(Ty::Foreign(external.path.clone())),
                None => self.tree.local(&from, id, false),
            },
            Source::Root(root) => self.tree.local_root(&from, root),
        };
        if local.is_none() {
            let message = format!("no type is generated for `{}`", written.value);
            self.findings
                .push(Finding::new(written.at.clone(), message));
        }
        local.map(Ty::Local)
    }
}
