//! Unions whose branches other languages cannot tell apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::schema::{Definition, Schema, SchemaKind, SchemaSet};

/// What a value looks like in a language without the schema's types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look<'s> {
    Number,
    Text,
    Bytes,
    /// A map, which may have any keys.
    Object,
    /// A record's fields.
    Fields(BTreeSet<&'s str>),
}

/// Reports, of a union, the first branch that looks like one before it.
pub(super) fn check(linked: &Linked, schema: &Schema, owner: &str, found: &mut Diagnostics) {
    let SchemaKind::Union(branches) = &schema.kind else {
        return;
    };
    let set = &linked.set;
    let mut first: BTreeMap<Look<'_>, &Schema> = BTreeMap::new();
    for branch in branches {
        let Some(look) = look(set, branch) else {
            continue;
        };
        let twin = match &look {
            Look::Object => first
                .iter()
                .find(|(other, _)| matches!(other, Look::Object | Look::Fields(_)))
                .map(|(_, twin)| *twin),
            Look::Fields(_) => first
                .get(&look)
                .or_else(|| first.get(&Look::Object))
                .copied(),
            _ => first.get(&look).copied(),
        };
        if let Some(twin) = twin {
            found.push(ambiguous(set, twin, branch, &look, owner));
            return;
        }
        first.insert(look, branch);
    }
}

/// A logical type has a class of its own in most languages, and so tells itself apart.
fn look<'s>(set: &'s SchemaSet, schema: &Schema) -> Option<Look<'s>> {
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
            Definition::Record(record) => {
                Look::Fields(record.fields.iter().map(|f| f.name.as_str()).collect())
            }
        },
        _ => return None,
    })
}

fn ambiguous(
    set: &SchemaSet,
    first: &Schema,
    second: &Schema,
    look: &Look<'_>,
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
