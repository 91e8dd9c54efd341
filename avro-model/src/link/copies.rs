//! Definitions of one name in several texts: copies of one definition, or a conflict.
//!
//! A schema that is exported for a registry holds every type that it uses, so two such texts
//! define the types that they share twice. Both definitions are one if they say the same once
//! they are linked. Words do not count: a short name or a fullname, a namespace that is written
//! or inherited, the order of attributes, an attribute that is absent or has its default, a type
//! that is defined in place in one text and named in the other.
//!
//! | attribute | a difference is | because |
//! |---|---|---|
//! | name, type, fields, symbols, size, valid logical types | a conflict | it changes the data |
//! | defaults, aliases | a conflict | it changes which data a reader takes, and for what |
//! | order of a field | a conflict | it changes how data are sorted |
//! | custom properties | a conflict | programs go by them, and they are in the text that is published |
//! | `error` instead of `record` | a conflict | it changes the text that is published |
//! | documentation | part of the lint AVR035 | it changes comments alone; the first file's is taken |
//! | the property `lint` | nothing | it speaks of its own place |
//!
//! Java 1.12 goes by the same rule with three exceptions: it does not compare aliases, the
//! default of an enum, and `error` with `record`, and takes whichever definition it reads first.
//!
//! A type inside a definition counts by its fullname. So definitions that differ only through a
//! type that both use are alike, and the conflict is found at that type, once. Recursive types
//! need no special care for the same reason.
//!
//! Within one file a name has one definition, whatever a second one says (specification 1.12,
//! "Names").

mod difference;
mod meaning;

use std::collections::{BTreeMap, BTreeSet};

use super::Repeats;
use super::names::{Entry, Names};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::schema::{SchemaSet, TypeId};
use crate::source::{SourceMap, Span};

use difference::Difference;
use meaning::{Meaning, docs};

/// What became of each definition.
pub(super) struct Copies {
    /// By [`TypeId`]: the definition that stands for this one; itself if it is no copy.
    pub(super) heirs: Vec<TypeId>,
    /// By [`TypeId`]: whether its name belongs to a definition that says something else.
    pub(super) rejected: Vec<bool>,
}

impl Copies {
    /// Whether another definition stands for this one.
    pub(super) fn is_copy(&self, id: TypeId) -> bool {
        self.heirs[id.index()] != id
    }

    /// Whether another definition has its name.
    fn is_repeated(&self, id: TypeId) -> bool {
        self.is_copy(id) || self.rejected[id.index()]
    }
}

/// The definitions of one name, the first one left out.
struct Group {
    first: TypeId,
    /// Those that say what the first says, or that the first stands for whatever they say.
    copies: Vec<TypeId>,
    /// Those that say something else, by what they say.
    others: Vec<Class>,
    /// Those whose file has defined the name already.
    again: Vec<TypeId>,
}

/// Definitions that say the same.
struct Class {
    ids: Vec<TypeId>,
    /// Whether all that they say could be read, and all that the first definition says.
    whole: bool,
}

/// Tells copies from conflicts, and reports both.
pub(super) fn find(
    names: &Names<'_>,
    set: &SchemaSet,
    poisoned: &BTreeSet<Span>,
    sources: &SourceMap,
    repeats: Repeats,
    found: &mut Diagnostics,
) -> Copies {
    let mut copies = Copies {
        heirs: set.types().map(|(id, _)| id).collect(),
        rejected: vec![false; set.types.len()],
    };
    let groups: Vec<Group> = repeated(names)
        .into_iter()
        .map(|(first, rest)| {
            let group = grouped(names, set, poisoned, repeats, first, rest);
            copies.take(&group);
            group
        })
        .collect();
    let report = Report {
        names,
        set,
        sources,
        copies: &copies,
    };
    for group in &groups {
        report.group(group, found);
    }
    copies
}

/// The names with several definitions: the first one, and the others in their order.
fn repeated(names: &Names<'_>) -> BTreeMap<TypeId, Vec<TypeId>> {
    let mut repeated: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (index, entry) in names.entries.iter().enumerate() {
        let id = TypeId(index as u32);
        if entry.first != id {
            repeated.entry(entry.first).or_default().push(id);
        }
    }
    repeated
}

fn grouped(
    names: &Names<'_>,
    set: &SchemaSet,
    poisoned: &BTreeSet<Span>,
    repeats: Repeats,
    first: TypeId,
    rest: Vec<TypeId>,
) -> Group {
    let meaning = |id: TypeId| {
        let whole = names.entries[id.index()].definition.sound;
        Meaning::of(set, id, whole, poisoned)
    };
    let mut group = Group {
        first,
        copies: Vec::new(),
        others: Vec::new(),
        again: Vec::new(),
    };
    let said = meaning(first);
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for id in rest {
        if names.entries[id.index()].first_in_file != id {
            group.again.push(id);
            continue;
        }
        let other = meaning(id);
        if repeats == Repeats::FirstMet || other.text == said.text {
            group.copies.push(id);
            continue;
        }
        let next = group.others.len();
        let whole = other.whole && said.whole;
        let class = match whole {
            true => *classes.entry(other.text).or_insert(next),
            false => next,
        };
        match group.others.get_mut(class) {
            Some(class) => class.ids.push(id),
            None => group.others.push(Class {
                ids: vec![id],
                whole,
            }),
        }
    }
    group
}

