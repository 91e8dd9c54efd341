//! Unions: which branch is missing, and why the one that is there does not fit.

use avro_model::compat::Kind;

use super::{agree, compared, differ, record};

#[test]
fn missing_union_branch() {
    let found = compared(
        &record(r#"{"name": "u", "type": ["null", "string"]}"#),
        &record(r#"{"name": "u", "type": ["null", "string", "int"]}"#),
    );
    let line = "MISSING_UNION_BRANCH /fields/0/type/2 /fields/0/type/2";
    assert_eq!(found.lines(), [line]);
    assert_eq!(found.texts(), (r#"["null", "string"]"#, r#""int""#));
    let only = found.only();
    assert_eq!(
        only.message,
        "field `u` of record `a.b.R`: the reader's union has no branch for the writer's int"
    );
    assert_eq!(only.notes, ["add int to the reader's union"]);
}

#[test]
fn unions_are_tried_branch_by_branch() {
    agree(r#"["null", "int"]"#, r#""int""#);
    agree(r#"["null", "double"]"#, r#"["int", "null", "float"]"#);
    agree(r#""double""#, r#"["int", "long"]"#);
    agree(r#"["int"]"#, "[]");
    differ(
        r#"["null", "int"]"#,
        r#""string""#,
        &["MISSING_UNION_BRANCH / /"],
    );
    differ(
        r#""int""#,
        r#"["int", "string", "null"]"#,
        &["TYPE_MISMATCH /1 /1", "TYPE_MISMATCH /2 /2"],
    );
}

#[test]
fn a_branch_that_does_not_fit_says_why() {
    let union = |field: &str| {
        format!(r#"["null", {{"type": "record", "name": "a.P", "fields": [{field}]}}]"#)
    };
    let found = compared(
        &union(r#"{"name": "x", "type": "int"}, {"name": "y", "type": "int"}"#),
        &union(r#"{"name": "x", "type": "string"}"#),
    );
    assert_eq!(found.lines(), ["MISSING_UNION_BRANCH /1 /1"]);
    let why = [
        "field `x` of record `a.P`: the reader's int cannot be read from the writer's string",
        "field `y` of record `a.P` has no default, and the writer's record has no such field",
    ];
    assert_eq!(
        found.only().notes,
        why.map(|why| format!(
            "the reader has a branch of that name or type, which does not fit: {why}"
        ))
    );
    let causes = found.only().causes.iter();
    assert_eq!(
        causes.map(|cause| &cause.message[..]).collect::<Vec<_>>(),
        why
    );
}

#[test]
fn the_cause_of_a_missing_branch_is_found_through_the_unions_in_it() {
    let nested = |inner: &str| {
        format!(
            r#"["null", {{"type": "record", "name": "Line", "fields": [
                {{"name": "sum", "type": ["null", {{"type": "record", "name": "Money", "fields": [
                    {{"name": "unit", "type": {inner}}}]}}]}}]}}]"#
        )
    };
    let found = compared(&nested(r#"["int"]"#), &nested(r#""string""#));
    assert_eq!(found.lines(), ["MISSING_UNION_BRANCH /1 /1"]);
    let [cause] = &found.only().causes[..] else {
        panic!("{:#?}", found.only().causes);
    };
    assert_eq!(cause.kind, Kind::MissingUnionBranch);
    assert_eq!(cause.reader.within.as_ref().unwrap().as_str(), "Money");
}
