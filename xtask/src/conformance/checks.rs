//! What one case asks: is this schema valid, what is its canonical form, how is this number coded.

use std::path::PathBuf;

use avro_model::{Diagnostics, Options, SourceMap, canonical, fingerprint};
use avro_runtime::{Reader, Writer};
use serde::Deserialize;

use crate::hex::{hex, unhex};
use crate::schema::{all_strict, source, strict};

/// What canonicalisation must give; what is absent is not asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Canonical {
    /// The Parsing Canonical Form.
    pub(super) canonical: Option<String>,
    /// CRC-64-AVRO as a number, in big-endian hexadecimal digits.
    pub(super) rabin_be_hex: Option<String>,
    /// CRC-64-AVRO in the byte order of single-object encoding.
    pub(super) rabin_le_hex: Option<String>,
    pub(super) md5: Option<String>,
    pub(super) sha256: Option<String>,
}

/// The schema is valid and its canonical form is this.
pub(super) fn valid(text: &str, expected: &Canonical) -> Result<(), String> {
    let set = strict(text).map_err(|error| format!("valid, and refused: {error}"))?;
    let [root] = set.roots() else {
        return Err("valid, and there is no top-level schema".into());
    };
    let form = canonical::form(&set, &root.schema);
    let rabin = fingerprint::rabin(&form);
    let same = |what: &str, expected: &Option<String>, got: String| match expected {
        Some(expected) if *expected != got => Err(format!(
            "{what} is\n    {got}\n  instead of\n    {expected}"
        )),
        _ => Ok(()),
    };
    same("canonical form", &expected.canonical, form.clone())?;
    same(
        "CRC-64-AVRO",
        &expected.rabin_be_hex,
        hex(&rabin.to_be_bytes()),
    )?;
    same(
        "CRC-64-AVRO",
        &expected.rabin_le_hex,
        hex(&rabin.to_le_bytes()),
    )?;
    same("MD5", &expected.md5, hex(&fingerprint::md5(&form)))?;
    same(
        "SHA-256",
        &expected.sha256,
        hex(&fingerprint::sha256(&form)),
    )
}

/// The schemas of several files are valid together.
pub(super) fn valid_together(files: &[(PathBuf, String)]) -> Result<(), String> {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        let added = sources.add(path, text.as_str());
        added.map_err(|_| format!("{} is too large", path.display()))?;
    }
    let set = all_strict(&sources).map_err(|error| format!("valid, and refused: {error}"))?;
    match set.roots().len() == files.len() {
        true => Ok(()),
        false => Err("valid, and not every file has a top-level schema".into()),
    }
}

/// The schema is refused, with a place and a message.
pub(super) fn invalid(text: &str) -> Result<(), String> {
    match strict(text) {
        Ok(_) => Err("invalid, and accepted".into()),
        Err(_) => Ok(()),
    }
}

/// The schema is valid, and this finding is made all the same.
pub(super) fn warned(text: &str, code: &str) -> Result<(), String> {
    valid(text, &Canonical::default())?;
    let (_, findings) = avro_model::compile(&source(text)?);
    if findings.iter().any(|finding| finding.code.as_str() == code) {
        return Ok(());
    }
    let codes: Vec<&str> = findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    Err(format!("{code} is not found, only {codes:?}"))
}

/// How much is let pass.
#[derive(Clone, Copy, Debug)]
pub(super) enum Strictness {
    Strict,
    Lenient,
}

/// What is found in a schema.
pub(super) fn findings(text: &str, strictness: Strictness) -> Result<Diagnostics, String> {
    let lenient = matches!(strictness, Strictness::Lenient);
    let options = Options::new().lenient(lenient);
    Ok(avro_model::compile_with(&source(text)?, &options).1)
}

/// This number is written as these bytes, and read from them.
pub(super) fn varint(ty: &str, value: i64, digits: &str) -> Result<(), String> {
    if ty.contains("int") {
        let value = i32::try_from(value).map_err(|_| format!("{value} is no int"))?;
        both_ways("int", value, digits, |w, value| w.int(value), |r| r.int())?;
    }
    if ty.contains("long") {
        both_ways(
            "long",
            value,
            digits,
            |w, value| w.long(value),
            |r| r.long(),
        )?;
    }
    Ok(())
}

/// These bytes are no number of this type.
pub(super) fn no_varint(ty: &str, digits: &str) -> Result<(), String> {
    let bytes = unhex(digits)?;
    let mut reader = Reader::new(&bytes);
    let read = match ty {
        "int" => reader.int().map(i64::from),
        "long" => reader.long(),
        _ => return Err(format!("`{ty}` is neither int nor long")),
    };
    match read {
        Ok(value) => Err(format!("malformed, and read as {value}")),
        Err(_) => Ok(()),
    }
}

fn both_ways<T: Copy + PartialEq + std::fmt::Display>(
    ty: &str,
    value: T,
    digits: &str,
    write: impl FnOnce(&mut Writer<'_>, T),
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, avro_runtime::DecodeError>,
) -> Result<(), String> {
    let mut written = Vec::new();
    let mut writer = Writer::new(&mut written, 10);
    write(&mut writer, value);
    writer.finish();
    if hex(&written) != digits {
        return Err(format!("{ty} {value} is written as {}", hex(&written)));
    }
    let mut reader = Reader::new(&written);
    match read(&mut reader) {
        Ok(got) if got == value && reader.remaining() == 0 => Ok(()),
        Ok(got) => Err(format!("{ty} {value} is read as {got}")),
        Err(error) => Err(format!("{ty} {value} is not read: {error}")),
    }
}
