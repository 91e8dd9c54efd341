//! Schemas against what is deployed: an incompatible change generates nothing, in the mode that the
//! manifest sets; and a history that is not what avro.lock says is not believed.

use std::fmt::Write as _;

use avro_codegen::{Config, Error, Output};
use avro_model::diagnostic::Severity;
use avro_model::fingerprint::sha256;
use avro_model::source::SourceMap;
use avro_model::{compile_text, identity, render};

/// Deployed versions: the name of the folder, and the texts, oldest first.
type Deployed<'a> = &'a [(&'a str, &'a [&'a str])];

/// The sources of a project with this history, and a lock that lists all of it.
fn sources(schemas: &[(&str, &str)], deployed: Deployed<'_>) -> SourceMap {
    let mut sources = SourceMap::new();
    for (path, text) in schemas {
        sources.add(*path, *text).unwrap();
    }
    for (name, texts) in deployed {
        for (text, number) in texts.iter().zip(1..) {
            let path = format!("avro-history/{name}/{number}.avsc");
            sources.add(path, *text).unwrap();
        }
    }
    sources.add("avro.lock", lock(deployed)).unwrap();
    sources
}

/// avro.lock as `cargo avro freeze` writes it.
fn lock(deployed: Deployed<'_>) -> String {
    let mut lock = "version = 1\n".to_owned();
    for (name, texts) in deployed {
        for (text, number) in texts.iter().zip(1..) {
            let identity = match compile_text(text) {
                Ok(set) => hex(&identity::of(&set, &set.only_root().unwrap().schema)),
                Err(_) => hex(&[0; 32]),
            };
            let digest = hex(&sha256(text));
            write!(
                lock,
                "\n[[schema]]\nname = \"{name}\"\nversion = {number}\nsha256 = \"{digest}\"\nidentity = \"{identity}\"\n"
            )
            .unwrap();
        }
    }
    lock
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn generate(manifest: &str, sources: &SourceMap) -> Result<Output, Error> {
    Config::from_toml("avro.toml", manifest)?.generate(sources)
}

/// Errors and warnings, as people see them.
fn said(manifest: &str, sources: &SourceMap) -> String {
    match generate(manifest, sources) {
        Ok(output) => {
            let found = output.findings().iter();
            let found = found.filter(|found| found.severity > Severity::Lint);
            let found: Vec<_> = found
                .map(|found| render::text_of(output.sources(), found, false))
                .collect();
            found.join("\n")
        }
        Err(error) => error.render(false),
    }
}

#[track_caller]
fn says(name: &str, manifest: &str, sources: &SourceMap) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let said = said(manifest, sources);
    settings.bind(|| insta::assert_snapshot!(format!("history_{name}"), said));
}

const ORDER: &str = "{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [\n  {\"name\": \"id\", \"type\": \"long\"},\n  {\"name\": \"total\", \"type\": \"double\"}]}";
const WITHOUT_TOTAL: &str = "{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [\n  {\"name\": \"id\", \"type\": \"long\"}]}";

fn orders(now: &str) -> SourceMap {
    sources(&[("schemas/Order.avsc", now)], &[("shop.Order", &[ORDER])])
}

fn mode(mode: &str) -> String {
    format!("[compatibility]\nmode = \"{mode}\"\n")
}

#[test]
fn a_removed_field_without_a_default_stops_the_build_in_full_and_not_in_none() {
    let changed = orders(WITHOUT_TOTAL);
    says("removed_field_in_full", &mode("FULL"), &changed);
    for lenient in ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE"] {
        assert_eq!(said(&mode(lenient), &changed), "", "{lenient}");
    }
    for strict in ["FORWARD", "FORWARD_TRANSITIVE", "FULL_TRANSITIVE"] {
        assert!(generate(&mode(strict), &changed).is_err(), "{strict}");
    }
    assert_eq!(said("", &changed), "", "the mode is BACKWARD unless set");
    assert_eq!(said(&mode("FULL_TRANSITIVE"), &orders(ORDER)), "");
}

#[test]
fn a_schema_without_history_is_free() {
    let sources = sources(&[("schemas/Order.avsc", WITHOUT_TOTAL)], &[]);
    assert_eq!(said(&mode("FULL_TRANSITIVE"), &sources), "");
}

/// Every topic demands, and an override; the others keep the manifest's mode.
#[test]
fn overrides_and_topics_set_the_mode() {
    let manifest = "[[override]]\nselect = \"shop.Order\"\ncompatibility = \"NONE\"\n\n[[topic]]\nname = \"orders\"\nvalue = \"shop.Order\"\ncompatibility = \"BACKWARD\"\n\n[[topic]]\nname = \"orders.eu\"\nvalue = \"shop.Order\"\ncompatibility = \"FORWARD\"\n";
    says("strictest_of_topics", manifest, &orders(WITHOUT_TOTAL));
    let none = "[[override]]\nselect = \"shop.**\"\ncompatibility = \"NONE\"\n";
    assert_eq!(said(&(mode("FULL") + none), &orders(WITHOUT_TOTAL)), "");
}

#[test]
fn mistakes_of_the_configuration_are_said_at_their_place() {
    let manifest = "[compatibility]\nmode = \"full\"\nsemantics = \"deny\"\n\n[[override]]\nselect = \"shop.Order\"\ncompatibility = \"BACKWARDS\"\n";
    says("configuration", manifest, &orders(ORDER));
    let manifest = "[[override]]\nselect = \"shop.Ordre\"\ncompatibility = \"FULL\"\n\n[[override]]\nselect = \"shop.Order.total\"\ncompatibility = \"FULL\"\n";
    says("selects_nothing", manifest, &orders(ORDER));
}

/// Another meaning is an error that can be switched; what cannot be read is not.
#[test]
fn another_meaning_can_be_switched() {
    let at = |unit: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.Order\", \"fields\": [\n  {{\"name\": \"at\", \"type\": {{\"type\": \"long\", \"logicalType\": \"timestamp-{unit}\"}}}}]}}"
        )
    };
    let (now, deployed) = (at("micros"), at("millis"));
    let changed = sources(
        &[("schemas/Order.avsc", &now)],
        &[("shop.Order", &[&deployed])],
    );
    says("another_meaning", "", &changed);
    let first_word = |manifest: &str| {
        let said = said(manifest, &changed);
        said.split('[').next().map(str::to_owned)
    };
    for (manifest, expected) in [
        ("[compatibility]\nsemantic = \"warn\"\n", "warning"),
        ("[compatibility]\nsemantic = \"allow\"\n", ""),
        ("[lints]\nAVR112 = \"warn\"\n", "warning"),
        ("[lints]\nAVR112 = \"allow\"\n", ""),
        (
            "[lints]\nAVR112 = \"deny\"\n\n[compatibility]\nsemantic = \"allow\"\n",
            "error",
        ),
        ("[compatibility]\nmode = \"NONE\"\n", ""),
    ] {
        assert_eq!(
            first_word(manifest).as_deref(),
            Some(expected),
            "{manifest}"
        );
    }
    let manifest = mode("FULL") + "semantic = \"allow\"\n\n[lints]\nAVR103 = \"allow\"\n";
    assert!(said(&manifest, &orders(WITHOUT_TOTAL)).starts_with("error[AVR103]"));
}

