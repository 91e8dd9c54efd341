//! A new version against those before it, and what a changed type breaks.

use avro_model::compat::{self, Direction, Mode, Side, impact};
use avro_model::{SchemaSet, SourceMap, compile, compile_text};

/// A record with these fields, each `name` or `name=` for one with a default.
fn version(fields: &[&str]) -> SchemaSet {
    let field = |field: &&str| match field.strip_suffix('=') {
        Some(name) => format!(r#"{{"name": "{name}", "type": "int", "default": 0}}"#),
        None => format!(r#"{{"name": "{field}", "type": "int"}}"#),
    };
    let fields: Vec<String> = fields.iter().map(field).collect();
    let text = format!(
        r#"{{"type": "record", "name": "R", "fields": [{}]}}"#,
        fields.join(",")
    );
    compile_text(&text).unwrap()
}

fn side(set: &SchemaSet) -> Side<'_> {
    Side::root(&set.roots()[0], set)
}

/// The modes in which the new version is compatible.
fn compatible(new: &[&str], previous: &[&[&str]]) -> Vec<&'static str> {
    let new = version(new);
    let previous: Vec<SchemaSet> = previous.iter().map(|fields| version(fields)).collect();
    let previous: Vec<Side<'_>> = previous.iter().map(side).collect();
    let modes = Mode::ALL.into_iter();
    let modes = modes.filter(|&mode| compat::check(side(&new), &previous, mode).is_compatible());
    modes.map(Mode::as_str).collect()
}

const ALL: [&str; 7] = [
    "NONE",
    "BACKWARD",
    "BACKWARD_TRANSITIVE",
    "FORWARD",
    "FORWARD_TRANSITIVE",
    "FULL",
    "FULL_TRANSITIVE",
];
const BACKWARD: [&str; 3] = ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE"];
const FORWARD: [&str; 3] = ["NONE", "FORWARD", "FORWARD_TRANSITIVE"];

#[test]
fn against_one_version() {
    assert_eq!(compatible(&["a"], &[]), ALL);
    assert_eq!(compatible(&["a"], &[&["a"]]), ALL);
    assert_eq!(compatible(&["a", "b="], &[&["a"]]), ALL);
    assert_eq!(compatible(&["a", "b"], &[&["a"]]), FORWARD);
    assert_eq!(compatible(&["a"], &[&["a", "b"]]), BACKWARD);
    assert_eq!(compatible(&["a", "c"], &[&["a", "b"]]), ["NONE"]);
}

#[test]
fn only_the_transitive_modes_look_behind_the_last_version() {
    assert_eq!(
        compatible(&["a", "b"], &[&["a"], &["a", "b="]]),
        ["NONE", "BACKWARD", "FORWARD", "FORWARD_TRANSITIVE", "FULL"]
    );
    assert_eq!(
        compatible(&["a"], &[&["a", "b"], &["a", "b="]]),
        ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FULL"]
    );
}

#[test]
fn comparisons_say_which_version_and_who_reads() {
    let versions = [version(&["a"]), version(&["b"]), version(&["a", "b"])];
    let previous = [side(&versions[0]), side(&versions[1])];
    let checks = |mode| {
        let report = compat::check(side(&versions[2]), &previous, mode);
        let checks = report.checks.iter();
        checks
            .map(|check| (check.previous, check.direction))
            .collect::<Vec<_>>()
    };
    use Direction::{Backward, Forward};
    assert_eq!(checks(Mode::None), []);
    assert_eq!(checks(Mode::Backward), [(1, Backward)]);
    assert_eq!(
        checks(Mode::BackwardTransitive),
        [(1, Backward), (0, Backward)]
    );
    assert_eq!(checks(Mode::Forward), [(1, Forward)]);
    assert_eq!(checks(Mode::Full), [(1, Backward), (1, Forward)]);
    assert_eq!(
        checks(Mode::FullTransitive),
        [(1, Backward), (1, Forward), (0, Backward), (0, Forward)]
    );
    let report = compat::check(side(&versions[2]), &previous, Mode::BackwardTransitive);
    let locations: Vec<&str> = report
        .incompatibilities()
        .map(|found| found.reader.location.as_str())
        .collect();
    assert_eq!(locations, ["/fields/0", "/fields/1"]);
}