impl Copies {
    fn take(&mut self, group: &Group) {
        for &copy in &group.copies {
            self.heirs[copy.index()] = group.first;
        }
        for class in &group.others {
            let heir = class.ids[0];
            self.rejected[heir.index()] = true;
            for &copy in &class.ids[1..] {
                self.heirs[copy.index()] = heir;
            }
        }
        for &again in &group.again {
            self.rejected[again.index()] = true;
        }
    }
}

struct Report<'r> {
    names: &'r Names<'r>,
    set: &'r SchemaSet,
    sources: &'r SourceMap,
    copies: &'r Copies,
}

impl Report<'_> {
    fn group(&self, group: &Group, found: &mut Diagnostics) {
        found.extend(group.again.iter().map(|&id| self.again(id)));
        // What could not be read was reported: whether the rest differs is not asked.
        let others = group.others.iter().filter(|class| class.whole);
        found.extend(others.map(|class| self.conflict(group.first, &class.ids)));
        found.extend(self.copied(group));
    }

    fn entry(&self, id: TypeId) -> &Entry<'_> {
        &self.names.entries[id.index()]
    }

    fn path(&self, id: TypeId) -> String {
        let file = self.names.place(id).file;
        self.sources.source(file).path().display().to_string()
    }

    /// A second definition in one file.
    fn again(&self, id: TypeId) -> Diagnostic {
        let fullname = &self.entry(id).fullname;
        let first = self.names.place(self.entry(id).first_in_file);
        let message = format!("`{fullname}` is defined twice");
        Diagnostic::new(Code::DuplicateDefinition, self.names.place(id), message)
            .label("defined again here")
            .also(first, "first defined here")
            .note(format!(
                "rename one of the two, or refer to the first: \"{fullname}\""
            ))
    }

    /// Definitions in other files that say something else.
    fn conflict(&self, first: TypeId, class: &[TypeId]) -> Diagnostic {
        let (id, more) = (class[0], &class[1..]);
        let difference = Difference::between(self.set, &self.set[first], &self.set[id]);
        let fullname = &self.entry(id).fullname;
        let message = format!(
            "`{fullname}` is defined in {} too, and differs: {}",
            self.path(first),
            difference.what
        );
        let place = self.names.place(id);
        let mut finding = Diagnostic::new(Code::DuplicateDefinition, place, message)
            .label("defined again here")
            .also(self.names.place(first), "first defined here");
        for (span, text) in difference.places {
            finding = finding.also(span, text);
        }
        if !more.is_empty() {
            finding = finding.note(format!("{} as {} does", self.so_do(more), self.path(id)));
        }
        finding.note(format!(
            "make the definitions say the same, or rename one, or refer to the first: \
             \"{fullname}\""
        ))
    }

    /// Definitions in other files that say the same. One inside a definition that is itself
    /// repeated came with that one.
    fn copied(&self, group: &Group) -> Option<Diagnostic> {
        let stands_alone = |id: &&TypeId| {
            let outer = self.entry(**id).outer;
            !outer.is_some_and(|outer| self.copies.is_repeated(outer))
        };
        let same_docs = |id: &&TypeId| docs(&self.set[**id]) == docs(&self.set[group.first]);
        let other_docs = group.copies.iter().find(|id| !same_docs(id));
        let shown = other_docs.or_else(|| group.copies.iter().find(stands_alone));
        let &shown = shown?;
        let fullname = &self.entry(shown).fullname;
        let first = self.path(group.first);
        let message = format!("`{fullname}` is defined in {first} too, in the same way");
        let mut finding =
            Diagnostic::new(Code::RepeatedDefinition, self.names.place(shown), message)
                .also(self.names.place(group.first), "first defined here");
        if other_docs.is_some() {
            finding = finding.note(format!(
                "the documentation differs: that of {first} is generated and published"
            ));
        }
        let more: Vec<TypeId> = group
            .copies
            .iter()
            .copied()
            .filter(|&id| id != shown)
            .collect();
        if !more.is_empty() {
            finding = finding.note(format!("{} too", self.so_do(&more)));
        }
        Some(finding.note(format!("refer to it instead: \"{fullname}\"")))
    }

    /// `b.avsc and 3 more files define it`.
    fn so_do(&self, ids: &[TypeId]) -> String {
        let first = self.path(ids[0]);
        match ids.len() - 1 {
            0 => format!("{first} defines it"),
            1 => format!("{first} and 1 more file define it"),
            more => format!("{first} and {more} more files define it"),
        }
    }
}
