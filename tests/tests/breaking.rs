//! What a change breaks: data, JSON, and Rust code that uses the generated types; against what is
//! deployed, and against another revision of the schemas.

use std::collections::BTreeSet;

use avro_codegen::{Against, Breaking, Config, Mode, Part, Revision};
use avro_model::codes::Class;
use avro_model::render;
use avro_model::source::SourceMap;

/// Schemas, and what they were in the revision `main`.
struct Change<'a> {
    manifest: &'a str,
    /// The manifest of the revision; the same unless set.
    before: Option<&'a str>,
    now: &'a [(&'a str, &'a str)],
    main: &'a [(&'a str, &'a str)],
}

impl Change<'_> {
    fn breaks(&self, classes: &[Class], mode: Option<Mode>) -> (SourceMap, Breaking) {
        let mut sources = SourceMap::new();
        for (path, text) in self.now {
            sources.add(format!("schemas/{path}"), *text).unwrap();
        }
        let main = self.main.iter();
        let files = main.map(|(path, text)| {
            let path = format!("main:/schemas/{path}");
            sources.add(path, *text).unwrap()
        });
        let files = files.collect();
        let config = |path: &str, text: &str| Config::from_toml(path, text).unwrap();
        let revision = Revision {
            name: "main".to_owned(),
            config: config("main:/avro.toml", self.before.unwrap_or(self.manifest)),
            files,
        };
        let classes: BTreeSet<Class> = classes.iter().copied().collect();
        let breaking = config("avro.toml", self.manifest)
            .breaking(&sources, Against::Schemas(&revision), &classes, mode)
            .unwrap_or_else(|error| panic!("{error:?}"));
        (sources, breaking)
    }

    /// What breaks Rust code, and the part of the version that has to move.
    fn source(&self) -> (String, Part) {
        let (sources, breaking) = self.breaks(&[Class::Source], None);
        let said = render::text(&sources, &breaking.findings, false);
        (said, breaking.part.unwrap())
    }

    /// The messages alone.
    fn messages(&self) -> (Vec<String>, Part) {
        let (_, breaking) = self.breaks(&[Class::Source], None);
        let found = breaking.findings.iter();
        let found = found.map(|found| format!("{} {}", found.code, found.message));
        (found.collect(), breaking.part.unwrap())
    }
}

fn change<'a>(now: &'a [(&'a str, &'a str)], main: &'a [(&'a str, &'a str)]) -> Change<'a> {
    Change {
        manifest: "schemas = [\"schemas\"]\n",
        before: None,
        now,
        main,
    }
}

fn golden(name: &str, said: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("breaking_{name}"), said));
}

const ORDER: &str = r#"{"type": "record", "name": "shop.Order", "fields": [
  {"name": "id", "type": "int"},
  {"name": "note", "type": ["null", "string"], "default": null},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "CLOSED"]}},
  {"name": "pay", "type": ["int", {"type": "record", "name": "Card", "fields": []}]}]}"#;

fn order(text: &str) -> String {
    text.to_owned()
}

#[test]
fn what_is_the_same_breaks_nothing() {
    let same = [("Order.avsc", ORDER)];
    assert_eq!(change(&same, &same).messages(), (Vec::new(), Part::Patch));
    let documented = ORDER.replacen("\"int\"", "\"int\", \"doc\": \"The key.\"", 1);
    let now = [("Order.avsc", documented.as_str())];
    assert_eq!(change(&now, &same).messages(), (Vec::new(), Part::Patch));
    let more = [
        ("Order.avsc", ORDER),
        (
            "More.avsc",
            r#"{"type": "fixed", "name": "shop.More", "size": 2}"#,
        ),
    ];
    assert_eq!(change(&more, &same).messages(), (Vec::new(), Part::Minor));
}

/// Every code of the class, each at its place.
#[test]
fn what_breaks_code_is_shown_at_its_place() {
    let now = r#"{"type": "record", "name": "shop.Order", "fields": [
  {"name": "id", "type": "long"},
  {"name": "weight", "type": "double"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "LOST"]}},
  {"name": "pay", "type": ["int", "string"]}]}"#;
    let (said, part) = change(&[("Order.avsc", now)], &[("Order.avsc", ORDER)]).source();
    golden("source", &said);
    assert_eq!(part, Part::Major);
    let codes: BTreeSet<&str> = said.split("error[").skip(1).map(|it| &it[..6]).collect();
    let all = [
        "AVR130", "AVR131", "AVR132", "AVR133", "AVR134", "AVR135", "AVR136", "AVR137",
    ];
    assert_eq!(codes, all.into());
}

/// A field with a default breaks whoever names all fields, and nobody where structs may grow.
#[test]
fn what_may_grow_grows() {
    let grown = ORDER.replacen(
        "\"default\": null}",
        "\"default\": null},\n  {\"name\": \"more\", \"type\": \"int\", \"default\": 0}",
        1,
    );
    let grown = grown.replace("\"CLOSED\"", "\"CLOSED\", \"LOST\"");
    let now = [("Order.avsc", grown.as_str())];
    let main = [("Order.avsc", ORDER)];
    let (messages, part) = change(&now, &main).messages();
    assert_eq!(
        messages,
        [
            "AVR133 `shop::Order` has a new field `more`: code that names all of them breaks",
            "AVR134 `shop::State` has a new variant `Lost`: code that matches all breaks",
        ]
    );
    assert_eq!(part, Part::Major);
    let manifest =
        "schemas = [\"schemas\"]\n\n[[override]]\nselect = \"shop.*\"\nnon-exhaustive = true\n";
    let change = Change {
        manifest,
        ..change(&now, &main)
    };
    assert_eq!(change.messages(), (Vec::new(), Part::Minor));
    // To put it on is to take away what code does already.
    let change = Change {
        before: Some("schemas = [\"schemas\"]\n"),
        now: &main,
        ..change
    };
    let (messages, part) = change.messages();
    assert_eq!(part, Part::Major);
    assert!(
        messages.iter().all(|message| message.starts_with("AVR137")),
        "{messages:?}"
    );
}

