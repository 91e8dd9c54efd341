//! The rules: a value and a rule's arguments → whether the value keeps it.
//!
//! The derive calls one function per rule. What a rule can be put on is a trait of its own —
//! [`Range`], [`Length`], [`Text`], [`Present`] — that a type from elsewhere may implement too.
//! All of them look through `Option` and `Box`; what is absent keeps every rule.

mod pattern;
mod present;
mod range;
mod size;

pub use pattern::{Pattern, Text, pattern};
pub use present::{Present, custom};
pub use range::{Range, range};
pub use size::{Length, length, non_empty};
