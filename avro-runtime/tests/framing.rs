//! Confluent's framing, topics, keys and the handshake.

use avro_runtime::confluent::{FrameError, Framed, frame};
use avro_runtime::topic::{Key, SubjectNameStrategy, Topic};
use avro_runtime::{same_identity, uuid};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;

#[test]
fn a_frame_is_a_zero_byte_and_the_id() {
    let mut message = Vec::new();
    frame(0x0102_0304, &mut message);
    message.extend_from_slice(b"datum");
    assert_eq!(message, b"\x00\x01\x02\x03\x04datum");
    assert_eq!(
        Framed::parse(&message),
        Ok(Framed {
            id: 0x0102_0304,
            datum: b"datum"
        })
    );
    assert_eq!(
        Framed::parse(&[0, 0, 0, 0, 1]),
        Ok(Framed { id: 1, datum: b"" })
    );
}

#[test]
fn what_is_no_frame_is_refused() {
    assert_eq!(Framed::parse(&[]), Err(FrameError::TooShort(0)));
    assert_eq!(Framed::parse(&[0, 1, 2, 3]), Err(FrameError::TooShort(4)));
    let error = Framed::parse(b"{\"id\": 1}").unwrap_err();
    assert_eq!(error, FrameError::UnknownMagic(b'{'));
    assert!(error.to_string().contains("0x7b"), "{error}");
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
