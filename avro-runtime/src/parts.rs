//! Errors of the small conveniences of generated types.

use core::fmt;

/// A string that is none of the symbols of an enum: the error of its `FromStr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSymbol {
    fullname: &'static str,
    symbol: Box<str>,
}

impl UnknownSymbol {
    /// This string is no symbol of the enum of this fullname.
    pub fn new(fullname: &'static str, symbol: &str) -> Self {
        Self {
            fullname,
            symbol: symbol.into(),
        }
    }

    /// The string.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }
}

impl fmt::Display for UnknownSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "enum {} has no symbol {:?}", self.fullname, self.symbol)
    }
}

impl std::error::Error for UnknownSymbol {}

/// A field that has no default and was not set: the error of a builder's `build`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingField {
    fullname: &'static str,
    field: &'static str,
}

impl MissingField {
    /// The record of this fullname lacks this field.
    pub const fn new(fullname: &'static str, field: &'static str) -> Self {
        Self { fullname, field }
    }

    /// The record of this fullname lacks the first of these fields that is not there.
    #[cold]
    pub fn first(fullname: &'static str, there: &[(&'static str, bool)]) -> Self {
        let missing = there.iter().find(|(_, there)| !there);
        Self::new(fullname, missing.map_or("", |(field, _)| field))
    }

    /// The field's name in the schema.
    pub const fn field(&self) -> &'static str {
        self.field
    }
}

impl fmt::Display for MissingField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "record {} needs field {:?}, which has no default; set it before build()",
            self.fullname, self.field
        )
    }
}

impl std::error::Error for MissingField {}
