//! Unions whose branches other languages cannot tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::each_schema;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::schema::{Definition, Schema, SchemaKind, SchemaSet, TypeId};
use crate::steps::{step, steps};

/// What a value looks like in a language without the schema's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Number,
    Text,
    Bytes,
    /// A map, which may have any keys.
    Object,
    /// A record, by the number of its set of fields in [`Keys`].
    Fields(usize),
}

/// A number for each set of field names, the same for records that have the same.
struct Keys(BTreeMap<TypeId, usize>);

impl Keys {
    fn of(set: &SchemaSet) -> Self {
        let mut known: BTreeMap<BTreeSet<&str>, usize> = BTreeMap::new();
        let records = set.types().filter_map(|(id, ty)| match &ty.definition {
            Definition::Record(record) => Some((id, record)),
            _ => None,
        });
        let numbered = records.map(|(id, record)| {
            steps(record.fields.len());
            let names = record.fields.iter().map(|field| field.name.as_str());
            let next = known.len();
            (id, *known.entry(names.collect()).or_insert(next))
        });
        Self(numbered.collect())
    }
}

/// Reports, of every union, the first branch that looks like one before it.
pub(super) fn check(linked: &Linked, found: &mut Diagnostics) {
    let keys = Keys::of(&linked.set);
    each_schema(linked, |schema, owner| {
        if let SchemaKind::Union(branches) = &schema.kind {
            found.extend(first_twin(&linked.set, &keys, branches, owner));
        }
    });
}

fn first_twin(
    set: &SchemaSet,
    keys: &Keys,
    branches: &[Schema],
    owner: &str,
) -> Option<Diagnostic> {
    let mut first: BTreeMap<Look, &Schema> = BTreeMap::new();
    for branch in branches {
        step();
        let Some(look) = look(set, keys, branch) else {
            continue;
        };
        let records = Look::Fields(0)..=Look::Fields(usize::MAX);
        let twin = first.get(&look).or_else(|| match look {
            Look::Object => first.range(records).next().map(|(_, twin)| twin),
            Look::Fields(_) => first.get(&Look::Object),
            _ => None,
        });
        if let Some(twin) = twin {
            return Some(ambiguous(set, twin, branch, look, owner));
        }
        first.insert(look, branch);
    }
    None
}

/// A logical type has a class of its own in most languages, and so tells itself apart.
fn look(set: &SchemaSet, keys: &Keys, schema: &Schema) -> Option<Look> {
    if schema.logical.is_some() {
        return None;
    }
    Some(match schema.kind {
        SchemaKind::Int | SchemaKind::Long | SchemaKind::Float | SchemaKind::Double => Look::Number,
        SchemaKind::String => Look::Text,
        SchemaKind::Bytes => Look::Bytes,
        SchemaKind::Map(_) => Look::Object,
        SchemaKind::Named(id) => match &set[id].definition {
            Definition::Enum(_) => Look::Text,
            Definition::Fixed(fixed) if fixed.logical.is_some() => return None,
            Definition::Fixed(_) => Look::Bytes,
            Definition::Record(_) => Look::Fields(*keys.0.get(&id)?),
        },
        _ => return None,
    })
}

fn ambiguous(
    set: &SchemaSet,
    first: &Schema,
    second: &Schema,
    look: Look,
    owner: &str,
) -> Diagnostic {
    let (a, b) = (first.describe(set), second.describe(set));
    let what = match look {
        Look::Number => "a number",
        Look::Text => "a text",
        Look::Bytes => "bytes",
        Look::Object => "an object with keys",
        Look::Fields(_) => "an object with the same keys",
    };
    let message = format!(
        "the union of {owner} has branches `{a}` and `{b}`, both of them {what} in Python or JavaScript"
    );
    let note = match look {
        Look::Number => "keep the wider of the two, or wrap each in a record",
        _ => "keep one of the two, or wrap each in a record with a field of its own",
    };
    Diagnostic::new(Code::AmbiguousUnion, second.span, message)
        .also(first.span, "the branch that it looks like")
        .note(note)
}
