//! Numbers of things in messages.

use core::fmt;

/// So many of a thing whose plural ends in "s": "1 byte", "2 bytes".
///
/// ```
/// use avro_model::count::Count;
/// assert_eq!(Count(1, "byte").to_string(), "1 byte");
/// assert_eq!(Count(0, "byte").to_string(), "0 bytes");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub usize, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, thing) = self;
        let plural = if *number == 1 { "" } else { "s" };
        write!(f, "{number} {thing}{plural}")
    }
}
