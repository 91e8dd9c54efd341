//! Avro's JSON encoding: exact texts, those of Java 1.12.2 but for what languages write
//! differently, and what is refused.

use std::collections::BTreeMap;
use std::fmt::Debug;

use avro_runtime::chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use avro_runtime::codec::{
    Array, BigDecimal, Boolean, Boxed, Bytes, Chrono, Date, DecimalBytes, DecimalFixed, Double,
    DurationFixed, FieldDecode, FixedBytes, Float, Int, LocalTimestampMicros, Long, Map, Named,
    Null, Nullable, NullableUnion, Str, TimeMicros, TimeMillis, TimestampNanos, Uuid, UuidFixed,
    UuidStr,
};
use avro_runtime::json::{
    FieldFromJson, FieldToJson, Form, JsonReader, JsonWriter, NamedFixed, ToJson, avro,
};
use avro_runtime::types::{Decimal, Duration};
use avro_runtime::{DecodeError, DecodeErrorKind, EncodeError, Limit, Limits, View, uuid};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;
use shared::com::acme::{Digest, Item, Order, OrderExtra, OrderPay, Status};

fn write<C: FieldToJson<T>, T>(value: &T) -> Result<String, EncodeError> {
    let mut out = String::new();
    let mut w = JsonWriter::new(&mut out, Form::Avro, Limits::default());
    C::write_json(value, &mut w)?;
    w.finish();
    Ok(out)
}

fn read<C: FieldFromJson<T> + FieldDecode<'static, T>, T>(text: &str) -> Result<T, DecodeError> {
    let mut value = C::blank();
    let mut r = JsonReader::new(text, Form::Avro, Limits::default());
    C::read_json(&mut value, &mut r)?;
    r.finish()?;
    Ok(value)
}

#[track_caller]
fn both<C, T>(value: T, text: &str)
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
    T: PartialEq + Debug,
{
    assert_eq!(write::<C, T>(&value).unwrap(), text);
    assert_eq!(read::<C, T>(text).unwrap(), value);
}

#[track_caller]
fn refused<C, T>(text: &str) -> DecodeErrorKind
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
    T: Debug,
{
    read::<C, T>(text).unwrap_err().kind().clone()
}

#[test]
fn primitives() {
    both::<Null, ()>((), "null");
    both::<Boolean, bool>(true, "true");
    both::<Int, i32>(i32::MIN, "-2147483648");
    both::<Long, i64>(i64::MIN, "-9223372036854775808");
    both::<Float, f32>(0.1, "0.1");
    both::<Double, f64>(0.1, "0.1");
    both::<Double, f64>(-0.0, "-0.0");
    both::<Double, f64>(f64::INFINITY, "\"Infinity\"");
    both::<Float, f32>(f32::NEG_INFINITY, "\"-Infinity\"");
    assert_eq!(write::<Double, f64>(&f64::NAN).unwrap(), "\"NaN\"");
    assert!(read::<Float, f32>("\"NaN\"").unwrap().is_nan());
    // Java writes control characters in capitals, and reads both.
    both::<Str, String>(
        "\u{0}\u{1f}\u{8}\"'\\/\n\r\t\u{c}€é".into(),
        "\"\\u0000\\u001f\\b\\\"'\\\\/\\n\\r\\t\\f€é\"",
    );
    both::<Array<Int>, Vec<i32>>(vec![1, -2], "[1,-2]");
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    both::<Map<Long>, _>(map, "{\"a\":1,\"b\":2}");
}

#[test]
fn exponents_are_of_rust_and_those_of_java_are_read() {
    both::<Double, f64>(1e12, "1000000000000.0");
    assert_eq!(read::<Double, f64>("1.0E12").unwrap(), 1e12);
    both::<Double, f64>(1e-300, "1e-300");
    assert_eq!(read::<Double, f64>("1.0E-300").unwrap(), 1e-300);
    assert_eq!(read::<Float, f32>("1").unwrap(), 1.0);
    assert!(read::<Int, i32>("1.0").is_err());
    assert!(read::<Double, f64>("1e400").is_err());
}

#[test]
fn bytes_are_characters() {
    both::<Bytes, Vec<u8>>(vec![0, 0xff, 0x7f, b'"'], "\"\\u0000ÿ\u{7f}\\\"\"");
    both::<FixedBytes<2>, [u8; 2]>([0x80, 0xff], "\"\u{80}ÿ\"");
    assert_eq!(
        read::<Bytes, Vec<u8>>("\"\\u00ff\\u0041\"").unwrap(),
        [0xff, b'A']
    );
    refused::<Bytes, Vec<u8>>("\"\u{100}\"");
    refused::<Bytes, Vec<u8>>("\"\\ud83d\\ude00\"");
    refused::<FixedBytes<2>, [u8; 2]>("\"a\"");
    refused::<FixedBytes<2>, [u8; 2]>("\"abc\"");
}

