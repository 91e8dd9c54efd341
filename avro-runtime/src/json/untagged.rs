//! Unions of plain JSON other than `["null", T]`: untagged where that is unambiguous.

use super::{Form, FromJson, JsonReader};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::{Decode, Limits};

/// How many bytes may be read in vain while branches are tried, for a text of this length: enough
/// for any honest text, and linear in its length.
pub(super) fn attempts(length: usize) -> usize {
    length.saturating_mul(16).saturating_add(1 << 16)
}

/// Whether the text is read as this branch of `U`.
pub(super) fn reads_back<U: FromJson + for<'de> Decode<'de>>(text: &str, branch: usize) -> bool {
    let mut r = JsonReader::new(text, Form::Plain, Limits::default());
    U::blank().read_json(&mut r).is_ok() && r.branch == branch
}

/// Reads the value of the branch that is tagged, else of the first that fits.
pub(super) fn read_union<'t>(
    r: &mut JsonReader<'t>,
    names: &[&'static str],
    mut read: impl FnMut(usize, &mut JsonReader<'t>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let start = r.value_start();
    let outside = core::mem::replace(&mut r.strict, true);
    let found = find_branch(r, names, start, &mut read);
    r.strict = outside;
    r.branch = found?;
    Ok(())
}

fn find_branch<'t>(
    r: &mut JsonReader<'t>,
    names: &[&'static str],
    start: usize,
    read: &mut impl FnMut(usize, &mut JsonReader<'t>) -> Result<(), DecodeError>,
) -> Result<usize, DecodeError> {
    let mut nearest = None;
    if let Some(branch) = tag(r, names, start)? {
        let tagged = |r: &mut JsonReader<'t>| {
            read(branch, r)?;
            r.expect(b'}', "`}`")
        };
        match attempt(r, start, tagged)? {
            None => return Ok(branch),
            Some(miss) => nearest = Some((branch, miss)),
        }
    }
    for branch in 0..names.len() {
        match attempt(r, start, |r| read(branch, r))? {
            None => return Ok(branch),
            Some(miss) if nearest.as_ref().is_none_or(|(_, it)| it.at < miss.at) => {
                nearest = Some((branch, miss));
            }
            Some(_) => {}
        }
    }
    Err(no_branch(r, names, nearest))
}

/// The error for a value that fits no branch, with the reason of the one that got furthest.
#[cold]
fn no_branch(
    r: &JsonReader<'_>,
    names: &[&'static str],
    nearest: Option<(usize, Miss)>,
) -> DecodeError {
    let Some((branch, miss)) = nearest else {
        return r.expected("a value of a union, which has no branch");
    };
    r.error(DecodeErrorKind::NoBranch {
        nearest: names.get(branch).copied().unwrap_or_default(),
        reason: Box::new(miss.error),
    })
}

/// Why a value does not fit a branch, and where the reader stood when that was found.
struct Miss {
    at: usize,
    error: DecodeError,
}

/// The branch whose name is the first key of the object at this place, with the reader behind its
/// colon.
fn tag(r: &mut JsonReader<'_>, names: &[&str], start: usize) -> Result<Option<usize>, DecodeError> {
    if !r.eat(b'{') || r.peek() != Some(b'"') {
        r.back_to(start);
        return Ok(None);
    }
    let key = r.string("a key")?;
    let branch = names.iter().position(|name| *name == key);
    if branch.is_some() {
        r.expect(b':', "`:`")?;
    } else {
        let looked_at = r.at() - start;
        r.back_to(start);
        count_in_vain(r, looked_at)?;
    }
    Ok(branch)
}

/// Tries to read; why not if the value does not fit. An error is one that no branch can mend.
fn attempt<'t>(
    r: &mut JsonReader<'t>,
    start: usize,
    read: impl FnOnce(&mut JsonReader<'t>) -> Result<(), DecodeError>,
) -> Result<Option<Miss>, DecodeError> {
    let depth = r.depth();
    let Err(error) = read(r) else {
        return Ok(None);
    };
    if matches!(
        error.kind(),
        DecodeErrorKind::TooManyAttempts
            | DecodeErrorKind::LimitExceeded(_)
            | DecodeErrorKind::RepeatedKey(_)
    ) {
        return Err(error);
    }
    r.set_depth(depth);
    let miss = Miss { at: r.at(), error };
    r.back_to(start);
    count_in_vain(r, miss.at.saturating_sub(start) + 1)?;
    Ok(Some(miss))
}

/// Counts bytes that were read and are read again, with the reader back where it was.
fn count_in_vain(r: &mut JsonReader<'_>, bytes: usize) -> Result<(), DecodeError> {
    match r.attempts.checked_sub(bytes) {
        Some(left) => {
            r.attempts = left;
            Ok(())
        }
        None => Err(r.error(DecodeErrorKind::TooManyAttempts)),
    }
}

#[cfg(test)]
mod tests {
    use super::read_union;
    use crate::Limits;
    use crate::codec::{Boolean, Float, Int};
    use crate::json::{FieldFromJson, Form, JsonReader};

    /// How many bytes were read in vain to find that a text fits none of three branches.
    fn read_in_vain(text: &str) -> usize {
        let mut r = JsonReader::new(text, Form::Plain, Limits::default());
        let before = r.attempts;
        let read = |branch, r: &mut JsonReader<'_>| match branch {
            0 => Int::read_json(&mut 0, r),
            1 => Float::read_json(&mut 0.0, r),
            _ => Boolean::read_json(&mut false, r),
        };
        read_union(&mut r, &["int", "float", "boolean"], read).unwrap_err();
        before - r.attempts
    }

    /// Else what is looked at again and again costs nothing, and nothing stops it.
    #[test]
    fn all_that_is_looked_at_counts() {
        let long = "1".repeat(1000);
        for text in [
            long.clone(),
            format!("-{long}"),
            format!("{long}.5e"),
            format!("{long}."),
            format!("0{long}"),
            format!("1e{long}"),
            format!("\"{long}\""),
            format!("{{\"{long}\":0}}"),
            format!("{{ {} \"{long}\":0}}", " ".repeat(1000)),
        ] {
            assert!(read_in_vain(&text) >= 1000, "{text}");
        }
        assert!(read_in_vain("x") < 10);
    }
}
