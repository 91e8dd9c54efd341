//! The verdict as JSON. Keys may be added; those that are there keep their meaning.

use avro_model::SourceMap;
use avro_model::compat::{Check, Direction, Incompatibility, Mode, Place, Report, Semantic};
use avro_model::json::{Object, array, lines, quote};
use avro_model::source::Position;

use super::Sides;

/// `compatible`, `incompatibilities` and `semantic`, each finding on a line of its own.
pub(super) fn report(mode: Option<Mode>, report: &Report, sides: &Sides) -> String {
    let incompatibilities = report.checks.iter().flat_map(|check| {
        let found = &check.comparison.incompatibilities;
        found
            .iter()
            .map(|found| of_check(incompatibility(found, sides), check, sides))
    });
    let semantic = report.checks.iter().flat_map(|check| {
        let found = &check.comparison.semantic;
        found
            .iter()
            .map(|found| of_check(semantic(found, sides), check, sides))
    });
    let object = Object::new()
        .raw("compatible", report.is_compatible())
        .optional("mode", mode.map(Mode::as_str))
        .raw("incompatibilities", lines(incompatibilities))
        .raw("semantic", lines(semantic));
    object.finish() + "\n"
}

fn incompatibility(found: &Incompatibility, sides: &Sides) -> Object {
    let places = (&found.reader, &found.writer);
    let object = Object::new().string("type", found.kind.as_str());
    let object = places_and_words(object, places, (&found.message, &found.notes), sides);
    let causes = found.causes.iter();
    object.string("code", found.kind.code().as_str()).raw(
        "causes",
        array(causes.map(|cause| incompatibility(cause, sides).finish())),
    )
}

fn semantic(found: &Semantic, sides: &Sides) -> Object {
    let places = (&found.reader, &found.writer);
    let object = Object::new()
        .string("type", found.kind.as_str())
        .string("severity", found.severity.as_str());
    places_and_words(object, places, (&found.message, &found.notes), sides)
        .string("code", found.kind.code().as_str())
}

fn places_and_words(
    object: Object,
    (reader, writer): (&Place, &Place),
    (message, notes): (&str, &[String]),
    sides: &Sides,
) -> Object {
    object
        .string("reader_location", &reader.location)
        .string("writer_location", &writer.location)
        .string("message", message)
        .raw("notes", array(notes.iter().map(|note| quote(note))))
        .raw("reader", place(reader, &sides.sources))
        .raw("writer", place(writer, &sides.sources))
}

/// Which of the previous versions it is about, and who reads whom.
fn of_check(object: Object, check: &Check, sides: &Sides) -> String {
    let direction = match check.direction {
        Direction::Backward => "BACKWARD",
        Direction::Forward => "FORWARD",
    };
    let previous = sides.old.get(check.previous);
    let previous = previous.map(|side| side.path.to_string_lossy());
    object
        .string("direction", direction)
        .optional("previous", previous.as_deref())
        .finish()
}

fn place(place: &Place, sources: &SourceMap) -> String {
    let source = sources.source(place.span.file);
    let Position { line, column } = source.position(place.span.start);
    Object::new()
        .string("file", &source.path().to_string_lossy())
        .raw("line", line)
        .raw("column", column)
        .finish()
}
