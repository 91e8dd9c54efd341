//! Confluent's framing, topics, keys and the handshake.

use avro_runtime::confluent::{
    FrameError, Framed, Identifier, KEY_SCHEMA_ID, VALUE_SCHEMA_ID, frame, header,
};
use avro_runtime::topic::{Key, SubjectNameStrategy, Topic};
use avro_runtime::{same_identity, uuid};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;

const GUID: [u8; 16] = [
    0xcc, 0x0e, 0x0e, 0x0e, 0x53, 0xc1, 0x4a, 0x1a, 0x8f, 0x1a, 0, 0, 0, 0, 0, 1,
];

#[test]
fn a_frame_is_a_zero_byte_and_the_id() {
    let mut message = Vec::new();
    frame(0x0102_0304, &mut message);
    message.extend_from_slice(b"datum");
    assert_eq!(message, b"\x00\x01\x02\x03\x04datum");
    let schema = Identifier::Id(0x0102_0304);
    let datum = &b"datum"[..];
    assert_eq!(Framed::parse(&message), Ok(Framed { schema, datum }));
    let (schema, datum) = (Identifier::Id(1), &[][..]);
    let framed = Framed::parse(&[0, 0, 0, 0, 1]);
    assert_eq!(framed, Ok(Framed { schema, datum }));
    assert_eq!(schema.to_string(), "id 1");
}

#[test]
fn a_header_is_a_one_and_the_guid() {
    let header = header(GUID);
    assert_eq!(
        header,
        *b"\x01\xcc\x0e\x0e\x0e\x53\xc1\x4a\x1a\x8f\x1a\x00\x00\x00\x00\x00\x01"
    );
    // The message is the datum, whatever it begins with.
    for datum in [&b""[..], b"\x00\x00\x00\x00\x07datum", b"datum"] {
        let schema = Identifier::Guid(GUID);
        let framed = Framed::parse_with_header(Some(&header), datum);
        assert_eq!(framed, Ok(Framed { schema, datum }));
    }
    let text = "GUID cc0e0e0e-53c1-4a1a-8f1a-000000000001";
    assert_eq!(Identifier::Guid(GUID).to_string(), text);
    assert_eq!(VALUE_SCHEMA_ID, "__value_schema_id");
    assert_eq!(KEY_SCHEMA_ID, "__key_schema_id");
}

/// As Confluent's deserializers, which read one form of identifier after another in both places.
#[test]
fn ids_and_guids_are_read_in_either_place() {
    let (schema, datum) = (Identifier::Guid(GUID), &b"datum"[..]);
    let prefixed = [&header(GUID)[..], datum].concat();
    assert_eq!(Framed::parse(&prefixed), Ok(Framed { schema, datum }));
    let without = Framed::parse_with_header(None, &prefixed);
    assert_eq!(without, Ok(Framed { schema, datum }));
    let schema = Identifier::Id(4);
    for header in [&[0, 0, 0, 0, 4][..], &[0, 0, 0, 0, 4, 9, 9]] {
        let framed = Framed::parse_with_header(Some(header), datum);
        assert_eq!(framed, Ok(Framed { schema, datum }));
    }
}

#[test]
fn what_is_no_frame_is_refused() {
    let cases: [(&[u8], usize); 5] = [
        (&[], 5),
        (&[0, 1, 2, 3], 5),
        (&[0], 5),
        (&[1], 17),
        (&header(GUID)[..16], 17),
    ];
    for (bytes, needed) in cases {
        for (place, error) in [
            ("message", Framed::parse(bytes).unwrap_err()),
            (
                "header",
                Framed::parse_with_header(Some(bytes), b"datum").unwrap_err(),
            ),
        ] {
            let what = if needed == 5 { "id" } else { "GUID" };
            let len = match bytes.len() {
                1 => "1 byte".to_owned(),
                len => format!("{len} bytes"),
            };
            assert_eq!(
                error.to_string(),
                format!(
                    "a {place} of {len} cannot hold a schema {what}; at least {needed} are needed"
                )
            );
        }
    }
    let error = Framed::parse(b"{\"id\": 1}").unwrap_err();
    assert!(
        matches!(error, FrameError::UnknownMagic { byte: b'{', .. }),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .starts_with("the message begins with byte 0x7b"),
        "{error}"
    );
    // A header that cannot be read does not give way to the message.
    let mut message = Vec::new();
    frame(7, &mut message);
    let error = Framed::parse_with_header(Some(&[2]), &message).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the header begins with byte 0x02"),
        "{error}"
    );
}

#[test]
fn subjects_follow_the_strategy() {
    assert_eq!(shared::topics::OrdersRaw::subjects(), ["orders.raw-value"]);
    assert_eq!(SubjectNameStrategy::RecordName.subject("t", "a.B"), "a.B");
    assert_eq!(
        SubjectNameStrategy::TopicRecordName.subject("t", "a.B"),
        "t-a.B"
    );
}

#[test]
fn keys_are_the_bytes_of_java_s_serializers() {
    assert_eq!("k\u{e9}".to_bytes().as_deref(), Some("k\u{e9}".as_bytes()));
    assert_eq!(1_i32.to_bytes().as_deref(), Some([0, 0, 0, 1].as_slice()));
    assert_eq!((-1_i64).to_bytes().as_deref(), Some([255; 8].as_slice()));
    assert_eq!([1_u8, 2][..].to_bytes().as_deref(), Some([1, 2].as_slice()));
    assert_eq!(().to_bytes(), None);
    let text = "00000000-0000-0000-0000-000000000001";
    assert_eq!(
        uuid::Uuid::from_u128(1).to_bytes().as_deref(),
        Some(text.as_bytes())
    );
}

#[test]
fn identities_differ_at_any_byte() {
    let identity = [7; 32];
    assert!(same_identity(&identity, &[7; 32]));
    for i in 0..32 {
        let mut other = identity;
        other[i] = 8;
        assert!(!same_identity(&identity, &other));
    }
}
