//! How a check goes through the types that fields are made of.
//!
//! Containers pass it on to what they hold; the types that stand for Avro's primitive and logical
//! types have no rules of their own.

use super::{Report, Validate};
use std::collections::BTreeMap;

impl<T: Validate + ?Sized> Validate for &T {
    const HAS_RULES: bool = T::HAS_RULES;

    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        (**self).validate_into(report);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    const HAS_RULES: bool = T::HAS_RULES;

    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        (**self).validate_into(report);
    }
}

impl<T: Validate> Validate for Option<T> {
    const HAS_RULES: bool = T::HAS_RULES;

    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        if let Some(value) = self {
            value.validate_into(report);
        }
    }
}

impl<T: Validate> Validate for [T] {
    const HAS_RULES: bool = T::HAS_RULES;

    fn validate_into(&self, report: &mut Report<'_>) {
        if T::HAS_RULES {
            for (index, item) in self.iter().enumerate() {
                item.validate_into(&mut report.index(index));
            }
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    const HAS_RULES: bool = T::HAS_RULES;

    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        self.as_slice().validate_into(report);
    }
}

impl<T: Validate, const N: usize> Validate for [T; N] {
    const HAS_RULES: bool = T::HAS_RULES;

    #[inline]
    fn validate_into(&self, report: &mut Report<'_>) {
        self.as_slice().validate_into(report);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    const HAS_RULES: bool = T::HAS_RULES;

    fn validate_into(&self, report: &mut Report<'_>) {
        if T::HAS_RULES {
            for (key, value) in self {
                value.validate_into(&mut report.key(key));
            }
        }
    }
}

/// Violations come in the order of the keys, so that equal maps give equal reports; that takes a
/// list of the entries, the one allocation that a check of a valid value can make.
#[allow(
    clippy::disallowed_types,
    reason = "the entries are sorted before their order can show"
)]
impl<T: Validate, S> Validate for std::collections::HashMap<String, T, S> {
    const HAS_RULES: bool = T::HAS_RULES;

    fn validate_into(&self, report: &mut Report<'_>) {
        if T::HAS_RULES {
            let mut entries: Vec<(&String, &T)> = self.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (key, value) in entries {
                value.validate_into(&mut report.key(key));
            }
        }
    }
}

/// `impl Validate for T {}`.
macro_rules! without_rules {
    ($($ty:ty),+ $(,)?) => {
        $(impl Validate for $ty {})+
    };
}

without_rules!(
    (),
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    str,
    String
);
without_rules!(crate::types::Decimal, crate::types::Duration);
#[cfg(feature = "uuid")]
without_rules!(uuid::Uuid);
#[cfg(feature = "chrono")]
without_rules!(chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime);
#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> Validate for chrono::DateTime<Z> {}
