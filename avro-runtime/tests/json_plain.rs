//! Plain JSON: golden texts, what is read besides, and hostile texts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Debug;

use avro_runtime::chrono;
use avro_runtime::codec::{
    Array, BigDecimal, Boolean, Bytes, DecimalBytes, DecimalFixed, Double, FieldCodec, FieldDecode,
    Float, Int, Long, Map, Named, Null, Nullable, Str,
};
use avro_runtime::json::{
    FieldFromJson, FieldToJson, Form, FromJson, JsonReader, JsonWriter, ToJson, avro, plain,
    read_branch, read_union, write_ambiguous,
};
use avro_runtime::types::Decimal;
use avro_runtime::{Decode, DecodeError, DecodeErrorKind, EncodeError, Limit, Limits, Reader};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;
use shared::com::acme::{Item, Order, OrderExtra, OrderPay, Status};

fn write<C: FieldToJson<T>, T>(value: &T) -> String {
    let mut out = String::new();
    let mut w = JsonWriter::new(&mut out, Form::Plain, Limits::default());
    C::write_json(value, &mut w).unwrap();
    w.finish();
    out
}

fn read<C: FieldFromJson<T> + FieldDecode<'static, T>, T>(text: &str) -> Result<T, DecodeError> {
    let mut value = C::blank();
    let mut r = JsonReader::new(text, Form::Plain, Limits::default());
    C::read_json(&mut value, &mut r)?;
    r.finish()?;
    Ok(value)
}

fn both<C: FieldFromJson<T> + FieldDecode<'static, T>, T: PartialEq + Debug>(value: T, text: &str) {
    assert_eq!(write::<C, T>(&value), text);
    assert_eq!(read::<C, T>(text).unwrap(), value);
}

fn refused<C: FieldFromJson<T> + FieldDecode<'static, T>, T: Debug>(text: &str) -> usize {
    read::<C, T>(text).unwrap_err().offset()
}

#[test]
fn primitives() {
    both::<Null, ()>((), "null");
    both::<Boolean, bool>(true, "true");
    both::<Int, i32>(i32::MIN, "-2147483648");
    both::<Long, i64>(i64::MAX, "9223372036854775807");
    both::<Double, f64>(0.1, "0.1");
    both::<Double, f64>(1.0, "1.0");
    both::<Double, f64>(f64::MAX, "1.7976931348623157e+308");
    both::<Double, f64>(f64::NEG_INFINITY, "\"-Infinity\"");
    both::<Float, f32>(f32::INFINITY, "\"Infinity\"");
    assert_eq!(write::<Double, f64>(&f64::NAN), "\"NaN\"");
    assert!(read::<Float, f32>("\"NaN\"").unwrap().is_nan());
    assert!(read::<Double, f64>("-0.0").unwrap().is_sign_negative());
    both::<Bytes, Vec<u8>>(vec![0, 255, 254], "\"AP/+\"");
    both::<Bytes, Vec<u8>>(vec![1], "\"AQ==\"");
    both::<Array<Int>, Vec<i32>>(vec![1, -2], "[1,-2]");
    both::<Nullable<Str, true>, Option<String>>(None, "null");
    both::<Nullable<Str, true>, Option<String>>(Some("null".into()), "\"null\"");
    let map = BTreeMap::from([("a\"b".to_owned(), vec![1]), ("c".to_owned(), vec![])]);
    both::<Map<Array<Long>>, BTreeMap<String, Vec<i64>>>(map, "{\"a\\\"b\":[1],\"c\":[]}");
    both::<Map<Null>, BTreeMap<String, ()>>(BTreeMap::new(), "{}");
    both::<BigDecimal, Decimal>(Decimal::new(-1250, 2), "\"-12.50\"");
}

#[test]
fn strings_and_their_escapes() {
    both::<Str, String>(
        "\u{0}\u{1f}\"\\/\n\t\r\u{8}\u{c}\u{7f}é😀".into(),
        "\"\\u0000\\u001f\\\"\\\\/\\n\\t\\r\\b\\f\u{7f}é😀\"",
    );
    assert_eq!(
        read::<Str, String>("\"\\ud83d\\ude00\\u00E9\\/\"").unwrap(),
        "😀é/"
    );
    for text in [
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ud83dx\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\x\"",
        "\"\\",
        "\"",
        "\"a",
        "\"\n\"",
        "\"a\u{1}\"",
        "'a'",
        "",
        "\"\\u+123\"",
    ] {
        assert!(read::<Str, String>(text).is_err(), "{text:?}");
    }
    assert_eq!(refused::<Str, String>("\"ab\u{1}\""), 3);
}

