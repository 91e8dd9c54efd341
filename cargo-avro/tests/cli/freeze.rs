//! `freeze`: the versions of the history.

use std::fs;

use serde_json::json;

use crate::run::Folder;

const MANIFEST: &str =
    "schemas = [\"schemas\"]\n\n[[topic]]\nname = \"orders\"\nvalue = \"shop.Order\"\n";
const ORDER: &str =
    r#"{"type": "record", "name": "shop.Order", "fields": [{"name": "id", "type": "long"}]}"#;

fn project(name: &str) -> Folder {
    Folder::new(name)
        .file("avro.toml", MANIFEST)
        .file("schemas/Order.avsc", ORDER)
}

#[test]
fn what_differs_is_recorded() {
    let folder = project("freeze");
    folder
        .run("freeze")
        .is("shop.Order 1: avro-history/shop.Order/1.avsc\n", "", 0);
    let text = fs::read_to_string(folder.path("avro-history/shop.Order/1.avsc")).unwrap();
    assert_eq!(text, format!("{ORDER}\n"));
    folder
        .run("freeze")
        .is("", "shop.Order: deployed as it is\n", 0);
    folder
        .run("check")
        .is("", "1 file of avro.toml: no findings\n", 0);

    let folder = folder.file("schemas/Order.avsc", &ORDER.replace("long", "string"));
    let said = folder.run("freeze shop.Order");
    assert_eq!((said.stdout.as_str(), said.code), ("", 1), "{said:?}");
    assert!(said.stderr.starts_with("error[AVR104]: "), "{said:?}");
    let said = folder.run("check");
    assert!(said.stdout.starts_with("error[AVR104]: "), "{said:?}");
    let said = folder.run("freeze --force --format json");
    let recorded =
        json!([{"name": "shop.Order", "version": 2, "file": "avro-history/shop.Order/2.avsc"}]);
    assert_eq!(said.json(), json!({"recorded": recorded, "unchanged": []}));
    assert_eq!(folder.run("check").code, 0);
}

#[test]
fn what_stands_in_the_history_is_adopted() {
    let folder = project("freeze-adopt").file("avro-history/shop.Order/1.avsc", ORDER);
    assert!(folder.run("check").stdout.starts_with("error[AVR142]: "));
    folder
        .run("freeze --adopt")
        .is("shop.Order 1: avro-history/shop.Order/1.avsc\n", "", 0);
    folder
        .run("freeze --adopt")
        .is("", "avro.lock lists every version\n", 0);
    assert_eq!(folder.run("check").code, 0);
}

#[test]
fn what_is_not_there_cannot_be_recorded() {
    let folder = project("freeze-unknown");
    folder.run("freeze shop.Oder").is(
        "",
        "error: no schema defines `shop.Oder`; did you mean `shop.Order`?\n",
        2,
    );
    assert_eq!(folder.run("freeze shop.Order --adopt").code, 2);
}
