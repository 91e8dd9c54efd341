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

/// Registers a schema; its id.
fn register(store: &mut Store, subject: &str, schema: Schema) -> Result<SchemaId, Refusal> {
    store.register(subject, schema).map(|ids| ids.id)
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
    assert_eq!(store.lookup("a", schema(POINT)), Ok(latest));
    assert_eq!(store.version("a", Version::Number(1)).unwrap().id, id(1));
}

#[test]
fn says_what_is_missing() {
    let mut store = Store::default();
    let no_subject = Refusal::Subject("a".to_owned());
    assert_eq!(store.versions("a"), Err(no_subject.clone()));
    assert_eq!(store.version("a", Version::Latest), Err(no_subject.clone()));
    assert_eq!(store.lookup("a", schema("nonsense")), Err(no_subject));
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
        store.lookup("a", schema(r#""int""#)),
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
    let found = store.lookup("lines", line.clone()).unwrap();
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
    let ids = store.register("a", schema(record)).unwrap();
    let guid = Guid::parse("74eac7ad-f8e9-b2da-013c-1887a2f89163").unwrap();
    assert_eq!(ids, SchemaIds::new(id(1)).with_guid(Some(guid)));
    assert_eq!(store.register("b", schema(record)), Ok(ids));
    let text = store.schema_by_guid(guid).map(|schema| &*schema.text);
    assert_eq!(text, Ok(r#"{"type":"record","name":"R","fields":[]}"#));
    let version = store.version("b", Version::Latest).unwrap();
    assert_eq!(version.ids(), ids);
    let unknown = Guid::from_bytes([0; 16]);
    assert_eq!(store.schema_by_guid(unknown), Err(Refusal::Guid));

    store.register("points", schema(POINT)).unwrap();
    store.register("dots", schema(POINT)).unwrap();
    let one = store.register("l", referring(LINE, "a.Point", "points", 1));
    let other = store.register("l", referring(LINE, "a.Point", "dots", 1));
    assert_ne!(one.unwrap().guid, other.unwrap().guid);
}
