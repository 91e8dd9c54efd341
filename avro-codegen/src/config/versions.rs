//! `compiled-versions`: `"all"`, `"last 3"` or `[1, 2]` → which deployed versions are meant.

use super::{At, Finding, Section};

/// Which of a schema's deployed versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    All,
    /// The newest, so many.
    Last(usize),
    /// Those with these numbers.
    Numbers(Vec<At<u32>>),
}

const KEY: &str = "compiled-versions";

pub(super) fn read(section: &mut Section<'_, '_, '_>) -> Option<At<Versions>> {
    if let Some(numbers) = section.if_numbers(KEY) {
        return Some(At::new(Versions::Numbers(numbers.value), numbers.at));
    }
    let written = section.string(KEY)?;
    let found = parse(&written.value);
    if found.is_none() {
        section.find(Finding {
            note: Some("such as \"all\", \"last 3\" or [1, 2]".to_owned()),
            ..Finding::new(
                written.at.clone(),
                format!("`{KEY}` cannot be `{}`", written.value),
            )
        });
    }
    Some(At::new(found?, written.at))
}

fn parse(word: &str) -> Option<Versions> {
    match word.strip_prefix("last ") {
        None => (word == "all").then_some(Versions::All),
        Some(number) => number.parse().ok().map(Versions::Last),
    }
}

impl Versions {
    /// The versions that are meant, by their numbers, which ascend.
    pub(crate) fn select<'v, V>(
        &self,
        versions: &'v [V],
        number: impl Fn(&V) -> u32,
    ) -> Vec<&'v V> {
        let first = match self {
            Self::All | Self::Numbers(_) => 0,
            Self::Last(most) => versions.len().saturating_sub(*most),
        };
        let is_meant = |version: &&V| match self {
            Self::Numbers(numbers) => numbers.iter().any(|it| it.value == number(version)),
            Self::All | Self::Last(_) => true,
        };
        versions.iter().skip(first).filter(is_meant).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (word, expected) in [
            ("all", Some(Versions::All)),
            ("last 1", Some(Versions::Last(1))),
            ("last 12", Some(Versions::Last(12))),
            ("last", None),
            ("last -1", None),
            ("last one", None),
            ("ALL", None),
        ] {
            assert_eq!(parse(word), expected, "{word}");
        }
    }

    #[test]
    fn what_is_meant() {
        let numbers = |numbers: &[u32]| {
            let numbers = numbers.iter().map(|&number| At::new(number, 0..0));
            Versions::Numbers(numbers.collect())
        };
        for (versions, expected) in [
            (Versions::All, vec![&1, &2, &3]),
            (Versions::Last(2), vec![&2, &3]),
            (Versions::Last(9), vec![&1, &2, &3]),
            (Versions::Last(0), vec![]),
            (numbers(&[3, 1]), vec![&1, &3]),
            (numbers(&[]), vec![]),
        ] {
            assert_eq!(
                versions.select(&[1, 2, 3], |&it| it),
                expected,
                "{versions:?}"
            );
        }
    }
}
