//! What people see of an incompatible change: the place in the new schema, the one in the version
//! before it, who reads whom, and all that is broken.

use avro_model::compat::{Mode, Side, Subject, Version, diagnose, impact};
use avro_model::exceptions::Exceptions;
use avro_model::source::FileId;
use avro_model::{Diagnostics, Options, SchemaSet, SourceMap, compile_files, render};

/// New schemas, and the deployed versions of some of them, by name, oldest first.
struct Change<'a> {
    mode: Mode,
    new: &'a [(&'a str, &'a str)],
    deployed: &'a [(&'a str, &'a [&'a str])],
    topics: &'a [(&'a str, &'a str)],
}

impl Change<'_> {
    fn says(&self) -> String {
        let (sources, found) = self.found();
        render::text(&sources, &found, false)
    }

    fn found(&self) -> (SourceMap, Diagnostics) {
        let mut sources = SourceMap::new();
        let mut add = |path: String, text: &str| sources.add(path, text).unwrap();
        let new: Vec<FileId> = self
            .new
            .iter()
            .map(|(path, text)| add((*path).to_owned(), text))
            .collect();
        let deployed: Vec<(&str, Vec<FileId>)> = self
            .deployed
            .iter()
            .map(|(name, texts)| {
                let files = texts.iter().zip(1..);
                let files =
                    files.map(|(text, n)| add(format!("avro-history/{name}/{n}.avsc"), text));
                (*name, files.collect())
            })
            .collect();
        let compile = |files: &[FileId]| {
            let (set, found) = compile_files(&sources, files, &Options::new());
            assert!(!found.has_errors(), "{found:?}");
            set
        };
        let set = compile(&new);
        let versions: Vec<(&str, Vec<SchemaSet>)> = deployed
            .iter()
            .map(|(name, files)| (*name, files.iter().map(|&file| compile(&[file])).collect()))
            .collect();
        let subjects: Vec<Subject<'_>> = versions
            .iter()
            .map(|(name, versions)| self.subject(name, &set, versions))
            .collect();
        let exceptions = Exceptions::of(&set);
        let mut found = diagnose(&subjects);
        found.retain(|found| !exceptions.allow(found));
        found.sort_by_path(&sources);
        drop(subjects);
        (sources, found)
    }

    fn subject<'s>(
        &self,
        name: &str,
        set: &'s SchemaSet,
        versions: &'s [SchemaSet],
    ) -> Subject<'s> {
        let mut roots = set.roots().iter();
        let root = roots.find(|root| impact::name(root, set) == name).unwrap();
        let topics = self.topics.iter().filter(|(_, value)| *value == name);
        let versions = versions.iter().zip(1..).map(|(set, number)| Version {
            name: format!("version {number}"),
            schema: Side::root(&set.roots()[0], set),
        });
        Subject {
            name: name.to_owned(),
            topics: topics.map(|(topic, _)| (*topic).to_owned()).collect(),
            mode: Some(self.mode),
            schema: Side::root(root, set),
            versions: versions.collect(),
        }
    }
}

/// What is said of one schema with a field of this type, and of the version before it.
fn says(mode: Mode, now: &str, deployed: &str) -> String {
    let [now, deployed] = [now, deployed].map(|fields| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [\n  {{\"name\": \"id\", \"type\": \"long\"}}{fields}]}}"
        )
    });
    let change = Change {
        mode,
        new: &[("Order.avsc", &now)],
        deployed: &[("shop.Order", &[&deployed])],
        topics: &[],
    };
    change.says()
}

macro_rules! changes {
    ($($name:ident: $mode:ident $now:literal $deployed:literal;)+) => {
        $(#[test]
        fn $name() {
            let said = says(Mode::$mode, $now, $deployed);
            insta::assert_snapshot!(said);
        })+
    };
}

changes! {
    renamed_type: Backward
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Digest\", \"size\": 16}}"
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Hash\", \"size\": 16}}";
    renamed_type_with_an_alias_in_full: Full
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Digest\", \"size\": 16, \"aliases\": [\"Hash\"]}}"
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Hash\", \"size\": 16}}";
    another_size: Full
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Hash\", \"size\": 32}}"
        ",\n  {\"name\": \"hash\", \"type\": {\"type\": \"fixed\", \"name\": \"Hash\", \"size\": 16}}";
    symbols_taken_away: Backward
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"CLOSED\"]}}"
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"LOST\", \"CLOSED\"]}}";
    symbol_added_in_forward: Forward
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"LOST\", \"CLOSED\"]}}"
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"CLOSED\"]}}";
    field_added: Backward ",\n  {\"name\": \"total\", \"type\": \"double\"}" "";
    field_removed_in_full: Full "" ",\n  {\"name\": \"total\", \"type\": \"double\"}";
    field_renamed_with_an_alias_in_full: Full
        ",\n  {\"name\": \"sum\", \"type\": \"double\", \"aliases\": [\"total\"]}"
        ",\n  {\"name\": \"total\", \"type\": \"double\"}";
    type_changed_in_full: Full
        ",\n  {\"name\": \"total\", \"type\": \"double\"}"
        ",\n  {\"name\": \"total\", \"type\": \"string\"}";
    type_widened_in_forward: Forward
        ",\n  {\"name\": \"total\", \"type\": \"double\"}"
        ",\n  {\"name\": \"total\", \"type\": \"int\"}";
    branch_removed: Backward
        ",\n  {\"name\": \"note\", \"type\": [\"null\", \"string\"]}"
        ",\n  {\"name\": \"note\", \"type\": [\"null\", \"string\", \"long\"]}";
    branch_added_in_forward: Forward
        ",\n  {\"name\": \"note\", \"type\": [\"null\", \"string\", \"long\"]}"
        ",\n  {\"name\": \"note\", \"type\": [\"null\", \"string\"]}";
    decimal_scale: Backward
        ",\n  {\"name\": \"total\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 4}}"
        ",\n  {\"name\": \"total\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}}";
    decimal_precision_in_full: Full
        ",\n  {\"name\": \"total\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 6, \"scale\": 2}}"
        ",\n  {\"name\": \"total\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}}";
    time_unit: Backward
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}}"
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}";
    local_timestamp: Forward
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"local-timestamp-millis\"}}"
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}";
    logical_type: Backward
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"int\", \"logicalType\": \"date\"}}"
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"int\", \"logicalType\": \"time-millis\"}}";
    logical_type_added_in_full: Full
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}"
        ",\n  {\"name\": \"at\", \"type\": \"long\"}";
    logical_type_removed_in_full: Full
        ",\n  {\"name\": \"at\", \"type\": \"long\"}"
        ",\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}";
    symbol_swallowed_in_full: Full
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"CLOSED\"], \"default\": \"OPEN\"}}"
        ",\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"State\", \"symbols\": [\"OPEN\", \"LOST\"], \"default\": \"OPEN\"}}";
}

