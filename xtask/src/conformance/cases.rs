//! Files of cases → their rows.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Error;

/// Reads a JSON file.
///
/// # Errors
///
/// If it is not there or not of this shape.
pub(super) fn load<T: DeserializeOwned>(file: &Path) -> Result<T, Error> {
    let told = |error: &dyn std::error::Error| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(|error| told(&error))?;
    Ok(serde_json::from_str(&text).map_err(|error| told(&error))?)
}
