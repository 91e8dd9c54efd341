//! Values of generated types → bytes, JSON and views → the same values.

use std::collections::BTreeMap;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use avro_runtime::dynamic::{DynamicReader, Schema};
use avro_runtime::{
    AvroSchema, Encode, Resolver, View, decode_into, from_datum, json, to_datum, view_datum,
};
use avro_tests::cases::every_kind::com::acme::{Digest, Item, Order, OrderExtra, OrderPay, Status};
use avro_tests::cases::inline::acme::{Far, Near};
use avro_tests::cases::nullable::com::acme::BothOrders;
use avro_tests::cases::recursion::rec::{Expr, ExprLeft, ExprRight};
use avro_tests::cases::sized_blocks::acme::{Batch, BatchAny};
use avro_tests::cases::union_logical::com::acme::{
    Raw, Reading, ReadingId, ReadingPrice, ReadingSpan,
};
use avro_tests::cases::union_wide::com::acme::{
    Card, Cash, Payment, PaymentAmount, PaymentMethod, PaymentNote, PaymentNothing, PaymentReason,
    PaymentSingle, Transfer,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Bytes back to the value, into a fresh one and over another; the length as announced.
fn comes_back<T>(value: &T, over: &T) -> Result<(), TestCaseError>
where
    T: AvroSchema + Clone + PartialEq + std::fmt::Debug,
    for<'a> T::View<'a>: View<Owned = T>,
{
    let datum = to_datum(value).unwrap();
    prop_assert_eq!(datum.len(), value.encoded_len().unwrap());
    prop_assert!(datum.len() >= <T as avro_runtime::Decode<'_>>::MIN_LEN);
    prop_assert_eq!(&from_datum::<T>(&datum).unwrap(), value);
    prop_assert_eq!(&view_datum::<T>(&datum).unwrap().own(), value);
    let mut reused = over.clone();
    decode_into(&mut reused, &datum).unwrap();
    prop_assert_eq!(&reused, value);
    Ok(())
}

fn item() -> impl Strategy<Value = Item> {
    (any::<String>(), any::<i32>()).prop_map(|(sku, quantity)| Item { sku, quantity })
}

fn order() -> impl Strategy<Value = Order> {
    let leaf = order_around(Just(None).boxed());
    leaf.prop_recursive(3, 8, 2, |inner| order_around(option::of(inner).boxed()))
}

fn order_around(inner: BoxedStrategy<Option<Order>>) -> BoxedStrategy<Order> {
    let numbers = (
        any::<i32>(),
        any::<i64>(),
        -1e30f32..1e30,
        -1e300..1e300,
        any::<bool>(),
    );
    let texts = (
        any::<String>(),
        vec(any::<u8>(), 0..9),
        option::of(any::<String>()),
        option::of(any::<String>()),
    );
    let many = (
        vec(item(), 0..4),
        vec(-1e9..1e9, 0..5),
        btree_map(any::<String>(), any::<String>(), 0..4),
    );
    let pay = prop_oneof![
        item().prop_map(OrderPay::from),
        any::<i64>().prop_map(OrderPay::from),
        any::<String>().prop_map(OrderPay::from),
    ];
    let extra = option::of(prop_oneof![
        any::<i32>().prop_map(OrderExtra::from),
        any::<String>().prop_map(OrderExtra::from),
    ]);
    let rest = (
        any::<[u8; 4]>(),
        any::<bool>(),
        any::<u128>(),
        0..4_000_000_000_000i64,
        0..100_000i32,
        -999_999_999..=999_999_999i128,
    );
    (numbers, texts, many, pay, extra, rest, inner.clone(), inner)
        .prop_map(
            |(numbers, texts, many, pay, extra, rest, next, other)| Order {
                id: texts.0,
                at: avro_runtime::chrono::DateTime::from_timestamp_millis(rest.3).unwrap(),
                count: numbers.0,
                total: numbers.1,
                ratio: numbers.2,
                amount: numbers.3,
                paid: numbers.4,
                raw: texts.1,
                nothing: (),
                note: texts.2,
                suffix: texts.3,
                items: many.0,
                numbers: many.1,
                labels: many.2,
                next: next.map(Box::new),
                pay: other.map_or(pay, OrderPay::from),
                extra,
                digest: Digest(rest.0),
                status: if rest.1 { Status::New } else { Status::Shipped },
                key: avro_runtime::uuid::Uuid::from_u128(rest.2),
                day: avro_runtime::chrono::NaiveDate::from_epoch_days(rest.4).unwrap(),
                price: avro_runtime::types::Decimal::new(rest.5, 2),
            },
        )
        .boxed()
}

fn payment() -> impl Strategy<Value = Payment> {
    let method = prop_oneof![
        any::<String>().prop_map(|number| PaymentMethod::from(Card { number })),
        any::<String>().prop_map(|iban| PaymentMethod::from(Transfer { iban })),
        any::<bool>().prop_map(|notes| PaymentMethod::from(if notes {
            Cash::Notes
        } else {
            Cash::Coins
        })),
    ];
    let amount = option::of(prop_oneof![
        any::<i32>().prop_map(PaymentAmount::from),
        any::<i64>().prop_map(PaymentAmount::from),
        (-1e30f32..1e30).prop_map(PaymentAmount::from),
        (-1e300..1e300).prop_map(PaymentAmount::from),
    ]);
    let note = option::of(prop_oneof![
        any::<bool>().prop_map(PaymentNote::from),
        vec(any::<u8>(), 0..9).prop_map(PaymentNote::from),
        any::<String>().prop_map(PaymentNote::from),
        vec(any::<i32>(), 0..9).prop_map(PaymentNote::from),
        btree_map(any::<String>(), any::<i32>(), 0..4).prop_map(PaymentNote::from),
    ]);
    let reason = prop_oneof![
        any::<i32>().prop_map(PaymentReason::from),
        any::<String>().prop_map(PaymentReason::from)
    ];
    (method, amount, note, reason, any::<String>()).prop_map(
        |(method, amount, note, reason, single)| Payment {
            method,
            amount,
            note,
            reason,
            single: PaymentSingle::String(single),
            nothing: PaymentNothing::Null,
        },
    )
}

/// Texts that a logical type may be read from too, and others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        any::<u128>().prop_map(|it| avro_runtime::uuid::Uuid::from_u128(it).to_string()),
        "-?[0-9]{1,8}\\.[0-9]{1,3}",
        "P[1-9]M",
        Just("AAAAAA==".to_owned()),
    ]
}