#[test]
fn nothing_is_checked_in_mode_none() {
    let said = says(
        Mode::None,
        "",
        ",\n  {\"name\": \"total\", \"type\": \"double\"}",
    );
    assert_eq!(said, "");
}

const MONEY: &str =
    r#"{"type": "record", "name": "shop.Money", "fields": [{"name": "cents", "type": "long"}]}"#;

/// A schema of its own and a part of two others: one change, one finding, and all that it breaks.
#[test]
fn a_change_of_a_shared_type_names_all_that_it_breaks() {
    let holder = |name: &str, ty: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.{name}\", \"fields\": [\n  {{\"name\": \"total\", \"type\": {ty}}}]}}"
        )
    };
    let new = [
        (
            "Money.avsc",
            "{\"type\": \"record\", \"name\": \"shop.Money\", \"fields\": [\n  {\"name\": \"cents\", \"type\": \"long\"},\n  {\"name\": \"currency\", \"type\": \"string\"}]}",
        ),
        ("Order.avsc", &holder("Order", "\"Money\"")),
        ("Invoice.avsc", &holder("Invoice", "[\"null\", \"Money\"]")),
        (
            "Refund.avsc",
            &holder(
                "Refund",
                "{\"type\": \"map\", \"values\": [\"null\", \"Money\"]}",
            ),
        ),
    ];
    let change = Change {
        mode: Mode::BackwardTransitive,
        new: &new,
        deployed: &[
            (
                "shop.Order",
                &[&holder("Order", MONEY), &holder("Order", MONEY)],
            ),
            (
                "shop.Invoice",
                &[&holder("Invoice", &format!("[\"null\", {MONEY}]"))],
            ),
            (
                "shop.Refund",
                &[&holder(
                    "Refund",
                    &format!("{{\"type\": \"map\", \"values\": [\"null\", {MONEY}]}}"),
                )],
            ),
        ],
        topics: &[
            ("orders", "shop.Order"),
            ("orders.eu", "shop.Order"),
            ("invoices", "shop.Invoice"),
        ],
    };
    insta::assert_snapshot!(change.says());
    assert_eq!(change.found().1.iter().count(), 1);
}

/// Other versions lack other symbols: two findings.
#[test]
fn versions_that_differ_are_told_apart() {
    let state = |symbols: &str| {
        format!("{{\"type\": \"enum\", \"name\": \"shop.State\",\n  \"symbols\": [{symbols}]}}")
    };
    let change = Change {
        mode: Mode::ForwardTransitive,
        new: &[("State.avsc", &state(r#""A", "B", "C""#))],
        deployed: &[(
            "shop.State",
            &[&state(r#""A""#), &state(r#""A""#), &state(r#""A", "B""#)],
        )],
        topics: &[],
    };
    insta::assert_snapshot!(change.says());
}

/// An exception beside the schema holds for another meaning, and not for data that cannot be read.
#[test]
fn another_meaning_can_be_excepted_and_unreadable_data_cannot() {
    let allowed = r#", "lint": {"allow": {"AVR112": "nobody has written one yet", "AVR115": "always was one"}}"#;
    let time = |unit: &str, more: &str| {
        format!(
            ",\n  {{\"name\": \"at\", \"type\": {{\"type\": \"long\", \"logicalType\": \"timestamp-{unit}\"}}{more}}}"
        )
    };
    let now = time("micros", allowed);
    assert_eq!(says(Mode::Backward, &now, &time("millis", "")), "");
    let bare = ",\n  {\"name\": \"at\", \"type\": \"long\"}";
    assert_eq!(says(Mode::Backward, &now, bare), "");
    let refused = says(
        Mode::Backward,
        &now,
        ",\n  {\"name\": \"at\", \"type\": \"string\"}",
    );
    assert!(refused.contains("error[AVR104]"), "{refused}");
}

#[test]
fn an_exception_of_unreadable_data_has_no_effect_and_says_so() {
    let mut sources = SourceMap::new();
    let text = r#"{"type": "fixed", "name": "a.Hash", "size": 2, "lint": {"allow": {"AVR101": "it is fine"}}}"#;
    let file = sources.add("Hash.avsc", text).unwrap();
    let (_, found) = compile_files(&sources, &[file], &Options::new());
    let said: Vec<String> = found
        .iter()
        .map(|found| render::line(&sources, found))
        .collect();
    assert_eq!(
        said,
        [
            "Hash.avsc:1:67: warning[AVR075]: AVR101 (fixed of another size) is an error and has no exceptions"
        ]
    );
}
