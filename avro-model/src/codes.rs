//! The table of findings: a stable code for each rule, with its explanation, an example and the fix.
//!
//! A code never changes its meaning and is never used again. Gaps are room for a family's next rules.

mod document;
#[macro_use]
mod entry;
mod table;

use std::fmt;

use crate::diagnostic::Severity;

use entry::Entry;

pub use document::document;
pub use table::Code;

/// Which runs report a rule. Each category holds those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// What cannot be used, is ignored or has no effect: what a build shows.
    Minimal,
    /// And what can fail readers or lead them astray.
    Basic,
    /// And what other languages, other teams and later versions stumble over: what `lint` shows.
    Standard,
    /// And what is a matter of policy: off unless asked for.
    Extra,
}

/// How a change of a schema breaks others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Data that cannot be read: the verdict of a registry.
    Wire,
    /// Data that are read without an error and mean something else.
    Semantic,
    /// JSON that cannot be read, or is read as something else.
    Json,
    /// Rust code that uses the generated types.
    Source,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 4] = [Self::Wire, Self::Semantic, Self::Json, Self::Source];

    /// The class's name: `WIRE`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "WIRE",
            Self::Semantic => "SEMANTIC",
            Self::Json => "JSON",
            Self::Source => "SOURCE",
        }
    }
}

impl Category {
    /// The category's name: `minimal`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Basic => "basic",
            Self::Standard => "standard",
            Self::Extra => "extra",
        }
    }

    /// The category of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Minimal, Self::Basic, Self::Standard, Self::Extra]
            .into_iter()
            .find(|category| category.as_str() == name)
    }
}

impl Code {
    /// The code as people write it: `AVR001`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.entry().code
    }

    /// The rule in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.entry().title
    }

    /// Why it is a rule.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// A schema, or a part of one, that breaks the rule.
    #[must_use]
    pub const fn example(self) -> &'static str {
        self.entry().example
    }

    /// The same with the mistake put right, or what to do.
    #[must_use]
    pub const fn fix(self) -> &'static str {
        self.entry().fix
    }

    /// How much a finding weighs unless told otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Which runs report it.
    #[must_use]
    pub const fn category(self) -> Category {
        self.entry().category
    }

    /// Whether a lenient run ([`Options::lenient`](crate::Options)) makes a warning of this error:
    /// other implementations accept it, and it leaves the binary form of data in no doubt.
    #[must_use]
    pub const fn is_tolerable(self) -> bool {
        matches!(
            self,
            Self::TrailingComma
                | Self::DuplicateKey
                | Self::ByteOrderMark
                | Self::BadOrder
                | Self::BadName
                | Self::BadNamespace
                | Self::NullNamespace
                | Self::UnknownEnumDefault
                | Self::DefaultMismatch
                | Self::EndlessDefault
        ) || self.is_tolerable_in_part()
    }

    /// Whether that depends on the mistake: a size as a string of digits has a meaning, a negative
    /// one has none. What has made the finding decides.
    pub(crate) const fn is_tolerable_in_part(self) -> bool {
        matches!(
            self,
            Self::BadSize | Self::NestedType | Self::WrongAttribute
        )
    }

    /// Whether a compiled schema alone shows it: the others are found by who makes code of it, or
    /// compares it with another version.
    #[must_use]
    pub const fn is_found_by_compile(self) -> bool {
        !matches!(self, Self::NameClash) && self.class().is_none() && !self.is_about_history()
    }

    /// Whether it is about the deployed versions and their lock.
    const fn is_about_history(self) -> bool {
        matches!(
            self,
            Self::StrayVersion
                | Self::VersionChanged
                | Self::VersionNotLocked
                | Self::VersionMissing
                | Self::VersionGap
                | Self::VersionOfAnotherName
                | Self::UnreadableVersion
                | Self::MalformedLock
                | Self::IdentityChanged
                | Self::SchemaGone
        )
    }

    /// How a change breaks others, if that is what the code is about.
    #[must_use]
    pub const fn class(self) -> Option<Class> {
        match self {
            Self::NameMismatch
            | Self::FixedSizeMismatch
            | Self::MissingEnumSymbols
            | Self::MissingDefault
            | Self::TypeMismatch
            | Self::MissingUnionBranch => Some(Class::Wire),
            Self::DecimalScaleChanged
            | Self::DecimalPrecisionChanged
            | Self::TimeUnitChanged
            | Self::LocalTimestampChanged
            | Self::LogicalTypeChanged
            | Self::LogicalTypeAdded
            | Self::LogicalTypeRemoved
            | Self::SymbolSwallowed => Some(Class::Semantic),
            Self::JsonFieldRenamed
            | Self::JsonFieldMissing
            | Self::JsonSymbolUnknown
            | Self::JsonFormChanged
            | Self::JsonBranchRenamed => Some(Class::Json),
            Self::RustTypeRemoved
            | Self::RustFieldRemoved
            | Self::RustTypeChanged
            | Self::RustFieldAdded
            | Self::RustVariantAdded
            | Self::RustVariantRemoved
            | Self::RustTraitLost
            | Self::RustFunctionChanged => Some(Class::Source),
            _ => None,
        }
    }

    /// Whether it can be switched and excepted: all but errors; and what changes a meaning, for
    /// only people can know that nobody minds.
    #[must_use]
    pub const fn has_exceptions(self) -> bool {
        !matches!(self.severity(), Severity::Error) || matches!(self.class(), Some(Class::Semantic))
    }

    /// The code of a bad name: one that could not be written out in quotes is bad beyond leniency.
    pub(crate) fn of(self, name: &str) -> Self {
        match name.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
            true => Self::UnquotableName,
            false => self,
        }
    }

    /// The code with this text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_in_order() {
        let texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.is_sorted_by(|a, b| a < b), "{texts:?}");
    }

    #[test]
    fn a_code_is_found_by_its_text() {
        assert_eq!(Code::parse("AVR070"), Some(Code::MisplacedLogicalType));
        assert_eq!(Code::parse("AVR999"), None);
    }

    #[test]
    fn what_is_more_than_a_lint_is_minimal() {
        for code in Code::ALL {
            let minimal = code.category() == Category::Minimal;
            assert_eq!(minimal, code.severity() > Severity::Lint, "{code}");
        }
    }

    #[test]
    fn every_entry_says_something() {
        for code in Code::ALL {
            for text in [code.title(), code.explanation(), code.example(), code.fix()] {
                assert!(!text.is_empty(), "{code}");
            }
            assert!(!code.title().ends_with('.'), "{code}");
        }
    }
}
