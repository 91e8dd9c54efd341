//! What two implementations say about a datum, and what they should say → whether that is right.

use std::fmt::{self, Debug};

use avro_model::datum::to_binary;

use super::answer::Coded;
use super::other::Other;
use crate::hex::hex;
use crate::oracle::random::Model;
use crate::oracle::random::model::Datum;
use crate::oracle::reference::{Class, Trace};

/// What a datum comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Both read the same value.
    Value,
    /// Both give an error.
    Error,
    /// The two differ, and this is why.
    Listed(Class),
    /// The other fails at something that is none of the datum's.
    Fails(&'static str),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value => f.write_str("same value"),
            Self::Error => f.write_str("error in both"),
            Self::Listed(class) => write!(f, "listed: {class:?}"),
            Self::Fails(how) => write!(f, "the other fails: {how}"),
        }
    }
}

/// What `dynamic` makes of a datum is what it should make of it.
///
/// # Errors
///
/// What is wrong.
pub(crate) fn right(trace: &Trace, ours: &Coded<Vec<u8>>, is_refused: bool) -> Result<(), String> {
    if trace.is_refused != is_refused {
        return Err(format!("refused: {is_refused}: {:?}", ours.read));
    }
    let expected = trace.value.as_ref().map(to_binary);
    if ours.read.as_ref().ok() != expected.as_ref() {
        let digits = |bytes: &Vec<u8>| hex(bytes);
        return Err(format!(
            "read: {:?} and not {:?}",
            ours.read.as_ref().map(digits),
            expected.as_ref().map(digits)
        ));
    }
    Ok(())
}

/// Compares what is said about a datum.
///
/// # Errors
///
/// What is different, without a reason.
pub(crate) fn agreed<O: Other>(
    (writer, datum): (&Model, &Datum),
    reader: &Model,
    trace: &Trace,
    ours: &Coded<Vec<u8>>,
    theirs: &Coded<O::Form>,
) -> Result<Verdict, String> {
    let written = ours.written.as_ref();
    let written = written.map(|bytes| O::form(writer, datum, bytes));
    if written.as_ref().ok() != theirs.written.as_ref().ok() {
        return Err(differ("written", &written, &theirs.written));
    }
    let read = trace
        .value
        .as_ref()
        .map(|value| O::form(reader, value, &to_binary(value)));
    match (&read, &theirs.read) {
        (Some(one), Ok(two)) if one == two => Ok(Verdict::Value),
        (None, Err(_)) => Ok(Verdict::Error),
        (one, two) => {
            let mut classes = O::CLASSES.iter();
            if let Some(class) = classes.find(|class| trace.classes.contains(class)) {
                return Ok(Verdict::Listed(*class));
            }
            let is_in =
                |failure: &&&str| two.as_ref().is_err_and(|error| error.contains(**failure));
            match O::FAILURES.iter().find(is_in) {
                Some(failure) => Ok(Verdict::Fails(failure)),
                None => Err(differ("read", one, two)),
            }
        }
    }
}

fn differ(what: &str, ours: &impl Debug, theirs: &impl Debug) -> String {
    format!("{what}: {ours:?} instead of {theirs:?}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Verdict, agreed, right};
    use crate::oracle::codec::Java;
    use crate::oracle::codec::answer::Coded;
    use crate::oracle::random::Model;
    use crate::oracle::random::model::{Datum, Primitive};
    use crate::oracle::reference::{Class, Trace, Types, resolve};

    fn model(root: Primitive) -> Model {
        let root = root.into();
        let types = Vec::new();
        Model { types, root }
    }

    /// An int that is read as a long.
    fn trace() -> Trace {
        let (reader, writer) = (model(Primitive::Long), model(Primitive::Int));
        resolve(&reader, &writer, &Datum::Int(-1), Types::Dynamic)
    }

    fn coded<T>(written: T, read: Result<T, &str>) -> Coded<T> {
        Coded {
            written: Ok(written),
            read: read.map_err(Into::into),
        }
    }

    fn verdict(trace: &Trace, theirs: Coded<&str>) -> Result<Verdict, String> {
        let theirs = Coded {
            written: theirs.written.map(str::to_owned),
            read: theirs.read.map(str::to_owned),
        };
        let (writer, datum) = (model(Primitive::Int), Datum::Int(-1));
        let ours = coded(vec![1], Ok(vec![1]));
        agreed::<Java>(
            (&writer, &datum),
            &model(Primitive::Long),
            trace,
            &ours,
            &theirs,
        )
    }

    #[test]
    fn what_is_not_as_it_should_be_is_wrong() {
        assert_eq!(right(&trace(), &coded(vec![1], Ok(vec![1])), false), Ok(()));
        for (read, is_refused) in [
            (Ok(vec![2]), false),
            (Err("no"), false),
            (Ok(vec![1]), true),
        ] {
            assert!(right(&trace(), &coded(vec![1], read), is_refused).is_err());
        }
    }

    #[test]
    fn a_difference_needs_a_reason() {
        assert_eq!(verdict(&trace(), coded("01", Ok("01"))), Ok(Verdict::Value));
        assert!(verdict(&trace(), coded("02", Ok("01"))).is_err());
        assert!(verdict(&trace(), coded("01", Ok("02"))).is_err());
        assert!(verdict(&trace(), coded("01", Err("no"))).is_err());
        let fails = verdict(&trace(), coded("01", Err("java.lang.StackOverflowError")));
        assert_eq!(fails, Ok(Verdict::Fails("StackOverflowError")));

        let listed = Trace {
            classes: BTreeSet::from([Class::Logical]),
            ..trace()
        };
        let verdict = verdict(&listed, coded("01", Ok("02")));
        assert_eq!(verdict, Ok(Verdict::Listed(Class::Logical)));
    }
}
