//! One type, field or symbol that is on both sides → its changes, one after the other.

use super::change::{Attribute, Change, Part, What};
use super::describe::describe;
use super::pairs::Pairs;
use crate::json::{Member, Value, array, quote};
use crate::schema::{Order, Schema};
use crate::source::Span;

/// The changes of one part.
pub(super) struct Changes {
    part: Part,
    old: Span,
    new: Span,
    pub(super) found: Vec<Change>,
}

impl Changes {
    pub(super) fn of(part: Part, old: Span, new: Span) -> Self {
        Self {
            part,
            old,
            new,
            found: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, what: What) {
        self.found.push(Change {
            part: self.part.clone(),
            what,
            old: Some(self.old),
            new: Some(self.new),
        });
    }

    pub(super) fn changed(
        &mut self,
        attribute: Attribute,
        old: Option<String>,
        new: Option<String>,
    ) {
        if old != new {
            self.push(What::Changed {
                attribute,
                old,
                new,
            });
        }
    }

    pub(super) fn renamed(&mut self, from: &str, to: &str) {
        if from != to {
            self.push(What::Renamed {
                from: from.to_owned(),
            });
        }
    }

    pub(super) fn doc(&mut self, old: Option<&str>, new: Option<&str>) {
        self.changed(Attribute::Doc, old.map(quote), new.map(quote));
    }

    /// Aliases, the order of which means nothing, without the one that a renaming needs.
    pub(super) fn aliases(&mut self, old: Vec<String>, new: Vec<String>, old_name: &str) {
        let text = |mut names: Vec<String>| {
            names.retain(|name| name != old_name);
            names.sort();
            names.dedup();
            (!names.is_empty()).then(|| array(names.iter().map(|name| quote(name))))
        };
        self.changed(Attribute::Aliases, text(old), text(new));
    }

    /// A type, and of the same type the custom properties inside it.
    pub(super) fn schema(&mut self, pairs: &Pairs<'_>, old: &Schema, new: &Schema) {
        if pairs.same(old, new) {
            self.properties(&inside(old), &inside(new));
            return;
        }
        self.found.push(Change {
            part: self.part.clone(),
            what: What::Changed {
                attribute: Attribute::Type,
                old: Some(describe(pairs.old, old)),
                new: Some(describe(pairs.new, new)),
            },
            old: Some(old.span),
            new: Some(new.span),
        });
    }

    /// Custom properties, in the order of the new schema, then those that are no more.
    pub(super) fn properties(&mut self, old: &[(Way, &Member)], new: &[(Way, &Member)]) {
        let find = |members: &[(Way, &Member)], way: &Way, key: &str| {
            let found = members
                .iter()
                .find(|(other, member)| other == way && member.key == key);
            found.map(|(_, member)| text(&member.value))
        };
        for (way, member) in new {
            let attribute = Attribute::Property(member.key.clone());
            let before = find(old, way, &member.key);
            self.changed(attribute, before, Some(text(&member.value)));
        }
        for (way, member) in old {
            if find(new, way, &member.key).is_none() {
                let attribute = Attribute::Property(member.key.clone());
                self.changed(attribute, Some(text(&member.value)), None);
            }
        }
    }
}

/// The way from a schema to one inside it: the position among those that [`Schema::visit`] meets.
pub(super) type Way = usize;

pub(super) fn members(attributes: &[Member]) -> Vec<(Way, &Member)> {
    attributes.iter().map(|member| (0, member)).collect()
}

/// The custom properties of a schema and of those inside it, named types aside.
fn inside(schema: &Schema) -> Vec<(Way, &Member)> {
    let mut found = Vec::new();
    let mut way = 0;
    schema.visit(&mut |inner| {
        found.extend(inner.attributes.iter().map(|member| (way, member)));
        way += 1;
    });
    found
}

pub(super) fn text(json: &Value) -> String {
    format!("{json:#}")
}

pub(super) fn order(order: Order) -> Option<String> {
    let word = match order {
        Order::Ascending => "ascending",
        Order::Descending => "descending",
        Order::Ignore => "ignore",
    };
    Some(word.to_owned())
}
