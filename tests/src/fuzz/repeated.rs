//! A key that an object has twice: refused in every type, in both forms of JSON, wherever it stands.

use std::ops::Range;

use avro_runtime::DecodeErrorKind;
use avro_runtime::dynamic::Value;
use fastrand::Rng;

use super::types;

/// An object of a text: its members, and where its `}` stands.
struct Object {
    members: Vec<Member>,
    end: usize,
}

struct Member {
    key: Range<usize>,
    value: Range<usize>,
}

/// The objects of a text that was written, which has no white space.
fn objects(text: &str) -> Vec<Object> {
    let mut found = Vec::new();
    value(text, 0, &mut found);
    found
}

/// Where the value ends that begins here.
fn value(text: &str, start: usize, found: &mut Vec<Object>) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    match bytes[start] {
        b'"' => string(text, start),
        b'[' => {
            while bytes[at] != b']' {
                at = value(text, at + usize::from(bytes[at] == b','), found);
            }
            at + 1
        }
        b'{' => {
            let mut members = Vec::new();
            while bytes[at] != b'}' {
                let key = at + usize::from(bytes[at] == b',');
                let key = key..string(text, key);
                let start = key.end + 1;
                at = value(text, start, found);
                members.push(Member {
                    key,
                    value: start..at,
                });
            }
            found.push(Object { members, end: at });
            at + 1
        }
        _ => {
            let rest = bytes[at..].iter();
            at + rest.take_while(|byte| !b",]}".contains(byte)).count()
        }
    }
}

fn string(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while bytes[at] != b'"' {
        at += 1 + usize::from(bytes[at] == b'\\');
    }
    at + 1
}

/// The ways to have a key twice.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Twice {
    /// With one value.
    Same,
    /// The second time with an escape in the key.
    Escaped,
    /// The first value is none of the schema.
    FirstIsBad,
    /// The second is none.
    SecondIsBad,
}

/// The text with one member of one of its objects twice. None if it has no members.
fn twice(text: &str, how: Twice, rng: &mut Rng) -> Option<String> {
    const BAD: &str = r#"[{"?":{}}]"#;
    let mut objects = objects(text);
    objects.retain(|object| !object.members.is_empty());
    let object = rng.choice(&objects)?;
    let Member { key, value } = rng.choice(&object.members)?;
    let (mut second, mut again) = (text[key.clone()].to_owned(), &text[value.clone()]);
    let mut first = again;
    match how {
        Twice::Same => {}
        Twice::Escaped => {
            let letter = second[1..]
                .chars()
                .next()
                .filter(char::is_ascii_alphanumeric)?;
            second.replace_range(1..2, &format!("\\u{:04x}", u32::from(letter)));
        }
        Twice::FirstIsBad => first = BAD,
        Twice::SecondIsBad => again = BAD,
    }
    let (before, behind) = (&text[..value.start], &text[value.end..object.end]);
    let end = &text[object.end..];
    Some(format!("{before}{first}{behind},{second}:{again}{end}"))
}

#[test]
fn no_type_reads_a_key_that_is_there_twice() {
    let mut rng = Rng::with_seed(25);
    let (mut texts, mut named) = (0, 0);
    for (_, ty) in types::choices() {
        for seed in 0..4 {
            let datum = Value::random(&ty.schema, seed).map(|value| value.to_datum());
            let Some([plain, avro]) = datum.and_then(|datum| (ty.to_json)(&datum)) else {
                continue;
            };
            for how in [
                Twice::Same,
                Twice::Escaped,
                Twice::FirstIsBad,
                Twice::SecondIsBad,
            ] {
                for _ in 0..4 {
                    let (plain, avro) = (twice(&plain, how, &mut rng), twice(&avro, how, &mut rng));
                    let (Some(plain), Some(avro)) = (plain, avro) else {
                        continue;
                    };
                    let refused = (ty.refusals)(&ty.schema, &plain, &avro);
                    let [Some(plain_error), Some(typed), Some(dynamic)] = refused else {
                        panic!("{how:?}\n{plain}\n{avro}\n{refused:?}");
                    };
                    texts += 1;
                    if !matches!(how, Twice::Same | Twice::Escaped) {
                        continue;
                    }
                    let place =
                        |error: &avro_runtime::DecodeError| (error.kind().clone(), error.offset());
                    assert_eq!(place(&typed), place(&dynamic), "{avro}");
                    // The object that names a branch says that it has one key.
                    let is_named =
                        |kind: &DecodeErrorKind| matches!(kind, DecodeErrorKind::RepeatedKey(_));
                    named += usize::from(is_named(typed.kind()) && is_named(plain_error.kind()));
                }
            }
        }
    }
    assert!(texts > 2_000, "{texts}");
    assert!(named > texts / 8, "{named} of {texts}");
}
