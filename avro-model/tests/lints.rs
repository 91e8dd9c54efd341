//! What lints say, family by family, and what they are silent about.

use std::path::Path;

use avro_model::codes::{Category, Code};
use avro_model::exceptions::Exceptions;
use avro_model::{Diagnostic, Options, Severity, SourceMap, compile, compile_with, load, render};

/// The findings of these codes about one schema text, as people see them.
fn only(codes: &[Code], text: &str) -> String {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (_, mut found) = compile_with(&sources, &Options::new().category(Category::Extra));
    found.retain(|finding| codes.contains(&finding.code));
    render::text(&sources, &found, false)
}

/// The codes found in one schema text when everything is reported.
fn codes(text: &str) -> Vec<Code> {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (_, found) = compile_with(&sources, &Options::new().category(Category::Extra));
    found.iter().map(|finding| finding.code).collect()
}

macro_rules! lints {
    ($($name:ident: [$($code:ident),+] $text:expr;)+) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(only(&[$(Code::$code),+], $text));
        })+
    };
}

lints! {
    aliases_of_types: [DuplicateAlias, IdleAlias] r#"[
  {"type": "fixed", "name": "a.New", "size": 8, "aliases": ["Old", "a.New", "b.Old", "a.Old"]},
  {"type": "fixed", "name": "a.Old", "size": 8},
  {"type": "fixed", "name": "c.Third", "size": 8, "aliases": ["b.Old"]}]"#;
    aliases_of_fields: [DuplicateAlias, IdleAlias] r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "int", "aliases": ["a", "x", "x"]},
  {"name": "b", "type": "int", "aliases": ["a", "x"]},
  {"name": "c", "type": "int", "aliases": ["y"]}]}"#;
    aliases_that_are_no_names: [BadAlias] r#"{"type": "record", "name": "R", "aliases": ["a..b"], "fields": [
  {"name": "blood_type", "type": "int", "aliases": ["blood-type", "blood type?"]}]}"#;
    names_used_before_their_definitions: [UseBeforeDefinition, NullNamespaceReference] r#"[
  {"type": "record", "name": "a.R", "fields": [
    {"name": "self", "type": ["null", "R"]},
    {"name": "b", "type": "B"},
    {"name": "c", "type": {"type": "fixed", "name": "B", "size": 2}},
    {"name": "d", "type": "B"},
    {"name": "e", "type": "E"}]},
  {"type": "fixed", "name": "E", "size": 1}]"#;
    default_of_a_later_branch: [DefaultOfLaterBranch] r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": ["null", "string"], "default": "x"},
  {"name": "b", "type": ["int", "null"], "default": null},
  {"name": "c", "type": {"type": "array", "items": ["null", "int"]}, "default": [null, 3]},
  {"name": "d", "type": {"type": "record", "name": "P", "fields": [{"name": "x", "type": ["null", "int"], "default": 7}]}, "default": {}},
  {"name": "e", "type": ["null", "string"], "default": null}]}"#;
    optional_without_default: [OptionalWithoutDefault] r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": ["null", "string"]},
  {"name": "b", "type": ["string", "null"]},
  {"name": "c", "type": ["string", "int"]},
  {"name": "d", "type": "null"}]}"#;
    misplaced_attributes: [MisplacedAttribute] r#"{"type": "record", "name": "R", "order": "ignore", "fields": [
  {"name": "a", "type": {"type": "string", "order": "ignore", "aliases": ["b"]}},
  {"name": "c", "type": "long", "namespace": "com.acme"}]}"#;
    custom_properties: [AttributeTypo, MisspelledAttribute, UnknownAttribute] r#"{"type": "record", "name": "R", "alias": ["Q"], "team": "sales", "fields": [
  {"name": "a", "type": {"type": "long", "logicaltype": "timestamp-millis"}, "defualt": 0},
  {"name": "b", "type": {"type": "array", "items": "int", "java-class": "java.util.Set"}, "pii": true}]}"#;
    logical_types_that_resemble_known_ones: [UnknownLogicalType, MisspelledLogicalType] r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "long", "logicalType": "timestamp-milisec"}},
  {"name": "b", "type": {"type": "string", "logicalType": "timestamp-milisec"}},
  {"name": "c", "type": {"type": "string", "logicalType": "guid"}},
  {"name": "d", "type": {"type": "string", "logicalType": "UUID"}}]}"#;
    record_that_holds_itself: [NoDatum] r#"{"type": "record", "name": "A", "fields": [
  {"name": "id", "type": "long"},
  {"name": "b", "type": {"type": "record", "name": "B", "fields": [{"name": "a", "type": ["A", "B"]}]}}]}"#;
    enum_without_symbols_has_no_datum: [NoDatum] r#"{"type": "record", "name": "Holder", "fields": [
  {"name": "e", "type": {"type": "enum", "name": "E", "symbols": []}},
  {"name": "maybe", "type": ["null", "E"]}]}"#;
    unions_without_branches: [NoDatum] r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "array", "items": []}}, {"name": "b", "type": []}]}"#;
    top_level_union_without_branches: [NoDatum] "[]";
    unions_that_look_alike: [AmbiguousUnion] r#"{"type": "record", "name": "R", "fields": [
  {"name": "numbers", "type": ["null", "int", "double"]},
  {"name": "texts", "type": [{"type": "enum", "name": "E", "symbols": ["A"]}, "string"]},
  {"name": "bytes", "type": {"type": "array", "items": ["bytes", {"type": "fixed", "name": "F", "size": 2}]}},
  {"name": "records", "type": [
    {"type": "record", "name": "P", "fields": [{"name": "x", "type": "int"}]},
    {"type": "record", "name": "Q", "fields": [{"name": "x", "type": "string"}]}]},
  {"name": "map", "type": ["P", {"type": "map", "values": "int"}]},
  {"name": "fine", "type": ["null", "int", "string", "P"]},
  {"name": "told_apart", "type": ["string", {"type": "int", "logicalType": "date"}, {"type": "long", "logicalType": "timestamp-millis"}]}]}"#;
    names_that_become_one: [ForeignClash] r#"[{"type": "record", "name": "a.R", "fields": [
  {"name": "foo_bar", "type": "int"}, {"name": "fooBar", "type": "int"},
  {"name": "userId", "type": "int"}, {"name": "userID", "type": "int"},
  {"name": "url", "type": {"type": "enum", "name": "Url", "symbols": ["Open", "OPEN", "CLOSED"]}}]},
  {"type": "fixed", "name": "a.URL", "size": 2}, {"type": "fixed", "name": "b.URL", "size": 2}]"#;
    style_of_names: [TypeNameStyle, FieldNameStyle, SymbolStyle, NamespaceStyle] r#"[
  {"type": "record", "name": "order_line", "fields": [
    {"name": "item_id", "type": "int"}, {"name": "unitPrice", "type": "int"}, {"name": "Total", "type": "int"}, {"name": "_id", "type": "int"}]},
  {"type": "record", "name": "Line", "namespace": "com.Acme", "fields": [
    {"name": "id", "type": "int"}, {"name": "itemId", "type": "int"}, {"name": "unit_price", "type": "int"},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "Closed", "broken"]}}]}]"#;
    style_that_is_kept: [TypeNameStyle, FieldNameStyle, SymbolStyle, NamespaceStyle] r#"[
  {"type": "enum", "name": "com.acme.QoS", "symbols": ["low", "very_high"]},
  {"type": "enum", "name": "com.acme.HTTPMethod", "symbols": ["Get", "PutIfAbsent"]},
  {"type": "record", "name": "com.acme.SLA2", "fields": [{"name": "maxRetries2", "type": "int"}, {"name": "sha256", "type": "int"}]}]"#;
    missing_documentation: [MissingDoc] r#"{"type": "record", "name": "R", "doc": " ", "fields": [
  {"name": "a", "type": "int"}, {"name": "b", "type": "int", "doc": "known"}, {"name": "c", "type":
  {"type": "record", "name": "S", "doc": "known", "fields": [{"name": "d", "type": "int"}]}}]}"#;
    money_times_and_uuids: [FloatMoney, TextTime, BareTime, TextUuid] r#"{"type": "record", "name": "R", "fields": [
  {"name": "totalAmount", "type": ["null", "double"]},
  {"name": "prices", "type": {"type": "array", "items": "float"}},
  {"name": "created_at", "type": "string"},
  {"name": "birthDate", "type": ["null", "string"]},
  {"name": "updated_at_ms", "type": "long"},
  {"name": "date", "type": "int"},
  {"name": "start_time", "type": "long"},
  {"name": "order_uuid", "type": "string"}]}"#;
}

