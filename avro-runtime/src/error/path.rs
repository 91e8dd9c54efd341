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

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.fullname.and_then(|name| name.rsplit('.').next());
        f.write_str(short.unwrap_or_default())?;
        let mut at_start = short.is_none();
        for segment in self.inner_first.iter().rev() {
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