/// Maps among which are some that look like a tagged branch.
fn texts() -> impl Strategy<Value = BTreeMap<String, String>> {
    let keys = [
        "com.acme.Id",
        "com.acme.Price",
        "string",
        "map",
        "fixed",
        "bytes",
        "x",
    ];
    btree_map(
        prop::sample::select(keys.to_vec()).prop_map(str::to_owned),
        text(),
        0..3,
    )
}

fn reading() -> impl Strategy<Value = Reading> {
    let decimal = |most: i128, scale| {
        (-most..=most).prop_map(move |it| avro_runtime::types::Decimal::new(it, scale))
    };
    let id = prop_oneof![
        text().prop_map(ReadingId::String),
        any::<u128>().prop_map(|it| ReadingId::Id(avro_runtime::uuid::Uuid::from_u128(it))),
        texts().prop_map(ReadingId::Map),
    ];
    let price = prop_oneof![
        texts().prop_map(ReadingPrice::Map),
        text().prop_map(ReadingPrice::String),
        decimal(999_999_999_999_999_999, 2).prop_map(ReadingPrice::Price),
        decimal(999_999_999, 3).prop_map(ReadingPrice::Bytes),
    ];
    let span = prop_oneof![
        text().prop_map(ReadingSpan::String),
        any::<[u32; 3]>().prop_map(|[months, days, millis]| ReadingSpan::Span(
            avro_runtime::types::Duration {
                months,
                days,
                millis
            }
        )),
        any::<[u8; 4]>().prop_map(|it| ReadingSpan::Raw(Raw(it))),
    ];
    (id, price, span).prop_map(|(id, price, span)| Reading { id, price, span })
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = any::<i64>().prop_map(|value| Expr {
        left: ExprLeft::Long(value),
        right: None,
    });
    leaf.prop_recursive(5, 40, 2, |inner| {
        (inner.clone(), option::of(inner)).prop_map(|(left, right)| Expr {
            left: ExprLeft::from(left),
            right: right.map(ExprRight::from),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_record_of_every_kind(value in order(), over in order()) {
        comes_back(&value, &over)?;
        let text = json::plain::to_string(&value).unwrap();
        prop_assert_eq!(json::plain::from_str::<Order>(&text).unwrap(), value, "{}", text);
    }

    #[test]
    fn unions(value in payment(), over in payment()) {
        comes_back(&value, &over)?;
    }

    #[test]
    fn unions_of_what_looks_alike_in_json(value in reading(), over in reading()) {
        comes_back(&value, &over)?;
        let text = json::plain::to_string(&value).unwrap();
        prop_assert_eq!(json::plain::from_str::<Reading>(&text).unwrap(), value, "{}", text);
    }

    #[test]
    fn recursion_through_unions(value in expr(), over in expr()) {
        comes_back(&value, &over)?;
    }

    #[test]
    fn both_orders_of_null(
        null_first in option::of(any::<String>()),
        null_last in option::of(any::<i64>()),
        no_default in option::of(-1e300..1e300),
        items in vec(option::of(any::<i32>()), 0..5),
        entries in btree_map(any::<String>(), option::of(any::<String>()), 0..5),
    ) {
        let value = BothOrders { null_first, null_last, no_default, items, entries };
        comes_back(&value, &BothOrders::new(None, Vec::new(), BTreeMap::new()))?;
    }

    /// Damaged bytes give a value or an error, never a panic.
    #[test]
    fn damaged_bytes(value in order(), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut datum = to_datum(&value).unwrap();
        let at = at.index(datum.len());
        datum[at] ^= 1 << bit;
        let _ = from_datum::<Order>(&datum);
        let _ = view_datum::<Order>(&datum);
        let _ = from_datum::<Order>(&datum[..at]);
    }
}

#[test]
fn codecs_out_of_line_are_the_same_codecs() {
    let value = Far {
        id: -65,
        note: Some("n".to_owned()),
        near: Near { count: 1 },
    };
    let datum = to_datum(&value).unwrap();
    assert_eq!(datum, [0x81, 0x01, 0x02, 0x02, b'n', 0x02]);
    assert_eq!(from_datum::<Far>(&datum).unwrap(), value);
    let error = from_datum::<Far>(&datum[..4]).unwrap_err();
    assert_eq!(error.path(), "Far.note");

    let writer = r#"{"type": "record", "name": "Far", "namespace": "acme", "fields": [
        {"name": "near", "type": {"type": "record", "name": "Near", "fields": [
            {"name": "count", "type": "int"}]}},
        {"name": "id", "type": "int"}]}"#;
    let from = Resolver::<Far>::new(writer).unwrap();
    let expected = Far {
        note: None,
        ..value
    };
    assert_eq!(from.decode(&[0x02, 0x81, 0x01]).unwrap(), expected);
}

/// What says how long it is means the same to others, and they can skip it.
#[test]
fn sized_blocks_are_read_by_others() {
    let inner = Batch {
        id: 2,
        names: vec!["inside".to_owned(); 70],
        samples: vec![0.5, -1.5],
        counts: BTreeMap::new(),
        deep: None,
        next: None,
        any: Some(BatchAny::Array(vec![vec![1, 2], vec![]])),
        plain: Vec::new(),
    };
    let batch = Batch {
        id: 1,
        counts: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -1)]),
        deep: Some(vec![BTreeMap::from([("k".to_owned(), vec![7, 8])])]),
        next: Some(Box::new(inner.clone())),
        any: Some(BatchAny::Int(3)),
        plain: vec!["p".to_owned()],
        ..inner
    };
    let datum = to_datum(&batch).unwrap();
    assert_eq!(datum.len(), batch.encoded_len().unwrap());
    assert_eq!(from_datum::<Batch>(&datum).unwrap(), batch);
    let schema = apache_avro::Schema::parse_str(Batch::SCHEMA).unwrap();
    let reader = GenericDatumReader::builder(&schema).build().unwrap();
    let theirs = reader.read_value(&mut &datum[..]).unwrap();
    let writer = GenericDatumWriter::builder(&schema).build().unwrap();
    let plain = writer.write_value_to_vec(theirs).unwrap();
    assert_eq!(from_datum::<Batch>(&plain).unwrap(), batch);
    assert!(plain.len() < datum.len(), "they write the other form");

    // A reader that wants the number behind all of it jumps.
    let writer = format!(
        r#"{{"type": "record", "name": "Outer", "fields": [
            {{"name": "batch", "type": {}}}, {{"name": "last", "type": "int"}}]}}"#,
        Batch::SCHEMA
    );
    let reader =
        r#"{"type": "record", "name": "Outer", "fields": [{"name": "last", "type": "int"}]}"#;
    let (writer, reader) = (Schema::new(&writer).unwrap(), Schema::new(reader).unwrap());
    let data = [&datum[..], &[84]].concat();
    let resolver = DynamicReader::new(&reader, &writer).unwrap();
    let value = resolver.read(&data).unwrap();
    assert_eq!(value.to_json(), r#"{"last":42}"#);
}
