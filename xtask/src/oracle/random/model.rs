//! A schema while it is built and changed: named types in an arena, references by index.

pub(crate) use avro_model::datum::Datum;

/// A schema and the named types that it leads to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Model {
    pub(crate) types: Vec<Named>,
    pub(crate) root: Schema,
}

/// A schema in place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Schema {
    Primitive(Primitive, Option<Logical>),
    Array(Box<Self>),
    Map(Box<Self>),
    Union(Vec<Self>),
    /// A type of the arena, by its index.
    Named(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Primitive {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
}

/// A logical type; whether it is valid depends on what carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Logical {
    Decimal {
        precision: usize,
        scale: usize,
    },
    /// One without parameters, by its name.
    Plain(&'static str),
}

/// A record, enum or fixed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: Name,
    pub(crate) aliases: Vec<Name>,
    pub(crate) doc: Option<&'static str>,
    pub(crate) definition: Definition,
}

/// A fullname; the null namespace is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) namespace: &'static str,
    pub(crate) short: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Definition {
    Record {
        fields: Vec<Field>,
        is_error: bool,
    },
    Enum {
        symbols: Vec<String>,
        default: Option<String>,
    },
    Fixed {
        size: usize,
        logical: Option<Logical>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) doc: Option<&'static str>,
    pub(crate) schema: Schema,
    pub(crate) default: Option<Datum>,
    pub(crate) order: Option<&'static str>,
}

impl Primitive {
    pub(crate) const ALL: [Self; 8] = [
        Self::Null,
        Self::Boolean,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::Bytes,
        Self::String,
    ];

    /// Its name in a schema.
    pub(crate) fn word(self) -> &'static str {
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

    /// The types that read what this one wrote (specification 1.12, "Schema Resolution").
    pub(crate) fn promotions(self) -> &'static [Self] {
        match self {
            Self::Int => &[Self::Long, Self::Float, Self::Double],
            Self::Long => &[Self::Float, Self::Double],
            Self::Float => &[Self::Double],
            Self::Bytes => &[Self::String],
            Self::String => &[Self::Bytes],
            _ => &[],
        }
    }
}

impl Logical {
    /// The name that `logicalType` has.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Decimal { .. } => "decimal",
            Self::Plain(word) => word,
        }
    }
}

impl Name {
    /// The whole of it, with dots.
    pub(crate) fn full(&self) -> String {
        match self.namespace {
            "" => self.short.clone(),
            namespace => format!("{namespace}.{}", self.short),
        }
    }
}

impl Named {
    /// Its word in a schema.
    pub(crate) fn word(&self) -> &'static str {
        match &self.definition {
            Definition::Record { is_error: true, .. } => "error",
            Definition::Record { .. } => "record",
            Definition::Enum { .. } => "enum",
            Definition::Fixed { .. } => "fixed",
        }
    }

    /// Whether both are records, enums or fixed.
    pub(crate) fn is_of_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.definition) == std::mem::discriminant(&other.definition)
    }

    /// The fields of a record, none of the others.
    pub(crate) fn fields(&self) -> &[Field] {
        match &self.definition {
            Definition::Record { fields, .. } => fields,
            _ => &[],
        }
    }

    /// The fields of a record, to be changed.
    pub(crate) fn fields_mut(&mut self) -> Option<&mut Vec<Field>> {
        match &mut self.definition {
            Definition::Record { fields, .. } => Some(fields),
            _ => None,
        }
    }
}

impl From<Primitive> for Schema {
    fn from(primitive: Primitive) -> Self {
        Self::Primitive(primitive, None)
    }
}

impl Schema {
    /// The schemas directly inside.
    pub(crate) fn inner(&self) -> &[Self] {
        match self {
            Self::Primitive(..) | Self::Named(_) => &[],
            Self::Array(inner) | Self::Map(inner) => std::slice::from_ref(inner),
            Self::Union(branches) => branches,
        }
    }

    fn inner_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Primitive(..) | Self::Named(_) => &mut [],
            Self::Array(inner) | Self::Map(inner) => std::slice::from_mut(inner),
            Self::Union(branches) => branches,
        }
    }

    /// Visits this schema and those inside it, outermost first; types of the arena are not entered.
    pub(crate) fn visit<'s>(&'s self, visitor: &mut impl FnMut(&'s Self)) {
        visitor(self);
        for inner in self.inner() {
            inner.visit(visitor);
        }
    }

    /// The same, to change them.
    pub(crate) fn visit_mut(&mut self, visitor: &mut impl FnMut(&mut Self)) {
        visitor(self);
        for inner in self.inner_mut() {
            inner.visit_mut(visitor);
        }
    }
}

impl Model {
    /// Visits every schema in place: those of the root, then those of each type's fields.
    pub(crate) fn visit<'m>(&'m self, visitor: &mut impl FnMut(&'m Schema)) {
        self.root.visit(visitor);
        for field in self.types.iter().flat_map(Named::fields) {
            field.schema.visit(visitor);
        }
    }

    /// The same, to change them.
    pub(crate) fn visit_mut(&mut self, visitor: &mut impl FnMut(&mut Schema)) {
        self.root.visit_mut(visitor);
        for named in &mut self.types {
            for field in named.fields_mut().into_iter().flatten() {
                field.schema.visit_mut(visitor);
            }
        }
    }

    /// How often each type is referred to.
    pub(crate) fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.types.len()];
        self.visit(&mut |schema| {
            if let Schema::Named(index) = schema {
                uses[*index] += 1;
            }
        });
        uses
    }

    /// Of each type, whether its fields lead to this one.
    pub(crate) fn leading_to(&self, to: usize) -> Vec<bool> {
        let mut leads = vec![false; self.types.len()];
        for _ in &self.types {
            for (index, named) in self.types.iter().enumerate() {
                for field in named.fields() {
                    field.schema.visit(&mut |schema| {
                        if let Schema::Named(next) = schema
                            && (*next == to || leads[*next])
                        {
                            leads[index] = true;
                        }
                    });
                }
            }
        }
        leads
    }
}