#[test]
fn an_exception_beside_the_schema_holds() {
    let deployed = "{\"type\": \"enum\", \"name\": \"shop.State\", \"symbols\": [\"A\", \"B\", \"C\"], \"default\": \"A\"}";
    let now = "{\"type\": \"enum\", \"name\": \"shop.State\", \"symbols\": [\"A\", \"B\"], \"default\": \"A\"}";
    let excepted = now.replace(
        "\"default\": \"A\"",
        "\"default\": \"A\", \"lint\": {\"allow\": {\"AVR117\": \"nobody has ever written C\"}}",
    );
    let check = |now: &str| {
        said(
            "",
            &sources(&[("State.avsc", now)], &[("shop.State", &[deployed])]),
        )
    };
    assert!(check(now).starts_with("error[AVR117]"));
    assert_eq!(check(&excepted), "");
}

/// A type that two topics carry inside others, and a schema without a name.
#[test]
fn a_shared_type_names_all_that_it_breaks() {
    let money = |more: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.Money\", \"fields\": [{{\"name\": \"cents\", \"type\": \"long\"}}{more}]}}"
        )
    };
    let holder = |name: &str, money: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.{name}\", \"fields\": [{{\"name\": \"total\", \"type\": {money}}}]}}"
        )
    };
    let (before, after) = (
        money(""),
        money(",\n  {\"name\": \"currency\", \"type\": \"string\"}"),
    );
    let [order, invoice] = ["Order", "Invoice"].map(|name| holder(name, &before));
    let sources = sources(
        &[
            ("schemas/Money.avsc", &after),
            ("schemas/Order.avsc", &holder("Order", "\"Money\"")),
            ("schemas/Invoice.avsc", &holder("Invoice", "\"Money\"")),
            (
                "schemas/amounts.avsc",
                "{\"type\": \"array\", \"items\": \"shop.Money\"}",
            ),
        ],
        &[
            (
                "amounts",
                &[&format!("{{\"type\": \"array\", \"items\": {before}}}")],
            ),
            ("shop.Invoice", &[&invoice]),
            ("shop.Order", &[&order]),
        ],
    );
    let manifest = "[[topic]]\nname = \"orders\"\nvalue = \"shop.Order\"\n\n[[topic]]\nname = \"invoices\"\nvalue = \"shop.Invoice\"\n";
    says("shared_type", manifest, &sources);
}

