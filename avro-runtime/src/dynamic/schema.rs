//! A linked schema that can be shared.

use core::fmt;
use std::sync::Arc;

use avro_model::schema::{self, SchemaKind, SchemaSet, TypeId};
use avro_model::{TextError, canonical, identity};

/// A schema, linked; cheap to clone.
#[derive(Clone)]
pub struct Schema {
    set: Arc<SchemaSet>,
    root: Arc<schema::Schema>,
}

impl Schema {
    /// Reads one self-contained schema, leniently, as a writer's: mistakes that leave the binary
    /// form of data in no doubt are let pass.
    ///
    /// # Errors
    /// A text that is no valid schema, with everything that is wrong with it.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let set = avro_model::compile_text(text)?;
        let root = set.roots().first().map(|root| root.schema.clone());
        match root {
            Some(root) => Ok(Self::of(Arc::new(set), root)),
            None => Err(TextError::new("the text holds no schema")),
        }
    }

    /// A schema of a set that was linked elsewhere.
    #[must_use]
    pub fn of(set: Arc<SchemaSet>, schema: schema::Schema) -> Self {
        let root = Arc::new(schema);
        Self { set, root }
    }

    /// A named type of a set that was linked elsewhere.
    #[must_use]
    pub fn of_type(set: Arc<SchemaSet>, id: TypeId) -> Self {
        let root = schema::Schema {
            kind: SchemaKind::Named(id),
            logical: None,
            span: set[id].span,
            attributes: Vec::new(),
        };
        Self::of(set, root)
    }

    /// The set that the schema's references point into.
    #[must_use]
    pub fn set(&self) -> &SchemaSet {
        &self.set
    }

    /// The schema itself.
    #[must_use]
    pub fn root(&self) -> &schema::Schema {
        &self.root
    }

    /// The fullname, if it has one.
    #[must_use]
    pub fn fullname(&self) -> Option<&str> {
        match self.root.kind {
            SchemaKind::Named(id) => Some(self.set[id].fullname.as_str()),
            _ => None,
        }
    }

    /// The Parsing Canonical Form.
    #[must_use]
    pub fn canonical_form(&self) -> String {
        canonical::form(&self.set, &self.root)
    }

    /// What two schemas have in common that give every datum the same meaning.
    #[must_use]
    pub fn identity(&self) -> [u8; 32] {
        identity::of(&self.set, &self.root)
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({})", self.canonical_form())
    }
}

/// By [`identity`](Schema::identity).
impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.set, &other.set) && Arc::ptr_eq(&self.root, &other.root))
            || self.identity() == other.identity()
    }
}

impl Eq for Schema {}
