//! Where a comparison stands: a schema in its set, the way that led there, the place in the source.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::checker::MOST_PAIRS;
use crate::name::Fullname;
use crate::schema::{Field, LogicalType, Root, Schema, SchemaKind, SchemaSet, TypeId};
use crate::shape::Shape;
use crate::source::Span;
use crate::steps::step;

/// One schema of a comparison, with the set that its references point into.
///
/// The two sides of a comparison may come from one set or from two, and their spans belong to
/// the sources of their own sets.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub(super) set: &'a SchemaSet,
    pub(super) at: At<'a>,
}

/// A place in one of the two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// A JSON pointer with references followed; see [the module](super#locations).
    pub location: String,
    /// The place in the source.
    pub span: Span,
    /// The named type whose definition holds the place: what is to be changed.
    pub within: Option<Fullname>,
}

/// A schema where the comparison meets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) node: Node<'a>,
    /// Where it is written: of a reference, the reference.
    pub(super) span: Span,
    /// The named type around it, and the field of that type.
    pub(super) within: Option<TypeId>,
    pub(super) field: Option<&'a str>,
}

/// A schema, references followed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node<'a> {
    Named(TypeId),
    Plain(&'a Schema),
}

/// What makes two nodes the same node: of a named type the type, else the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Named(TypeId),
    Plain(usize),
}

impl<'a> Side<'a> {
    /// A schema of this set.
    #[must_use]
    pub fn schema(schema: &'a Schema, set: &'a SchemaSet) -> Self {
        Self {
            set,
            at: At::new(schema, None, None),
        }
    }

    /// A top-level schema of this set.
    #[must_use]
    pub fn root(root: &'a Root, set: &'a SchemaSet) -> Self {
        Self::schema(&root.schema, set)
    }

    /// A named type of this set.
    #[must_use]
    pub fn named(id: TypeId, set: &'a SchemaSet) -> Self {
        let at = At {
            node: Node::Named(id),
            span: set[id].span,
            within: None,
            field: None,
        };
        Self { set, at }
    }
}

impl<'a> At<'a> {
    fn new(schema: &'a Schema, within: Option<TypeId>, field: Option<&'a str>) -> Self {
        Self {
            node: Node::of(schema),
            span: schema.span,
            within,
            field,
        }
    }

    /// The items, values or a branch of this schema.
    pub(super) fn inner(self, schema: &'a Schema) -> Self {
        Self::new(schema, self.within, self.field)
    }

    /// The schema of a field of this record.
    pub(super) fn field(self, field: &'a Field) -> Self {
        Self::new(&field.schema, self.node.id(), Some(&field.name))
    }

    /// The named type whose definition holds this place; of a definition, itself.
    pub(super) fn inside(self) -> Option<TypeId> {
        self.node.id().or(self.within)
    }
}

impl<'a> Node<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match schema.kind {
            SchemaKind::Named(id) => Self::Named(id),
            _ => Self::Plain(schema),
        }
    }

    pub(super) fn key(self) -> Key {
        match self {
            Self::Named(id) => Key::Named(id),
            Self::Plain(schema) => Key::Plain(std::ptr::from_ref(schema).addr()),
        }
    }

    fn is_primitive(self) -> bool {
        use SchemaKind::{Array, Map, Named, Union};
        match self {
            Self::Named(_) => false,
            Self::Plain(schema) => !matches!(schema.kind, Array(_) | Map(_) | Union(_) | Named(_)),
        }
    }

    fn id(self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(id),
            Self::Plain(_) => None,
        }
    }

    pub(super) fn shape(self, set: &'a SchemaSet) -> Shape<'a> {
        match self {
            Self::Named(id) => Shape::named(id, set),
            Self::Plain(schema) => Shape::of(schema, set),
        }
    }

    pub(super) fn logical(self, set: &SchemaSet) -> Option<LogicalType> {
        match self {
            Self::Named(id) => set[id].logical_type(),
            Self::Plain(schema) => schema.logical_type(set),
        }
    }
}

/// The pairs of schemas that a walk has met.
#[derive(Debug, Default)]
pub(super) struct Met(BTreeSet<(Key, Key)>);

impl Met {
    /// Whether a pair is to be visited: it was not met yet. Of very many pairs the rest is left out;
    /// the verdict is then that the schemas are too large to be compared.
    pub(super) fn is_new(&mut self, reader: Node<'_>, writer: Node<'_>) -> bool {
        step();
        if reader.is_primitive() && writer.is_primitive() {
            // Such a pair is met once, with what holds it.
            return true;
        }
        self.0.len() < MOST_PAIRS && self.0.insert((reader.key(), writer.key()))
    }
}

/// A way from a root into a schema, kept in [`Trails`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trail(Option<usize>);

/// A step of a way.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    Key(&'static str),
    Index(usize),
}

/// How many steps the pointers of a comparison show in full, all together. References can lead as
/// deep as there are types, and a finding at each level would make the text grow with the square.
const STEPS_IN_FULL: usize = 1 << 22;

/// How many of its last steps a pointer shows after that.
const LAST_STEPS: usize = 512;

/// Ways that share their beginnings: a step costs the same however deep it leads.
#[derive(Debug)]
pub(super) struct Trails {
    steps: Vec<(Trail, Token)>,
    in_full: Cell<usize>,
}

impl Default for Trails {
    fn default() -> Self {
        let in_full = Cell::new(STEPS_IN_FULL);
        let steps = Vec::new();
        Self { steps, in_full }
    }
}

impl Trails {
    pub(super) fn step(&mut self, from: Trail, tokens: &[Token]) -> Trail {
        let mut trail = from;
        for &token in tokens {
            self.steps.push((trail, token));
            trail = Trail(Some(self.steps.len() - 1));
        }
        trail
    }

    /// The way as a JSON pointer, `/` for the root as Java writes it. No token needs escaping.
    ///
    /// When the pointers of this comparison have shown very many steps, those of a longer way are
    /// its last ones, behind `…`.
    pub(super) fn pointer(&self, trail: Trail) -> String {
        let most = self.in_full.get().max(LAST_STEPS);
        let mut tokens = Vec::new();
        let mut at = trail;
        while let Some((from, token)) = at.0.and_then(|index| self.steps.get(index)) {
            if tokens.len() == most {
                // The deepest steps are the ones that tell.
                tokens.truncate(LAST_STEPS);
                tokens.push("…".to_owned());
                tokens.reverse();
                return tokens.join("/");
            }
            step();
            tokens.push(match token {
                Token::Key(key) => (*key).to_owned(),
                Token::Index(index) => index.to_string(),
            });
            at = *from;
        }
        self.in_full
            .set(self.in_full.get().saturating_sub(tokens.len()));
        if tokens.is_empty() {
            return "/".to_owned();
        }
        tokens.push(String::new());
        tokens.reverse();
        tokens.join("/")
    }
}