/// Names that resemble the ones above and promise nothing, and types that keep the promise.
#[test]
fn a_name_alone_is_no_finding() {
    let fields = [
        r#"{"name": "tax_rate", "type": "double"}"#,
        r#"{"name": "price_count", "type": "float"}"#,
        r#"{"name": "price", "type": "long"}"#,
        r#"{"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9}}"#,
        r#"{"name": "candidate", "type": "string"}"#,
        r#"{"name": "up_to_date", "type": "string"}"#,
        r#"{"name": "at", "type": "string"}"#,
        r#"{"name": "format", "type": "string"}"#,
        r#"{"name": "timeout_ms", "type": "long"}"#,
        r#"{"name": "response_time", "type": "long"}"#,
        r#"{"name": "start_time_ms", "type": "int"}"#,
        r#"{"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-micros"}}"#,
        r#"{"name": "created_at", "type": {"type": "string", "logicalType": "com.acme.iso"}}"#,
        r#"{"name": "timestamp", "type": ["string", "long"]}"#,
        r#"{"name": "event_id", "type": "string"}"#,
        r#"{"name": "uuid_version", "type": "string"}"#,
        r#"{"name": "", "type": "string"}"#,
        r#"{"name": "s", "type": "string"}"#,
    ];
    use Code::{BareTime, FloatMoney, TextTime, TextUuid};
    for field in fields {
        let text = format!(r#"{{"type": "record", "name": "R", "fields": [{field}]}}"#);
        assert_eq!(
            only(&[FloatMoney, TextTime, BareTime, TextUuid], &text),
            "",
            "{field}"
        );
    }
}

#[test]
fn types_that_end_are_no_endless_ones() {
    for text in [
        r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["R", "null"]}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": {"type": "array", "items": "R"}}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": {"type": "map", "values": "R"}}]}"#,
    ] {
        assert!(!codes(text).contains(&Code::NoDatum), "{text}");
    }
}