#[test]
fn numbers_follow_the_grammar() {
    for text in [
        "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "--1", "NaN", "1 2", "- 1", "1_0",
    ] {
        assert!(read::<Double, f64>(text).is_err(), "{text}");
        assert!(read::<Long, i64>(text).is_err(), "{text}");
    }
    assert_eq!(read::<Double, f64>(" -1.5E+2 ").unwrap(), -150.0);
    assert_eq!(read::<Double, f64>("12").unwrap(), 12.0);
    for text in ["1.0", "1e3", "2147483648", "\"1\""] {
        assert!(read::<Int, i32>(text).is_err(), "{text}");
    }
    for text in ["1e400", "-1e999", "\"inf\""] {
        assert!(read::<Double, f64>(text).is_err(), "{text}");
    }
    assert!(read::<Float, f32>("1e39").is_err());
}

fn order() -> Order {
    let datum: &[u8] = &[];
    let mut order = <Order as Decode<'_>>::blank();
    assert!(order.decode_into(&mut Reader::new(datum)).is_err());
    order.pay = OrderPay::Long(5);
    order.items = vec![Item::new("a")];
    order.extra = Some(OrderExtra::Int(-1));
    order.status = Status::Shipped;
    order.price = Decimal::new(125, 1);
    order
}

const GOLDEN: &str = concat!(
    r#"{"id":"","at":"1970-01-01T00:00:00.000Z","count":0,"total":0,"ratio":0.0,"amount":0.0,"#,
    r#""paid":false,"raw":"","nothing":null,"note":null,"suffix":null,"#,
    r#""items":[{"sku":"a","quantity":1}],"numbers":[],"labels":{},"next":null,"pay":5,"#,
    r#""extra":-1,"digest":"AAAAAA==","status":"SHIPPED","#,
    r#""key":"00000000-0000-0000-0000-000000000000","day":"1970-01-01","price":"12.50"}"#
);

#[test]
fn a_record_as_text() {
    let text = plain::to_string(&order()).unwrap();
    assert_eq!(text, GOLDEN);
    assert_eq!(plain::from_str::<Order>(&text).unwrap(), order());
    assert_eq!(
        plain::from_slice::<Order>(text.as_bytes()).unwrap(),
        order()
    );
}

/// `{"a":1,"b":[2,3]}` → `"a":1` and `"b":[2,3]`; no string holds a bracket.
fn members(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let inside = &text[1..text.len() - 1];
    let between = |c: char| {
        depth += i32::from("[{".contains(c)) - i32::from("]}".contains(c));
        depth == 0 && c == ','
    };
    inside.split(between).collect()
}

#[test]
fn fields_from_any_place_on_and_without_any_one() {
    let members = members(GOLDEN);
    assert_eq!(members.len(), 22);
    for i in 0..members.len() {
        let (before, behind) = members.split_at(i);
        let rotated = [behind, before].concat().join(",");
        assert_eq!(
            plain::from_str::<Order>(&format!("{{{rotated}}}")).unwrap(),
            order()
        );
        // In the schema's order, and one field is not there.
        let (absent, behind) = behind.split_first().unwrap();
        let rest = [before, behind].concat().join(",");
        match plain::from_str::<Order>(&format!("{{{rest}}}")) {
            Ok(read) => {
                let text = plain::to_string(&read).unwrap();
                let kept = |member: &&str| text.contains(*member);
                assert!(before.iter().chain(behind).all(kept), "{rest}");
            }
            Err(error) => match error.kind() {
                DecodeErrorKind::MissingField(name) => {
                    assert!(absent.starts_with(&format!("\"{name}\":")), "{error}");
                }
                _ => panic!("{error}"),
            },
        }
    }
}

