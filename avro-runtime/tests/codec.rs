//! Generated types with every kind of field: round trips, damaged and hostile bytes, errors.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;

use std::collections::BTreeMap;

use avro_model::schema::SchemaSet;
use avro_model::{canonical, fingerprint, identity};
use avro_runtime::codec::{BigDecimal, DecimalFixed, DurationFixed, FieldCodec, FieldDecode};
use avro_runtime::json::plain;
use avro_runtime::types::{Decimal, Duration};
use avro_runtime::{
    AvroSchema, DecodeErrorKind, Encode, EncodeErrorKind, Limit, Limits, Reader, Writer, chrono,
    decode_into, encode_into, encode_into_with, from_datum, from_datum_with, to_datum, uuid,
    view_datum,
};
use proptest::prelude::*;
use shared::com::acme::{Digest, Item, Order, OrderExtra, OrderPay, Status};

fn decimal() -> impl Strategy<Value = Decimal> {
    (-999_999_999_i128..=999_999_999).prop_map(|unscaled| Decimal::new(unscaled, 2))
}

prop_compose! {
    fn item()(sku in ".{0,40}", quantity: i32) -> Item {
        Item { sku, quantity }
    }
}

fn pay(order: BoxedStrategy<Order>) -> impl Strategy<Value = OrderPay> {
    prop_oneof![
        item().prop_map(OrderPay::Item),
        any::<i64>().prop_map(OrderPay::Long),
        ".{0,300}".prop_map(OrderPay::String),
        order.prop_map(|order| OrderPay::Order(Box::new(order))),
    ]
}

fn extra() -> impl Strategy<Value = Option<OrderExtra>> {
    prop_oneof![
        Just(None),
        any::<i32>().prop_map(|n| Some(OrderExtra::Int(n))),
        "[0-9a-z\"\\\\]*".prop_map(|text| Some(OrderExtra::String(text))),
    ]
}

fn order_of(inner: BoxedStrategy<Order>) -> BoxedStrategy<Order> {
    let texts = (
        ".{0,20}",
        prop::option::of(".{0,70}"),
        prop::option::of("[a-z]*"),
    );
    let numbers = (
        any::<i32>(),
        any::<i64>(),
        -1e30_f32..1e30,
        -1e300..1e300,
        any::<bool>(),
    );
    let many = (
        prop::collection::vec(item(), 0..70),
        prop::collection::vec(-1e300..1e300, 0..20),
        prop::collection::btree_map(".{0,9}", ".{0,9}", 0..9),
        prop::collection::vec(any::<u8>(), 0..99),
    );
    let nested = (
        prop::option::of(inner.clone().prop_map(Box::new)),
        pay(inner),
        extra(),
    );
    let logical = (
        -8_334_601_228_800_000..=8_210_266_876_799_999_i64,
        any::<[u8; 4]>(),
        any::<bool>(),
        any::<u128>(),
        -90_000_000..90_000_000_i32,
        decimal(),
    );
    (texts, numbers, many, nested, logical)
        .prop_map(|(texts, numbers, many, nested, logical)| Order {
            id: texts.0,
            at: chrono::DateTime::from_timestamp_millis(logical.0).unwrap(),
            count: numbers.0,
            total: numbers.1,
            ratio: numbers.2,
            amount: numbers.3,
            paid: numbers.4,
            raw: many.3,
            nothing: (),
            note: texts.1,
            suffix: texts.2,
            items: many.0,
            numbers: many.1,
            labels: many.2,
            next: nested.0,
            pay: nested.1,
            extra: nested.2,
            digest: Digest(logical.1),
            status: if logical.2 {
                Status::New
            } else {
                Status::Shipped
            },
            key: uuid::Uuid::from_u128(logical.3),
            day: chrono::NaiveDate::from_epoch_days(logical.4).unwrap(),
            price: logical.5,
        })
        .boxed()
}

fn order() -> BoxedStrategy<Order> {
    order_of(order_of(Just(sample()).boxed()))
}

fn sample() -> Order {
    Order {
        id: "o-1".into(),
        at: chrono::DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
        count: 3,
        total: -70_000,
        ratio: 1.5,
        amount: -2.25,
        paid: true,
        raw: vec![1, 2, 3],
        nothing: (),
        note: Some("härte".into()),
        suffix: None,
        items: vec![
            Item::new("a"),
            Item {
                sku: "b".into(),
                quantity: -65,
            },
        ],
        numbers: vec![1.0, -0.5],
        labels: BTreeMap::from([("k".into(), "v".into())]),
        next: None,
        pay: OrderPay::Long(5),
        extra: Some(OrderExtra::String("s".into())),
        digest: Digest([0, 1, 254, 255]),
        status: Status::Shipped,
        key: uuid::Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
        day: chrono::NaiveDate::from_ymd_opt(2025, 1, 31).unwrap(),
        price: Decimal::new(-1250, 2),
    }
}

/// The same with everything nested that can be.
fn nested() -> Order {
    let inner = sample();
    Order {
        next: Some(Box::new(inner.clone())),
        pay: OrderPay::Order(Box::new(inner)),
        ..sample()
    }
}

