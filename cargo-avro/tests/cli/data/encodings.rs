//! Every encoding: exact bytes, exact JSON.

use super::{JSON, folder, hex};

#[test]
fn hex_and_base64_have_a_datum_on_each_line() {
    let folder = folder("data-lines");
    for (encoding, text) in [
        ("", hex("")),
        ("hex", hex("")),
        (
            "base64",
            "AgAAAAAAAAD4PwL/AA==\ngQECBsOpCgAAAAAAAPD/BABhBAIFAA==\n".to_owned(),
        ),
    ] {
        let option = |side: &str| match encoding {
            "" => String::new(),
            encoding => format!("--{side}-encoding {encoding}"),
        };
        folder
            .pipe(
                JSON,
                &format!("encode --schema Order.avsc {}", option("output")),
            )
            .is(&text, "", 0);
        folder
            .pipe(
                &text,
                &format!("decode --writer Order.avsc {}", option("input")),
            )
            .is(JSON, "", 0);
    }
}

/// Upper case, blanks around it, the line ends of Windows, no line end at the end.
#[test]
fn hex_is_read_as_people_have_it() {
    let folder = folder("data-hex");
    for text in ["0A\r\n10", " 0a \n\t10\n", "0a\n10"] {
        folder
            .pipe(text, "decode --writer int.avsc")
            .is("5\n8\n", "", 0);
    }
    folder.pipe("", "decode --writer int.avsc").is("", "", 0);
    folder.pipe("", "encode --schema int.avsc").is("", "", 0);
    folder
        .pipe(" 5 \r\n8", "encode --schema int.avsc")
        .is("0a\n10\n", "", 0);
}

#[test]
fn a_field_that_is_missing_takes_its_default() {
    folder("data-defaults")
        .pipe("{\"id\": 1}\n", "encode --schema Order.avsc")
        .is("0200000000000000f83f02ff00\n", "", 0);
}

#[test]
fn numbers_that_json_does_not_have_are_strings() {
    let folder = folder("data-nan")
        .file("d.avsc", "\"double\"")
        .file("f.avsc", "\"float\"");
    let json = "\"NaN\"\n\"Infinity\"\n\"-Infinity\"\n";
    let double = "000000000000f87f\n000000000000f07f\n000000000000f0ff\n";
    let float = "0000c07f\n0000807f\n000080ff\n";
    for (schema, hex) in [("d.avsc", double), ("f.avsc", float)] {
        folder
            .pipe(json, &format!("encode --schema {schema}"))
            .is(hex, "", 0);
        folder
            .pipe(hex, &format!("decode --writer {schema}"))
            .is(json, "", 0);
    }
}

#[test]
fn binary_data_stand_one_behind_the_other() {
    let folder = folder("data-binary");
    let json = "1\n-65\n2147483647\n";
    let bytes = b"\x02\x81\x01\xfe\xff\xff\xff\x0f";
    let written = folder.pipe_bytes(
        json.as_bytes(),
        "encode --schema int.avsc --output-encoding binary",
    );
    assert_eq!(written, (bytes.to_vec(), String::new(), 0));
    let decode = "decode --writer int.avsc --input-encoding binary";
    let read = folder.pipe_bytes(bytes, decode);
    assert_eq!(read, (json.into(), String::new(), 0));
    assert_eq!(
        folder.pipe_bytes(b"", decode),
        (Vec::new(), String::new(), 0)
    );

    // What comes before a mistake is there; behind it nothing can be told.
    let error = "error: datum 3: 2147483648 does not fit an int of 32 bits at byte 2\n";
    assert_eq!(
        folder.pipe_bytes(b"\x02\x04\x80\x80\x80\x80\x10\x02", decode),
        (b"1\n2\n".to_vec(), error.to_owned(), 1)
    );
}

#[test]
fn a_datum_without_bytes_has_no_place_in_binary() {
    let folder = folder("data-empty").file(
        "r.avsc",
        r#"{"type": "record", "name": "R", "fields": [
            {"name": "a", "type": "null"}, {"name": "b", "type": {"type": "fixed", "name": "F", "size": 0}}]}"#,
    );
    let error = "error: a datum of the schema takes no bytes, so that in binary nobody could tell \
                 how many there are: use hex\n";
    for schema in ["null.avsc", "r.avsc"] {
        folder
            .pipe(
                "",
                &format!("encode --schema {schema} --output-encoding binary"),
            )
            .is("", error, 2);
        folder
            .pipe(
                "",
                &format!("decode --writer {schema} --input-encoding binary"),
            )
            .is("", error, 2);
    }
    // The writer's datum counts.
    let reader = r#"{"type": "record", "name": "W", "fields": []}"#;
    let writer = r#"{"type": "record", "name": "W", "fields": [{"name": "a", "type": "int"}]}"#;
    let folder = folder
        .file("reader.avsc", reader)
        .file("writer.avsc", writer);
    folder
        .pipe(
            "\u{2}\u{4}",
            "decode --writer writer.avsc --reader reader.avsc --input-encoding binary",
        )
        .is("{}\n{}\n", "", 0);
    // On lines it is an empty one.
    folder
        .pipe("null\nnull\n", "encode --schema null.avsc")
        .is("\n\n", "", 0);
    folder
        .pipe("\n\n", "decode --writer null.avsc")
        .is("null\nnull\n", "", 0);
}