#[test]
fn keys_in_any_order_unknown_keys_and_defaults() {
    let item = |text| plain::from_str::<Item>(text).unwrap();
    let expected = Item {
        sku: "a".into(),
        quantity: 2,
    };
    assert_eq!(item(r#"{"quantity":2,"sku":"a"}"#), expected);
    assert_eq!(
        item(" { \"quantity\" : 2 ,\n\t\"sku\" : \"a\" } "),
        expected
    );
    assert_eq!(
        item(r#"{"x":{"y":[1,{"z":"}"}],"w":{}},"quantity":2,"sku":"a","v":[]}"#),
        expected
    );
    assert_eq!(item(r#"{"s\u006bu":"a","quantity":2}"#), expected);
    assert_eq!(item(r#"{"sku":"a"}"#), Item::new("a"));
    let error = plain::from_str::<Item>(r#"{"quantity":2}"#).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::MissingField("sku"));
    for text in [
        r#"{"sku":"a",}"#,
        r#"{,"sku":"a"}"#,
        r#"{"sku" "a"}"#,
        r#"{"sku":"a""quantity":1}"#,
        r#"{"sku":"a"} x"#,
        "[]",
        r#"{"sku":"a","x":[1,]}"#,
        r#"{"sku":"a","x":{"a"}}"#,
        r#"{"sku":"a","x":[}"#,
        r#"{{"sku":"a"}"#,
        r#","sku":"a"}"#,
        r#"{"sku":"a"{"quantity":1}"#,
        r#"{"x":1{"sku":"a"}"#,
        r#"{"x":1,{"sku":"a"}"#,
        r#"{"x":1}{"sku":"a"}"#,
    ] {
        assert!(plain::from_str::<Item>(text).is_err(), "{text}");
    }
}

#[test]
fn errors_name_their_place() {
    let text = GOLDEN.replace("\"quantity\":1", "\"quantity\":true");
    let error = plain::from_str::<Order>(&text).unwrap_err();
    assert_eq!(error.path(), "Order.items[0].quantity");
    assert_eq!(error.offset(), text.find("true").unwrap());
    let error = plain::from_str::<Order>(&GOLDEN.replace("SHIPPED", "LOST")).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::UnknownSymbol("LOST".into()));
    let broken = Order {
        price: Decimal::new(1, 3),
        ..order()
    };
    let error = plain::to_string(&broken).unwrap_err();
    assert_eq!(error.path(), "Order.price");
}

#[test]
fn timestamps_are_rfc_3339() {
    let read = |at: &str| {
        let text = GOLDEN.replace("1970-01-01T00:00:00.000Z", at);
        plain::from_str::<Order>(&text).map(|order| order.at.timestamp_millis())
    };
    assert_eq!(read("1970-01-01T01:00:00+01:00").unwrap(), 0);
    assert_eq!(read("1969-12-31T23:59:59.9991Z").unwrap(), -1);
    assert!(read("1970-01-01").is_err());
    assert!(read("yesterday").is_err());
    for millis in [253_402_300_800_000, -62_167_219_200_001] {
        let at = chrono::DateTime::from_timestamp_millis(millis).unwrap();
        let text = plain::to_string(&Order { at, ..order() }).unwrap();
        assert_eq!(plain::from_str::<Order>(&text).unwrap().at, at, "{text}");
    }
}

fn pay(text: &str) -> Result<OrderPay, DecodeError> {
    read::<Named, OrderPay>(text)
}

#[test]
fn unions_are_untagged_where_that_is_unambiguous() {
    both::<Named, OrderPay>(OrderPay::Long(5), "5");
    both::<Named, OrderPay>(OrderPay::String("x".into()), "\"x\"");
    let item = OrderPay::Item(Item {
        sku: "a".into(),
        quantity: 1,
    });
    both::<Named, OrderPay>(item.clone(), r#"{"sku":"a","quantity":1}"#);
    assert_eq!(
        pay(r#"{"sku":"a"}"#).unwrap(),
        item,
        "defaults may be missing"
    );
    assert_eq!(
        pay(r#"{"com.acme.Item":{"sku":"a"}}"#).unwrap(),
        item,
        "the tagged form"
    );
    assert_eq!(pay(r#" { "long" : 7 } "#).unwrap(), OrderPay::Long(7));
    let nearest = |text| match pay(text).unwrap_err().kind() {
        DecodeErrorKind::NoBranch { nearest, reason } => {
            (*nearest, reason.path(), reason.kind().clone())
        }
        other => panic!("{other}"),
    };
    let at_itself = |nearest, kind| (nearest, String::new(), kind);
    assert_eq!(
        nearest(r#"{"sku":"a","more":1}"#),
        at_itself("com.acme.Item", DecodeErrorKind::UnknownKey("more".into())),
        "every key counts"
    );
    assert_eq!(
        nearest(r#"{"quantity":1}"#),
        at_itself("com.acme.Item", DecodeErrorKind::MissingField("sku"))
    );
    assert_eq!(
        nearest(r#"{"long":7,"x":1}"#),
        at_itself("long", DecodeErrorKind::Expected("`}`"))
    );
    assert_eq!(
        pay(r#"{"sku":"a","quantity":"1"}"#)
            .unwrap_err()
            .to_string(),
        "the value fits no branch of the union; the nearest is \"com.acme.Item\" \
         (expected a whole number of 32 bits in quantity at byte 22) at byte 0"
    );
    assert!(pay("true").is_err());
    both::<avro_runtime::codec::NullableUnion<1>, Option<OrderExtra>>(None, "null");
    assert_eq!(
        pay(r#"{"string":"x"}"#).unwrap(),
        OrderPay::String("x".into())
    );
}

/// `["int", "long", "float", "double", {"map": "long"}, "string", "bytes"]`
#[derive(Clone, Debug, PartialEq)]
enum Ambiguous {
    Int(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Map(BTreeMap<String, i64>),
    String(String),
    Bytes(Vec<u8>),
}

impl<'de> Decode<'de> for Ambiguous {
    const MIN_LEN: usize = 2;

    fn blank() -> Self {
        Self::Int(0)
    }

    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *self = Self::Int(r.int()?);
        Ok(())
    }
}

impl ToJson for Ambiguous {
    fn write_json(&self, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match self {
            Self::Int(value) => write_ambiguous::<Int, _, Self>(value, w, 0, "int"),
            Self::Long(value) => write_ambiguous::<Long, _, Self>(value, w, 1, "long"),
            Self::Float(value) => write_ambiguous::<Float, _, Self>(value, w, 2, "float"),
            Self::Double(value) => write_ambiguous::<Double, _, Self>(value, w, 3, "double"),
            Self::Map(value) => write_ambiguous::<Map<Long>, _, Self>(value, w, 4, "map"),
            Self::String(value) => write_ambiguous::<Str, _, Self>(value, w, 5, "string"),
            Self::Bytes(value) => write_ambiguous::<Bytes, _, Self>(value, w, 6, "bytes"),
        }
    }
}

impl FromJson for Ambiguous {
    fn read_json(&mut self, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        const BRANCHES: &[&str] = &["int", "long", "float", "double", "map", "string", "bytes"];
        read_union(r, BRANCHES, |branch, r| {
            *self = match branch {
                0 => Self::Int(read_branch::<Int, _>(r)?),
                1 => Self::Long(read_branch::<Long, _>(r)?),
                2 => Self::Float(read_branch::<Float, _>(r)?),
                3 => Self::Double(read_branch::<Double, _>(r)?),
                4 => Self::Map(read_branch::<Map<Long>, _>(r)?),
                5 => Self::String(read_branch::<Str, _>(r)?),
                _ => Self::Bytes(read_branch::<Bytes, _>(r)?),
            };
            Ok(())
        })
    }
}

#[test]
fn a_value_that_would_come_back_as_another_branch_is_tagged() {
    both::<Named, Ambiguous>(Ambiguous::Int(1), "1");
    both::<Named, Ambiguous>(Ambiguous::Long(1), "{\"long\":1}");
    both::<Named, Ambiguous>(Ambiguous::Long(1 << 40), "1099511627776");
    both::<Named, Ambiguous>(Ambiguous::Float(1.5), "1.5");
    both::<Named, Ambiguous>(Ambiguous::Float(f32::INFINITY), "\"Infinity\"");
    both::<Named, Ambiguous>(Ambiguous::Double(1.5), "{\"double\":1.5}");
    both::<Named, Ambiguous>(Ambiguous::Double(1e300), "1e+300");
    both::<Named, Ambiguous>(
        Ambiguous::String("Infinity".into()),
        "{\"string\":\"Infinity\"}",
    );
    both::<Named, Ambiguous>(Ambiguous::Bytes(vec![]), "{\"bytes\":\"\"}");
    let map = |key: &str| Ambiguous::Map(BTreeMap::from([(key.to_owned(), 1)]));
    both::<Named, Ambiguous>(map("k"), "{\"k\":1}");
    both::<Named, Ambiguous>(map("long"), "{\"map\":{\"long\":1}}");
    both::<Named, Ambiguous>(map("map"), "{\"map\":1}");
}

/// A union of two branches that both are arrays of the union: every level doubles the ways to
/// read it.
struct Twins;

thread_local! {
    /// How often one was begun to be read.
    static TWINS: Cell<usize> = const { Cell::new(0) };
}

impl<'de> Decode<'de> for Twins {
    const MIN_LEN: usize = 2;

    fn blank() -> Self {
        Self
    }

    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        r.long().map(drop)
    }
}

impl ToJson for Twins {
    fn write_json(&self, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw("[]");
        Ok(())
    }
}

impl FromJson for Twins {
    fn read_json(&mut self, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        TWINS.set(TWINS.get() + 1);
        read_union(r, &["a", "b"], |_, r| {
            read_branch::<Array<Named>, Vec<Self>>(r).map(drop)
        })
    }
}

#[test]
fn ambiguity_that_doubles_with_every_level_is_cut_off() {
    let nested =
        |depth, middle: &str| format!("{}{middle}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read::<Named, Twins>(&nested(100, "")).is_ok());
    assert!(read::<Named, Twins>(&nested(4, "1")).is_err());
    for middle in ["1".to_owned(), "1".repeat(1_000), "1".repeat(100_000)] {
        let text = nested(100, &middle);
        TWINS.set(0);
        let Err(error) = read::<Named, Twins>(&text) else {
            panic!("1 is no array");
        };
        assert_eq!(error.kind(), &DecodeErrorKind::TooManyAttempts);
        // So many bytes may be read in vain, and an attempt takes one at least.
        let most = 16 * text.len() + (1 << 16);
        assert!((1_000..most).contains(&TWINS.get()), "{}", TWINS.get());
    }
}

#[test]
fn hostile_nesting_costs_no_more_than_its_length() {
    // Each level may be an item or an order: both are tried, and fail at the innermost.
    let open = r#"{"com.acme.Order":{"pay":"#.repeat(60);
    let error = pay(&format!("{open}tru")).unwrap_err();
    assert!(matches!(
        error.kind(),
        DecodeErrorKind::NoBranch { .. }
            | DecodeErrorKind::TooManyAttempts
            | DecodeErrorKind::LimitExceeded(_)
    ));
    let deep = "[".repeat(100_000);
    let error = plain::from_str::<Item>(&format!("{{\"x\":{deep}")).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::UnexpectedEnd);
    let deep = "{\"next\":".repeat(100_000);
    let error = plain::from_str::<Order>(&deep).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Depth));
}

#[test]
fn every_truncation_and_every_flipped_bit_is_an_error_or_a_value() {
    for len in 0..GOLDEN.len() {
        assert!(plain::from_str::<Order>(&GOLDEN[..len]).is_err(), "{len}");
    }
    for bit in 0..GOLDEN.len() * 8 {
        let mut text = GOLDEN.as_bytes().to_vec();
        text[bit / 8] ^= 1 << (bit % 8);
        let _ = plain::from_slice::<Order>(&text);
    }
}

#[test]
fn limits_hold_for_text_too() {
    let limits = Limits {
        items: 2,
        ..Limits::default()
    };
    let text = GOLDEN.replace("\"numbers\":[]", "\"numbers\":[1,2]");
    let error = plain::from_str_with::<Order>(&text, limits).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Items));
    let limits = Limits {
        length: 5,
        ..Limits::default()
    };
    let error = plain::from_str_with::<Order>(&text, limits).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Length));
}

#[test]
fn a_key_that_is_there_twice_is_named_at_its_place() {
    let twice = |error: DecodeError, key: &str, offset: usize| {
        assert_eq!(error.kind(), &DecodeErrorKind::RepeatedKey(key.into()));
        assert_eq!(error.offset(), offset, "{error}");
    };
    // In the schema's order, behind it, with white space, with an escape.
    for (text, offset) in [
        (r#"{"sku":"a","sku":"b","quantity":1}"#, 11),
        (r#"{"sku":"a","quantity":1,"sku":"b"}"#, 24),
        (r#"{"quantity":1,"sku":"a","quantity":1}"#, 24),
        (r#"{"quantity":1,"sku":"a", "quantity" :1}"#, 25),
        (r#"{"sku":"a","s\u006bu":"b"}"#, 11),
    ] {
        let key = if text[offset..].starts_with("\"q") {
            "quantity"
        } else {
            "sku"
        };
        twice(plain::from_str::<Item>(text).unwrap_err(), key, offset);
        twice(avro::from_str::<Item>(text).unwrap_err(), key, offset);
    }
    let error = plain::from_str::<Item>(r#"{"sku":"a","sku":"b"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the object has the key \"sku\" twice in Item at byte 11"
    );
    type Counts = Map<Long>;
    let text = r#"{"a":1,"b":2,"a":1}"#;
    twice(
        read::<Counts, BTreeMap<String, i64>>(text).unwrap_err(),
        "a",
        13,
    );
    #[allow(clippy::disallowed_types, reason = "a HashMap is read too")]
    type Hashed = std::collections::HashMap<String, i64>;
    twice(read::<Counts, Hashed>(text).unwrap_err(), "a", 13);
    // In a union it is no reason to look for another branch.
    let text = r#"{"sku":"a","sku":"b"}"#;
    twice(read::<Named, OrderPay>(text).unwrap_err(), "sku", 11);
    // What nobody reads is JSON and no more.
    let text = r#"{"sku":"a","x":{"y":1,"y":2},"x":3}"#;
    assert_eq!(plain::from_str::<Item>(text).unwrap(), Item::new("a"));
}

/// The codec says it of a value that is written, plain JSON of a text that is read.
#[test]
fn a_decimal_that_does_not_fit_is_told_as_by_the_codec() {
    fn check<const P: u32, const S: u32>(text: &str) {
        let value: Decimal = text.parse().unwrap();
        let written = |w: &mut JsonWriter<'_>| DecimalBytes::<P, S>::write_json(&value, w);
        let mut out = String::new();
        let mut w = JsonWriter::new(&mut out, Form::Plain, Limits::default());
        let of_json = written(&mut w).err().map(|error| error.to_string());
        let of_codec = DecimalBytes::<P, S>::encoded_len(&value).err();
        let of_codec = of_codec.map(|error| error.to_string());
        let read = read::<DecimalBytes<P, S>, Decimal>(&format!("\"{text}\"")).err();
        let of_read = read.map(|error| error.kind().to_string());
        let of_fixed = read_fixed::<P, S>(text);
        assert_eq!(of_codec, of_json, "{text}");
        assert_eq!(of_codec, of_read, "{text}");
        assert_eq!(of_codec, of_fixed, "{text}");
    }
    fn read_fixed<const P: u32, const S: u32>(text: &str) -> Option<String> {
        let read = read::<DecimalFixed<16, P, S>, Decimal>(&format!("\"{text}\"")).err();
        read.map(|error| error.kind().to_string())
    }
    for text in [
        "0",
        "-0.00",
        "1",
        "1.5",
        "1.23",
        "1.234",
        "-9.999",
        "99.99",
        "100",
        "-12345678.9",
        "1E+9",
        "1E-9",
        "1E+2000000000",
        "1E-2000000000",
    ] {
        check::<4, 2>(text);
        check::<1, 0>(text);
        check::<9, 1>(text);
        check::<30, 9>(text);
    }
    let error = read::<DecimalBytes<4, 2>, Decimal>("\"1.234\"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "a decimal of scale 2 would lose digits; round it first at byte 0"
    );
}