/// A rename that data survive, and a Rust name that is kept.
#[test]
fn a_kept_rust_name_breaks_nothing() {
    let renamed = ORDER.replace("\"id\"", "\"key\"");
    let now = [("Order.avsc", renamed.as_str())];
    let main = [("Order.avsc", ORDER)];
    let (messages, part) = change(&now, &main).messages();
    assert_eq!(part, Part::Major);
    assert!(
        messages.contains(&order("AVR131 `shop::Order` has no field `id` any more")),
        "{messages:?}"
    );
    let change = Change {
        manifest: "schemas = [\"schemas\"]\n\n[[override]]\nselect = \"shop.Order.key\"\nrust-name = \"id\"\n",
        before: Some("schemas = [\"schemas\"]\n"),
        ..change(&now, &main)
    };
    assert_eq!(change.messages(), (Vec::new(), Part::Patch));
}

#[test]
fn a_topic_is_a_type_too() {
    let manifest = "schemas = [\"schemas\"]\n\n[[topic]]\nname = \"orders\"\nvalue = \"shop.Order\"\nkey = \"id\"\n";
    let main = [("Order.avsc", ORDER)];
    let without = Change {
        manifest: "schemas = [\"schemas\"]\n",
        before: Some(manifest),
        ..change(&main, &main)
    };
    let (messages, _) = without.messages();
    assert_eq!(
        messages,
        ["AVR130 there is no type `topics::Orders` any more"]
    );
    let rekeyed = ORDER.replacen("\"int\"", "\"long\"", 1);
    let now = [("Order.avsc", rekeyed.as_str())];
    let rekeyed = Change {
        manifest,
        ..change(&now, &main)
    };
    let (messages, _) = rekeyed.messages();
    assert!(
        messages.contains(&order(
            "AVR132 field `Key` of `topics::Orders` is `i64` and was `i32`"
        )),
        "{messages:?}"
    );
}

/// Classes are chosen, the mode too, and what cannot be read is not said again of JSON.
#[test]
fn classes_and_the_mode_are_chosen() {
    let now = r#"{"type": "record", "name": "shop.Order", "fields": [
  {"name": "id", "type": "int"},
  {"name": "total", "type": "long", "aliases": ["sum"]},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
  {"name": "more", "type": "string"}]}"#;
    let main = r#"{"type": "record", "name": "shop.Order", "fields": [
  {"name": "id", "type": "int"},
  {"name": "sum", "type": "long"},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#;
    let (now, main) = ([("Order.avsc", now)], [("Order.avsc", main)]);
    let change = change(&now, &main);
    let codes = |classes: &[Class], mode| {
        let (_, breaking) = change.breaks(classes, mode);
        let codes = breaking.findings.iter().map(|found| found.code.as_str());
        (codes.collect::<Vec<_>>(), breaking.part)
    };
    assert_eq!(codes(&[Class::Wire], None), (vec!["AVR103"], None));
    assert_eq!(codes(&[Class::Semantic], None), (vec!["AVR112"], None));
    assert_eq!(
        codes(&[Class::Json], None),
        (vec!["AVR120", "AVR121"], None)
    );
    let both = codes(&[Class::Wire, Class::Json], None);
    assert_eq!(both, (vec!["AVR120", "AVR103"], None));
    let (all, part) = codes(&Class::ALL, Some(Mode::None));
    assert!(
        all.iter().all(|code| ("AVR130".."AVR140").contains(code)),
        "{all:?}"
    );
    assert_eq!(part, Some(Part::Major));
    let full = codes(&[Class::Wire], Some(Mode::Full)).0;
    assert_eq!(full, ["AVR103", "AVR103"]);
}

/// A schema that main has and that is there no more breaks data and code.
#[test]
fn what_is_gone_breaks() {
    let more = (
        "More.avsc",
        r#"{"type": "fixed", "name": "shop.More", "size": 2}"#,
    );
    let now = [("Order.avsc", ORDER)];
    let main = [now[0], more];
    let (sources, breaking) = change(&now, &main).breaks(&Class::ALL, None);
    golden("gone", &render::text(&sources, &breaking.findings, false));
}

/// Against the history, source is compared with the last version of each schema.
#[test]
fn the_history_is_what_schemas_are_compared_with() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let config = Config::load(root.join("avro.toml")).unwrap();
    let sources = config.load_sources().unwrap();
    let classes: BTreeSet<Class> = Class::ALL.into();
    let breaking = config
        .breaking(&sources, Against::History, &classes, None)
        .unwrap();
    let found = breaking.findings.iter();
    let said: Vec<String> = found
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect();
    golden("four_systems", &said.join("\n"));
    assert_eq!(breaking.part, Some(Part::Major));
}
