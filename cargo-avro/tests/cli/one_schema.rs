//! `canonical`, `fingerprint` and `bundle`: one schema in, one line out.

use crate::run::Folder;

const MONEY: &str =
    r#"{"type": "fixed", "name": "Money", "namespace": "shared", "size": 8, "doc": "m"}"#;
const ORDER: &str = r#"
{"type": "record", "name": "Order", "namespace": "shop", "owner": "team", "fields": [
  {"name": "total", "type": "shared.Money", "doc": "t"},
  {"name": "fee", "type": ["null", "shared.Money"], "default": null}]}
"#;
const FORM: &str = concat!(
    r#"{"name":"shop.Order","type":"record","fields":[{"name":"total","type":"#,
    r#"{"name":"shared.Money","type":"fixed","size":8}},{"name":"fee","type":["null","shared.Money"]}]}"#,
    "\n"
);

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .file("Money.avsc", MONEY)
        .file("Order.avsc", ORDER)
        .file("union.avsc", r#"["null", "int"]"#)
        .file("int.avsc", r#"{"type": "int", "doc": "x"}"#)
}

#[test]
fn canonical_prints_the_form_alone() {
    let folder = folder("canonical");
    folder.run("canonical int.avsc").is("\"int\"\n", "", 0);
    folder
        .run("canonical Money.avsc Order.avsc --type shop.Order")
        .is(FORM, "", 0);
    // No format changes that.
    folder
        .run("canonical . --type shop.Order --format json")
        .is(FORM, "", 0);
    folder
        .run("canonical . --type union")
        .is("[\"null\",\"int\"]\n", "", 0);
    folder
        .pipe(r#"{"type": "string"}"#, "canonical -")
        .is("\"string\"\n", "", 0);
}

/// The values are those of the specification's own test data for `"int"`.
#[test]
fn fingerprint_prints_the_hex_alone() {
    let folder = folder("fingerprint");
    for (words, hex) in [
        ("", "7275d51a3f395c8f"),
        ("--algorithm rabin", "7275d51a3f395c8f"),
        ("--algorithm md5", "ef524ea1b91e73173d938ade36c1db32"),
        (
            "--algorithm sha256",
            "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45",
        ),
    ] {
        let said = folder.run(&format!("fingerprint int.avsc {words}"));
        said.is(&format!("{hex}\n"), "", 0);
    }
    // Every digit of a number that begins with zeros.
    let said = folder.pipe(
        r#"{"type": "fixed", "name": "F66", "size": 1}"#,
        "fingerprint -",
    );
    assert_eq!(said.stdout.trim_end().len(), 16, "{said:?}");
    assert_eq!(folder.run("fingerprint int.avsc --algorithm crc").code, 2);
}

#[test]
fn bundle_prints_one_self_contained_schema() {
    let folder = folder("bundle");
    folder.run("bundle Order.avsc Money.avsc --type shop.Order").is(
        concat!(
            r#"{"type":"record","name":"Order","namespace":"shop","owner":"team","fields":["#,
            r#"{"name":"total","type":{"type":"fixed","name":"Money","namespace":"shared","size":8,"doc":"m"},"doc":"t"},"#,
            r#"{"name":"fee","type":["null","shared.Money"],"default":null}]}"#,
            "\n"
        ),
        "",
        0,
    );
    let bundled = folder.run("bundle . --type shop.Order").stdout;
    folder.pipe(&bundled, "canonical -").is(FORM, "", 0);
    folder
        .run("bundle union.avsc")
        .is("[\"null\",\"int\"]\n", "", 0);
}

#[test]
fn a_type_is_to_be_named_where_there_are_several() {
    let folder = folder("one-of-several");
    for command in ["canonical", "fingerprint", "bundle"] {
        folder.run(&format!("{command} .")).is(
            "",
            "error: several schemas are read: choose one of them with --type\n  \
             shared.Money\n  shop.Order\n  int\n  union\n",
            2,
        );
        folder.run(&format!("{command} . --type shop.Ordr")).is(
            "",
            "error: no schema is called `shop.Ordr`; did you mean `shop.Order`?\n",
            2,
        );
    }
}

#[test]
fn a_type_in_another_files_schema_can_be_named() {
    let folder = Folder::new("inner-type").file(
        "a.avsc",
        r#"{"type": "record", "name": "A", "fields": [
            {"name": "b", "type": {"type": "enum", "name": "B", "symbols": ["X"]}}]}"#,
    );
    let form = "{\"name\":\"B\",\"type\":\"enum\",\"symbols\":[\"X\"]}\n";
    folder.run("canonical a.avsc --type B").is(form, "", 0);
}

#[test]
fn a_definition_that_several_files_repeat_is_one_schema() {
    let folder = Folder::new("repeated")
        .file("a.avsc", MONEY)
        .file("b.avsc", MONEY);
    let form = "{\"name\":\"shared.Money\",\"type\":\"fixed\",\"size\":8}\n";
    folder.run("canonical a.avsc b.avsc").is(form, "", 0);
}

#[test]
fn a_schema_with_an_error_has_no_form() {
    let folder = Folder::new("no-form").file(
        "a.avsc",
        r#"["int", {"type": "long", "default": 1}, "int"]"#,
    );
    let said = folder.run("canonical a.avsc");
    insta::assert_snapshot!("canonical_of_an_error", said.shown());
    let said = folder.run("fingerprint a.avsc --format json");
    let found: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!((said.stdout.as_str(), said.code), ("", 1));
    assert_eq!(found[0]["code"], "AVR030");
    folder.run("bundle nowhere.avsc --format json").is(
        "",
        "error: cannot read nowhere.avsc: No such file or directory (os error 2)\n",
        2,
    );
}

#[test]
fn a_manifest_may_name_the_schemas() {
    let folder = folder("form-of-manifest").file("avro.toml", "schemas = [\"Money.avsc\"]\n");
    let form = "{\"name\":\"shared.Money\",\"type\":\"fixed\",\"size\":8}\n";
    folder.run("canonical").is(form, "", 0);
}

#[test]
fn leniency_reads_what_others_read() {
    let folder = Folder::new("form-lenient")
        .file("a.avsc", r#"{"type": "fixed", "name": "a-b", "size": "2"}"#);
    assert_eq!(folder.run("canonical a.avsc").code, 1);
    let form = "{\"name\":\"a-b\",\"type\":\"fixed\",\"size\":2}\n";
    folder.run("canonical a.avsc --lenient").is(form, "", 0);
    folder
        .run("canonical a.avsc --lenient --type a-b")
        .is(form, "", 0);
}

#[test]
fn a_file_counts_once_whatever_paths_lead_to_it() {
    let folder = Folder::new("once").file("b/int.avsc", "\"int\"");
    for words in ["b/int.avsc b/../b/int.avsc", "b ./b b/*.avsc"] {
        folder
            .run(&format!("canonical {words}"))
            .is("\"int\"\n", "", 0);
    }
}
