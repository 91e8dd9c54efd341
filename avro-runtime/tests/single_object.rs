//! Single-object encoding: its bytes, a store of several versions, and what is told apart.

use avro_runtime::single_object::{
    self, Fingerprint, Message, SchemaStore, SingleObjectError, StoreError,
};
use avro_runtime::{AvroSchema, DeployedVersion, View, to_datum};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;

use shared::com::acme::{Item, Order, Parcel};

fn item() -> Item {
    Item {
        sku: "ab".to_owned(),
        quantity: 3,
    }
}

/// What a message is read over.
fn older() -> Item {
    Item {
        sku: "something long that is there already".to_owned(),
        quantity: -1,
    }
}

/// An earlier version, with one field more.
const EARLIER_ITEM: &str = r#"{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
    {"name": "sku", "type": "string"}, {"name": "quantity", "type": "int"},
    {"name": "gone", "type": "boolean"}]}"#;

#[test]
fn a_message_is_a_marker_the_fingerprint_and_the_datum() {
    let message = single_object::to_vec(&item()).unwrap();
    let mut expected = vec![0xC3, 0x01];
    expected.extend(Item::RABIN.to_le_bytes());
    expected.extend(to_datum(&item()).unwrap());
    assert_eq!(message, expected);
    let parsed = Message::parse(&message).unwrap();
    assert_eq!(parsed.fingerprint, Fingerprint::of::<Item>());
    assert_eq!(parsed.datum, to_datum(&item()).unwrap());
    assert_eq!(single_object::from_slice::<Item>(&message), Ok(item()));
    assert_eq!(single_object::view::<Item>(&message).unwrap().own(), item());
}

#[test]
fn messages_are_appended_and_read_over_older_values() {
    let mut out = b"before".to_vec();
    single_object::encode_into(&item(), &mut out).unwrap();
    let mut value = older();
    single_object::decode_into(&mut value, &out[6..]).unwrap();
    assert_eq!(value, item());
}

#[test]
fn what_has_no_header_is_told_from_what_is_unknown() {
    let no_header = |bytes: &[u8]| match single_object::from_slice::<Item>(bytes) {
        Err(error @ SingleObjectError::NoHeader { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let short = "the message is not in single-object encoding: it has ";
    assert_eq!(no_header(b""), format!("{short}0 bytes"));
    assert_eq!(no_header(&[0xC3]), format!("{short}1 byte"));
    assert!(no_header(&[0, 0, 0, 0, 1, 2]).contains("0x00 0x00"));
    assert!(no_header(&[0xC3, 0x01, 1, 2, 3, 4, 5, 6, 7]).contains("9 bytes"));

    let message = [&[0xC3, 0x01][..], &[1, 2, 3, 4, 5, 6, 7, 8], b"datum"].concat();
    let unknown = Fingerprint::new(0x0807_0605_0403_0201);
    assert_eq!(
        single_object::from_slice::<Item>(&message),
        Err(SingleObjectError::UnknownSchema(unknown))
    );
    let error = SchemaStore::<Item>::new().decode(&message).unwrap_err();
    assert_eq!(error, SingleObjectError::UnknownSchema(unknown));
    assert!(error.to_string().contains("0102030405060708"), "{error}");
}

#[test]
fn a_store_reads_every_version_that_it_was_given() {
    let mut store = SchemaStore::<Item>::new();
    let own = single_object::to_vec(&item()).unwrap();
    let fingerprint = store.add(EARLIER_ITEM).unwrap();
    assert_eq!(store.add(EARLIER_ITEM), Ok(fingerprint));
    assert_eq!(store.add(Item::SCHEMA), Ok(Fingerprint::of::<Item>()));
    assert_eq!(store.fingerprints().len(), 2);
    assert!(!store.resolver(fingerprint).unwrap().is_direct());

    let mut other = vec![0xC3, 0x01];
    other.extend(fingerprint.get().to_le_bytes());
    other.extend(*b"\x04ab\x06\x01");
    assert_eq!(store.decode(&own), Ok(item()));
    assert_eq!(store.decode(&other), Ok(item()));
    assert_eq!(store.view(&other).unwrap().own(), item());
    let mut value = older();
    store.decode_into(&mut value, &other).unwrap();
    assert_eq!(value, item());

    other.push(0);
    assert!(matches!(
        store.decode(&other),
        Err(SingleObjectError::Datum(_))
    ));
}

#[test]
fn schemas_that_a_message_cannot_tell_apart_are_refused() {
    let text = Order::SCHEMA;
    let logical = [
        ("\"timestamp-millis\"", "\"timestamp-micros\""),
        ("\"scale\": 2", "\"scale\": 1"),
        ("\"scale\":2", "\"scale\":1"),
    ];
    let mut store = SchemaStore::<Order>::new();
    let mut seen = 0;
    for (from, to) in logical {
        let other = text.replacen(from, to, 1);
        if other == text {
            continue;
        }
        seen += 1;
        let error = store.add(&other).unwrap_err();
        assert_eq!(error, StoreError::Ambiguous(Fingerprint::of::<Order>()));
        assert!(error.to_string().contains("logical type"), "{error}");
    }
    assert!(seen > 0, "{text}");
    // Without its logical type a field means the same to this reader.
    let bare = text.replacen("\"logicalType\"", "\"nothing\"", 1);
    assert_ne!(bare, text);
    assert_eq!(store.add(&bare), Ok(Fingerprint::of::<Order>()));
}

/// They differ in a field that the reader passes over, or only in a decimal's precision.
#[test]
fn schemas_that_are_read_in_exactly_the_same_way_are_one() {
    let with = |extra: &str| {
        format!(
            r#"{{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
                {{"name": "extra", "type": {extra}}},
                {{"name": "sku", "type": "string"}}, {{"name": "quantity", "type": "int"}}]}}"#
        )
    };
    for (base, logical) in [
        ("int", &["date", "time-millis"][..]),
        (
            "long",
            &[
                "timestamp-millis",
                "timestamp-micros",
                "time-micros",
                "timestamp-nanos",
            ],
        ),
        ("string", &["uuid"]),
        (
            "bytes",
            &[
                "decimal\", \"precision\": 9, \"scale\": 2, \"x\": \"",
                "big-decimal",
            ],
        ),
    ] {
        let mut store = SchemaStore::<Item>::new();
        let fingerprint = store.add(&with(&format!("{base:?}"))).unwrap();
        for logical in logical {
            let other = with(&format!(
                r#"{{"type": "{base}", "logicalType": "{logical}"}}"#
            ));
            assert_eq!(store.add(&other), Ok(fingerprint), "{logical}");
        }
        assert_eq!(store.fingerprints().len(), 2);
    }
    // The same beside a field that the reader does not have, of which each plan passes over one.
    let field = r#"{"name": "nobody", "type": "string"},"#;
    let longer = Order::SCHEMA.replacen("\"fields\":[", &format!("\"fields\":[{field}"), 1);
    let longer = longer.replacen("\"fields\": [", &format!("\"fields\": [{field}"), 1);
    let mut store = SchemaStore::<Order>::new();
    let fingerprint = store.add(&longer).unwrap();
    assert_ne!(fingerprint, Fingerprint::of::<Order>());
    let change = |from: &str, to: &str| {
        let other = longer
            .replacen(from, to, 1)
            .replacen(&from.replace(": ", ":"), to, 1);
        assert_ne!(other, longer, "{from}");
        other
    };
    assert_eq!(
        store.add(&change("\"precision\": 9", "\"precision\": 7")),
        Ok(fingerprint)
    );
    assert_eq!(
        store.add(&change("\"scale\": 2", "\"scale\": 1")),
        Err(StoreError::Ambiguous(fingerprint))
    );
    assert_eq!(
        store.add(&change("\"timestamp-millis\"", "\"timestamp-micros\"")),
        Err(StoreError::Ambiguous(fingerprint))
    );
}

