//! The plan: everything that generated code says, before it is written. Every name is chosen.

use avro_model::schema::TypeId;
use avro_model::source::Span;

use super::code::Code;
use super::names::Ident;
use crate::config::{MapType, SubjectNames};

/// One generated file.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The path of the runtime crate.
    pub(crate) runtime: Code,
    /// The schemas' paths, relative to the manifest.
    pub(crate) sources: Vec<String>,
    /// Types of other crates, and the identities that they must have.
    pub(crate) asserts: Vec<ExternalAssert>,
    pub(crate) modules: Vec<Module>,
    pub(crate) topics: Vec<Topic>,
}

/// A type of another crate and the identity that was linked against.
#[derive(Debug)]
pub(crate) struct ExternalAssert {
    pub(crate) path: Code,
    pub(crate) fullname: String,
    pub(crate) identity: [u8; 32],
}

/// A namespace.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) name: Ident,
    pub(crate) docs: String,
    /// Whether its items are shown one level higher: those without a namespace.
    pub(crate) flattened: bool,
    pub(crate) modules: Vec<Self>,
    pub(crate) items: Vec<Item>,
}

/// A generated type.
#[derive(Debug)]
pub(crate) enum Item {
    Record(Record),
    Enum(Enum),
    Newtype(Newtype),
    Union(Union),
}

/// What every generated type has.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) name: Ident,
    /// Where the schema has it.
    pub(crate) place: Span,
    pub(crate) docs: Vec<String>,
    pub(crate) attributes: Vec<Code>,
    /// Derives from the standard library, by name.
    pub(crate) derives: Vec<&'static str>,
    /// Derives that the user asked for.
    pub(crate) user_derives: Vec<Code>,
    pub(crate) non_exhaustive: bool,
    /// The schema's name for serde, if its traits are derived.
    pub(crate) serde: Option<String>,
    /// The name of the view, if there is something to borrow.
    pub(crate) view: Option<Ident>,
    pub(crate) min_len: u32,
    pub(crate) recursive: bool,
    pub(crate) has_rules: bool,
    pub(crate) json: bool,
    /// The schema whose constants it has; a union inside a record has none.
    pub(crate) schema: Option<SchemaOf>,
    /// The deployed versions that it can read.
    pub(crate) deployed: Vec<DeployedVersion>,
}

/// A deployed version that is compiled in.
#[derive(Clone, Debug)]
pub(crate) struct DeployedVersion {
    pub(crate) fullname: String,
    /// From 1.
    pub(crate) number: u32,
    /// Self-contained.
    pub(crate) schema: String,
    pub(crate) rabin: u64,
    pub(crate) identity: [u8; 32],
}

/// A schema of the set that was planned.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemaOf {
    Type(TypeId),
    /// A top-level schema, by its place among them.
    Root(usize),
}

#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) head: Head,
    pub(crate) fullname: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) default: DefaultImpl,
    pub(crate) builder: Option<Ident>,
    /// Whether there are few enough required fields for a `new`.
    pub(crate) has_new: bool,
    /// Whether the encoders of its fields stand inline; out of line there is one for each type.
    pub(crate) encoders_inline: bool,
    /// The same of the decoders. Where there are many, rustc would take seconds for them inline.
    pub(crate) decoders_inline: bool,
}

/// How a type implements `Default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefaultImpl {
    None,
    Derived,
    Written,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Ident,
    /// The name of its method in the builder.
    pub(crate) setter: Ident,
    /// What a variable with its value is called: like the field, unless a type has that name, of
    /// which a pattern would be one.
    pub(crate) variable: Ident,
    pub(crate) schema_name: String,
    pub(crate) place: Span,
    pub(crate) docs: Vec<String>,
    pub(crate) attributes: Vec<Code>,
    pub(crate) coded: Coded,
    pub(crate) default: Option<Literal>,
    /// The default in binary, for data whose writer does not have the field.
    pub(crate) default_datum: Option<Vec<u8>>,
    /// What stands in `#[validate(…)]`.
    pub(crate) rules: Vec<Rule>,
}

/// A rule, as the derive reads it.
#[derive(Debug, PartialEq)]
pub(crate) enum Rule {
    Range(Option<Code>, Option<Code>),
    Length(Option<Code>, Option<Code>),
    Pattern(String),
    NonEmpty,
    Custom(Code),
    Nested,
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) head: Head,
    pub(crate) fullname: String,
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) default: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Symbol {
    pub(crate) name: Ident,
    pub(crate) symbol: String,
    pub(crate) place: Span,
    pub(crate) attributes: Vec<Code>,
}

/// A struct around one value: a fixed, or a top-level schema without a name.
#[derive(Debug)]
pub(crate) struct Newtype {
    pub(crate) head: Head,
    pub(crate) coded: Coded,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) head: Head,
    /// How many branches the union has in the schema, null included.
    pub(crate) branches: usize,
    pub(crate) variants: Vec<Variant>,
    /// The variant of an empty value, as an index of `variants`.
    pub(crate) blank: usize,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: Ident,
    pub(crate) place: Span,
    /// The branch's index in the schema.
    pub(crate) branch: usize,
    /// The branch's name in Avro's JSON encoding.
    pub(crate) tag: String,
    /// The payload; null has none.
    pub(crate) coded: Option<Coded>,
    /// Whether the payload's type occurs in this variant only.
    pub(crate) has_from: bool,
    /// Whether untagged JSON of this branch may be taken for an earlier one.
    pub(crate) ambiguous: bool,
}

