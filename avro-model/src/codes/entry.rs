//! What the table holds for each rule, and the macro that makes the table of it.

use super::Category;
use crate::diagnostic::Severity;

/// What the table says of a [`Code`](super::Code).
pub(super) struct Entry {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) category: Category,
    pub(super) title: &'static str,
    pub(super) explanation: &'static str,
    pub(super) example: &'static str,
    pub(super) fix: &'static str,
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $category:ident $title:literal
        explanation $explanation:literal example $example:literal fix $fix:literal)+) => {
        /// A rule. Shown as `AVR` and three digits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($code, ": ", $title)] $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            pub(super) const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$name => &Entry {
                        code: $code,
                        severity: Severity::$severity,
                        category: Category::$category,
                        title: $title,
                        explanation: $explanation,
                        example: $example,
                        fix: $fix,
                    },)+
                }
            }
        }
    };
}
