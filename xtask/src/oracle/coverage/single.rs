//! What one schema has: kinds of types, logical types, defaults, aliases, recursion.

use super::Labels;
use crate::oracle::random::model::{
    Datum, Definition, Field, Logical, Model, Named, Primitive, Schema,
};

/// The kinds of types.
pub(crate) const TYPES: [&str; 15] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string", "array", "map",
    "union", "record", "error", "enum", "fixed",
];

/// The logical types, with what carries them.
pub(crate) const LOGICAL: [&str; 16] = [
    "decimal on bytes",
    "decimal on fixed",
    "big-decimal",
    "uuid on string",
    "uuid on fixed",
    "date",
    "time-millis",
    "time-micros",
    "timestamp-millis",
    "timestamp-micros",
    "timestamp-nanos",
    "local-timestamp-millis",
    "local-timestamp-micros",
    "local-timestamp-nanos",
    "duration",
    "ignored",
];

/// What has a default, as far as fields go.
pub(crate) const DEFAULTS: [&str; 15] = [
    "null",
    "boolean",
    "int",
    "long",
    "float",
    "double",
    "bytes",
    "string",
    "array",
    "map",
    "record",
    "enum",
    "fixed",
    "first branch",
    "later branch",
];

const RECURSION: [&str; 6] = [
    "direct",
    "mutual",
    "through a union",
    "through an array",
    "through a map",
    "without an end",
];

const OTHERS: [&str; 8] = [
    "alias: of a record",
    "alias: of an enum",
    "alias: of a fixed",
    "alias: of a field",
    "enum: with default",
    "namespace: null",
    "namespace: several",
    "fixed: without bytes",
];

/// Every label that a schema can have.
pub(super) fn labels() -> impl Iterator<Item = String> {
    let of = |what: &'static str, words: &'static [&str]| {
        words.iter().map(move |word| format!("{what} {word}"))
    };
    of("type:", &TYPES)
        .chain(of("logical type:", &LOGICAL))
        .chain(of("default:", &DEFAULTS))
        .chain(of("recursion:", &RECURSION))
        .chain(OTHERS.map(str::to_owned))
}

/// Adds the labels of a schema.
pub(super) fn add(model: &Model, labels: &mut Labels) {
    model.visit(&mut |schema| place(schema, labels));
    for named in &model.types {
        definition(named, labels);
        for field in named.fields() {
            parts(field, model, labels);
        }
    }
    namespaces(model, labels);
    recursion(model, labels);
}

/// Adds what a schema in place is.
pub(crate) fn place(schema: &Schema, labels: &mut Labels) {
    match schema {
        Schema::Primitive(primitive, logical) => {
            labels.add(format!("type: {}", primitive.word()));
            if let Some(logical) = logical {
                labels.add(format!(
                    "logical type: {}",
                    on_primitive(*primitive, *logical)
                ));
            }
        }
        Schema::Array(_) => labels.add("type: array"),
        Schema::Map(_) => labels.add("type: map"),
        Schema::Union(_) => labels.add("type: union"),
        Schema::Named(_) => {}
    }
}

fn on_primitive(carrier: Primitive, logical: Logical) -> &'static str {
    match (carrier, logical) {
        (Primitive::Bytes, Logical::Decimal { .. }) => "decimal on bytes",
        (Primitive::String, Logical::Plain("uuid")) => "uuid on string",
        (Primitive::Bytes, Logical::Plain(word @ "big-decimal"))
        | (Primitive::Int, Logical::Plain(word @ ("date" | "time-millis"))) => word,
        (Primitive::Long, Logical::Plain(word))
            if word.contains("timestamp") || word == "time-micros" =>
        {
            word
        }
        _ => "ignored",
    }
}

fn definition(named: &Named, labels: &mut Labels) {
    definition_met(named, labels);
    if !named.aliases.is_empty() {
        labels.add(match named.word() {
            "enum" => "alias: of an enum",
            "fixed" => "alias: of a fixed",
            _ => "alias: of a record",
        });
    }
    match &named.definition {
        Definition::Enum {
            default: Some(_), ..
        } => labels.add("enum: with default"),
        Definition::Fixed { size: 0, .. } => labels.add("fixed: without bytes"),
        _ => {}
    }
}

/// Adds what a named type is, and its logical type.
pub(crate) fn definition_met(named: &Named, labels: &mut Labels) {
    labels.add(format!("type: {}", named.word()));
    if let Definition::Fixed { size, logical } = &named.definition {
        match (logical, size) {
            (Some(Logical::Decimal { .. }), _) => labels.add("logical type: decimal on fixed"),
            (Some(Logical::Plain("uuid")), 16) => labels.add("logical type: uuid on fixed"),
            (Some(Logical::Plain("duration")), 12) => labels.add("logical type: duration"),
            _ => {}
        }
    }
}

fn parts(field: &Field, model: &Model, labels: &mut Labels) {
    if !field.aliases.is_empty() {
        labels.add("alias: of a field");
    }
    if let Some(default) = &field.default {
        labels.add(format!(
            "default: {}",
            kind_of_default(field, default, model)
        ));
    }
}

/// Which of [`DEFAULTS`] this is.
pub(crate) fn kind_of_default(field: &Field, default: &Datum, model: &Model) -> &'static str {
    match (&field.schema, default) {
        (Schema::Union(_), Datum::Union(0, _)) => "first branch",
        (Schema::Union(_), _) => "later branch",
        (Schema::Primitive(primitive, _), _) => primitive.word(),
        (Schema::Array(_), _) => "array",
        (Schema::Map(_), _) => "map",
        (Schema::Named(index), _) => match model.types[*index].word() {
            "error" => "record",
            word => word,
        },
    }
}

fn namespaces(model: &Model, labels: &mut Labels) {
    let mut all: Vec<&str> = model
        .types
        .iter()
        .map(|named| named.name.namespace)
        .collect();
    all.sort_unstable();
    all.dedup();
    if all.contains(&"") {
        labels.add("namespace: null");
    }
    if all.len() > 1 {
        labels.add("namespace: several");
    }
}

/// The ways on which a type leads back to itself.
fn recursion(model: &Model, labels: &mut Labels) {
    for index in 0..model.types.len() {
        let leads_back = model.leading_to(index);
        if !leads_back[index] {
            continue;
        }
        for field in model.types[index].fields() {
            let mut way = Vec::new();
            steps_back(&field.schema, index, &leads_back, &mut way, labels);
        }
    }
}

fn steps_back(
    schema: &Schema,
    home: usize,
    leads_back: &[bool],
    way: &mut Vec<&'static str>,
    labels: &mut Labels,
) {
    let step = match schema {
        Schema::Array(_) => "through an array",
        Schema::Map(_) => "through a map",
        Schema::Union(_) => "through a union",
        Schema::Named(index) if *index == home || leads_back[*index] => {
            labels.add(match *index == home {
                true => "recursion: direct",
                false => "recursion: mutual",
            });
            for step in way.iter() {
                labels.add(format!("recursion: {step}"));
            }
            if *index == home && way.is_empty() {
                labels.add("recursion: without an end");
            }
            return;
        }
        _ => return,
    };
    way.push(step);
    for inner in schema.inner() {
        steps_back(inner, home, leads_back, way, labels);
    }
    way.pop();
}
