//! The surface schema: what one file says, names unbound, every node with its place.
//!
//! Made by [`parse`](crate::parse) out of JSON that it borrows; [`link`](crate::link) makes the
//! [`SchemaSet`](crate::schema::SchemaSet) out of it. What could not be read is
//! [`Kind::Poison`], has been reported, and keeps the rest of the file readable.

use crate::json::{Member, Value};
use crate::schema::{Order, SchemaKind};
use crate::source::{FileId, Span};

/// One file whose JSON could be read.
#[derive(Clone, Debug)]
pub struct File<'a> {
    /// The file.
    pub id: FileId,
    /// The file's name without its extension.
    pub stem: String,
    /// The namespace that its names inherit: that of a protocol.
    pub namespace: Option<String>,
    /// Its top-level schemas: one, or the types of a protocol.
    pub roots: Vec<Root<'a>>,
}

/// A top-level schema.
#[derive(Clone, Debug)]
pub struct Root<'a> {
    /// Its JSON.
    pub json: &'a Value,
    /// What that says.
    pub schema: Schema<'a>,
}

/// A schema in place.
#[derive(Clone, Debug)]
pub struct Schema<'a> {
    /// Where it is written.
    pub span: Span,
    /// What it says.
    pub kind: Kind<'a>,
    /// The members that are not part of `kind`, in order: logical types with their parameters,
    /// misplaced attributes, custom properties. Those of a definition are in [`Definition`].
    pub attributes: Vec<&'a Member>,
}

/// What a [`Schema`] says.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// Something that was reported.
    Poison,
    /// One of the eight primitive types.
    Primitive(Primitive),
    /// A name that stands for a type.
    Reference(&'a str),
    /// An array of items.
    Array(Box<Schema<'a>>),
    /// A map of values.
    Map(Box<Schema<'a>>),
    /// A union of branches.
    Union(Vec<Schema<'a>>),
    /// The definition of a named type.
    Definition(Box<Definition<'a>>),
}

/// The primitive types (specification 1.12, "Primitive Types").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named after the types")]
pub enum Primitive {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
}

/// The definition of a record, enum or fixed.
#[derive(Clone, Debug)]
pub struct Definition<'a> {
    /// The definition's JSON object.
    pub json: &'a Value,
    /// Its name, as written, and its place; nothing if that was reported.
    pub name: Option<(&'a str, Span)>,
    /// The attribute `namespace`, as written, and its place.
    pub namespace: Option<(&'a str, Span)>,
    /// The documentation.
    pub doc: Option<&'a str>,
    /// Alternative names, as written.
    pub aliases: Vec<(&'a str, Span)>,
    /// What is defined.
    pub body: Body<'a>,
    /// The members that the specification gives no meaning here, in order.
    pub attributes: Vec<&'a Member>,
    /// Whether nothing in the definition's own attributes was reported.
    pub sound: bool,
}

/// What a [`Definition`] defines.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// A record, or an error of a protocol.
    Record {
        /// The fields, in order.
        fields: Vec<Field<'a>>,
        /// Whether it was declared as an `error`.
        is_error: bool,
    },
    /// An enum.
    Enum {
        /// The symbols, in order.
        symbols: Vec<(&'a str, Span)>,
        /// The default, as written.
        default: Option<&'a Value>,
    },
    /// A fixed number of bytes.
    Fixed {
        /// How many.
        size: usize,
    },
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The field's JSON object.
    pub json: &'a Value,
    /// Its name and the name's place.
    pub name: (&'a str, Span),
    /// Its schema.
    pub schema: Schema<'a>,
    /// The documentation.
    pub doc: Option<&'a str>,
    /// The default, as written.
    pub default: Option<&'a Value>,
    /// How the field takes part in sorting.
    pub order: Order,
    /// Alternative names.
    pub aliases: Vec<(&'a str, Span)>,
    /// The members that the specification gives no meaning here, in order.
    pub attributes: Vec<&'a Member>,
}

impl Primitive {
    /// Every primitive type, in the specification's order.
    pub const ALL: [Self; 8] = [
        Self::Null,
        Self::Boolean,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::Bytes,
        Self::String,
    ];

    /// The primitive type of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|primitive| primitive.as_str() == name)
    }

    /// The type's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
        }
    }
}

impl From<Primitive> for SchemaKind {
    fn from(primitive: Primitive) -> Self {
        match primitive {
            Primitive::Null => Self::Null,
            Primitive::Boolean => Self::Boolean,
            Primitive::Int => Self::Int,
            Primitive::Long => Self::Long,
            Primitive::Float => Self::Float,
            Primitive::Double => Self::Double,
            Primitive::Bytes => Self::Bytes,
            Primitive::String => Self::String,
        }
    }
}