#[test]
fn confluent_messages_begin_with_the_id_of_the_schema() {
    let folder = folder("data-confluent");
    let words = "encode --schema Order.avsc --output-encoding confluent";
    folder
        .pipe(JSON, &format!("{words} --schema-id 2147483647"))
        .is(&hex("007fffffff"), "", 0);
    let decode = "decode --writer Order.avsc --input-encoding confluent";
    let messages = hex("0000000102");
    folder
        .pipe(&messages, decode)
        .is(JSON, "line 1: schema id 258\nline 2: schema id 258\n", 0);
    let guid = "cc0e0e0e-53c1-4a1a-8f1a-000000000001";
    let messages = hex(&format!("01{}", guid.replace('-', "")));
    folder.pipe(&messages, decode).is(
        JSON,
        &format!("line 1: schema GUID {guid}\nline 2: schema GUID {guid}\n"),
        0,
    );
    folder.pipe("02000000010200\n00000001\n00000001027f\n", decode).is(
        "",
        "error: line 1: the message begins with byte 0x02 and not with 0x00 or 0x01: it was not written \
         with a schema registry\n\
         error: line 2: a message of 4 bytes cannot hold a schema id; at least 5 are needed\n\
         line 3: schema id 258\n\
         error: line 3: the input ends inside a value in note at byte 6\n",
        1,
    );
}

#[test]
fn the_schema_id_is_for_confluent_and_needed_there() {
    let folder = folder("data-schema-id");
    let said = folder.pipe(
        JSON,
        "encode --schema Order.avsc --output-encoding confluent",
    );
    assert_eq!((said.stdout.as_str(), said.code), ("", 2));
    assert!(said.stderr.contains("--schema-id <N>"), "{said:?}");
    let error = "error: --schema-id is for --output-encoding confluent: nothing else that is \
                 written has it\n";
    for encoding in ["hex", "binary", "base64", "single-object"] {
        let words =
            format!("encode --schema Order.avsc --schema-id 1 --output-encoding {encoding}");
        folder.pipe(JSON, &words).is("", error, 2);
    }
    for id in ["-1", "2147483648", "4294967295", "x"] {
        let words =
            format!("encode --schema int.avsc --output-encoding confluent --schema-id={id}");
        assert_eq!(folder.pipe("", &words).code, 2, "{id}");
    }
}

/// The fingerprint of `"int"` is the specification's, its lowest byte first.
#[test]
fn single_object_messages_begin_with_the_fingerprint() {
    let folder = folder("data-single-object");
    let message = "c3018f5c393f1ad575720a\n";
    folder
        .pipe(
            "5",
            "encode --schema int.avsc --output-encoding single-object",
        )
        .is(message, "", 0);
    let decode = "decode --writer int.avsc --input-encoding single-object";
    folder.pipe(message, decode).is("5\n", "", 0);
    let others = "c3018f5c393f1ad575730a\nc3028f5c393f1ad575720a\nc3018f5c393f1ad575\n\
                  c3018f5c393f1ad57572\nc3018f5c393f1ad575720a0a\n";
    folder.pipe(others, decode).is(
        "",
        "error: line 1: the message was written with a schema of fingerprint 7375d51a3f395c8f; that \
         of the writer's schema here is 7275d51a3f395c8f\n\
         error: line 2: the message begins with c302 and not with c301: it is not in single-object \
         encoding\n\
         error: line 3: a message of 9 bytes cannot hold a fingerprint; at least 10 are needed\n\
         error: line 4: the input ends inside a value at byte 10\n\
         error: line 5: 1 byte is left over after the datum at byte 11\n",
        1,
    );
    // The writer's schema counts, whatever the data are read as.
    folder
        .file("long.avsc", "\"long\"")
        .pipe(message, &format!("{decode} --reader long.avsc"))
        .is("5\n", "", 0);
}
