//! `com.acme.Order.*` → does it select this place? Selectors name types and fields in avro.toml.

use std::fmt;

/// A pattern over dotted names: `*` stands for any characters within a segment, `**` for any
/// number of segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector(String);

impl Selector {
    pub(crate) fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// Whether the selector selects the place with this dotted name.
    pub(crate) fn selects(&self, place: &str) -> bool {
        let pattern: Vec<&str> = self.0.split('.').collect();
        let place: Vec<&str> = place.split('.').collect();
        segments(&pattern, &place)
    }

    /// Whether the selector can select one place only.
    pub(crate) fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Matches segment by segment; on a mismatch the last `**` takes one segment more. That is linear
/// in practice and never exponential, whatever the pattern.
fn segments(pattern: &[&str], place: &[&str]) -> bool {
    glob(
        pattern,
        place,
        |segment| *segment == "**",
        |segment, name| {
            let segment: Vec<char> = segment.chars().collect();
            let name: Vec<char> = name.chars().collect();
            glob(&segment, &name, |c| *c == '*', |c, d| c == d)
        },
    )
}

/// The one matcher behind both levels: `is_star` marks the elements that take any run.
fn glob<T>(
    pattern: &[T],
    text: &[T],
    is_star: impl Fn(&T) -> bool,
    equal: impl Fn(&T, &T) -> bool,
) -> bool {
    let (mut at, mut seen) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(element) = text.get(seen) {
        match pattern.get(at) {
            Some(star) if is_star(star) => {
                retry = Some((at + 1, seen));
                at += 1;
            }
            Some(wanted) if equal(wanted, element) => {
                at += 1;
                seen += 1;
            }
            _ => match &mut retry {
                Some((after, taken)) => {
                    *taken += 1;
                    (at, seen) = (*after, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(is_star)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, selected: &[&str], other: &[&str]) {
        let selector = Selector::new(pattern);
        for place in selected {
            assert!(selector.selects(place), "{pattern} selects {place}");
        }
        for place in other {
            assert!(
                !selector.selects(place),
                "{pattern} does not select {place}"
            );
        }
    }

    #[test]
    fn a_plain_name_selects_itself() {
        check(
            "com.acme.Order",
            &["com.acme.Order"],
            &["com.acme.Order.id", "acme.Order", "com.acme.Orders"],
        );
    }

    #[test]
    fn a_star_stays_within_its_segment() {
        check(
            "com.*.Order*",
            &["com.acme.Order", "com.b.OrderItem"],
            &["com.Order", "com.a.b.Order"],
        );
        check("*", &["Order"], &["com.Order"]);
    }

    #[test]
    fn two_stars_cross_segments() {
        check("**", &["Order", "com.acme.Order.id"], &[]);
        check(
            "com.**.id",
            &["com.id", "com.acme.Order.id"],
            &["com.acme.Order.idx", "org.id"],
        );
        check(
            "**.*_at",
            &["a.T.created_at", "created_at"],
            &["a.T.created"],
        );
    }

    /// Tried out branch by branch, sixty stars would take longer than the universe is old.
    #[test]
    fn many_stars_end_in_time() {
        let selector = Selector::new("*a".repeat(60) + "b");
        assert!(!selector.selects(&"a".repeat(2_000)));
    }
}
