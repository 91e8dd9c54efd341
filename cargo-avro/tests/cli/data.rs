//! `encode` and `decode`.

mod bad;
mod encodings;
mod schemas;
mod stream;

use crate::run::Folder;

const ORDER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "long"},
  {"name": "note", "type": ["null", "string"], "default": null},
  {"name": "price", "type": "double", "default": 1.5},
  {"name": "raw", "type": "bytes", "default": "\u00ff"},
  {"name": "items", "type": {"type": "array", "items":
    {"type": "record", "name": "Item", "fields": [{"name": "quantity", "type": "int"}]}}, "default": []}
]}"#;

/// Reads what ORDER wrote: a promotion, an alias, a default, and a field less.
const ORDER_2: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "remark", "aliases": ["note"], "type": ["null", "string", "int"]},
  {"name": "id", "type": "double"},
  {"name": "lines", "aliases": ["items"], "type": {"type": "array", "items":
    {"type": "record", "name": "Item", "fields": [
      {"name": "sku", "type": "string", "default": "?"}, {"name": "quantity", "type": "long"}]}}}
]}"#;

const JSON: &str = r#"{"id":1,"note":null,"price":1.5,"raw":"ÿ","items":[]}
{"id":-65,"note":{"string":"é\n"},"price":"-Infinity","raw":"\u0000a","items":[{"quantity":1},{"quantity":-3}]}
"#;

/// The same by hand: zigzag, branch index, IEEE 754 in little endian, length and bytes, blocks.
const HEX: [&str; 2] = [
    "02 00 000000000000f83f 02ff 00",
    "8101 02 06c3a90a 000000000000f0ff 040061 04 02 05 00",
];

fn hex(prefix: &str) -> String {
    let lines = HEX.map(|datum| format!("{prefix}{}\n", datum.replace(' ', "")));
    lines.concat()
}

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .file("Order.avsc", ORDER)
        .file("Order2.avsc", ORDER_2)
        .file("null.avsc", "\"null\"")
        .file("int.avsc", "\"int\"")
}