#[test]
fn logical_types_are_the_type_below() {
    both::<DecimalBytes<4, 2>, Decimal>(Decimal::new(1234, 2), "\"\\u0004Ò\"");
    both::<DecimalBytes<4, 2>, Decimal>(Decimal::new(-1, 2), "\"ÿ\"");
    both::<DecimalFixed<3, 4, 2>, Decimal>(Decimal::new(-2, 2), "\"ÿÿþ\"");
    both::<BigDecimal, Decimal>(Decimal::new(1234, -1), "\"\\u0004\\u0004Ò\\u0001\"");
    let uuid = uuid::Uuid::from_u128(0x0010_ff00_0000_0000_0000_0000_0000_007f);
    both::<UuidStr<Uuid>, _>(uuid, "\"0010ff00-0000-0000-0000-00000000007f\"");
    let zeros = "\\u0000".repeat(12);
    both::<UuidFixed<Uuid>, _>(uuid, &format!("\"\\u0000\\u0010ÿ{zeros}\u{7f}\""));
    let duration = Duration {
        months: 1,
        days: 2,
        millis: 255,
    };
    both::<DurationFixed, _>(
        duration,
        "\"\\u0001\\u0000\\u0000\\u0000\\u0002\\u0000\\u0000\\u0000ÿ\\u0000\\u0000\\u0000\"",
    );
    let day = NaiveDate::from_ymd_opt(1969, 12, 31).unwrap();
    both::<Date<Chrono>, _>(day, "-1");
    let time = NaiveTime::from_hms_micro_opt(0, 0, 1, 2_000).unwrap();
    both::<TimeMillis<Chrono>, _>(time, "1002");
    both::<TimeMicros<Chrono>, _>(time, "1002000");
    let at: DateTime<Utc> = DateTime::from_timestamp(-1, 999_999_999).unwrap();
    both::<TimestampNanos<Chrono>, _>(at, "-1");
    let local = DateTime::from_timestamp(1, 1_000).unwrap().naive_utc();
    both::<LocalTimestampMicros<Chrono>, _>(local, "1000001");
}

#[test]
fn what_the_type_below_holds_and_the_logical_type_does_not_is_refused() {
    refused::<DecimalBytes<4, 2>, Decimal>("\"\u{7f}ÿ\"");
    refused::<BigDecimal, Decimal>("\"\\u0004\"");
    refused::<TimeMillis<Chrono>, NaiveTime>("86400000");
    refused::<TimeMillis<Chrono>, NaiveTime>("\"00:00:01.002\"");
    refused::<Date<Chrono>, NaiveDate>("2147483647");
    assert!(write::<DecimalBytes<4, 2>, Decimal>(&Decimal::new(1, 3)).is_err());
    assert!(write::<DecimalFixed<1, 4, 2>, Decimal>(&Decimal::new(1234, 2)).is_err());
}

/// The owner of a fixed's name, as a generated type is.
struct Owner;

impl ToJson for Owner {
    const FIXED: &'static [&'static str] = &["a.F", "a.Price"];

    fn write_json(&self, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw("null");
        Ok(())
    }
}

