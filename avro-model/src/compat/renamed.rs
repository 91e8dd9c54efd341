//! Which of the writer's fields may be a field of the reader's under another name.

use std::collections::BTreeMap;

use crate::matching::WriterFields;
use crate::schema::{Field, Record, SchemaSet};
use crate::shape::Shape;
use crate::steps::step;

/// The fields of a writer's record that a reader's record may have renamed.
pub(super) struct Renamed<'a> {
    /// The first of the writer's fields with this alias.
    aliased: BTreeMap<&'a str, &'a Field>,
    /// The indexes of the fields that the reader's record does not read, by what their type is.
    unread: BTreeMap<(&'static str, Called<'a>), Vec<usize>>,
    written: &'a Record,
}

/// By which of its names a type is found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Called<'a> {
    Nothing,
    Short(&'a str),
    Full(&'a str),
}

impl<'a> Renamed<'a> {
    pub(super) fn between(read: &'a Record, written: &'a Record, writer: &'a SchemaSet) -> Self {
        let by_name = WriterFields::of(written);
        let mut is_read = vec![false; written.fields.len()];
        for (index, _) in read.fields.iter().flat_map(|it| by_name.counterparts(it)) {
            is_read[index] = true;
        }
        let mut found = Self {
            aliased: BTreeMap::new(),
            unread: BTreeMap::new(),
            written,
        };
        for (index, field) in written.fields.iter().enumerate() {
            step();
            for alias in &field.aliases {
                found.aliased.entry(alias).or_insert(field);
            }
            if !is_read[index] {
                found.add(index, Shape::of(&field.schema, writer));
            }
        }
        found
    }

    fn add(&mut self, index: usize, shape: Shape<'a>) {
        let names = match shape.definition() {
            None => vec![Called::Nothing],
            Some(ty) => vec![
                Called::Short(ty.fullname.short()),
                Called::Full(ty.fullname.as_str()),
            ],
        };
        for name in names {
            let fields = self.unread.entry((shape.keyword(), name)).or_default();
            fields.push(index);
        }
    }

    /// The writer's field that has this name as an alias.
    pub(super) fn by_alias(&self, name: &str) -> Option<&'a Field> {
        self.aliased.get(name).copied()
    }

    /// The only field that the reader does not read and whose type suits this one without
    /// promotion; none if there are several. Two unions are no evidence of a renaming.
    pub(super) fn by_type(&self, reader: Shape<'_>) -> Option<&'a Field> {
        let keyword = reader.keyword();
        let with_name = |name| self.unread.get(&(keyword, name)).into_iter().flatten();
        let mut fields: Vec<&usize> = match (reader, reader.definition()) {
            (Shape::Union(_), _) => return None,
            (_, None) => with_name(Called::Nothing).take(2).collect(),
            (_, Some(ty)) => {
                let aliases = ty.aliases.iter().map(|alias| Called::Full(alias.as_str()));
                let names = std::iter::once(Called::Short(ty.fullname.short())).chain(aliases);
                names.flat_map(|name| with_name(name).take(2)).collect()
            }
        };
        fields.sort_unstable();
        fields.dedup();
        match fields[..] {
            [&only] => self.written.fields.get(only),
            _ => None,
        }
    }
}