fn assert_constants<T: AvroSchema>() {
    let set: SchemaSet = avro_model::compile_text(T::SCHEMA).unwrap();
    let schema = &set.only_root().unwrap().schema;
    let form = canonical::form(&set, schema);
    assert_eq!(form, T::CANONICAL_FORM);
    assert_eq!(fingerprint::rabin(&form), T::RABIN);
    assert_eq!(fingerprint::sha256(&form), T::SHA256);
    assert_eq!(identity::of(&set, schema), T::IDENTITY, "{}", T::FULLNAME);
}

#[test]
fn constants_are_those_of_the_front_end() {
    assert_constants::<Order>();
    assert_constants::<Item>();
    assert_constants::<Digest>();
    assert_constants::<Status>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn round_trips(value in order(), older in order()) {
        let datum = to_datum(&value).unwrap();
        prop_assert_eq!(datum.len(), value.encoded_len().unwrap());
        prop_assert!(datum.len() <= value.bound());
        prop_assert_eq!(&from_datum::<Order>(&datum).unwrap(), &value);
        prop_assert_eq!(&view_datum::<Order>(&datum).unwrap().to_owned(), &value);
        let mut reused = older;
        decode_into(&mut reused, &datum).unwrap();
        prop_assert_eq!(&reused, &value);
    }

    #[test]
    fn plain_json_round_trips(value in order()) {
        use avro_runtime::json::plain;
        let text = plain::to_string(&value).unwrap();
        prop_assert_eq!(&plain::from_str::<Order>(&text).unwrap(), &value, "{}", text);
    }

    #[test]
    fn decimals_agree_with_their_text(a: i128, b: i128, up in 0..60_i32, scale in -5..60_i32) {
        let a = Decimal::new(a, scale);
        let b = Decimal::new(b, scale);
        let wide = a.rescale(scale + up).unwrap();
        prop_assert_eq!(&wide, &a);
        prop_assert_eq!(wide.cmp(&b), a.cmp(&b));
        prop_assert_eq!(wide.rescale(scale).unwrap().unscaled(), a.unscaled());
        for value in [a, b, wide] {
            let text = value.to_string();
            let read: Decimal = text.parse().unwrap();
            prop_assert_eq!(&read, &value, "{}", text);
            let bytes = value.to_be_bytes();
            let read = Decimal::from_be_bytes(&bytes, value.scale()).unwrap();
            prop_assert_eq!(read.to_string(), value.to_string());
        }
    }

    #[test]
    fn big_decimals_and_fixed_decimals_round_trip(unscaled: i128, scale: i32, small in decimal()) {
        let value = Decimal::new(unscaled, scale);
        let datum = encode::<BigDecimal, _>(&value).unwrap();
        prop_assert_eq!(decode::<BigDecimal, Decimal>(&datum).unwrap().to_be_bytes(), value.to_be_bytes());
        let datum = encode::<DecimalFixed<5, 9, 2>, _>(&small).unwrap();
        prop_assert_eq!(datum.len(), 5);
        prop_assert_eq!(decode::<DecimalFixed<5, 9, 2>, Decimal>(&datum).unwrap(), small);
    }

    #[test]
    fn durations_round_trip(months: u32, days: u32, millis: u32) {
        let value = Duration::new(months, days, millis);
        let datum = encode::<DurationFixed, _>(&value).unwrap();
        prop_assert_eq!(decode::<DurationFixed, Duration>(&datum).unwrap(), value);
        prop_assert_eq!(value.to_string().parse::<Duration>().unwrap(), value);
    }
}

fn encode<C: FieldCodec<T>, T>(value: &T) -> Result<Vec<u8>, avro_runtime::EncodeError> {
    let mut out = Vec::new();
    let mut w = Writer::new(&mut out, C::bound(value));
    C::encode(value, &mut w)?;
    w.finish();
    assert_eq!(C::encoded_len(value)?, out.len());
    Ok(out)
}

fn decode<'de, C: FieldDecode<'de, T>, T>(
    datum: &'de [u8],
) -> Result<T, avro_runtime::DecodeError> {
    let mut r = Reader::new(datum);
    let mut value = C::blank();
    C::decode_into(&mut value, &mut r)?;
    r.finish()?;
    Ok(value)
}

/// Work and memory that a hostile datum of this size may cost in this test.
fn small_limits() -> Limits {
    Limits {
        items: 100_000,
        allocation: 1 << 20,
        ..Limits::default()
    }
}

#[test]
fn every_truncation_is_an_error() {
    let datum = to_datum(&nested()).unwrap();
    for len in 0..datum.len() {
        let error = from_datum::<Order>(&datum[..len]).unwrap_err();
        assert!(error.offset() <= len);
        assert_eq!(view_datum::<Order>(&datum[..len]).unwrap_err(), error);
    }
}