#[test]
fn a_store_is_bounded_and_takes_only_what_it_can_read() {
    let mut store = SchemaStore::<Item>::with_capacity(1);
    assert_eq!(
        store.add(EARLIER_ITEM),
        Err(StoreError::Full { capacity: 1 })
    );
    let mut store = SchemaStore::<Item>::new();
    assert!(matches!(store.add("{"), Err(StoreError::Schema(_))));
    assert!(matches!(
        store.add(r#""string""#),
        Err(StoreError::Schema(_))
    ));
    assert_eq!(store.fingerprints().len(), 1);
}

#[test]
fn a_store_knows_the_versions_that_are_compiled_in() {
    let parcel = |id, grams| Parcel {
        id,
        to: "ab".to_owned(),
        grams,
    };
    let store = SchemaStore::<Parcel>::with_deployed().unwrap();
    assert_eq!(store.fingerprints().len(), 3);
    let message = |rabin: u64, datum: &[u8]| {
        let mut message = vec![0xC3, 0x01];
        message.extend(rabin.to_le_bytes());
        message.extend(datum);
        message
    };
    let [first, second] = Parcel::DEPLOYED else {
        panic!("{:?}", Parcel::DEPLOYED);
    };
    assert_eq!((first.number, second.number), (1, 2));
    let first = message(first.rabin, b"\x02\x04ab");
    assert_eq!(store.decode(&first), Ok(parcel(1, -1)));
    let second = message(second.rabin, b"\x04\x04ab\x02\x06dhl");
    assert_eq!(store.decode(&second), Ok(parcel(2, -1)));
    let today = single_object::to_vec(&parcel(3, 5)).unwrap();
    assert_eq!(store.decode(&today), Ok(parcel(3, 5)));
}

#[test]
fn a_compiled_version_is_found_by_its_number() {
    let first = DeployedVersion::of::<Parcel>(1).unwrap();
    let resolver = first.resolver::<Parcel>().unwrap();
    let read = resolver.decode(b"\x02\x04ab").unwrap();
    assert_eq!((read.id, read.grams), (1, -1));
    assert!(DeployedVersion::of::<Parcel>(3).is_none());
    assert!(DeployedVersion::of::<Item>(1).is_none());
}
