//! What a default means: JSON against schema.

use avro_model::datum::{Datum, to_binary};
use avro_model::default::{MismatchKind, datum};
use avro_model::schema::SchemaSet;
use avro_model::{SourceMap, compile};

/// The schema with its defaults as they are written, whether or not they fit.
fn compiled(text: &str) -> SchemaSet {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    compile(&sources).0
}

/// The datum of the default of the last field of the record that the text defines.
fn of(ty: &str, default: &str) -> Result<Datum, MismatchKind> {
    let text = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}, "default": {default}}}]}}"#
    );
    let set = compiled(&text);
    of_field(&set)
}

fn of_field(set: &SchemaSet) -> Result<Datum, MismatchKind> {
    let (_, record) = set.types().next().unwrap();
    let field = record.fields().last().unwrap();
    datum(set, &field.schema, field.default.as_ref().unwrap()).map_err(|mismatch| mismatch.kind)
}

/// The specification's table of defaults, one line after the other.
#[test]
fn each_type_takes_its_kind_of_json() {
    assert_eq!(of(r#""null""#, "null"), Ok(Datum::Null));
    assert_eq!(of(r#""boolean""#, "true"), Ok(Datum::Boolean(true)));
    assert_eq!(of(r#""int""#, "-2147483648"), Ok(Datum::Int(i32::MIN)));
    assert_eq!(
        of(r#""long""#, "9223372036854775807"),
        Ok(Datum::Long(i64::MAX))
    );
    assert_eq!(of(r#""float""#, "1.5"), Ok(Datum::Float(1.5)));
    assert_eq!(of(r#""double""#, "1"), Ok(Datum::Double(1.0)));
    assert_eq!(
        of(r#""bytes""#, r#""\u00FF\u0000""#),
        Ok(Datum::Bytes(vec![255, 0]))
    );
    assert_eq!(
        of(r#""string""#, r#""foo""#),
        Ok(Datum::String("foo".to_owned()))
    );
    assert_eq!(
        of(r#"{"type": "array", "items": "int"}"#, "[1, 2]"),
        Ok(Datum::Array(vec![Datum::Int(1), Datum::Int(2)]))
    );
    assert_eq!(
        of(r#"{"type": "map", "values": "int"}"#, r#"{"b": 1, "a": 2}"#),
        Ok(Datum::Map(vec![
            ("a".to_owned(), Datum::Int(2)),
            ("b".to_owned(), Datum::Int(1))
        ]))
    );
    assert_eq!(
        of(
            r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#,
            r#""B""#
        ),
        Ok(Datum::Enum(1))
    );
    assert_eq!(
        of(
            r#"{"type": "fixed", "name": "F", "size": 1}"#,
            r#""\u00ff""#
        ),
        Ok(Datum::Fixed(vec![255]))
    );
}

#[test]
fn a_union_takes_the_first_branch_that_fits() {
    let branch = |index, datum| Ok(Datum::Union(index, Box::new(datum)));
    assert_eq!(
        of(r#"["null", "int", "long"]"#, "1"),
        branch(1, Datum::Int(1))
    );
    assert_eq!(
        of(r#"["null", "int", "long"]"#, "2147483648"),
        branch(2, Datum::Long(1 << 31))
    );
    assert_eq!(of(r#"["int", "null"]"#, "null"), branch(1, Datum::Null));
    assert_eq!(of(r#"["null", "int"]"#, r#""1""#), Err(MismatchKind::Value));
}

/// A branch that fits the value but not what is inside it leaves the value to the next.
#[test]
fn a_union_of_two_tries_both_branches_to_the_end() {
    let branches = r#"[
        {"type": "map", "values": "int"},
        {"type": "record", "name": "P", "fields": [{"name": "x", "type": "string"}]}]"#;
    let record = Datum::Record(vec![Datum::String("a".to_owned())]);
    assert_eq!(
        of(branches, r#"{"x": "a"}"#),
        Ok(Datum::Union(1, Box::new(record)))
    );
    assert_eq!(of(branches, r#"{"x": true}"#), Err(MismatchKind::Value));
}

#[test]
fn a_field_left_out_takes_its_own_default() {
    let inner = r#"{"type": "record", "name": "P", "fields": [
        {"name": "x", "type": "int"}, {"name": "y", "type": "int", "default": 7}]}"#;
    let point = |x, y| Ok(Datum::Record(vec![Datum::Int(x), Datum::Int(y)]));
    assert_eq!(of(inner, r#"{"x": 1}"#), point(1, 7));
    assert_eq!(of(inner, r#"{"y": 2, "x": 1}"#), point(1, 2));
    assert_eq!(of(inner, r#"{"y": 2}"#), Err(MismatchKind::Value));
}

#[test]
fn a_default_that_leads_back_to_itself_is_no_datum() {
    assert_eq!(of(r#""R""#, "{}"), Err(MismatchKind::Endless));
}

#[test]
fn numbers_are_what_json_says() {
    for (ty, default) in [
        (r#""int""#, "2147483648"),
        (r#""int""#, "1.0"),
        (r#""long""#, "1e2"),
        (r#""long""#, "9223372036854775808"),
        (r#""float""#, "1e39"),
        (r#""double""#, r#""nan""#),
        (r#""double""#, r#""INF""#),
        (r#""float""#, r#""+Infinity""#),
        (r#""float""#, r#""1.5""#),
        (r#""double""#, "1e999"),
        (r#""int""#, r#""NaN""#),
        (r#""boolean""#, r#""true""#),
        (r#""bytes""#, r#""\u0100""#),
    ] {
        assert_eq!(of(ty, default), Err(MismatchKind::Value), "{ty} {default}");
    }
}

/// The bytes of the default of the last field of a record, as they stand in generated code.
fn bytes_of(ty: &str, default: &str) -> Vec<u8> {
    to_binary(&of(ty, default).unwrap_or_else(|kind| panic!("{ty} {default}: {kind:?}")))
}

/// Each text, and the bytes that Java 1.12.1 writes for it as a float and as a double.
const UNWRITABLE: [(&str, [u8; 4], [u8; 8]); 3] = [
    (
        r#""NaN""#,
        [0, 0, 0xc0, 0x7f],
        [0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
    ),
    (
        r#""Infinity""#,
        [0, 0, 0x80, 0x7f],
        [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
    ),
    (
        r#""-Infinity""#,
        [0, 0, 0x80, 0xff],
        [0, 0, 0, 0, 0, 0, 0xf0, 0xff],
    ),
];

/// A type around another, a default around another, and the bytes around that default's bytes.
struct Around {
    ty: String,
    default: String,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// One more level around a type: an array, a map, a record, or a union with the type as a branch.
fn wrapped(inner: Around, level: usize, rng: &mut Numbers) -> Around {
    let Around {
        ty,
        default,
        mut before,
        mut after,
    } = inner;
    let (ty, default, first, last): (_, _, &[u8], &[u8]) = match rng.below(5) {
        0 => (
            format!(r#"{{"type": "array", "items": {ty}}}"#),
            format!("[{default}]"),
            &[2],
            &[0],
        ),
        1 => (
            format!(r#"{{"type": "map", "values": {ty}}}"#),
            format!(r#"{{"k": {default}}}"#),
            &[2, 2, b'k'],
            &[0],
        ),
        2 => (
            format!(
                r#"{{"type": "record", "name": "P{level}", "fields": [{{"name": "x", "type": {ty}}}]}}"#
            ),
            format!(r#"{{"x": {default}}}"#),
            &[],
            &[],
        ),
        3 => (
            format!(
                r#"{{"type": "record", "name": "P{level}", "fields": [{{"name": "x", "type": {ty}, "default": {default}}}]}}"#
            ),
            "{}".to_owned(),
            &[],
            &[],
        ),
        // A union stands in no union.
        _ if ty.starts_with('[') => (ty, default, &[], &[]),
        _ => (format!(r#"["boolean", {ty}, "null"]"#), default, &[2], &[]),
    };
    before.splice(0..0, first.iter().copied());
    after.extend(last);
    Around {
        ty,
        default,
        before,
        after,
    }
}

/// Small pseudo-random numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

#[test]
fn texts_are_the_numbers_that_json_cannot_write_at_any_depth() {
    let mut rng = Numbers(7);
    for round in 0..600 {
        let (text, float, double) = UNWRITABLE[round % 3];
        let (ty, bytes) = match rng.below(2) {
            0 => (r#""float""#, &float[..]),
            _ => (r#""double""#, &double[..]),
        };
        let mut around = Around {
            ty: ty.to_owned(),
            default: text.to_owned(),
            before: Vec::new(),
            after: Vec::new(),
        };
        for level in 0..rng.below(7) {
            around = wrapped(around, level, &mut rng);
        }
        let expected = [&around.before, bytes, &around.after].concat();
        let got = bytes_of(&around.ty, &around.default);
        assert_eq!(got, expected, "{} {}", around.ty, around.default);
    }
}

/// Java's choice too, for `["double", "string"]`: what a default meant before it means still.
#[test]
fn a_union_takes_a_text_for_a_text_before_it_takes_it_for_a_number() {
    let text = || Box::new(Datum::String("NaN".to_owned()));
    assert_eq!(
        of(r#"["double", "string"]"#, r#""NaN""#),
        Ok(Datum::Union(1, text()))
    );
    let symbols = r#"["float", {"type": "enum", "name": "E", "symbols": ["NaN"]}]"#;
    assert_eq!(
        of(symbols, r#""NaN""#),
        Ok(Datum::Union(1, Box::new(Datum::Enum(0))))
    );
    let records = r#"[
        {"type": "record", "name": "A", "fields": [{"name": "x", "type": "double"}]},
        {"type": "record", "name": "B", "fields": [{"name": "x", "type": "string"}]}]"#;
    assert_eq!(
        of(records, r#"{"x": "NaN"}"#),
        Ok(Datum::Union(1, Box::new(Datum::Record(vec![*text()]))))
    );
    // The first record fits: what its field is without a value does not depend on the union.
    let own = r#"[
        {"type": "record", "name": "A", "fields": [{"name": "x", "type": "double", "default": "Infinity"}]},
        {"type": "record", "name": "B", "fields": []}]"#;
    assert_eq!(
        of(own, "{}"),
        Ok(Datum::Union(
            0,
            Box::new(Datum::Record(vec![Datum::Double(f64::INFINITY)]))
        ))
    );
}
