//! A TOML table → its values by key, with a finding for every key that is unknown or mistyped.

use std::ops::Range;

use avro_model::suggest::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::At;

/// What is wrong in a manifest, and where.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) note: Option<String>,
}

impl Finding {
    pub(crate) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            note: None,
        }
    }
}

/// One table of the manifest while it is being read.
pub(crate) struct Section<'t, 'i, 'f> {
    table: &'t DeTable<'i>,
    at: Range<usize>,
    name: &'t str,
    known: Vec<&'static str>,
    findings: &'f mut Vec<Finding>,
}

impl<'t, 'i, 'f> Section<'t, 'i, 'f> {
    pub(crate) fn new(
        name: &'t str,
        table: &'t DeTable<'i>,
        at: Range<usize>,
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        Self {
            table,
            at,
            name,
            known: Vec::new(),
            findings,
        }
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn mistyped(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.findings.push(Finding::new(
            value.span(),
            format!("`{key}` must be {wanted}, not {} {found}", article(found)),
        ));
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(At::new(text.to_owned(), value.span())),
            None => {
                self.mistyped(key, value, "a string");
                None
            }
        }
    }

    /// A string without which the section means nothing.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<At<String>> {
        let found = self.string(key);
        if found.is_none() && !self.table.contains_key(key) {
            let message = format!("{} needs the key `{key}`", self.name);
            self.findings.push(Finding::new(self.at.clone(), message));
        }
        found
    }

    pub(crate) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.mistyped(key, value, "true or false");
        }
        found
    }

    pub(crate) fn strings(&mut self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.mistyped(key, value, "an array of strings");
            return Vec::new();
        };
        let mut strings = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => strings.push(At::new(text.to_owned(), item.span())),
                None => self.mistyped(key, item, "an array of strings"),
            }
        }
        strings
    }

    /// One string, or an array of at least one.
    pub(crate) fn one_or_more(&mut self, key: &'static str) -> Vec<At<String>> {
        let written = self.table.get(key);
        let is_array = written.is_some_and(|value| value.get_ref().as_array().is_some());
        if !is_array {
            return self.required(key).into_iter().collect();
        }
        let strings = self.strings(key);
        if let Some(value) = written.filter(|_| strings.is_empty()) {
            let message = format!("{} needs something in `{key}`", self.name);
            self.findings.push(Finding::new(value.span(), message));
        }
        strings
    }

    /// A string that is one of a few words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Option<At<T>> {
        let written = self.string(key)?;
        let found = choices.iter().find(|(word, _)| *word == written.value);
        if found.is_none() {
            let words: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("`{word}`"))
                .collect();
            self.findings.push(Finding::new(
                written.at.clone(),
                format!(
                    "`{key}` must be one of {}, not `{}`",
                    words.join(", "),
                    written.value
                ),
            ));
        }
        found.map(|&(_, value)| At::new(value, written.at))
    }

    /// An integer from 0, without which the section means nothing.
    pub(crate) fn integer(&mut self, key: &'static str) -> Option<At<u32>> {
        let Some(value) = self.value(key) else {
            let message = format!("{} needs the key `{key}`", self.name);
            self.findings.push(Finding::new(self.at.clone(), message));
            return None;
        };
        let found = small(value);
        if found.is_none() {
            self.mistyped(key, value, "a number from 0 to 4294967295");
        }
        Some(At::new(found?, value.span()))
    }

    /// Integers from 0, if the value is an array; else nobody has asked for it yet.
    pub(crate) fn if_numbers(&mut self, key: &'static str) -> Option<At<Vec<At<u32>>>> {
        let value = self.table.get(key)?;
        let items = value.get_ref().as_array()?;
        self.known.push(key);
        let mut numbers = Vec::with_capacity(items.len());
        for item in items.iter() {
            match small(item) {
                Some(number) => numbers.push(At::new(number, item.span())),
                None => self.mistyped(key, item, "an array of numbers"),
            }
        }
        Some(At::new(numbers, value.span()))
    }

    /// An integer or a float, as written.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        let found = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            _ => None,
        };
        if found.is_none() {
            self.mistyped(key, value, "a decimal number");
        }
        found
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<Section<'t, 'i, '_>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Section::new(key, table, value.span(), self.findings)),
            _ => {
                self.mistyped(key, value, "a table");
                None
            }
        }
    }

    /// Reads each table of an array of tables (`[[key]]`).
    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        name: &str,
        read: impl Fn(&mut Section<'_, '_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.mistyped(key, value, &format!("tables, written `{name}`"));
            return Vec::new();
        };
        let mut found = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let mut section = Section::new(name, table, item.span(), self.findings);
                    found.extend(read(&mut section));
                    section.finish();
                }
                _ => self.mistyped(key, item, "a table"),
            }
        }
        found
    }

    /// Every key with its string, for a section whose keys are data.
    pub(crate) fn entries(&mut self) -> Vec<(At<String>, At<String>)> {
        let mut entries = Vec::new();
        for (key, value) in self.table {
            let name = At::new(key.get_ref().to_string(), key.span());
            match value.get_ref().as_str() {
                Some(text) => entries.push((name, At::new(text.to_owned(), value.span()))),
                None => self.mistyped(&name.value, value, "a string"),
            }
        }
        entries
    }

    pub(crate) fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(crate) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Reports every key that nothing asked for.
    pub(crate) fn finish(self) {
        for key in self.table.keys() {
            let written = key.get_ref().as_ref();
            if self.known.contains(&written) {
                continue;
            }
            let note = match nearest(written, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys: {}", self.known.join(", ")),
            };
            self.findings.push(Finding {
                at: key.span(),
                message: format!("unknown key `{written}` in {}", self.name),
                note: Some(note),
            });
        }
    }
}

/// An integer from 0.
fn small(value: &Spanned<DeValue<'_>>) -> Option<u32> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