#[test]
fn an_alias_that_is_a_name_in_another_file() {
    let mut sources = SourceMap::new();
    let alias = r#"{"type": "fixed", "name": "a.Cost", "size": 8, "aliases": ["Price"]}"#;
    sources.add("a.avsc", alias).unwrap();
    sources
        .add(
            "b.avsc",
            r#"{"type": "fixed", "name": "a.Price", "size": 8}"#,
        )
        .unwrap();
    let (_, found) = compile(&sources);
    insta::assert_snapshot!(render::text(&sources, &found, false));
}

/// Where a mistake leaves a part unread, lints do not guess at it.
#[test]
fn lints_pass_over_what_could_not_be_read() {
    let text = r#"{"type": "record", "name": "R", "fields": [
        {"name": "price", "type": ["Nothing", "double"]}, {"name": "b", "type": [{"type": 3}, "int"]},
        {"name": "c", "type": {"type": "record", "doc": "", "fields": []}}]}"#;
    // Of `R` and its three fields, not of the record without a name.
    let undocumented = codes(text);
    let undocumented = undocumented
        .iter()
        .filter(|&&code| code == Code::MissingDoc);
    assert_eq!(undocumented.count(), 4);
    let found = codes(text);
    for code in [
        Code::OptionalWithoutDefault,
        Code::AmbiguousUnion,
        Code::NoDatum,
    ] {
        assert!(!found.contains(&code), "{found:?}");
    }
}

const EVERYTHING: &str = r#"{"type": "record", "name": "r", "owner": "me", "fields": [
  {"name": "price", "type": {"type": "double", "default": 1}},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["A"]}}]}"#;

/// The severities and codes of one text at one category.
fn at(options: &Options) -> Vec<Code> {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", EVERYTHING).unwrap();
    let (_, found) = compile_with(&sources, options);
    found.iter().map(|finding| finding.code).collect()
}

#[test]
fn each_category_holds_those_before_it() {
    use Code::{EnumWithoutDefault, MisplacedDefault, TypeNameStyle, UnknownAttribute};
    let marks = [
        MisplacedDefault,
        EnumWithoutDefault,
        TypeNameStyle,
        UnknownAttribute,
    ];
    let categories = [
        Category::Minimal,
        Category::Basic,
        Category::Standard,
        Category::Extra,
    ];
    for (shown, category) in categories.into_iter().enumerate() {
        let found = at(&Options::new().category(category));
        for (index, mark) in marks.iter().enumerate() {
            assert_eq!(
                found.contains(mark),
                index <= shown,
                "{mark} in {category:?}"
            );
        }
        let mut sources = SourceMap::new();
        sources.add("schema.avsc", EVERYTHING).unwrap();
        let (_, all) = compile_with(&sources, &Options::new().category(Category::Extra));
        let filtered: Vec<_> = all.up_to(category).iter().map(|f| f.code).collect();
        assert_eq!(filtered, found, "{category:?}");
    }
}

