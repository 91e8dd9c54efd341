//! Unions: tagged in Avro's JSON encoding, where null alone is bare.

use super::untagged::{self, reads_back};
use super::{FieldFromJson, FieldToJson, Form, FromJson, JsonReader, JsonWriter};
use crate::codec::FieldDecode;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::{Decode, EncodeError};

/// What a union's value should look like.
const TAGGED: &str = "null, or an object whose only key is the name of a branch";

/// Appends the value of a union's branch that is not null: bare in plain JSON, where `C` is sure to
/// be read back as this branch, else under the name `tag`.
///
/// # Errors
/// Those of the codec.
#[inline]
pub fn write_branch<C: FieldToJson<T>, T>(
    value: &T,
    w: &mut JsonWriter<'_>,
    tag: &str,
) -> Result<(), EncodeError> {
    if w.form() == Form::Plain {
        return C::write_json(value, w);
    }
    write_tagged(w, tag, |w| C::write_json(value, w))
}

/// The same of a branch whose bare value might be read as another: of the `branch`th variant of the
/// enum `U`, which [`read_union`] knows under the name `tag`.
///
/// In plain JSON the text is read back, and tagged if it is not the same branch.
///
/// # Errors
/// Those of the codec.
pub fn write_ambiguous<C, T, U>(
    value: &T,
    w: &mut JsonWriter<'_>,
    branch: usize,
    tag: &str,
) -> Result<(), EncodeError>
where
    C: FieldToJson<T>,
    U: FromJson + for<'de> Decode<'de>,
{
    if w.form() != Form::Plain {
        return write_branch::<C, T>(value, w, tag);
    }
    let mut text = String::new();
    let mut aside = w.aside(&mut text);
    C::write_json(value, &mut aside)?;
    aside.finish();
    if reads_back::<U>(&text, branch) {
        w.raw(&text);
    } else {
        write_tagged(w, tag, |w| {
            w.raw(&text);
            Ok(())
        })?;
    }
    Ok(())
}

/// Appends a value under the name of its branch.
#[inline]
fn write_tagged(
    w: &mut JsonWriter<'_>,
    tag: &str,
    write: impl FnOnce(&mut JsonWriter<'_>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    w.raw("{");
    w.symbol(tag);
    w.raw(":");
    write(w)?;
    w.raw("}");
    Ok(())
}

/// Reads a union whose branches have these names: `read` reads the value of the branch that it is
/// told into the union.
///
/// # Errors
/// A value that fits no branch; in plain JSON more nested ambiguity than a text of this length may
/// have.
pub fn read_union<'t>(
    r: &mut JsonReader<'t>,
    names: &[&'static str],
    mut read: impl FnMut(usize, &mut JsonReader<'t>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    if r.form() == Form::Plain {
        return untagged::read_union(r, names, read);
    }
    // Null among other branches is the `None` around the enum.
    if names == ["null"] {
        return read(0, r);
    }
    let index = |name: &str| names.iter().position(|branch| *branch == name);
    read_tagged(r, index, names.iter().copied(), read)
}

/// Reads the value of a union's branch.
///
/// # Errors
/// Those of the codec.
pub fn read_branch<C, T>(r: &mut JsonReader<'_>) -> Result<T, DecodeError>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
{
    let mut value = C::blank();
    C::read_json(&mut value, r)?;
    Ok(value)
}

/// Reads an object whose only key is the name of a branch: `branch` knows the names, which `names`
/// lists, and `read` reads the value of what it finds.
pub(crate) fn read_tagged<'t, 'n, B, T>(
    r: &mut JsonReader<'t>,
    branch: impl FnOnce(&str) -> Option<B>,
    names: impl Iterator<Item = &'n str>,
    read: impl FnOnce(B, &mut JsonReader<'t>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    r.expect(b'{', TAGGED)?;
    let start = r.value_start();
    let name = r.string(TAGGED)?;
    let Some(branch) = branch(&name) else {
        let (name, branches) = (name.as_ref().into(), listed(names));
        let kind = DecodeErrorKind::UnknownBranch { name, branches };
        return Err(DecodeError::new(kind, start));
    };
    r.expect(b':', "`:`")?;
    let value = read(branch, r)?;
    r.expect(b'}', "`}`: a union's object has one key")?;
    Ok(value)
}

/// The names of branches for an error: of many the first, and how many more there are.
#[cold]
fn listed<'n>(mut names: impl Iterator<Item = &'n str>) -> Box<str> {
    const MOST: usize = 12;
    let mut text = String::new();
    for (number, name) in names.by_ref().take(MOST).enumerate() {
        text += if number == 0 { "" } else { ", " };
        text += &format!("{name:?}");
    }
    match names.count() {
        0 if text.is_empty() => "null".into(),
        0 => text.into(),
        more => format!("{text} and {more} more").into(),
    }
}