#[test]
fn a_union_of_null_tells_its_branch() {
    type Text = Nullable<Str, true>;
    both::<Text, Option<String>>(None, "null");
    both::<Text, Option<String>>(Some("k".into()), "{\"string\":\"k\"}");
    both::<Nullable<TimestampNanos<Chrono>, false>, _>(
        Some(DateTime::from_timestamp(0, 1).unwrap()),
        "{\"long\":1}",
    );
    both::<Nullable<DecimalBytes<4, 2>, true>, _>(
        Some(Decimal::new(1234, 2)),
        "{\"bytes\":\"\\u0004Ò\"}",
    );
    both::<Nullable<NamedFixed<FixedBytes<2>, Owner, 0>, true>, _>(
        Some([0x80, 0xff]),
        "{\"a.F\":\"\u{80}ÿ\"}",
    );
    both::<Nullable<Array<Nullable<NamedFixed<DecimalFixed<2, 4, 2>, Owner, 1>, true>>, true>, _>(
        Some(vec![None, Some(Decimal::new(1, 2))]),
        "{\"array\":[null,{\"a.Price\":\"\\u0000\\u0001\"}]}",
    );
    both::<Nullable<Map<Boxed<Boolean>>, true>, _>(
        Some(BTreeMap::from([("a".to_owned(), Box::new(true))])),
        "{\"map\":{\"a\":true}}",
    );
    both::<Nullable<Named, true>, _>(Some(Status::Shipped), "{\"com.acme.Status\":\"SHIPPED\"}");
    both::<NullableUnion<1>, Option<OrderExtra>>(None, "null");
    both::<NullableUnion<1>, _>(Some(OrderExtra::Int(1)), "{\"int\":1}");
    let unknown = |name: &str, branches: &str| DecodeErrorKind::UnknownBranch {
        name: name.into(),
        branches: branches.into(),
    };
    let string = "\"string\"";
    assert_eq!(refused::<Text, _>("{\"int\":1}"), unknown("int", string));
    assert_eq!(
        unknown("int", string).to_string(),
        "the union has no branch \"int\", only \"string\""
    );
    // Java lets it pass; no encoder writes it.
    assert_eq!(
        refused::<Text, _>("{\"null\":null}"),
        unknown("null", string)
    );
    assert_eq!(
        refused::<NullableUnion<1>, Option<OrderExtra>>("{\"null\":null}"),
        unknown("null", "\"int\", \"string\"")
    );
    for text in [
        "\"k\"",
        "{}",
        "{\"string\":null}",
        "{\"string\":\"k\",}",
        "{\"string\":\"a\",\"string\":\"b\"}",
        "{\"string\" \"k\"}",
        "{string:\"k\"}",
        "nul",
        "[null]",
    ] {
        read::<Text, _>(text).unwrap_err();
    }
    assert_eq!(
        read::<Text, _>(" { \"str\\u0069ng\" : \"k\" } ").unwrap(),
        Some("k".to_owned())
    );
}

#[test]
fn a_union_of_several_tells_its_branch() {
    both::<Named, OrderPay>(OrderPay::Long(5), "{\"long\":5}");
    both::<Named, OrderPay>(OrderPay::String("x".into()), "{\"string\":\"x\"}");
    both::<Named, OrderPay>(
        OrderPay::Item(Item::new("a")),
        "{\"com.acme.Item\":{\"sku\":\"a\",\"quantity\":1}}",
    );
    refused::<Named, OrderPay>("5");
    refused::<Named, OrderPay>("null");
    assert_eq!(
        refused::<Named, OrderPay>("{\"Item\":{\"sku\":\"a\"}}"),
        DecodeErrorKind::UnknownBranch {
            name: "Item".into(),
            branches: r#""com.acme.Item", "long", "string", "com.acme.Order""#.into()
        },
        "fullnames alone"
    );
}

fn order() -> Order {
    let next = Order {
        next: None,
        ..whole(None)
    };
    whole(Some(Box::new(next)))
}

fn whole(next: Option<Box<Order>>) -> Order {
    Order {
        id: "o-1".into(),
        at: DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
        count: -1,
        total: i64::MAX,
        ratio: 0.5,
        amount: -0.25,
        paid: true,
        raw: vec![0, 0xe9],
        nothing: (),
        note: Some("é\n".into()),
        suffix: None,
        items: vec![Item {
            sku: "a".into(),
            quantity: 2,
        }],
        numbers: vec![1.5],
        labels: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
        next,
        pay: OrderPay::Item(Item::new("b")),
        extra: Some(OrderExtra::String("x".into())),
        digest: Digest([1, 2, 3, 0xff]),
        status: Status::Shipped,
        key: uuid::Uuid::from_u128(7),
        day: NaiveDate::from_ymd_opt(2025, 1, 31).unwrap(),
        price: Decimal::new(1250, 2),
    }
}

/// As Java writes it, but for capitals in `\u001F`.
const LAST: &str = concat!(
    r#"{"id":"o-1","at":1700000000123,"count":-1,"total":9223372036854775807,"ratio":0.5,"#,
    r#""amount":-0.25,"paid":true,"raw":"\u0000é","nothing":null,"note":{"string":"é\n"},"#,
    r#""suffix":null,"items":[{"sku":"a","quantity":2}],"numbers":[1.5],"labels":{"k":"v"},"#,
    r#""next":null,"pay":{"com.acme.Item":{"sku":"b","quantity":1}},"extra":{"string":"x"},"#,
    r#""digest":"\u0001\u0002\u0003ÿ","status":"SHIPPED","#,
    r#""key":"00000000-0000-0000-0000-000000000007","day":20119,"price":"\u0004â"}"#
);