#[test]
fn one_lint_can_be_asked_for() {
    let found = at(&Options::new()
        .category(Category::Minimal)
        .also(Code::FloatMoney));
    assert_eq!(found, [Code::FloatMoney, Code::MisplacedDefault]);
}

/// An exception counts inside the object that it stands in, and only there.
#[test]
fn exceptions_with_reasons() {
    let text = r#"{"type": "record", "name": "R", "lint": {"allow": {"AVR054": "written by one service, for itself"}}, "fields": [
  {"name": "a", "type": ["null", "int"]},
  {"name": "price", "type": "double", "lint": {"allow": {"AVR095": "an estimate, never summed"}}},
  {"name": "cost", "type": "double"},
  {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"], "lint": {"allow": {"AVR043": "closed for ever"}}}},
  {"name": "t", "type": {"type": "long", "default": 0, "lint": {"allow": {"AVR071": "read by a tool of ours"}}}}]}"#;
    use Code::{
        EnumWithoutDefault, FloatMoney, IdleException, MisplacedDefault, OptionalWithoutDefault,
    };
    insta::assert_snapshot!(only(
        &[
            OptionalWithoutDefault,
            FloatMoney,
            EnumWithoutDefault,
            MisplacedDefault,
            IdleException
        ],
        text
    ));
}

/// What a generator finds is not known here: its exceptions are not idle, and it asks for them.
#[test]
fn exceptions_of_what_a_generator_finds() {
    let text = r#"{"type": "record", "name": "R", "fields": [
  {"name": "fooBar", "type": "int"},
  {"name": "foo_bar", "type": "int", "lint": {"allow": {"AVR080": "both are deployed"}}}]}"#;
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (set, found) = compile(&sources);
    assert_eq!(found.iter().count(), 0);
    let exceptions = Exceptions::of(&set);
    let (_, record) = set.types().next().unwrap();
    let allowed: Vec<_> = record
        .fields()
        .iter()
        .map(|field| exceptions.allow(&Diagnostic::new(Code::NameClash, field.name_span, "")))
        .collect();
    assert_eq!(allowed, [false, true]);
    let other = Diagnostic::new(Code::FloatMoney, record.fields()[1].name_span, "");
    assert!(!exceptions.allow(&other));
}

#[test]
fn exceptions_without_effect() {
    let text = r#"{"type": "record", "name": "R", "lint": {"allow": {"AVR095": "nothing here is money"}}, "fields": [
  {"name": "a", "type": "int", "default": "x", "lint": {"allow": {"AVR050": "we like it"}}},
  {"name": "price", "type": "double", "lint": {"allow": {"AVR095": " ", "AVR95": "typing error"}}},
  {"name": "b", "type": "double", "lint": {"allow": ["AVR095"]}},
  {"name": "c", "type": "double", "lint": "of somebody else"}]}"#;
    insta::assert_snapshot!(
        "exceptions_without_effect",
        only(&[Code::IdleException], text)
    );
    let unused = text
        .replace(r#""default": "x", "#, "")
        .replace("price", "length");
    insta::assert_snapshot!(
        "exceptions_not_needed",
        only(&[Code::IdleException], &unused)
    );
}

/// A run that does not look for a code does not miss it either.
#[test]
fn an_exception_of_a_lint_that_is_off_is_no_finding() {
    let text = r#"{"type": "fixed", "name": "F", "size": 1, "lint": {"allow": {"AVR094": "plain"}}, "doc": "F"}"#;
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    assert_eq!(compile(&sources).1.iter().count(), 0);
    assert!(codes(text).contains(&Code::IdleException));
}

/// The schemas of the four systems: nothing that a build shows, and lints that make sense.
#[test]
fn the_four_systems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let loaded = load::load(&[&folder]).unwrap();
    let mut sources = SourceMap::new();
    for (_, source) in loaded.iter() {
        let path = source.path().strip_prefix(&folder).unwrap();
        sources.add(path, source.text()).unwrap();
    }
    let options = Options::new().category(Category::Standard);
    let (_, found) = compile_with(&sources, &options);
    assert!(
        found
            .iter()
            .all(|finding| finding.severity == Severity::Lint)
    );
    let lines: Vec<_> = found
        .iter()
        .map(|finding| render::line(&sources, finding))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
