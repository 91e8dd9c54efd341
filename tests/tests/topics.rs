//! A topic whose value is a top-level schema without a name; above all a union, which works like several
//! types.

use avro_codegen::Config;
use avro_model::SourceMap;
use avro_runtime::topic::{SubjectNameStrategy, Topic, Value};
use avro_runtime::{AvroSchema, Limits, to_datum};
use avro_tests::cases::topic_union as union;
use union::pay::{Dollar, Euro};
use union::topics::{Money as MoneyTopic, Tags as TagsTopic};

type Money = <MoneyTopic as Topic>::Value;

fn euro() -> Euro {
    Euro {
        account: 7,
        cents: 250,
    }
}

fn dollar(account: Option<i64>) -> Dollar {
    Dollar { account }
}

#[test]
fn a_union_is_one_schema_under_the_topics_subject() {
    assert_eq!(MoneyTopic::NAME, "money");
    assert_eq!(MoneyTopic::SUBJECT, SubjectNameStrategy::TopicName);
    assert_eq!(MoneyTopic::subjects(), ["money-value"]);
    let [schema] = Money::SCHEMAS else {
        panic!("{:?}", Money::SCHEMAS);
    };
    assert_eq!(
        (schema.fullname, schema.schema),
        ("money", union::Money::SCHEMA)
    );
    assert_eq!(TagsTopic::subjects(), ["tags-value"]);
}

#[test]
fn every_branch_has_its_key() {
    assert_eq!(MoneyTopic::key(&euro().into()), Some(&7));
    assert_eq!(MoneyTopic::key(&dollar(Some(8)).into()), Some(&8));
    assert_eq!(MoneyTopic::key(&dollar(None).into()), None);
}

/// A datum of the union is the branch's number and the branch's datum.
#[test]
fn values_are_data_of_the_union_and_read_as_such() {
    for (value, branch, datum) in [
        (Money::from(euro()), 0, to_datum(&euro()).unwrap()),
        (
            dollar(Some(8)).into(),
            2,
            to_datum(&dollar(Some(8))).unwrap(),
        ),
    ] {
        let mut written = Vec::new();
        value.encode_into(&mut written).unwrap();
        assert_eq!(written, [&[branch], &*datum].concat());
        let reader = Money::reader(union::Money::SCHEMA).unwrap();
        assert_eq!(
            Money::read(&reader, &written, Limits::default()).unwrap(),
            value
        );
    }
}

/// Whoever wrote one of the types alone is read too, by schema resolution.
#[test]
fn data_of_a_branch_alone_are_read() {
    let reader = Money::reader(Dollar::SCHEMA).unwrap();
    let datum = to_datum(&dollar(Some(8))).unwrap();
    let value = Money::read(&reader, &datum, Limits::default()).unwrap();
    assert_eq!(value, dollar(Some(8)).into());
    assert!(Money::reader("\"string\"").is_err());
}

const EURO: &str =
    r#"{"type": "record", "name": "Euro", "fields": [{"name": "id", "type": "long"}]}"#;

/// What is wrong with a topic over these files.
fn mistakes(topic: &str, files: &[(&str, &str)]) -> Vec<String> {
    let manifest = format!("[[topic]]\nname = \"t\"\n{topic}\n");
    let config = Config::from_toml("avro.toml", &manifest).unwrap();
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path, *text).unwrap();
    }
    match config.generate(&sources) {
        Ok(_) => Vec::new(),
        Err(error) => {
            let findings = error.findings();
            findings
                .iter()
                .map(|found| found.message.to_string())
                .collect()
        }
    }
}

#[test]
fn a_schema_without_a_name_has_no_subject_of_its_own() {
    let files = [("money.avsc", format!("[{EURO}, \"string\"]"))];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    assert_eq!(mistakes("value = \"money\"", &files), [""; 0]);
    let why = "`money` is a schema without a name, and `subject` names subjects after types";
    for more in ["record-name", "topic-record-name"] {
        for value in ["\"money\"", "[\"Euro\", \"money\"]"] {
            let topic = format!("value = {value}\nsubject = \"{more}\"");
            assert_eq!(mistakes(&topic, &files), [why], "{topic}");
        }
    }
}

#[test]
fn a_key_is_a_field_of_every_branch() {
    let money = |branches: &str| format!("[{EURO}, {branches}]");
    let topic = "value = \"money\"\nkey = \"id\"";
    let check = |branches: &str, expected: &[&str]| {
        assert_eq!(
            mistakes(topic, &[("money.avsc", &money(branches))]),
            expected,
            "{branches}"
        );
    };
    let record = |field: &str| format!(r#"{{"type": "record", "name": "B", "fields": [{field}]}}"#);
    check(&record(r#"{"name": "id", "type": ["null", "long"]}"#), &[]);
    check(
        &record(r#"{"name": "id", "type": "int"}"#),
        &["`id` has not the same type in all values"],
    );
    check(
        &record(r#"{"name": "uid", "type": "long"}"#),
        &["`B` has no field `id`"],
    );
    let only_records = "a topic whose value is generated here as a record can have a key field, or as a \
                        union of records";
    for branches in [
        "\"string\"",
        "\"null\"",
        r#"{"type": "fixed", "name": "F", "size": 1}"#,
        r#"{"type": "array", "items": "Euro"}"#,
    ] {
        check(branches, &[only_records]);
    }
}

/// A named type comes before a file of its name.
#[test]
fn a_type_is_meant_before_a_file() {
    let files = [
        ("Euro.avsc", "[\"int\", \"string\"]"),
        ("euro-type.avsc", EURO),
    ];
    let topic = "value = \"Euro\"\nkey = \"id\"";
    assert_eq!(mistakes(topic, &files), [""; 0]);
    assert_eq!(
        mistakes("value = \"Eur\"", &files),
        ["no schema defines `Eur`"]
    );
}
