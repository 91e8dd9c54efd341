//! What a comparison of two sets finds, and its words.

use std::fmt;

use crate::source::Span;

/// A named type, or a top-level schema without a name, that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDiff {
    /// Its fullname, or the stem of its file; in the new set, if it is there.
    pub name: String,
    /// What it is: `record`, `enum`, `union`; in the new set, if it is there.
    pub keyword: &'static str,
    /// Where it stands in the old set; nothing if it was added.
    pub old: Option<Span>,
    /// Where it stands in the new set; nothing if it was removed.
    pub new: Option<Span>,
    /// What changed; empty if it was added or removed.
    pub changes: Vec<Change>,
}

/// One change of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of which part.
    pub part: Part,
    /// What changed.
    pub what: What,
    /// The place in the old set; nothing of a part that was added.
    pub old: Option<Span>,
    /// The place in the new set; nothing of a part that was removed.
    pub new: Option<Span>,
}

/// The part of a type that a change concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The type as a whole.
    Whole,
    /// A field of a record: its name in the new set, if it is there.
    Field(String),
    /// A symbol of an enum.
    Symbol(String),
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The part is new.
    Added(Option<Declared>),
    /// The part is no more.
    Removed(Option<Declared>),
    /// It has another name, and the old one is its alias.
    Renamed {
        /// The old name.
        from: String,
    },
    /// It stands elsewhere among its kind.
    Moved {
        /// What it stands behind now; nothing if it is the first.
        behind: Option<String>,
    },
    /// Something that it says is another, or is said for the first or no more.
    Changed {
        /// What it says it of.
        attribute: Attribute,
        /// What it said: JSON, of a type the text of [`describe`](super::describe).
        old: Option<String>,
        /// What it says.
        new: Option<String>,
    },
}

/// A field that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its type, as [`describe`](super::describe) has it.
    pub schema: String,
    /// Its default, as JSON.
    pub default: Option<String>,
}

/// What a type, field or symbol says something of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// Whether it is a record, an enum, a fixed.
    Kind,
    /// The type of a field, or of a top-level schema without a name.
    Type,
    /// The size of a fixed.
    Size,
    /// The logical type of a fixed.
    LogicalType,
    /// The default of a field or of an enum.
    Default,
    /// The aliases, without one that tells of a renaming.
    Aliases,
    /// How a field takes part in sorting.
    Order,
    /// The documentation.
    Doc,
    /// A custom property.
    Property(String),
}

impl TypeDiff {
    /// Whether the old set has no such type.
    #[must_use]
    pub fn is_added(&self) -> bool {
        self.old.is_none()
    }

    /// Whether the new set has no such type.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.new.is_none()
    }

    /// `+` for an addition, `-` for a removal, `~` for the rest.
    #[must_use]
    pub fn mark(&self) -> char {
        match (self.old, self.new) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        }
    }
}

impl Change {
    /// `+` for an addition, `-` for a removal, `~` for the rest.
    #[must_use]
    pub fn mark(&self) -> char {
        match self.what {
            What::Added(_) => '+',
            What::Removed(_) => '-',
            What::Renamed { .. } | What::Moved { .. } | What::Changed { .. } => '~',
        }
    }
}

impl Part {
    /// The part's word: `type`, `field` or `symbol`.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Whole => "type",
            Self::Field(_) => "field",
            Self::Symbol(_) => "symbol",
        }
    }

    /// The name of a field or symbol.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Whole => None,
            Self::Field(name) | Self::Symbol(name) => Some(name),
        }
    }
}

impl What {
    /// The kind of change: `added`, `removed`, `renamed`, `moved` or `changed`.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Renamed { .. } => "renamed",
            Self::Moved { .. } => "moved",
            Self::Changed { .. } => "changed",
        }
    }
}

impl Attribute {
    /// The attribute's name in a schema: `type`, `default`; of a property its own.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Type => "type",
            Self::Size => "size",
            Self::LogicalType => "logicalType",
            Self::Default => "default",
            Self::Aliases => "aliases",
            Self::Order => "order",
            Self::Doc => "doc",
            Self::Property(name) => name,
        }
    }
}

/// The change on one line, without its [`mark`](Change::mark).
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.part.name() {
            write!(f, "{} `{name}`", self.part.keyword())?;
            let is_bare = matches!(self.what, What::Added(None) | What::Removed(None));
            f.write_str(if is_bare { "" } else { ": " })?;
        }
        match &self.what {
            What::Added(declared) | What::Removed(declared) => match declared {
                Some(declared) => declared.fmt(f),
                None => Ok(()),
            },
            What::Renamed { from } => write!(f, "renamed from `{from}`"),
            What::Moved { behind: Some(name) } => write!(f, "moved behind `{name}`"),
            What::Moved { behind: None } => f.write_str("moved to the front"),
            What::Changed {
                attribute,
                old,
                new,
            } => {
                let attribute = attribute.as_str();
                match (old, new) {
                    (None, Some(new)) => write!(f, "{attribute} added: {new}"),
                    (Some(old), None) => write!(f, "{attribute} removed: {old}"),
                    (old, new) => {
                        let text = |side: &Option<String>| side.clone().unwrap_or_default();
                        write!(f, "{attribute}: {} -> {}", text(old), text(new))
                    }
                }
            }
        }
    }
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.schema)?;
        match &self.default {
            Some(default) => write!(f, " = {default}"),
            None => Ok(()),
        }
    }
}
