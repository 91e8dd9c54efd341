//! Slips of the hand in logical types and attributes: which ones are warnings, and which words are
//! left alone.

use avro_model::codes::{Category, Code};
use avro_model::{Diagnostic, Options, SourceMap, compile_with};

/// The findings of a run that shows all lints, errors aside.
fn found(text: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (_, found) = compile_with(&sources, &Options::new().category(Category::Extra));
    found.into_iter().collect()
}

fn at<'t>(text: &'t str, found: &Diagnostic) -> &'t str {
    &text[found.span().start as usize..found.span().end as usize]
}

/// Every logical type of the specification, and the types that it can annotate.
const LOGICAL: [(&str, &[&str]); 13] = [
    ("decimal", &["bytes", "fixed 2", "fixed 12", "fixed 16"]),
    ("big-decimal", &["bytes"]),
    ("uuid", &["string", "fixed 16"]),
    ("date", &["int"]),
    ("time-millis", &["int"]),
    ("time-micros", &["long"]),
    ("timestamp-millis", &["long"]),
    ("timestamp-micros", &["long"]),
    ("timestamp-nanos", &["long"]),
    ("local-timestamp-millis", &["long"]),
    ("local-timestamp-micros", &["long"]),
    ("local-timestamp-nanos", &["long"]),
    ("duration", &["fixed 12"]),
];

/// Every type that a logical type may stand beside.
const BASES: [&str; 14] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string", "array", "map",
    "record", "fixed 2", "fixed 12", "fixed 16",
];

/// Words that are one slip away from a logical type and mean something else.
const OTHER_WORDS: [&str; 5] = ["guid", "ulid", "uid", "cuid", "rate"];

