//! Input that is made to take long: the steps grow no faster than the input does.
//!
//! Each family is made with n and with 4 n parts. Steps that grew with the square would be sixteen
//! times as many; 4 n log n parts take less than six times.

use crate::codes::Category;
use crate::compat::{self, Side};
use crate::diagnostic::Diagnostics;
use crate::options::Options;
use crate::source::SourceMap;
use crate::steps::taken;
use crate::{SchemaSet, compile_text, compile_with};

#[track_caller]
fn grows_with_its_input(n: usize, family: impl Fn(usize) -> u64) {
    let (few, many) = (family(n), family(4 * n));
    assert!(
        few as usize >= n,
        "{few} steps for {n} parts: nothing was counted"
    );
    assert!(
        many <= 6 * few,
        "{few} steps for {n} parts, {many} for {}",
        4 * n
    );
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

fn record(name: &str, fields: &str) -> String {
    format!(r#"{{"type":"record","name":"{name}","fields":[{fields}]}}"#)
}

/// Fields of these names and this type, as JSON.
fn fields(n: usize, field: impl Fn(usize) -> String) -> String {
    joined((0..n).map(field))
}

fn compared(reader: &str, writer: &str) -> u64 {
    let (reader, writer) = (compile_text(reader).unwrap(), compile_text(writer).unwrap());
    let side = |set| Side::root(SchemaSet::only_root(set).unwrap(), set);
    taken(|| {
        let found = compat::compare(side(&reader), side(&writer));
        assert!(!found.is_compatible());
    })
}

fn set(schemas: &str, category: Category) -> (SourceMap, Diagnostics, u64) {
    let mut sources = SourceMap::new();
    sources.add("a.avsc", schemas).unwrap();
    let mut found = Diagnostics::new();
    let options = Options::new().category(category);
    let steps = taken(|| found = compile_with(&sources, &options).1);
    (sources, found, steps)
}

fn linted(schemas: &str) -> u64 {
    set(schemas, Category::Extra).2
}

#[test]
fn fields_that_the_writer_has_under_other_names() {
    let names = |prefix: &str, n| {
        record(
            "R",
            &fields(n, |i| format!(r#"{{"name":"{prefix}{i}","type":"int"}}"#)),
        )
    };
    grows_with_its_input(200, |n| compared(&names("r", n), &names("w", n)));
}

#[test]
fn fields_that_answer_to_two_of_the_writers() {
    let reader = |n| {
        let field = |i| format!(r#"{{"name":"f{i}","type":"int","aliases":["g{i}"]}}"#);
        record("R", &fields(n, field))
    };
    let writer = |n| {
        let field = |i| format!(r#"{{"name":"f{i}","type":"int"}},{{"name":"g{i}","type":"int"}}"#);
        record("R", &fields(n, field))
    };
    grows_with_its_input(100, |n| compared(&reader(n), &writer(n)));
}

#[test]
fn unions_of_records_none_of_which_is_the_others() {
    let union = |prefix: &str, n| {
        let branch = |i| record(&format!("{prefix}{i}"), r#"{"name":"x","type":"int"}"#);
        format!("[{}]", fields(n, branch))
    };
    grows_with_its_input(100, |n| compared(&union("R", n), &union("W", n)));
}

#[test]
fn unions_that_lead_to_one_type_with_many_faults() {
    let schema = |faults: usize, uses: usize| {
        let inner = record(
            "I",
            &fields(faults, |i| format!(r#"{{"name":"i{i}","type":"int"}}"#)),
        );
        let user = |i| match i {
            0 => format!(r#"{{"name":"u0","type":["null",{inner}]}}"#),
            i => format!(r#"{{"name":"u{i}","type":["null","I"]}}"#),
        };
        record("R", &fields(uses, user))
    };
    grows_with_its_input(100, |n| compared(&schema(n, n), &schema(0, n)));
}

/// Two circles of n and n + 1 types meet in n (n + 1) pairs.
#[test]
fn circles_of_types() {
    let beside = |n: usize, extra: &str| {
        let ty = |i: usize| {
            let next = (i + 1) % n;
            record(
                &format!("n{i}.R"),
                &format!(
                    r#"{{"name":"next","type":"n{next}.R"}},{{"name":"{extra}","type":"int"}}"#
                ),
            )
        };
        format!("[{}]", fields(n, ty))
    };
    let steps = |n| compared_first(&beside(n, "a"), &beside(n + 1, "b"));
    grows_with_its_input(100, steps);
}

/// Compares the first branches of two unions.
fn compared_first(reader: &str, writer: &str) -> u64 {
    let (reader, writer) = (compile_text(reader).unwrap(), compile_text(writer).unwrap());
    let side = |set| {
        let root = SchemaSet::only_root(set).unwrap();
        match &root.schema.kind {
            crate::schema::SchemaKind::Union(branches) => Side::schema(&branches[0], set),
            _ => Side::root(root, set),
        }
    };
    taken(|| {
        let found = compat::compare(side(&reader), side(&writer));
        assert!(!found.is_compatible());
    })
}

#[test]
fn names_that_are_not_defined_among_names_that_are() {
    let schemas = |n| {
        let field = |i| {
            let defined = record(&format!("Defined{i}"), "");
            format!(r#"{{"name":"a{i}","type":{defined}}},{{"name":"b{i}","type":"Undefnied{i}"}}"#)
        };
        record("R", &fields(n, field))
    };
    // The suggestions are limited: the steps may stop to grow.
    grows_with_its_input(200, |n| set(&schemas(n), Category::Basic).2);
}

#[test]
fn records_that_lead_to_one_that_always_holds_itself() {
    let chain = |n: usize| {
        let ty = |i: usize| {
            let next = (i + 1).min(n - 1);
            record(
                &format!("R{i}"),
                &format!(r#"{{"name":"next","type":"R{next}"}}"#),
            )
        };
        format!("[{}]", fields(n, ty))
    };
    grows_with_its_input(200, |n| linted(&chain(n)));
}

#[test]
fn unions_that_share_records_of_many_fields() {
    let schemas = |n: usize| {
        let wide = |i: usize| {
            let field = |j| format!(r#"{{"name":"f{i}_{j}","type":"int","default":0}}"#);
            record(&format!("Wide{i}"), &fields(n, field))
        };
        let union = |i| {
            let branches = match i {
                0 => joined((0..10).map(wide)),
                _ => joined((0..10).map(|i| format!(r#""Wide{i}""#))),
            };
            format!(r#"{{"name":"u{i}","type":[{branches}]}}"#)
        };
        record("R", &fields(n, union))
    };
    grows_with_its_input(50, |n| linted(&schemas(n)));
}

#[cfg(feature = "render")]
#[test]
fn findings_on_one_line() {
    let schema = |n| {
        record(
            "R",
            &fields(n, |i| format!(r#"{{"name":"a{i}","type":"nothing{i}x"}}"#)),
        )
    };
    grows_with_its_input(250, |n| {
        let (sources, found, _) = set(&schema(n), Category::Basic);
        taken(|| drop(crate::render::text(&sources, &found, false)))
    });
    grows_with_its_input(250, |n| {
        let (sources, found, _) = set(&schema(n), Category::Basic);
        let findings: Vec<_> = found
            .iter()
            .map(|found| crate::render::Finding::new(&sources, found))
            .collect();
        taken(|| drop(crate::render::json(&findings)))
    });
}

#[test]
fn keys_that_are_repeated() {
    let schema = |n| {
        let keys = joined((0..n).map(|_| r#""doc":"""#.to_owned()));
        format!(r#"{{"type":"record","name":"R","fields":[],{keys}}}"#)
    };
    grows_with_its_input(250, |n| {
        let (sources, found, _) = set(&schema(n), Category::Basic);
        assert_eq!(found.iter().count(), n - 1);
        taken(|| {
            drop(
                found
                    .iter()
                    .map(|it| crate::render::line(&sources, it))
                    .collect::<Vec<_>>(),
            )
        })
    });
}
