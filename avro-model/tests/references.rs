//! A schema that is linked together with the texts that it refers to.

use avro_model::{SchemaSet, bundle, compile_text, compile_with_references, identity};

fn record(name: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, ty)| format!(r#"{{"name":"{name}","type":{ty}}}"#))
        .collect();
    let fields = fields.join(",");
    format!(r#"{{"type":"record","name":"{name}","fields":[{fields}]}}"#)
}

/// The schema with everything in place.
fn whole(schema: &str, references: &[&str]) -> Result<String, String> {
    let references: Vec<_> = (1..).map(|n| format!("text {n}")).zip(references).collect();
    let set = compile_with_references(schema, &references).map_err(|error| error.to_string())?;
    let root = set.only_root().expect("the schema is the only root");
    Ok(bundle::schema(&set, root))
}

#[test]
fn of_two_definitions_the_first_in_the_list_counts() {
    let (one, two) = (
        record("a.P", &[("x", r#""int""#)]),
        record("a.P", &[("y", r#""string""#)]),
    );
    let schema = record("a.R", &[("p", r#""a.P""#)]);
    for (first, second) in [(&one, &two), (&two, &one)] {
        let expected = record("a.R", &[("p", first)]);
        assert_eq!(whole(&schema, &[first, second]), Ok(expected));
    }
}

#[test]
fn the_schemas_own_definitions_count_before_all_others() {
    let (own, other) = (
        record("a.P", &[("x", r#""int""#)]),
        record("a.P", &[("y", r#""string""#)]),
    );
    let line = record("a.L", &[("from", r#""a.P""#)]);
    let schema = record("a.R", &[("p", &own), ("l", r#""a.L""#)]);
    let expected = record("a.R", &[("p", &own), ("l", &line)]);
    assert_eq!(whole(&schema, &[&line, &other]), Ok(expected));
    // An older version of the schema that a text refers to does not replace the schema.
    let wrap = record("a.W", &[("r", r#"["null","a.R"]"#)]);
    let new = record("a.R", &[("w", r#""a.W""#), ("more", r#""int""#)]);
    let expected = record("a.R", &[("w", &wrap), ("more", r#""int""#)]);
    assert_eq!(whole(&new, &[&wrap, &record("a.R", &[])]), Ok(expected));
}

/// What counts is which definition stands first, at any depth of any text.
#[test]
fn a_definition_inside_another_text_is_one_like_any() {
    let (one, two) = (
        r#"{"type":"enum","name":"a.E","symbols":["A"]}"#,
        r#"{"type":"enum","name":"a.E","symbols":["B","C"]}"#,
    );
    let outer = record(
        "a.O",
        &[("e", &format!(r#"{{"type":"array","items":{two}}}"#))],
    );
    let schema = record("a.R", &[("o", r#""a.O""#), ("e", r#""a.E""#)]);
    let array = |items: &str| format!(r#"{{"type":"array","items":{items}}}"#);
    let inside = record(
        "a.R",
        &[
            ("o", &record("a.O", &[("e", &array(two))])),
            ("e", r#""a.E""#),
        ],
    );
    assert_eq!(whole(&schema, &[&outer, one]), Ok(inside));
    let apart = record(
        "a.R",
        &[
            ("o", &record("a.O", &[("e", &array(one))])),
            ("e", r#""a.E""#),
        ],
    );
    assert_eq!(whole(&schema, &[one, &outer]), Ok(apart));
}

/// A type that only a definition without effect defines is still there for who names it.
#[test]
fn what_stands_inside_a_definition_without_effect_is_defined_all_the_same() {
    let first = record("a.P", &[("x", r#""int""#)]);
    let inner = r#"{"type":"fixed","name":"Inner","size":2}"#;
    let second = record("a.P", &[("i", inner)]);
    let schema = record("a.R", &[("p", r#""a.P""#), ("i", r#""a.Inner""#)]);
    let whole = whole(&schema, &[&first, &second]).unwrap();
    assert!(
        whole.contains(&first) && whole.contains(r#""size":2"#),
        "{whole}"
    );
    assert!(compile_text(&whole).is_ok(), "{whole}");
}

/// Each type stands in another place, and every name means the same there.
#[test]
fn the_shallow_form_is_the_same_schema() {
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..200 {
        let name = |n: usize| format!("{}T{n}", ["", "a.", "b."][n % 3]);
        let texts: Vec<_> = (0..12)
            .map(|n| {
                let types: Vec<_> = (0..random.usize(0..4))
                    .map(|_| {
                        format!(
                            r#"["null",{{"type":"map","values":"{}"}}]"#,
                            name(random.usize(0..12))
                        )
                    })
                    .collect();
                let names: Vec<_> = (1..).map(|n| format!("f{n}")).take(types.len()).collect();
                let fields: Vec<_> = names
                    .iter()
                    .zip(&types)
                    .map(|(n, ty)| (&**n, &**ty))
                    .collect();
                (format!("text {n}"), record(&name(n), &fields))
            })
            .collect();
        let schema = record(
            "a.R",
            &[("one", r#""a.T1""#), ("all", r#"["b.T2","a.T4","T3"]"#)],
        );
        let set = compile_with_references(&schema, &texts).unwrap();
        let root = set.only_root().unwrap();
        let shallow = compile_text(&bundle::shallow(&set, root)).unwrap();
        let of = |set: &SchemaSet| identity::of(set, &set.only_root().unwrap().schema);
        assert_eq!(of(&shallow), of(&set), "{}", bundle::shallow(&set, root));
    }
}

#[test]
fn every_text_is_read_leniently_and_none_may_be_broken() {
    let lax =
        r#"{"type":"record","name":"a.P","fields":[{"name":"x y","type":"int","default":"no"}],}"#;
    let schema = record("a.R", &[("p", r#""a.P""#)]);
    assert!(whole(&schema, &[lax]).is_ok());
    let error = whole(&schema, &[lax, "{"]).unwrap_err();
    assert!(error.contains("text 2:1:"), "{error}");
    let twice = format!(
        r#"["null",{0},{{"type":"array","items":{0}}}]"#,
        record("a.Q", &[])
    );
    let error = whole(&schema, &[lax, &twice]).unwrap_err();
    assert!(error.contains("`a.Q` is defined twice"), "{error}");
    let error = whole(&schema, &[]).unwrap_err();
    assert!(error.contains("`a.P`, which is not defined"), "{error}");
}
