//! What changed, as JSON. Keys may be added; those that are there keep their meaning.

use avro_model::diff::{Change, Declared, Diff, TypeDiff, What};
use avro_model::json::{Object, array, lines};
use avro_model::render::Label;

use super::{Places, Side};

/// An array with an object for each schema that differs.
pub(super) fn diff(diff: &Diff, old: &Side, new: &Side) -> String {
    lines(diff.types.iter().map(|ty| schema(ty, old, new))) + "\n"
}

fn schema(ty: &TypeDiff, old: &Side, new: &Side) -> String {
    let change = match (ty.is_added(), ty.is_removed()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    };
    let object = Object::new()
        .string("name", &ty.name)
        .string("kind", ty.keyword)
        .string("change", change);
    let changes = ty.changes.iter().map(|it| of_part(it, old, new));
    places(object, old, new, (ty.old, ty.new))
        .raw("changes", array(changes))
        .finish()
}

fn of_part(change: &Change, old: &Side, new: &Side) -> String {
    let object = Object::new()
        .string("part", change.part.keyword())
        .optional("name", change.part.name())
        .string("change", change.what.keyword());
    let object = match &change.what {
        What::Added(declared) | What::Removed(declared) => match declared {
            Some(Declared { schema, default }) => object
                .string("type", schema)
                .optional("default", default.as_deref()),
            None => object,
        },
        What::Renamed { from } => object.string("from", from),
        What::Moved { behind } => object.optional("behind", behind.as_deref()),
        What::Changed {
            attribute,
            old,
            new,
        } => object
            .string("attribute", attribute.as_str())
            .optional("from", old.as_deref())
            .optional("to", new.as_deref()),
    };
    places(object, old, new, (change.old, change.new))
        .string("message", &change.to_string())
        .finish()
}

/// The places on both sides; `null` where there is none.
fn places(object: Object, old: &Side, new: &Side, (before, after): Places) -> Object {
    let place = |side: &Side, span| match span {
        Some(span) => of_label(&Label::new(&side.sources, span, "")),
        None => "null".to_owned(),
    };
    object
        .raw("old", place(old, before))
        .raw("new", place(new, after))
}

fn of_label(label: &Label<'_>) -> String {
    let position = label.position();
    Object::new()
        .string("file", &label.source.path().to_string_lossy())
        .raw("line", position.line)
        .raw("column", position.column)
        .finish()
}
