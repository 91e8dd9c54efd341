use super::super::compile::compile;
use super::*;

const POINT: &str =
    r#"{"type": "record", "name": "a.Point", "fields": [{"name": "x", "type": "int"}]}"#;
const MINIFIED: &str = r#"{"type":"record","name":"a.Point","fields":[{"name":"x","type":"int"}]}"#;
const LINE: &str = r#"{"type":"record","name":"a.Line","fields":[{"name":"from","type":"Point"},{"name":"to","type":"Point"}]}"#;

fn schema(text: &str) -> Schema {
    Schema {
        text: text.into(),
        references: Vec::new(),
    }
}

fn referring(text: &str, name: &str, subject: &str, version: u32) -> Schema {
    let reference = Reference {
        name: name.into(),
        subject: subject.into(),
        version,
    };
    Schema {
        text: text.into(),
        references: vec![reference],
    }
}

fn id(number: u32) -> SchemaId {
    SchemaId::new(number)
}

fn compiled(store: &Store, schema: Schema) -> Result<Compiled, Refusal> {
    let referenced = store.referenced(&schema.references)?;
    compile(schema, &referenced, false).map_err(Refusal::Invalid)
}

/// Registers a schema; what it is called.
fn named(store: &mut Store, subject: &str, schema: Schema) -> Result<SchemaIds, Refusal> {
    let compiled = compiled(store, schema)?;
    Ok(store.register(subject, compiled))
}

/// Registers a schema; its id.
fn register(store: &mut Store, subject: &str, schema: Schema) -> Result<SchemaId, Refusal> {
    named(store, subject, schema).map(|ids| ids.id)
}

fn lookup(store: &Store, subject: &str, schema: Schema) -> Result<Registered, Refusal> {
    store.lookup(subject, &compiled(store, schema)?)
}

