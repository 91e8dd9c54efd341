//! What a default means: JSON against schema.

use avro_model::datum::Datum;
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
        (r#""double""#, r#""NaN""#),
        (r#""boolean""#, r#""true""#),
        (r#""bytes""#, r#""\u0100""#),
    ] {
        assert_eq!(of(ty, default), Err(MismatchKind::Value), "{ty} {default}");
    }
}
