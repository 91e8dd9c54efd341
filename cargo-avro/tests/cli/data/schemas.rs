//! Whose data they are: schema resolution, schemas over several files, wrong calls.

use super::{folder, hex};
use crate::run::Folder;

#[test]
fn data_are_read_by_schema_resolution() {
    let folder = folder("data-resolution");
    folder
        .pipe(&hex(""), "decode --writer Order.avsc --reader Order2.avsc")
        .is(
            "{\"remark\":null,\"id\":1.0,\"lines\":[]}\n\
             {\"remark\":{\"string\":\"é\\n\"},\"id\":-65.0,\"lines\":[{\"sku\":\"?\",\"quantity\":1},\
             {\"sku\":\"?\",\"quantity\":-3}]}\n",
            "",
            0,
        );
}

#[test]
fn a_reader_that_cannot_read_the_writer_is_told_before_any_data() {
    let folder = folder("data-unreadable").file("string.avsc", "\"string\"");
    let said = folder.pipe("00\n", "decode --writer int.avsc --reader string.avsc");
    assert_eq!((said.stdout.as_str(), said.code), ("", 1));
    assert!(
        said.stderr
            .starts_with("error: data of the writer's schema without a name cannot be read"),
        "{said:?}"
    );
    // A branch that cannot be read is the fault of the datum that has it.
    folder
        .file("both.avsc", r#"["int", "string"]"#)
        .pipe(
            "0002\n020261\n",
            "decode --writer both.avsc --reader int.avsc",
        )
        .is(
            "1\n",
            "error: line 2: data of the writer cannot be read: the writer's branch string: the \
             reader's is no union but int at byte 0\n",
            1,
        );
}

const MONEY: &str = r#"{"type": "fixed", "name": "Money", "namespace": "shared", "size": 2}"#;

const BILL: &str = r#"{"type": "record", "name": "Bill", "namespace": "shop", "fields": [
  {"name": "total", "type": "shared.Money"}]}"#;

#[test]
fn a_schema_may_be_spread_over_files() {
    let folder = Folder::new("data-files")
        .file("schemas/Bill.avsc", BILL)
        .file("schemas/Money.avsc", MONEY)
        .file("avro.toml", "schemas = [\"schemas\"]\n");
    let json = "{\"total\":\"aÿ\"}\n";
    for schema in [
        "--schema schemas/Bill.avsc schemas/Money.avsc",
        // The file may be among the others, by another path.
        "--schema ./schemas/Bill.avsc schemas",
        "--schema schemas --type shop.Bill",
        "--schema schemas/Money.avsc schemas --type shop.Bill",
        "schemas --type shop.Bill",
        "schemas/Money.avsc schemas/Bill.avsc --type shop.Bill",
        "--type shop.Bill",
    ] {
        folder
            .pipe(json, &format!("encode {schema}"))
            .is("61ff\n", "", 0);
        let schema = schema.replace("--schema", "--writer");
        folder
            .pipe("61ff\n", &format!("decode {schema}"))
            .is(json, "", 0);
    }
    folder.pipe(json, "encode schemas").is(
        "",
        "error: several schemas are read: choose one of them with --type\n  shop.Bill\n  shared.Money\n",
        2,
    );
    let said = folder.pipe(json, "encode --schema schemas/Bill.avsc");
    assert_eq!((said.stdout.as_str(), said.code), ("", 1));
    assert!(said.stderr.starts_with("error[AVR022]"), "{said:?}");
}

/// Each side is linked with the other files; the writer's is found by name or alias.
#[test]
fn both_sides_may_be_spread_over_files() {
    let renamed = r#"{"type": "record", "name": "Invoice", "namespace": "shop", "aliases": ["Bill"],
      "fields": [{"name": "total", "type": "shared.Money"}, {"name": "paid", "type": "boolean", "default": false}]}"#;
    let folder = Folder::new("data-sides")
        .file("Money.avsc", MONEY)
        .file("v1/Bill.avsc", BILL)
        .file("v1/int.avsc", "\"int\"")
        .file("v2/Invoice.avsc", renamed);
    for words in [
        "--writer v1/Bill.avsc --reader v2/Invoice.avsc Money.avsc",
        "--writer v1 --reader v2 Money.avsc --type shop.Invoice",
    ] {
        folder.pipe("61ff\n", &format!("decode {words}")).is(
            "{\"total\":\"aÿ\",\"paid\":false}\n",
            "",
            0,
        );
    }
}

#[test]
fn what_was_written_is_read_leniently() {
    let folder = Folder::new("data-lenient")
        .file("a.avsc", r#"{"type": "fixed", "name": "a-b", "size": "2"}"#);
    folder
        .pipe("0102\n", "decode --writer a.avsc")
        .is("\"\\u0001\\u0002\"\n", "", 0);
    assert_eq!(folder.pipe("", "encode --schema a.avsc").code, 1);
    folder
        .pipe("\"ab\"\n", "encode --schema a.avsc --lenient")
        .is("6162\n", "", 0);
    assert_eq!(
        folder
            .pipe("", "decode --writer a.avsc --reader a.avsc")
            .code,
        1
    );
}

#[test]
fn a_wrong_call_reads_no_data() {
    let folder = folder("data-wrong");
    let stdin = "error: stdin has the data: name the schema's file\n";
    folder.pipe("\"int\"", "encode --schema -").is("", stdin, 2);
    folder.pipe("\"int\"", "encode -").is("", stdin, 2);
    folder.pipe("\"int\"", "decode --writer -").is("", stdin, 2);
    folder.pipe("", "encode --schema nowhere.avsc").is(
        "",
        "error: cannot read nowhere.avsc: No such file or directory (os error 2)\n",
        2,
    );
    folder
        .pipe("", "encode --schema Order.avsc --type shop.Ordr")
        .is(
            "",
            "error: no schema is called `shop.Ordr`; did you mean `shop.Order`?\n",
            2,
        );
    for words in [
        "encode --schema int.avsc --output-encoding hax",
        "decode --reader int.avsc",
        "decode --writer int.avsc --schema-id 7",
    ] {
        assert_eq!(folder.pipe("", words).code, 2, "{words}");
    }
}