/// How a schema stands in Rust.
#[derive(Clone, Debug)]
pub(crate) struct Coded {
    pub(crate) ty: Ty,
    /// The type in views; equal to `ty` where there is nothing to borrow.
    pub(crate) view: Ty,
    pub(crate) codec: Codec,
}

impl Coded {
    pub(crate) fn borrows(&self) -> bool {
        self.ty != self.view
    }
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Unit,
    Bool,
    I32,
    I64,
    F32,
    F64,
    String,
    Bytes,
    Array(usize),
    /// `&'a str`
    Str,
    /// `&'a [u8]`
    Slice,
    Vec(Box<Self>),
    /// A map in a view: pairs.
    Pairs(Box<Self>),
    Option(Box<Self>),
    Boxed(Box<Self>),
    Map(MapType, Box<Self>),
    /// A generated type.
    Local(Local),
    /// A type below the runtime's root.
    Runtime(&'static str),
    /// `chrono::DateTime<chrono::Utc>`
    UtcTime,
    /// A type of the user or of another crate.
    Foreign(Code),
    /// The view of a type of another crate, without its lifetime.
    ForeignView(Code),
}

/// The way from one module to a generated type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    /// How many modules up.
    pub(crate) up: usize,
    /// The modules down from there.
    pub(crate) down: Vec<Ident>,
    pub(crate) name: Ident,
    /// Whether it is a view with a lifetime.
    pub(crate) borrows: bool,
}

/// A codec type of the runtime, or one of the user's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Codec {
    Plain(&'static str),
    /// A logical type's codec and the library that its Rust type comes from.
    Library(&'static str, &'static str),
    FixedBytes(usize),
    DecimalBytes {
        precision: u32,
        scale: u32,
    },
    DecimalFixed {
        size: usize,
        precision: u32,
        scale: u32,
    },
    Boxed(Box<Self>),
    Nullable(Box<Self>, NullFirst),
    NullableUnion {
        null: usize,
    },
    Array(Box<Self>, SizedBlocks),
    Map(Box<Self>, SizedBlocks),
    /// The codec of a fixed that has no Rust type of its own, and its fullname.
    NamedFixed(Box<Self>, String),
    Custom(Code),
}

/// Whether it is written with the number of bytes that its elements take.
pub(crate) type SizedBlocks = bool;

/// Whether null is the first of two branches.
pub(crate) type NullFirst = bool;

/// A value as an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Unit,
    Bool(bool),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    String(String),
    Bytes(Vec<u8>),
    Array(Vec<u8>),
    None,
    Some(Box<Self>),
    Boxed(Box<Self>),
    List(Vec<Self>),
    Map(MapType, Vec<(String, Self)>),
    Record(Local, Vec<(Ident, Self)>),
    /// An enum's symbol, or a union's branch with its payload.
    Variant(Local, Ident, Option<Box<Self>>),
    Newtype(Local, Box<Self>),
    /// A value that has no literal: decoded from its binary encoding.
    Datum(Codec, Vec<u8>),
}

impl Literal {
    /// Whether this is what `#[derive(Default)]` gives.
    pub(crate) fn is_rust_default(&self) -> bool {
        match self {
            Self::Unit | Self::None => true,
            Self::Bool(value) => !value,
            Self::I32(value) => *value == 0,
            Self::I64(value) => *value == 0,
            Self::F32(value) => value.to_bits() == 0,
            Self::F64(value) => value.to_bits() == 0,
            Self::String(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(_, entries) => entries.is_empty(),
            _ => false,
        }
    }
}

impl Literal {
    /// Whether the value owns memory, or may.
    pub(crate) fn owns_memory(&self) -> bool {
        match self {
            Self::String(_) | Self::Bytes(_) | Self::List(_) | Self::Map(..) => {
                !self.is_rust_default()
            }
            Self::Boxed(_) | Self::Datum(..) => true,
            Self::Some(inner) | Self::Newtype(_, inner) => inner.owns_memory(),
            Self::Record(_, fields) => fields.iter().any(|(_, value)| value.owns_memory()),
            Self::Variant(_, _, payload) => payload.as_ref().is_some_and(|it| it.owns_memory()),
            _ => false,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Topic {
    /// The name of the type that stands for the topic.
    pub(crate) name: Ident,
    pub(crate) topic: String,
    /// What its values can be; never empty.
    pub(crate) values: Vec<TopicValue>,
    /// The enum of its values, if they have several types.
    pub(crate) several: Option<Several>,
    pub(crate) docs: Vec<String>,
    pub(crate) key: Option<TopicKey>,
    pub(crate) subject: SubjectNames,
}

/// One type of a topic's values.
#[derive(Debug)]
pub(crate) struct TopicValue {
    pub(crate) ty: Ty,
    pub(crate) fullname: String,
    pub(crate) place: Span,
    /// Its variant, where there are several.
    pub(crate) variant: Ident,
}

/// The enum of a topic's several types of value, and the enum of what reads them.
#[derive(Debug)]
pub(crate) struct Several {
    pub(crate) name: Ident,
    pub(crate) reader: Ident,
}

/// The field that is a topic's key.
#[derive(Debug)]
pub(crate) struct TopicKey {
    /// The field of each type of value; of a union, of each branch.
    pub(crate) fields: Vec<KeyField>,
    /// The key's type as the runtime's `topic::Key` knows it.
    pub(crate) ty: KeyTy,
}

/// A field that is a key.
#[derive(Debug)]
pub(crate) struct KeyField {
    /// The variant that holds the record, where the value is an enum.
    pub(crate) variant: Option<Ident>,
    pub(crate) name: Ident,
    /// Whether it may be null, and the record then has no key.
    pub(crate) optional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyTy {
    Str,
    Bytes,
    I32,
    I64,
    Uuid,
}