fn text() -> String {
    LAST.replace(
        r#""next":null"#,
        &format!(r#""next":{{"com.acme.Order":{LAST}}}"#),
    )
}

#[test]
fn a_record_and_its_view() {
    assert_eq!(avro::to_string(&order()).unwrap(), text());
    assert_eq!(avro::from_str::<Order>(&text()).unwrap(), order());
    assert_eq!(
        avro::from_slice::<Order>(text().as_bytes()).unwrap(),
        order()
    );
    let mut over = whole(None);
    over.pay = OrderPay::Long(1);
    avro::read_into(&mut over, &text()).unwrap();
    assert_eq!(over, order());
    let datum = avro_runtime::to_datum(&order()).unwrap();
    let view = avro_runtime::view_datum::<Order>(&datum).unwrap();
    assert_eq!(avro::to_string(&view).unwrap(), text());
    assert_eq!(view.own(), order());
    let mut out = "before ".to_owned();
    avro::write_into(&Item::new("a"), &mut out).unwrap();
    assert_eq!(out, r#"before {"sku":"a","quantity":1}"#);
}

/// Of equal keys a view writes the last, as its owned value has it.
#[test]
fn a_map_of_a_view_is_written_like_the_owned_map() {
    let mut datum = avro_runtime::to_datum(&whole(None)).unwrap();
    let map = [2, 2, b'k', 2, b'v', 0];
    let at = datum.windows(6).position(|it| it == map).unwrap();
    let entries = [6, 2, b'k', 2, b'1', 2, b'a', 2, b'2', 2, b'k', 2, b'3', 0];
    datum.splice(at..at + 6, entries);
    let view = avro_runtime::view_datum::<Order>(&datum).unwrap();
    let text = avro::to_string(&view).unwrap();
    assert!(text.contains(r#""labels":{"a":"2","k":"3"}"#), "{text}");
    assert_eq!(text, avro::to_string(&view.own()).unwrap());
}

#[test]
fn keys_in_any_order_and_defaults_but_no_others() {
    let item = |text| avro::from_str::<Item>(text);
    let expected = Item {
        sku: "a".into(),
        quantity: 2,
    };
    assert_eq!(item(r#"{"quantity":2,"sku":"a"}"#).unwrap(), expected);
    assert_eq!(item(r#"{"sku":"a"}"#).unwrap(), Item::new("a"));
    let error = item(r#"{"sku":"b","quantity":2,"sku":"a"}"#).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::RepeatedKey("sku".into()));
    assert_eq!(error.offset(), 24);
    let error = item(r#"{"sku":"a","more":1}"#).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::UnknownKey("more".into()));
    let error = item(r#"{"quantity":2}"#).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("sku"));
}

#[test]
fn errors_name_their_place() {
    let wrong = LAST.replace(r#""quantity":2"#, r#""quantity":"2""#);
    let error = avro::from_str::<Order>(&wrong).unwrap_err();
    assert_eq!(error.path(), "Order.items[0].quantity");
    assert_eq!(error.offset(), wrong.find(r#""2""#).unwrap());
    let broken = Order {
        price: Decimal::new(1, 3),
        ..whole(None)
    };
    assert_eq!(avro::to_string(&broken).unwrap_err().path(), "Order.price");
    let mut out = "before".to_owned();
    avro::write_into(&broken, &mut out).unwrap_err();
    assert_eq!(out, "before");
}

#[test]
fn every_truncation_and_every_flipped_bit_is_an_error_or_a_value() {
    let text = text();
    for len in 0..text.len() {
        assert!(avro::from_slice::<Order>(&text.as_bytes()[..len]).is_err());
    }
    for bit in 0..text.len() * 8 {
        let mut flipped = text.clone().into_bytes();
        flipped[bit / 8] ^= 1 << (bit % 8);
        // What is read is a value: it can be written.
        if let Ok(value) = avro::from_slice::<Order>(&flipped) {
            avro::to_string(&value).unwrap();
        }
    }
}

#[test]
fn limits_hold() {
    let with = |limits: Limits| avro::from_str_with::<Order>(&text(), limits);
    let default = Limits::default;
    let exceeded = |limit| DecodeErrorKind::LimitExceeded(limit);
    let depth = Limits {
        depth: 0,
        ..default()
    };
    assert_eq!(with(depth).unwrap_err().kind(), &exceeded(Limit::Depth));
    let items = Limits {
        items: 3,
        ..default()
    };
    assert_eq!(with(items).unwrap_err().kind(), &exceeded(Limit::Items));
    let length = Limits {
        length: 3,
        ..default()
    };
    assert_eq!(with(length).unwrap_err().kind(), &exceeded(Limit::Length));
    let allocation = Limits {
        allocation: 1_000,
        ..default()
    };
    assert_eq!(
        with(allocation).unwrap_err().kind(),
        &exceeded(Limit::Allocation)
    );
    let deep = r#"{"next":{"com.acme.Order":"#.repeat(100_000);
    let error = avro::from_str::<Order>(&deep).unwrap_err();
    assert_eq!(error.kind(), &exceeded(Limit::Depth));
}
