//! A value and the rules of its type → every violation, with its path and a code.
//!
//! A rule restricts what Avro's types cannot: a quantity of at least one, a currency of three
//! letters. Rules are written in `avro.toml` or, on a type of one's own, with
//! `#[derive(Validate)]`:
//!
#![cfg_attr(feature = "derive", doc = "```")]
#![cfg_attr(not(feature = "derive"), doc = "```ignore")]
//! use avro_runtime::Validate;
//!
//! #[derive(Validate)]
//! struct Item {
//!     #[validate(non_empty)]
//!     sku: String,
//!     #[validate(range(min = 1))]
//!     quantity: i32,
//! }
//!
//! #[derive(Validate)]
//! struct Order {
//!     #[validate(pattern = "^[A-Z]{3}$")]
//!     currency: Option<String>,
//!     #[validate(length(max = 1000), nested)]
//!     items: Vec<Item>,
//! }
//!
//! let item = Item { sku: String::from("A-1"), quantity: 0 };
//! let order = Order { currency: Some(String::from("EUR")), items: vec![item] };
//!
//! let violations = order.validate().unwrap_err();
//! let found: Vec<_> = violations.iter().map(|found| (found.path.as_str(), &*found.code)).collect();
//! assert_eq!(found, [("items[0].quantity", "range")]);
//! ```
//!
//! A rule on an `Option` applies to the value when there is one. All violations are collected, and
//! the report allocates nothing as long as there is none: paths become text only where something is
//! found. (A pattern is compiled at its first use, and the entries of a `HashMap` whose values have
//! rules are sorted first.) Messages never contain the value itself, so that they may be logged.

mod report;
pub mod rule;
mod structure;
#[cfg(test)]
mod tests;
mod violation;

pub use report::Report;
pub use violation::{Broken, Violation, Violations};

/// A type whose values can be checked against rules.
///
/// Every generated type implements it. Without rules the implementation is empty and
/// [`HAS_RULES`](Self::HAS_RULES) is false, so that a check of such a type costs nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules that could be checked",
    label = "does not implement `Validate`",
    note = "derive it with `#[derive(Validate)]`, or write `impl Validate for {Self} {{}}` if the type has no rules"
)]
pub trait Validate {
    /// Whether [`validate_into`](Self::validate_into) can find anything: false promises that it
    /// does nothing.
    const HAS_RULES: bool = false;

    /// Adds every rule that this value violates to the report, at the report's place.
    ///
    /// Implemented by the derive, called by [`validate`](Self::validate) and by the types that
    /// contain this one.
    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        let _ = report;
    }

    /// Checks this value against all rules of its type and of the types in it.
    ///
    /// # Errors
    ///
    /// [`Violations`]: all of them, each with its path, in the order of the fields.
    fn validate(&self) -> Result<(), Violations> {
        if Self::HAS_RULES {
            Report::collect(|report| self.validate_into(report))
        } else {
            Ok(())
        }
    }
}
