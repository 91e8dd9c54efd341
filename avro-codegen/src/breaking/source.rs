//! What two plans offer → what breaks Rust code that was written against the first one.

use std::collections::BTreeSet;

use avro_model::codes::Code;
use avro_model::diagnostic::Diagnostic;

use super::Part;
use super::surface::{Entry, Kind, NON_EXHAUSTIVE, Surface};

/// What breaks code, and how far the version has to move.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) found: Vec<Diagnostic>,
    pub(super) part: Part,
}

/// Compares what two plans offer.
pub(super) fn compare(old: &Surface, new: &Surface) -> Source {
    Comparison { old, new }.run()
}

struct Comparison<'a> {
    old: &'a Surface,
    new: &'a Surface,
}

impl Comparison<'_> {
    fn run(&self) -> Source {
        let gone = self.gone();
        let mut found = Vec::new();
        for (key @ (kind, _), before) in self.old {
            match self.new.get(key) {
                _ if self.is_said(*kind, before) => {}
                Some(after) => found.extend(self.changed(*kind, before, after)),
                None if *kind != Kind::Type && gone.contains(&before.owner) => {}
                None => found.push(self.removed(*kind, before)),
            }
        }
        let mut grown = false;
        for (key @ (kind, _), after) in self.new {
            if !self.old.contains_key(key) {
                grown = true;
                if !self.is_said(*kind, after) {
                    found.extend(self.added(*kind, after));
                }
            }
        }
        let part = match (found.is_empty(), grown) {
            (false, _) => Part::Major,
            (true, true) => Part::Minor,
            (true, false) => Part::Patch,
        };
        Source { found, part }
    }

    /// The types that are there no more; of their members nothing is said.
    fn gone(&self) -> BTreeSet<String> {
        let types = self.old.iter();
        let types = types.filter(|(key, _)| key.0 == Kind::Type && !self.new.contains_key(key));
        types.map(|(_, entry)| entry.owner.clone()).collect()
    }

    /// Whether the same is said of the type that a view is of.
    fn is_said(&self, kind: Kind, member: &Entry) -> bool {
        let Some(owner) = member.view_of.as_ref().filter(|_| kind != Kind::Type) else {
            return false;
        };
        let key = (kind, format!("{owner}.{}", member.name));
        let text = |surface: &Surface| surface.get(&key).map(|entry| entry.text.clone());
        text(self.old) != text(self.new)
    }

    fn removed(&self, kind: Kind, before: &Entry) -> Diagnostic {
        let Entry { owner, name, .. } = before;
        let (code, message, note) = match kind {
            Kind::Type => (
                Code::RustTypeRemoved,
                format!("there is no type `{owner}` any more"),
                "a renamed type keeps its Rust name with `rust-name` in avro.toml",
            ),
            Kind::Field => (
                Code::RustFieldRemoved,
                format!("`{owner}` has no field `{name}` any more"),
                "a renamed field keeps its Rust name with `rust-name` in avro.toml",
            ),
            Kind::Variant => (
                Code::RustVariantRemoved,
                format!("`{owner}` has no variant `{name}` any more"),
                "a renamed symbol keeps its Rust name with `rust-name` in avro.toml",
            ),
            Kind::Trait => (
                Code::RustTraitLost,
                format!("`{owner}` does not implement `{name}` any more"),
                "what it holds decides: a number with a fraction takes `Eq` and `Hash`, a text \
                 takes `Copy`, a field without a default takes `Default`",
            ),
            Kind::Function => (
                Code::RustFunctionChanged,
                format!("there is no `{owner}::{name}` any more"),
                "`new` takes the fields without a default, of which there may be four at most: \
                 give the new ones defaults",
            ),
        };
        match self.place_of(owner) {
            Some(place) => Diagnostic::new(code, place.place, message)
                .also(before.place, format!("{} has it", before.version)),
            None => Diagnostic::new(code, before.place, message)
                .label(format!("{} has it", before.version)),
        }
        .note(note)
    }

    fn changed(&self, kind: Kind, before: &Entry, after: &Entry) -> Option<Diagnostic> {
        let Entry {
            owner, name, text, ..
        } = after;
        if before.text == *text || (kind == Kind::Type && *text != NON_EXHAUSTIVE) {
            return None;
        }
        let was = &before.text;
        let (code, message, note) = match kind {
            Kind::Type => (
                Code::RustFunctionChanged,
                format!("`{owner}` cannot be built and matched as a whole any more"),
                "`non-exhaustive` in avro.toml is for types that are new",
            ),
            Kind::Function => (
                Code::RustFunctionChanged,
                format!("`{owner}::{name}` takes {text} and took {was}"),
                "`new` takes the fields without a default, in their order: give new ones a default",
            ),
            _ => (
                Code::RustTypeChanged,
                format!("{} is `{text}` and was `{was}`", member(kind, owner, name)),
                "a codec of your own keeps a Rust type: `codec` in avro.toml",
            ),
        };
        let label = format!("so {} has it", before.version);
        Some(
            Diagnostic::new(code, after.place, message)
                .also(before.place, label)
                .note(note),
        )
    }

    /// What may not be added to a type that code builds or matches as a whole.
    fn added(&self, kind: Kind, after: &Entry) -> Option<Diagnostic> {
        let Entry { owner, name, .. } = after;
        let before = self.old.get(&(Kind::Type, format!("{owner}.")))?;
        if before.text == NON_EXHAUSTIVE {
            return None;
        }
        let (code, message, note) = match kind {
            Kind::Field => (
                Code::RustFieldAdded,
                format!("`{owner}` has a new field `{name}`: code that names all of them breaks"),
                "code that uses the builder goes on; types with `non-exhaustive` in avro.toml can \
                 grow, and crates that use them have the builder alone",
            ),
            Kind::Variant => (
                Code::RustVariantAdded,
                format!("`{owner}` has a new variant `{name}`: code that matches all breaks"),
                "types with `non-exhaustive` in avro.toml can grow, and crates that match them need \
                 an arm for the rest",
            ),
            Kind::Type | Kind::Trait | Kind::Function => return None,
        };
        Some(
            Diagnostic::new(code, after.place, message)
                .also(before.place, format!("{} has it without", before.version))
                .note(note),
        )
    }

    /// The type of this path in the new plan.
    fn place_of(&self, owner: &str) -> Option<&Entry> {
        self.new.get(&(Kind::Type, format!("{owner}.")))
    }
}

fn member(kind: Kind, owner: &str, name: &str) -> String {
    match (kind, name) {
        (Kind::Field, "0") => format!("what `{owner}` holds"),
        (Kind::Variant, _) => format!("the payload of `{owner}::{name}`"),
        _ => format!("field `{name}` of `{owner}`"),
    }
}