/// A schema that was renamed is compared with what is deployed under its old name.
#[test]
fn a_renamed_schema_keeps_its_history() {
    let renamed = |aliases: &str, total: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.Purchase\"{aliases}, \"fields\": [\n  {{\"name\": \"id\", \"type\": \"long\"}},\n  {{\"name\": \"total\", \"type\": \"{total}\"}}]}}"
        )
    };
    let alias = ", \"aliases\": [\"Order\"]";
    says("gone", "", &orders(&renamed("", "double")));
    assert_eq!(said("", &orders(&renamed(alias, "double"))), "");
    says("renamed", "", &orders(&renamed(alias, "long")));
    let retired = "[[override]]\nselect = \"shop.Order\"\ncompatibility = \"NONE\"\n";
    assert_eq!(said(retired, &orders(&renamed("", "double"))), "");
}

/// A history with every mistake that it can have.
#[test]
fn a_history_that_is_not_what_the_lock_says_is_not_believed() {
    let hash =
        |size: u32| format!("{{\"type\": \"fixed\", \"name\": \"a.Hash\", \"size\": {size}}}");
    let needs = "{\"type\": \"record\", \"name\": \"a.Needs\", \"fields\": [\n  {\"name\": \"hash\", \"type\": \"a.Hash\"}]}";
    let broken = "{\"type\": \"record\",\n  \"fields\" []}";
    let listed: Deployed<'_> = &[
        ("a.Broken", &[broken]),
        (
            "a.Edited",
            &["{\"type\": \"fixed\", \"name\": \"a.Edited\", \"size\": 2}"],
        ),
        ("a.Hash", &[&hash(2), &hash(2)]),
        (
            "a.Identity",
            &["{\"type\": \"fixed\", \"name\": \"a.Identity\", \"size\": 2}"],
        ),
        (
            "a.Missing",
            &["{\"type\": \"fixed\", \"name\": \"a.Missing\", \"size\": 2}"],
        ),
        ("a.Needs", &[needs]),
        ("a.Other", &[&hash(2)]),
    ];
    let mut sources = SourceMap::new();
    let mut add = |path: &str, text: &str| {
        sources.add(path, text).unwrap();
    };
    add("schemas/Hash.avsc", &hash(2));
    for (name, texts) in listed {
        for (text, number) in texts.iter().zip(1..) {
            if *name != "a.Missing" {
                let text = match *name {
                    "a.Edited" => text.replace('2', "3"),
                    _ => (*text).to_owned(),
                };
                add(&format!("avro-history/{name}/{number}.avsc"), &text);
            }
        }
    }
    add("avro-history/a.Hash/4.avsc", &hash(2));
    for stray in [
        "a.Hash/latest.avsc",
        "a.Hash/02.avsc",
        "a.Hash/old/1.avsc",
        "1.avsc",
    ] {
        add(&format!("avro-history/{stray}"), &hash(2));
    }
    let set = compile_text(listed[3].1[0]).unwrap();
    let own = hex(&identity::of(&set, &set.only_root().unwrap().schema));
    add("avro.lock", &lock(listed).replace(&own, &"0".repeat(64)));
    says("mistakes", "", &sources);
}

#[test]
fn a_lock_that_cannot_be_read_is_said_at_its_place() {
    let history = [(
        "avro-history/a.Hash/1.avsc",
        "{\"type\": \"fixed\", \"name\": \"a.Hash\", \"size\": 2}",
    )];
    let check = |name: &str, lock: &str| {
        let mut sources = SourceMap::new();
        for (path, text) in history {
            sources.add(path, text).unwrap();
        }
        sources.add("avro.lock", lock).unwrap();
        says(name, "", &sources);
    };
    check("lock_of_a_merge", "version = 1\n<<<<<<< HEAD\n");
    check("lock_of_another_form", "version = 2\n");
    let entry = "\n[[schema]]\nname = \"a.Hash\"\nversion = 1\nsha256 = \"0\"\nidentity = \"0\"\n";
    let unknown = "\n[[schema]]\nname = \"a.Hash\"\nversion = \"2\"\nsha = \"0\"\n";
    check(
        "lock_with_mistakes",
        &format!("version = 1\n{entry}{entry}{unknown}"),
    );
}

