//! What is said of bad data.

use super::folder;
use crate::run::Folder;

#[test]
fn a_bad_line_is_told_and_passed_over() {
    let folder = folder("data-bad");
    let json = [
        r#"{"id": 1}"#,
        r#"{"id": 2, "items": [{"quantity": 1}, {"quantity": "x"}]}"#,
        r#"{"id": 3, "note": "x"}"#,
        r#"{"id": 3, "note": {"strin": "x"}}"#,
        "",
        "{}",
        r#"{"id": 4} x"#,
        r#"{"id": 5, "more": 1}"#,
        r#"{"id": 5e0}"#,
        r#"{"id": 6, "raw": "€"}"#,
        r#"{"id": 1}"#,
    ];
    folder
        .pipe(&json.join("\n"), "encode --schema Order.avsc")
        .is(
            &"0200000000000000f83f02ff00\n".repeat(2),
            "error: line 2: expected a whole number of 32 bits in items[1].quantity at byte 50\n\
             error: line 3: expected null, or an object whose only key is the name of a branch in note at byte 18\n\
             error: line 4: the union has no branch \"strin\", only \"string\" in note at byte 19\n\
             error: line 5: the input ends inside a value at byte 0\n\
             error: line 6: expected the field, which has no default in id at byte 2\n\
             error: line 7: 1 byte is left over after the datum at byte 10\n\
             error: line 8: the record has no field \"more\" at byte 10\n\
             error: line 9: expected a whole number of 64 bits in id at byte 7\n\
             error: line 10: expected a string of characters up to U+00FF, one for each byte in raw at byte 17\n",
            1,
        );
    let written = folder.pipe_bytes(b"1\n\"\xff\"\n2\n", "encode --schema int.avsc");
    let error = "error: line 2: no UTF-8 text at byte 1\n";
    assert_eq!(written, (b"02\n04\n".to_vec(), error.to_owned(), 1));

    folder
        .pipe(
            "0a\n0\n0g\n\nffffffffff01\n0a0a\n0a\n",
            "decode --writer int.avsc",
        )
        .is(
            "5\n5\n",
            "error: line 2: 1 hex digits make no whole bytes\n\
             error: line 3: 'g', character 2, is no hex digit\n\
             error: line 4: the input ends inside a value at byte 0\n\
             error: line 5: -34359738368 does not fit an int of 32 bits at byte 0\n\
             error: line 6: 1 byte is left over after the datum at byte 1\n",
            1,
        );
    folder
        .pipe(
            "Cg==\nC g=\nCg\n",
            "decode --writer int.avsc --input-encoding base64",
        )
        .is(
            "5\n",
            "error: line 2: no base64 (of the standard alphabet, in groups of four characters with \
             `=` at the end)\n\
             error: line 3: no base64 (of the standard alphabet, in groups of four characters with \
             `=` at the end)\n",
            1,
        );
}

/// A length of 2⁶², a count of 2⁶² elements that take no bytes.
#[test]
fn hostile_data_cost_an_error() {
    let folder = Folder::new("data-hostile")
        .file("s.avsc", "\"string\"")
        .file("a.avsc", r#"{"type": "array", "items": "null"}"#);
    let huge = "808080808080808080 01".replace(' ', "");
    for (schema, why) in [
        ("s.avsc", "the limit on length is exceeded"),
        ("a.avsc", "the limit on items is exceeded"),
    ] {
        for (encoding, input) in [
            ("hex", huge.as_bytes()),
            ("binary", b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
        ] {
            let words = format!("decode --writer {schema} --input-encoding {encoding}");
            let (stdout, stderr, code) = folder.pipe_bytes(input, &words);
            assert_eq!((stdout.as_slice(), code), (&b""[..], 1));
            assert!(stderr.contains(why), "{stderr}");
        }
    }
}
