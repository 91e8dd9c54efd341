//! Branches of unions (specification 1.12, "Unions").

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::quote;
use crate::link::Linked;
use crate::schema::{Schema, SchemaKind};
use crate::source::Span;

/// Checks the branches of a union; nothing of other schemas.
pub(super) fn check(linked: &Linked, schema: &Schema, owner: &str, found: &mut Diagnostics) {
    let SchemaKind::Union(branches) = &schema.kind else {
        return;
    };
    let mut first: BTreeMap<(bool, &str), Span> = BTreeMap::new();
    for branch in branches
        .iter()
        .filter(|branch| !linked.is_placeholder(branch))
    {
        if matches!(branch.kind, SchemaKind::Union(_)) {
            let message = format!("the union of {owner} directly contains a union");
            let finding = Diagnostic::new(Code::NestedUnion, branch.span, message);
            found.push(match flattened(linked, branches) {
                Some(union) => finding.note(format!("write one union: {union}")),
                None => finding.note("write its branches among those of the outer union"),
            });
            continue;
        }
        let named = match branch.kind {
            // One of two definitions of a name: reported as that.
            SchemaKind::Named(id) if !linked.is_complete(id) => continue,
            // A named type may well be called `array`.
            SchemaKind::Named(_) => true,
            _ => false,
        };
        let ty = branch.describe(&linked.set);
        match first.entry((named, ty)) {
            Entry::Occupied(first) => found.push(duplicate(branch, ty, owner, *first.get())),
            Entry::Vacant(slot) => {
                slot.insert(branch.span);
            }
        }
    }
}

/// The union with the branches of those inside it in their places, if each is a name.
fn flattened(linked: &Linked, branches: &[Schema]) -> Option<String> {
    fn add(linked: &Linked, branches: &[Schema], names: &mut Vec<String>) -> Option<()> {
        for branch in branches {
            match &branch.kind {
                SchemaKind::Union(inner) => add(linked, inner, names)?,
                SchemaKind::Array(_) | SchemaKind::Map(_) => return None,
                _ if linked.is_placeholder(branch) || branch.logical.is_some() => return None,
                _ => names.push(quote(branch.describe(&linked.set))),
            }
        }
        Some(())
    }
    let mut names = Vec::new();
    add(linked, branches, &mut names)?;
    names.dedup();
    Some(format!("[{}]", names.join(", ")))
}

fn duplicate(branch: &Schema, ty: &str, owner: &str, first: Span) -> Diagnostic {
    let message = format!("the union of {owner} has two branches of type `{ty}`");
    let note = match branch.kind {
        SchemaKind::Named(_) | SchemaKind::Null => "remove one of the two",
        _ => "remove one of the two, or wrap one in a record: only named types tell them apart",
    };
    Diagnostic::new(Code::DuplicateBranch, branch.span, message)
        .label("second branch of this type")
        .also(first, "first branch of this type")
        .note(note)
}