/// Git may write other line ends, and a lock with no entry is none that is missing.
#[test]
fn line_ends_do_not_count() {
    let mut windows = SourceMap::new();
    for (path, text) in [
        ("schemas/Order.avsc", ORDER.to_owned()),
        (
            "avro-history/shop.Order/1.avsc",
            ORDER.replace('\n', "\r\n"),
        ),
        (
            "avro.lock",
            lock(&[("shop.Order", &[ORDER])]).replace('\n', "\r\n"),
        ),
    ] {
        windows.add(path, text).unwrap();
    }
    assert_eq!(said(&mode("FULL"), &windows), "");
}

/// The history may stand among the schemas: no version is taken for one. And the order in which
/// the sources were read does not show.
#[test]
fn versions_are_no_schemas_wherever_they_stand() {
    let manifest = "schemas = [\".\"]\nhistory = \"schemas/history\"\n";
    let config = Config::from_toml("avro.toml", manifest).unwrap();
    let mut files = vec![
        ("schemas/Order.avsc", WITHOUT_TOTAL.to_owned()),
        ("schemas/history/shop.Order/1.avsc", ORDER.to_owned()),
        (
            "schemas/history/shop.Order/2.avsc",
            WITHOUT_TOTAL.to_owned(),
        ),
        (
            "schemas/avro.lock",
            lock(&[("shop.Order", &[ORDER, WITHOUT_TOTAL])]),
        ),
    ];
    let mut texts = Vec::new();
    for _ in 0..files.len() {
        files.rotate_left(1);
        let mut sources = SourceMap::new();
        for (path, text) in &files {
            sources.add(*path, text.as_str()).unwrap();
        }
        texts.push(config.generate(&sources).unwrap().files);
    }
    assert!(texts[0][0].text.contains("//   schemas/Order.avsc\n\n"));
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]));
}

/// What is compiled in is for reading, and must be there.
#[test]
fn mistakes_in_compiled_versions_are_said_at_their_place() {
    let select = |versions: &str| {
        format!("[[override]]\nselect = \"shop.Order\"\ncompiled-versions = {versions}\n")
    };
    let of_old = "[[override]]\nselect = \"shop.Lines\"\ncompiled-versions = \"all\"\n";
    let lines = r#"{"type": "enum", "name": "shop.Lines", "symbols": ["A"]}"#;
    let sources = sources(
        &[("schemas/Order.avsc", ORDER), ("schemas/Lines.avsc", lines)],
        &[("shop.Order", &[ORDER, WITHOUT_TOTAL, ORDER])],
    );
    for (name, manifest) in [
        ("compiled_unknown_number", select("[3, 4]")),
        ("compiled_word", select("\"newest\"")),
        ("compiled_type", select("[\"1\"]")),
        ("compiled_unreadable", mode("NONE") + &select("\"last 2\"")),
        ("compiled_nothing", of_old.to_owned()),
    ] {
        says(name, &manifest, &sources);
    }
    for allowed in ["[]", "[1, 3]", "\"last 1\"", "\"last 0\""] {
        assert_eq!(said(&(mode("NONE") + &select(allowed)), &sources), "");
    }
    let later = select("\"all\"") + &select("[1]");
    assert_eq!(
        said(&(mode("NONE") + &later), &sources),
        "",
        "the last counts"
    );
}

/// An instant is never read as a local date and time, which a registry would let pass.
#[test]
fn a_version_that_schema_resolution_refuses_is_not_compiled_in() {
    let at = |logical: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"shop.At\", \"fields\": [{{\"name\": \"at\", \"type\": {{\"type\": \"long\", \"logicalType\": \"{logical}\"}}}}]}}"
        )
    };
    let (now, deployed) = (at("local-timestamp-millis"), at("timestamp-millis"));
    let sources = sources(&[("schemas/At.avsc", &now)], &[("shop.At", &[&deployed])]);
    let manifest = "[compatibility]\nmode = \"NONE\"\nsemantic = \"allow\"\n\n[[override]]\nselect = \"shop.At\"\ncompiled-versions = [1]\n";
    says("compiled_local", manifest, &sources);
}