fn with_logical(base: &str, logical: &str) -> String {
    let rest = match base.split_once(' ') {
        Some(("fixed", size)) => format!(r#""type": "fixed", "name": "F", "size": {size}"#),
        _ => match base {
            "array" => r#""type": "array", "items": "int""#.to_owned(),
            "map" => r#""type": "map", "values": "int""#.to_owned(),
            "record" => r#""type": "record", "name": "R", "fields": []"#.to_owned(),
            base => format!(r#""type": "{base}""#),
        },
    };
    format!(r#"{{{rest}, "logicalType": "{logical}", "precision": 3}}"#)
}

/// Every word that one slip makes of a word: a letter left out, added, replaced, or swapped with
/// the next; upper case; `_` for `-`.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut slips = vec![word.to_uppercase(), word.replace('-', "_")];
    let mut push = |letters: Vec<char>| slips.push(letters.into_iter().collect());
    for at in 0..=letters.len() {
        for new in ['i', 'x', '-', 'D'] {
            let mut added = letters.clone();
            added.insert(at, new);
            push(added);
            if at < letters.len() {
                let mut replaced = letters.clone();
                replaced[at] = new;
                push(replaced);
            }
        }
        if at < letters.len() {
            let mut left_out = letters.clone();
            left_out.remove(at);
            push(left_out);
        }
        if at + 1 < letters.len() {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            push(swapped);
        }
    }
    slips.sort();
    slips.dedup();
    slips.retain(|slip| slip != word);
    slips
}

/// The number of edits that lead from one word to another, by the definition.
fn distance(from: &[char], to: &[char]) -> usize {
    match (from, to) {
        ([], rest) | (rest, []) => rest.len(),
        ([a, from_rest @ ..], [b, to_rest @ ..]) if a == b => distance(from_rest, to_rest),
        // One is enough to tell: what is further apart is no slip.
        ([a, from_rest @ ..], [b, to_rest @ ..]) => {
            let is = |from: &[char], to: &[char]| from == to;
            let swapped = matches!((from_rest, to_rest), ([c, x @ ..], [d, y @ ..]) if c == b && d == a && x == y);
            match is(from_rest, to_rest) || is(from_rest, to) || is(from, to_rest) || swapped {
                true => 1,
                false => 2,
            }
        }
    }
}

fn is_within_one_edit(word: &str, known: &str) -> bool {
    let folded =
        |text: &str| -> Vec<char> { text.to_lowercase().replace('_', "-").chars().collect() };
    distance(&folded(word), &folded(known)) <= 1
}

/// What the property asks for: the logical type that a word is a slip of, on a type.
fn expected(word: &str, base: &str) -> Option<&'static str> {
    let is_known = LOGICAL.iter().any(|(known, _)| *known == word);
    if is_known || OTHER_WORDS.contains(&word) {
        return None;
    }
    let mut carried = LOGICAL.iter().filter(|(_, bases)| bases.contains(&base));
    carried
        .find(|(known, _)| is_within_one_edit(word, known))
        .map(|(known, _)| *known)
}

#[test]
fn every_slip_of_every_logical_type_is_a_warning_where_the_type_can_have_it() {
    let words: Vec<String> = LOGICAL
        .iter()
        .flat_map(|(known, _)| slips(known))
        .chain(OTHER_WORDS.map(str::to_owned))
        .collect();
    for base in BASES {
        let fields = words.iter().enumerate().map(|(index, word)| {
            let ty = with_logical(base, word).replacen(
                r#""name": ""#,
                &format!(r#""name": "N{index}"#),
                1,
            );
            format!(r#"{{"name": "f{index}", "type": {ty}}}"#)
        });
        let fields: Vec<_> = fields.collect();
        let text = format!(
            r#"{{"type": "record", "name": "Holder", "fields": [{}]}}"#,
            fields.join(", ")
        );
        let found = found(&text);
        let mut warned: Vec<_> = found
            .iter()
            .filter(|found| found.code == Code::MisspelledLogicalType)
            .map(|found| (at(&text, found).to_owned(), found.notes.clone()))
            .collect();
        let expected = words.iter().filter_map(|word| {
            let meant = expected(word, base)?;
            Some((
                format!("\"{word}\""),
                vec![format!("did you mean \"{meant}\"?")],
            ))
        });
        let mut expected: Vec<_> = expected.collect();
        expected.sort();
        warned.sort();
        assert_eq!(warned, expected, "{base}");
        let can_have_one = LOGICAL.iter().any(|(_, bases)| bases.contains(&base));
        assert_eq!(warned.len() >= 30, can_have_one, "{base}");
    }
}

/// A hint names what fits the type, however near another name is.
#[test]
fn a_hint_fits_the_type() {
    for (base, logical) in [
        ("string", "rfc3339-timestamp-millis"),
        ("string", "timestamp_millis"),
        ("int", "timestamp-milis"),
        ("double", "decimal-s"),
        ("array", "uuid-s"),
        ("fixed 2", "duratoin"),
    ] {
        let text = with_logical(base, logical);
        let found = found(&text);
        let about = |found: &&Diagnostic| {
            matches!(
                found.code,
                Code::UnknownLogicalType | Code::MisspelledLogicalType
            )
        };
        assert_eq!(found.iter().filter(about).count(), 0, "{text}: {found:?}");
    }
}

/// A kind of schema with one more attribute, which is given as JSON.
fn with_attribute(kind: &str, attribute: &str) -> String {
    match kind {
        "record" => format!(r#"{{"type": "record", "name": "R", "fields": [], {attribute}}}"#),
        "enum" => format!(r#"{{"type": "enum", "name": "E", "symbols": ["A"], {attribute}}}"#),
        "fixed" => format!(r#"{{"type": "fixed", "name": "F", "size": 16, {attribute}}}"#),
        "field" => format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "a", "type": "string", {attribute}}}]}}"#
        ),
        "string" => format!(r#"{{"type": "string", {attribute}}}"#),
        "decimal" => {
            format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": 4, {attribute}}}"#)
        }
        "array" => format!(r#"{{"type": "array", "items": "int", {attribute}}}"#),
        "double" => format!(r#"{{"type": "double", {attribute}}}"#),
        kind => panic!("{kind}"),
    }
}

/// Every attribute that may be left out, a value for it, and the kinds of schema that have it.
const ATTRIBUTES: [(&str, &str, &[&str]); 7] = [
    ("namespace", r#""a.b""#, &["record", "enum", "fixed"]),
    (
        "doc",
        r#""What it means.""#,
        &["record", "enum", "fixed", "field"],
    ),
    ("aliases", r#"["B"]"#, &["record", "enum", "fixed", "field"]),
    ("order", r#""ignore""#, &["field"]),
    ("default", r#""A""#, &["enum", "field"]),
    ("logicalType", r#""uuid""#, &["fixed", "string"]),
    ("scale", "2", &["decimal"]),
];

const KINDS: [&str; 8] = [
    "record", "enum", "fixed", "field", "string", "decimal", "array", "double",
];

#[test]
fn every_slip_of_every_attribute_is_a_warning_where_the_attribute_has_a_meaning() {
    let mut warned = 0;
    for (known, value, places) in ATTRIBUTES {
        // What is misspelled into another attribute is that one.
        let words = slips(known);
        for word in words.iter().filter(|word| !word.contains('-')) {
            for kind in KINDS {
                let text = with_attribute(kind, &format!(r#""{word}": {value}"#));
                let found = found(&text);
                let warnings: Vec<_> = found
                    .iter()
                    .filter(|found| found.code == Code::AttributeTypo)
                    .collect();
                assert_eq!(
                    warnings.len(),
                    usize::from(places.contains(&kind)),
                    "{text}: {found:?}"
                );
                if let [warning] = &warnings[..] {
                    assert_eq!(at(&text, warning), format!("\"{word}\""));
                    assert_eq!(
                        warning.notes,
                        [format!("did you mean \"{known}\"?")],
                        "{text}"
                    );
                    warned += 1;
                }
            }
        }
    }
    assert!(warned > 500, "{warned}");
}

/// A property is left alone where the attribute is there already, or the value is none of its.
#[test]
fn a_custom_property_is_no_misspelled_attribute() {
    for (kind, property) in [
        ("field", r#""default": "a", "defaults": ["a", "b"]"#),
        ("field", r#""loc": "orders.rs:3""#),
        ("field", r#""docs": "https://example.com/a""#),
        ("field", r#""border": "none""#),
        ("field", r#""older": true"#),
        ("field", r#""namespaces": ["a", "b"]"#),
        ("record", r#""namespaces": ["a", "b"]"#),
        ("enum", r#""defaults": "B""#),
        ("decimal", r#""stale": true"#),
        ("decimal", r#""scales": [1, 2]"#),
        ("string", r#""avro.java.string": "String""#),
        ("string", r#""scal": 2"#),
        ("array", r#""logicaltype": "set""#),
        ("record", r#""connect.name": "R", "x-doc": "Some words.""#),
    ] {
        let text = with_attribute(kind, property);
        let found = found(&text);
        let misspelled = |found: &&Diagnostic| found.code == Code::AttributeTypo;
        assert_eq!(
            found.iter().filter(misspelled).count(),
            0,
            "{text}: {found:?}"
        );
    }
}

/// One mistake is one finding: a decimal without its precision says where the precision is.
#[test]
fn a_misspelled_precision_is_one_finding() {
    let text = r#"{"type": "bytes", "logicalType": "decimal", "precison": 4}"#;
    let mut found = found(text);
    found.retain(|found| found.code != Code::UnknownAttribute);
    let [finding] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(finding.code, Code::InvalidLogicalType);
    assert_eq!(
        finding.notes,
        ["did you mean `precision`? there is `precison`"]
    );
}
