//! The query parameters of a request, read as Confluent's registry reads them.
//!
//! Confluent's registry is a JAX-RS application. It takes the first parameter of a name and ignores
//! every name that it does not know. A boolean is true if its value is `true` in any case of
//! letters, which is how Python sends it, and false otherwise: no boolean is wrong. A number that is
//! none is a path that does not exist, so the answer is 404.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::answer::Failure;

/// The parameters in their order, percent-decoded.
pub(super) struct Query(Vec<(String, String)>);

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    offset: usize,
    limit: Option<usize>,
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The value of a parameter; a parameter without a value is as good as absent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let first = self.0.iter().find(|(other, _)| other == name);
        first
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.trim().is_empty())
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The part of the list that `offset` and `limit` ask for. A limit below 1 is no limit.
    ///
    /// Confluent's registry stumbles over a negative offset and answers 500; here it is a number that
    /// is not valid.
    pub(super) fn page(&self) -> Result<Page, Failure> {
        let offset = self.number("offset")?.unwrap_or(0);
        let limit = self.number("limit")?.filter(|limit| *limit > 0);
        Ok(Page {
            offset: usize::try_from(offset).map_err(|_| Failure::no_such_path())?,
            limit: limit.and_then(|limit| usize::try_from(limit).ok()),
        })
    }

    fn number(&self, name: &str) -> Result<Option<i32>, Failure> {
        let number = self.text(name).map(str::parse);
        number.transpose().map_err(|_| Failure::no_such_path())
    }
}

impl Page {
    /// This part of a list.
    pub(super) fn of<T>(self, list: impl IntoIterator<Item = T>) -> Vec<T> {
        let limit = self.limit.unwrap_or(usize::MAX);
        list.into_iter().skip(self.offset).take(limit).collect()
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boolean_is_true_in_any_case_and_never_wrong() {
        for query in ["f=true", "f=True", "f=TRUE", "x=1&f=true", "f=true&f=false"] {
            assert!(Query::new(query).flag("f"), "{query}");
        }
        for query in [
            "",
            "f",
            "f=",
            "f=1",
            "f=yes",
            "f=False",
            "F=true",
            "f=false&f=true",
        ] {
            assert!(!Query::new(query).flag("f"), "{query}");
        }
    }

    #[test]
    fn texts_are_percent_decoded() {
        let query = Query::new("a=%3A*%3Ax+y%2B&b=%20&c");
        assert_eq!(query.text("a"), Some(":*:x y+"));
        for name in ["b", "c", "d"] {
            assert_eq!(query.text(name), None, "{name}");
        }
    }

    #[test]
    fn a_page_is_a_part_of_a_list() {
        let page = |query: &str| Query::new(query).page().map(|page| page.of(1..=5));
        for (query, expected) in [
            ("", &[1, 2, 3, 4, 5][..]),
            ("offset=0&limit=-1", &[1, 2, 3, 4, 5]),
            ("limit=0", &[1, 2, 3, 4, 5]),
            ("limit=&offset=", &[1, 2, 3, 4, 5]),
            ("offset=3", &[4, 5]),
            ("limit=2", &[1, 2]),
            ("offset=1&limit=2", &[2, 3]),
            ("offset=%2B1&limit=2147483647", &[2, 3, 4, 5]),
            ("offset=2147483647", &[]),
        ] {
            assert_eq!(page(query).ok().as_deref(), Some(expected), "{query}");
        }
        for query in [
            "offset=x",
            "limit=1.0",
            "limit=2147483648",
            "offset=-1",
            "limit=True",
            "offset=%201",
        ] {
            assert!(page(query).is_err(), "{query}");
        }
    }
}