#[test]
fn every_flipped_bit_is_an_error_or_a_value() {
    let datum = to_datum(&nested()).unwrap();
    let (mut values, mut errors) = (0, 0);
    for bit in 0..datum.len() * 8 {
        let mut flipped = datum.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match from_datum_with::<Order>(&flipped, small_limits()) {
            Ok(value) => {
                to_datum(&value).unwrap();
                values += 1;
            }
            Err(_) => errors += 1,
        }
    }
    assert!(values > 100 && errors > 100, "{values} {errors}");
}

#[test]
fn an_error_names_its_place() {
    let datum = to_datum(&nested()).unwrap();
    let cut = datum.len() - 70;
    let error = from_datum::<Order>(&datum[..cut]).unwrap_err();
    assert!(error.path().starts_with("Order.pay."), "{error}");

    let value = Order {
        items: vec![Item::new("x"), Item::new("yy")],
        ..sample()
    };
    let mut datum = to_datum(&value).unwrap();
    let at = datum
        .windows(3)
        .position(|bytes| bytes == b"\x04yy")
        .unwrap();
    datum[at + 2] = 0xff;
    let error = from_datum::<Order>(&datum).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::InvalidUtf8);
    assert_eq!(error.path(), "Order.items[1].sku");
    assert_eq!(error.offset(), at + 2);
    assert_eq!(
        error.to_string(),
        format!(
            "a string is not valid UTF-8 in Order.items[1].sku at byte {}",
            at + 2
        )
    );

    let mut datum = to_datum(&sample()).unwrap();
    let at = datum
        .windows(4)
        .position(|bytes| bytes == b"\x02k\x02v")
        .unwrap();
    datum[at + 3] = 0xff;
    let error = from_datum::<Order>(&datum).unwrap_err();
    assert_eq!(error.path(), "Order.labels[\"k\"]");
    assert_eq!(error.offset(), at + 3);
}

#[test]
fn an_encode_error_names_its_place_and_leaves_the_buffer() {
    let value = Order {
        next: Some(Box::new(Order {
            price: Decimal::new(1, 3),
            ..sample()
        })),
        ..sample()
    };
    let mut out = b"before".to_vec();
    let error = encode_into(&value, &mut out).unwrap_err();
    assert_eq!(error.path(), "Order.next.price");
    assert_eq!(out, b"before");
    assert_eq!(
        value.encoded_len().unwrap_err().to_string(),
        "a decimal of scale 2 would lose digits; round it first in next.price"
    );
}

#[test]
fn left_over_bytes_are_an_error() {
    let mut datum = to_datum(&sample()).unwrap();
    datum.push(0);
    let error = from_datum::<Order>(&datum).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LeftOver(1));
    assert_eq!(error.offset(), datum.len() - 1);
}

/// An order with so many others, each inside the one before.
fn chain(depth: usize) -> Order {
    let around = |inner| Order {
        next: Some(Box::new(inner)),
        ..sample()
    };
    (0..depth).fold(sample(), |inner, _| around(inner))
}

/// The default limit on depth is the same for writers and readers, for binary and JSON.
#[test]
fn what_no_reader_reads_is_not_written() {
    let (deepest, too_deep) = (chain(128), chain(129));
    let datum = to_datum(&deepest).unwrap();
    assert_eq!(from_datum::<Order>(&datum).unwrap(), deepest);
    let text = plain::to_string(&deepest).unwrap();
    assert_eq!(plain::from_str::<Order>(&text).unwrap(), deepest);

    let depth = EncodeErrorKind::LimitExceeded(Limit::Depth);
    let mut out = b"before".to_vec();
    assert_eq!(encode_into(&too_deep, &mut out).unwrap_err().kind(), &depth);
    assert_eq!(out, b"before");
    assert_eq!(plain::to_string(&too_deep).unwrap_err().kind(), &depth);

    let limits = Limits {
        depth: 129,
        ..Limits::default()
    };
    let mut text = String::new();
    plain::write_into_with(&too_deep, &mut text, limits).unwrap();
    let error = plain::from_str::<Order>(&text).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Depth));
    assert_eq!(
        plain::from_str_with::<Order>(&text, limits).unwrap(),
        too_deep
    );
}

#[test]
fn recursion_is_bounded() {
    let value = chain(200);
    let limits = Limits {
        depth: 200,
        ..Limits::default()
    };
    let mut datum = Vec::new();
    encode_into_with(&value, &mut datum, limits).unwrap();
    let error = from_datum::<Order>(&datum).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Depth));
    assert_eq!(from_datum_with::<Order>(&datum, limits).unwrap(), value);
    let limits = Limits {
        depth: 199,
        ..Limits::default()
    };
    assert!(from_datum_with::<Order>(&datum, limits).is_err());
}

#[test]
fn conveniences_of_generated_types() {
    assert_eq!(Item::builder().sku("a").build(), Ok(Item::new("a")));
    let error = Item::builder().quantity(2).build().unwrap_err();
    assert_eq!(error.field(), "sku");
    assert_eq!("SHIPPED".parse(), Ok(Status::Shipped));
    let error = "LOST".parse::<Status>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "enum com.acme.Status has no symbol \"LOST\""
    );
    assert_eq!(format!("{:>5}", Status::New), "  NEW");
}
