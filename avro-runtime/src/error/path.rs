//! The place of an error inside a value: `OrderEvent.payload.items[3].quantity`.

use core::fmt;

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// A record's field, by its name in the schema.
    Field(&'static str),
    /// The same of a schema that is known at run time alone.
    #[cfg(feature = "json")]
    Name(Box<str>),
    /// An array's element, counted from 0.
    Index(usize),
    /// A map's value, by its key.
    Key(Box<str>),
}

/// The way from the outermost value to the place of an error, collected from the inside out
/// while the error travels up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail {
    fullname: Option<&'static str>,
    inner_first: Vec<Segment>,
}

impl Trail {
    pub(super) fn push(&mut self, segment: Segment) {
        self.inner_first.push(segment);
    }

    /// The type of the outermost value, if it has a name.
    pub(super) fn set_fullname(&mut self, fullname: &'static str) {
        self.fullname = Some(fullname).filter(|name| !name.is_empty());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fullname.is_none() && self.inner_first.is_empty()
    }
}

/// Of a longer path so many steps are shown at its beginning and at its end: a list of a hundred
/// nodes is not told node by node.
const FIRST: usize = 8;
const LAST: usize = 4;

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.fullname.and_then(|name| name.rsplit('.').next());
        f.write_str(short.unwrap_or_default())?;
        let hidden = self.inner_first.len().saturating_sub(FIRST + LAST);
        // What hides a step or two is no shorter than they are.
        let hidden = if hidden <= 2 { 0 } else { hidden };
        let mut at_start = short.is_none();
        for (step, segment) in self.inner_first.iter().rev().enumerate() {
            if hidden > 0 && (FIRST..FIRST + hidden).contains(&step) {
                if step == FIRST {
                    write!(f, "…({hidden} more)…")?;
                }
                continue;
            }
            match segment {
                Segment::Field(name) => field(f, name, at_start)?,
                #[cfg(feature = "json")]
                Segment::Name(name) => field(f, name, at_start)?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
            }
            at_start = false;
        }
        Ok(())
    }
}

fn field(f: &mut fmt::Formatter<'_>, name: &str, at_start: bool) -> fmt::Result {
    if !at_start {
        f.write_str(".")?;
    }
    f.write_str(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(steps: usize) -> String {
        let mut trail = Trail::default();
        trail.push(Segment::Index(7));
        for _ in 1..steps {
            trail.push(Segment::Field("next"));
        }
        trail.set_fullname("com.acme.Node");
        trail.to_string()
    }

    #[test]
    fn a_long_path_is_shown_by_its_ends() {
        assert_eq!(shown(1), "Node[7]");
        for steps in 2..=14 {
            assert_eq!(
                shown(steps),
                format!("Node{}[7]", ".next".repeat(steps - 1))
            );
        }
        for steps in [15, 128, 100_000] {
            let (first, last) = (".next".repeat(8), ".next".repeat(3));
            let hidden = steps - 12;
            assert_eq!(
                shown(steps),
                format!("Node{first}…({hidden} more)…{last}[7]")
            );
        }
    }
}