#[test]
fn one_schema_has_one_id_under_every_subject() {
    let mut store = Store::default();
    assert_eq!(register(&mut store, "a", schema(POINT)), Ok(id(1)));
    assert_eq!(register(&mut store, "b", schema(r#""string""#)), Ok(id(2)));
    assert_eq!(register(&mut store, "b", schema(MINIFIED)), Ok(id(1)));
    assert_eq!(
        store.places(id(1)),
        Ok(vec![("a".to_owned(), 1), ("b".to_owned(), 2)])
    );
    assert_eq!(store.subjects(), ["a", "b"]);
}

#[test]
fn registering_again_changes_nothing() {
    let mut store = Store::default();
    for text in [POINT, MINIFIED, POINT] {
        assert_eq!(register(&mut store, "a", schema(text)), Ok(id(1)));
    }
    assert_eq!(store.versions("a"), Ok(vec![1]));
    assert_eq!(register(&mut store, "a", schema(r#""int""#)), Ok(id(2)));
    assert_eq!(register(&mut store, "a", schema(POINT)), Ok(id(1)));
    assert_eq!(store.versions("a"), Ok(vec![1, 2]));
}

#[test]
fn white_space_inside_strings_and_the_order_of_attributes_count() {
    let mut store = Store::default();
    let texts = [
        r#"{"type":"int","doc":"a b"}"#,
        r#"{"type":"int","doc":"ab"}"#,
        r#"{"doc":"ab","type":"int"}"#,
        r#"{"doc":"a\"  b","type":"int"}"#,
    ];
    for (text, number) in texts.into_iter().zip(1..) {
        assert_eq!(
            register(&mut store, "a", schema(text)),
            Ok(id(number)),
            "{text}"
        );
        assert_eq!(&*store.schema(id(number)).unwrap().text, text);
    }
}

#[test]
fn finds_versions_by_number_and_the_latest() {
    let mut store = Store::default();
    register(&mut store, "a", schema(r#""int""#)).unwrap();
    register(&mut store, "a", schema(POINT)).unwrap();
    let latest = store.version("a", Version::Latest).unwrap();
    let guid = schema(MINIFIED).guid();
    let expected = Registered::new("a", id(2), 2, MINIFIED).with_guid(Some(guid));
    assert_eq!(latest, expected);
    assert_eq!(store.version("a", Version::Number(2)), Ok(latest.clone()));
    assert_eq!(lookup(&store, "a", schema(POINT)), Ok(latest));
    assert_eq!(store.version("a", Version::Number(1)).unwrap().id, id(1));
}

#[test]
fn says_what_is_missing() {
    let mut store = Store::default();
    let no_subject = Refusal::Subject("a".to_owned());
    assert_eq!(store.versions("a"), Err(no_subject.clone()));
    assert_eq!(store.version("a", Version::Latest), Err(no_subject.clone()));
    assert_eq!(store.expect_subject("a"), Err(no_subject.clone()));
    assert_eq!(lookup(&store, "a", schema(POINT)), Err(no_subject));
    register(&mut store, "a", schema(POINT)).unwrap();
    for number in [0, 2, u32::MAX] {
        let version = Version::Number(number);
        assert_eq!(store.version("a", version), Err(Refusal::Version(version)));
        let found = store
            .schema(id(if number == 2 { 3 } else { number }))
            .map(|_| ());
        assert!(matches!(found, Err(Refusal::Id(_))));
    }
    assert_eq!(
        lookup(&store, "a", schema(r#""int""#)),
        Err(Refusal::NotUnder("a".to_owned()))
    );
    assert!(matches!(store.places(id(9)), Err(Refusal::Id(_))));
}

#[test]
fn refuses_what_is_no_schema_and_keeps_nothing_of_it() {
    let mut store = Store::default();
    for text in [
        "",
        "nonsense",
        r#""strng""#,
        r#"{"type":"record","name":"R"}"#,
        LINE,
    ] {
        let refused = register(&mut store, "a", schema(text));
        assert!(
            matches!(refused, Err(Refusal::Invalid(_))),
            "{text}: {refused:?}"
        );
    }
    assert!(store.subjects().is_empty() && store.schemas.is_empty());
}

#[test]
fn a_schema_may_refer_to_other_subjects() {
    let mut store = Store::default();
    register(&mut store, "points", schema(POINT)).unwrap();
    let line = referring(LINE, "a.Point", "points", 1);
    assert_eq!(register(&mut store, "lines", line.clone()), Ok(id(2)));
    assert_eq!(register(&mut store, "lines", line.clone()), Ok(id(2)));
    let found = lookup(&store, "lines", line.clone()).unwrap();
    assert_eq!((&*found.schema, found.references), (LINE, line.references));
    let nested = r#"{"type":"array","items":"a.Line"}"#;
    assert_eq!(
        register(&mut store, "paths", referring(nested, "a.Line", "lines", 1)),
        Ok(id(3))
    );
    let dangling = register(&mut store, "x", referring(LINE, "a.Point", "points", 2));
    assert!(
        matches!(dangling, Err(Refusal::Invalid(why)) if why.contains("`points` and version 2"))
    );
}

#[test]
fn references_are_part_of_what_a_schema_is() {
    let mut store = Store::default();
    register(&mut store, "points", schema(POINT)).unwrap();
    register(&mut store, "dots", schema(POINT)).unwrap();
    assert_eq!(
        register(&mut store, "a", referring(LINE, "a.Point", "points", 1)),
        Ok(id(2))
    );
    assert_eq!(
        register(&mut store, "a", referring(LINE, "a.Point", "dots", 1)),
        Ok(id(3))
    );
}

/// The GUID of a schema without references is the MD5 of its text; that of one with references is
/// of these too.
#[test]
fn a_guid_is_of_all_that_tells_a_schema_from_others() {
    let mut store = Store::default();
    let record = r#"{"type": "record", "name": "R", "fields": []}"#;
    let ids = named(&mut store, "a", schema(record)).unwrap();
    let guid = Guid::parse("74eac7ad-f8e9-b2da-013c-1887a2f89163").unwrap();
    assert_eq!(ids, SchemaIds::new(id(1)).with_guid(Some(guid)));
    assert_eq!(named(&mut store, "b", schema(record)), Ok(ids));
    let text = store.schema_by_guid(guid).map(|schema| &*schema.text);
    assert_eq!(text, Ok(r#"{"type":"record","name":"R","fields":[]}"#));
    let version = store.version("b", Version::Latest).unwrap();
    assert_eq!(version.ids(), ids);
    let unknown = Guid::from_bytes([0; 16]);
    assert_eq!(store.schema_by_guid(unknown), Err(Refusal::Guid));

    register(&mut store, "points", schema(POINT)).unwrap();
    register(&mut store, "dots", schema(POINT)).unwrap();
    let one = named(&mut store, "l", referring(LINE, "a.Point", "points", 1));
    let other = named(&mut store, "l", referring(LINE, "a.Point", "dots", 1));
    assert_ne!(one.unwrap().guid, other.unwrap().guid);
}

/// As Confluent's registry, which counts the first reference of a name, depth first.
#[test]
fn a_graph_may_hold_one_name_at_two_versions() {
    let mut store = Store::default();
    let point = |field: &str| schema(&MINIFIED.replace(r#""x""#, &format!("{field:?}")));
    register(&mut store, "points", point("x")).unwrap();
    register(&mut store, "points", point("y")).unwrap();
    register(&mut store, "lines", referring(LINE, "a.Point", "points", 1)).unwrap();
    let reference = |name: &str, subject: &str, version| Reference {
        name: name.to_owned(),
        subject: subject.to_owned(),
        version,
    };
    let lines = reference("a.Line", "lines", 1);
    let newer = reference("a.Point", "points", 2);
    let both = |references: [&Reference; 2]| Schema {
        text: r#"["a.Line","a.Point"]"#.into(),
        references: references.map(Clone::clone).to_vec(),
    };
    for (references, texts) in [
        ([&lines, &newer], ["lines version 1", "points version 1"]),
        ([&newer, &lines], ["points version 2", "lines version 1"]),
    ] {
        let schema = both(references);
        let referenced = store.referenced(&schema.references).unwrap();
        let places: Vec<_> = referenced.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, texts);
        register(&mut store, "unions", schema).unwrap();
    }
    assert_eq!(store.versions("unions"), Ok(vec![1, 2]));
}

#[test]
fn a_schema_with_all_in_place_is_the_version_that_refers_to_it() {
    let mut store = Store::default();
    register(&mut store, "points", schema(POINT)).unwrap();
    let line = referring(LINE, "a.Point", "points", 1);
    let ids = named(&mut store, "lines", line.clone()).unwrap();
    let whole = LINE.replacen(r#""Point""#, MINIFIED, 1);
    let reordered = whole.replace(
        r#""type":"record","name":"a.Line""#,
        r#""namespace":"a","name":"Line","type":"record""#,
    );
    for text in [&whole, &reordered] {
        assert_eq!(named(&mut store, "lines", schema(text)), Ok(ids), "{text}");
        let found = lookup(&store, "lines", schema(text)).unwrap();
        assert_eq!(
            (found.ids(), found.references),
            (ids, line.references.clone())
        );
    }
    assert_eq!(store.versions("lines"), Ok(vec![1]));

    let documented = whole.replacen(r#""fields""#, r#""doc":"A line.","fields""#, 1);
    assert_ne!(
        register(&mut store, "lines", schema(&documented)),
        Ok(ids.id)
    );
    assert_ne!(register(&mut store, "others", schema(&whole)), Ok(ids.id));
    assert_eq!(register(&mut store, "others", line), Ok(ids.id));
}

#[test]
fn what_one_schema_leads_to_is_bounded() {
    let mut store = Store::default();
    // The store does not look into texts: any text will do.
    let any = compiled(&store, schema(r#""int""#)).unwrap();
    let fill = |store: &mut Store, subject: &str, length| {
        let schema = schema(&format!("{subject}{}", "x".repeat(length)));
        store.register(
            subject,
            Compiled {
                schema,
                ..any.clone()
            },
        );
    };
    let many: Vec<_> = (0..=MOST_REFERENCES).map(|n| format!("small{n}")).collect();
    let large: Vec<_> = (0..9).map(|n| format!("large{n}")).collect();
    many.iter().for_each(|name| fill(&mut store, name, 0));
    let length = MOST_REFERENCED_BYTES / 8;
    large.iter().for_each(|name| fill(&mut store, name, length));

    let referenced = |names: &[String]| {
        let references = names.iter().map(|name| Reference {
            name: name.clone(),
            subject: name.clone(),
            version: 1,
        });
        store.referenced(&references.collect::<Vec<_>>())
    };
    assert_eq!(
        referenced(&many[1..]).map(|texts| texts.len()),
        Ok(MOST_REFERENCES)
    );
    assert_eq!(referenced(&large[2..]).map(|texts| texts.len()), Ok(7));
    for names in [&many, &large] {
        let refused = referenced(names);
        assert!(
            matches!(refused, Err(Refusal::Invalid(why)) if why.contains("1000 other schemas"))
        );
    }
}