#[test]
fn semantic_findings_are_no_part_of_the_verdict_and_none_asks_for_none() {
    let time = |unit: &str| {
        compile_text(&format!(
            r#"{{"type": "long", "logicalType": "timestamp-{unit}"}}"#
        ))
        .unwrap()
    };
    let (new, old) = (time("micros"), time("millis"));
    let full = compat::check(side(&new), &[side(&old)], Mode::Full);
    assert!(full.is_compatible());
    assert_eq!(full.semantic().count(), 2);
    let none = compat::check(side(&new), &[side(&old)], Mode::None);
    assert_eq!(none.semantic().count(), 0);
}

#[test]
fn modes_are_read_as_registries_write_them() {
    for mode in Mode::ALL {
        assert_eq!(mode.to_string().parse(), Ok(mode));
    }
    let unknown = "backward".parse::<Mode>().unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "`backward` is no compatibility mode: write one of NONE, BACKWARD, BACKWARD_TRANSITIVE, \
         FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE"
    );
    assert_eq!(Mode::default(), Mode::Backward);
}

#[test]
fn two_modes_together_demand_what_each_demands() {
    use Mode::{Backward, BackwardTransitive, Forward, ForwardTransitive, Full, FullTransitive};
    assert_eq!(Backward.and(Forward), Full);
    assert_eq!(Backward.and(Mode::None), Backward);
    assert_eq!(BackwardTransitive.and(Forward), FullTransitive);
    for a in Mode::ALL {
        assert_eq!(a.and(a), a);
        for b in Mode::ALL {
            assert_eq!(a.and(b), b.and(a));
        }
    }
    assert_eq!(ForwardTransitive.and(Full), FullTransitive);
}

fn files(money: &str) -> SchemaSet {
    let mut sources = SourceMap::new();
    let texts = [
        ("money.avsc", money),
        (
            "line.avsc",
            r#"{"type": "record", "name": "a.Line", "fields": [
                {"name": "price", "type": ["null", "a.Money"], "default": null}]}"#,
        ),
        (
            "order.avsc",
            r#"{"type": "record", "name": "a.Order", "fields": [
                {"name": "lines", "type": {"type": "array", "items": "a.Line"}}]}"#,
        ),
        ("amounts.avsc", r#"{"type": "map", "values": "a.Money"}"#),
        (
            "other.avsc",
            r#"{"type": "fixed", "name": "a.Other", "size": 1}"#,
        ),
    ];
    for (path, text) in texts {
        sources.add(path, text).unwrap();
    }
    let (set, found) = compile(&sources);
    assert!(!found.has_errors());
    set
}

const MONEY: &str = r#"{"type": "record", "name": "a.Money", "fields": [
    {"name": "units", "type": "long"}]}"#;

#[test]
fn a_type_reaches_the_top_level_schemas_that_hold_it() {
    let set = files(MONEY);
    let money = set.find("a.Money").unwrap();
    let lines: Vec<String> = impact::affected(&set, money)
        .iter()
        .map(|affected| {
            let through = affected.through.iter().map(|&id| set[id].fullname.as_str());
            let through: Vec<&str> = through.collect();
            format!(
                "{}: {}",
                impact::name(affected.root, &set),
                through.join(" > ")
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "amounts: a.Money",
            "a.Line: a.Line > a.Money",
            "a.Money: a.Money",
            "a.Order: a.Order > a.Line > a.Money",
        ]
    );
}

#[test]
fn a_changed_type_names_every_top_level_schema_that_it_breaks() {
    let (old, new) = (files(MONEY), files(&MONEY.replace("\"long\"", "\"int\"")));
    let broken = impact::broken(&new, &old, Mode::Backward);
    let lines: Vec<String> = broken
        .iter()
        .map(|broken| {
            format!(
                "{}: {}",
                broken.changed.as_ref().unwrap(),
                broken.roots.join(", ")
            )
        })
        .collect();
    assert_eq!(lines, ["a.Money: a.Line, a.Money, a.Order, amounts"]);
    assert_eq!(impact::broken(&new, &old, Mode::Forward), []);
    assert_eq!(impact::broken(&old, &old, Mode::FullTransitive), []);
}
