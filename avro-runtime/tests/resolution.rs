//! Data of other writers' schemas, read as generated types and as dynamic values.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;

use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use avro_runtime::types::Decimal;
use avro_runtime::{
    AvroSchema, DecodeErrorKind, Limit, Limits, ResolveError, Resolver, View, from_datum, to_datum,
};
use shared::com::acme::{Item, Order, OrderExtra, OrderPay, Status};

/// A writer's datum, from its JSON.
fn written(writer: &str, json: &str) -> Vec<u8> {
    let schema = Schema::new(writer).unwrap_or_else(|error| panic!("{writer}: {error}"));
    let value = Value::from_json(&schema, json).unwrap_or_else(|error| panic!("{json}: {error}"));
    value.to_datum()
}

/// What a type makes of a writer's datum: owned, as a view and over an older value alike, and as
/// `dynamic` has it.
fn read<T>(writer: &str, json: &str, older: &T) -> Result<T, DecodeErrorKind>
where
    T: AvroSchema + Clone + PartialEq + std::fmt::Debug,
{
    let resolver = Resolver::<T>::new(writer).unwrap_or_else(|error| panic!("{error}"));
    let datum = written(writer, json);
    let (ours, theirs) = (
        Schema::new(T::SCHEMA).unwrap(),
        Schema::new(writer).unwrap(),
    );
    let dynamic = DynamicReader::new(&ours, &theirs).unwrap().read(&datum);

    let owned = resolver.decode(&datum);
    let view = resolver.decode_view(&datum).map(|view| view.own());
    let mut reused = older.clone();
    let again = resolver.decode_into(&mut reused, &datum).map(|()| reused);
    assert_eq!(owned, view);
    assert_eq!(owned, again);
    match (&owned, dynamic) {
        (Ok(value), Ok(dynamic)) => assert_eq!(to_datum(value).unwrap(), dynamic.to_datum()),
        (Err(a), Err(b)) => assert_eq!((a.kind(), a.offset()), (b.kind(), b.offset())),
        (owned, dynamic) => panic!("{owned:?}, but {dynamic:?}"),
    }
    owned.map_err(|error| error.kind().clone())
}

fn item(writer: &str, json: &str) -> Result<Item, DecodeErrorKind> {
    let older = Item::builder().sku("an older one").quantity(-9).build();
    read(writer, json, &older.unwrap())
}

fn refused<T: AvroSchema>(writer: &str) -> Vec<Box<str>> {
    match Resolver::<T>::new(writer) {
        Err(ResolveError::Unresolvable(error)) => error.reasons,
        other => panic!("{other:?}"),
    }
}

const ORDER: &str = r#"{"id": "o-1", "at": 1700000000123, "count": 4, "total": 5, "ratio": 0.5,
    "amount": 2.25, "paid": true, "raw": "\u00ff", "nothing": null, "note": {"string": "n"},
    "suffix": null, "items": [{"sku": "a", "quantity": 1}, {"sku": "b", "quantity": 2}],
    "numbers": [1.5, -2], "labels": {"k": "v"}, "next": null, "pay": {"long": 7},
    "extra": {"string": "e"}, "digest": "\u0001\u0002\u0003\u0004", "status": "SHIPPED",
    "key": "67e55044-10b1-426f-9247-bb680e5fe0c8", "day": 19000, "price": "\u0004\u00d2"}"#;

fn order() -> Order {
    from_datum(&written(Order::SCHEMA, ORDER)).unwrap()
}

/// The order as a writer has it whose schema and data differ in these texts.
fn order_with(schema: &[(&str, &str)], data: &[(&str, &str)]) -> Result<Order, DecodeErrorKind> {
    let (schema, json) = changed(schema, data);
    read(&schema, &json, &order())
}

fn changed(schema: &[(&str, &str)], data: &[(&str, &str)]) -> (String, String) {
    let replace = |text: &str, changes: &[(&str, &str)]| {
        changes.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from} in {text}");
            text.replacen(from, to, 1)
        })
    };
    (replace(Order::SCHEMA, schema), replace(ORDER, data))
}

#[test]
fn the_same_schema_is_read_directly() {
    for writer in [
        Item::SCHEMA.to_owned(),
        Item::SCHEMA.replace("\"default\":1", "\"doc\":\"how many\""),
        Item::SCHEMA.replace("com.acme", "com.other"),
    ] {
        let resolver = Resolver::<Item>::new(&writer).unwrap();
        assert!(resolver.is_direct(), "{writer}");
        assert_eq!(format!("{resolver:?}"), "Resolver<com.acme.Item>(direct)");
    }
    assert!(Resolver::<Order>::new(Order::SCHEMA).unwrap().is_direct());
    // An int is written like a long.
    let int = Order::SCHEMA.replace(r#""total","type":"long""#, r#""total","type":"int""#);
    assert!(Resolver::<Order>::new(&int).unwrap().is_direct());
    assert!(matches!(
        Resolver::<Item>::new("{"),
        Err(ResolveError::Invalid(_))
    ));
}

#[test]
fn fields_are_reordered_skipped_and_defaulted() {
    let writer = r#"{"type": "record", "name": "Item", "fields": [
        {"name": "weight", "type": "double"},
        {"name": "quantity", "type": "int"},
        {"name": "tags", "type": {"type": "array", "items": ["null", "string", {"type": "map", "values": "Item"}]}},
        {"name": "sku", "type": "string"},
        {"name": "flags", "type": {"type": "array", "items": "boolean"}},
        {"name": "more", "type": ["null", "Item"]}]}"#;
    let json = r#"{"weight": 1.5, "quantity": 3, "tags": [null, {"string": "x"}, {"map": {"k":
        {"weight": 0, "quantity": 1, "tags": [], "sku": "inner", "flags": [], "more": null}}}],
        "sku": "s", "flags": [true, false], "more": {"Item":
        {"weight": 0, "quantity": 1, "tags": [], "sku": "inner", "flags": [true], "more": null}}}"#;
    assert_eq!(
        item(writer, json),
        Ok(Item {
            sku: "s".into(),
            quantity: 3
        })
    );

    let writer =
        r#"{"type": "record", "name": "Item", "fields": [{"name": "sku", "type": "string"}]}"#;
    assert_eq!(
        item(writer, r#"{"sku": "s"}"#),
        Ok(Item {
            sku: "s".into(),
            quantity: 1
        })
    );
}

#[test]
fn a_field_without_a_default_must_be_written() {
    let writer =
        r#"{"type": "record", "name": "Item", "fields": [{"name": "quantity", "type": "string"}]}"#;
    assert_eq!(
        refused::<Item>(writer),
        [
            "`Item.quantity`: the writer's string cannot be read as int".into(),
            "`Item.sku`: the writer has no such field, and there is no default".into(),
        ] as [Box<str>; 2]
    );
    let named = r#"{"type": "record", "name": "Thing", "fields": []}"#;
    let error = Resolver::<Item>::new(named).unwrap_err().to_string();
    assert!(
        error.starts_with("data of the writer's schema Thing cannot be read as com.acme.Item: ")
    );
    assert!(error.contains("unqualified names differ"), "{error}");
}

#[test]
fn bytes_and_strings_are_read_as_each_other() {
    let writer =
        r#"{"type": "record", "name": "Item", "fields": [{"name": "sku", "type": "bytes"}]}"#;
    assert_eq!(item(writer, r#"{"sku": "s"}"#).unwrap().sku, "s");
    assert_eq!(
        item(writer, r#"{"sku": "\u00ff"}"#),
        Err(DecodeErrorKind::InvalidUtf8)
    );
}

#[test]
fn numbers_are_promoted_everywhere() {
    let wider = order_with(
        &[
            (r#""ratio","type":"float""#, r#""ratio","type":"long""#),
            (r#""amount","type":"double""#, r#""amount","type":"float""#),
            (r#""items":"double""#, r#""items":"int""#),
        ],
        &[
            ("\"ratio\": 0.5", "\"ratio\": 16777217"),
            ("[1.5, -2]", "[3, -2]"),
        ],
    );
    assert_eq!(
        wider,
        Ok(Order {
            ratio: 16_777_216.0,
            numbers: vec![3.0, -2.0],
            ..order()
        })
    );
}

#[test]
fn symbols_go_by_name_and_unknown_ones_to_the_default() {
    const STATUS: &str = r#""symbols":["NEW","SHIPPED"]"#;
    let reordered = r#""symbols":["LOST","SHIPPED","NEW"]"#;
    assert_eq!(order_with(&[(STATUS, reordered)], &[]), Ok(order()));
    let lost = order_with(&[(STATUS, reordered)], &[("SHIPPED", "LOST")]);
    assert_eq!(
        lost,
        Ok(Order {
            status: Status::New,
            ..order()
        })
    );
}

#[test]
fn times_are_converted_exactly() {
    const MILLIS: &str = r#""logicalType":"timestamp-millis""#;
    let micros = [(MILLIS, r#""logicalType":"timestamp-micros""#)];
    let read = order_with(&micros, &[("1700000000123", "1700000000123000")]);
    assert_eq!(read, Ok(order()));
    let finer = order_with(&micros, &[("1700000000123", "1700000000123001")]);
    assert_eq!(finer, Err(DecodeErrorKind::NotExact("loses digits")));
    let bare = order_with(&[(&format!(",{MILLIS}"), "")], &[]);
    assert_eq!(bare, Ok(order()));
    let (local, _) = changed(
        &[(MILLIS, r#""logicalType":"local-timestamp-millis""#)],
        &[],
    );
    assert_eq!(
        refused::<Order>(&local),
        ["`Order.at`: the writer's local-timestamp-millis is no timestamp-millis".into()]
            as [Box<str>; 1]
    );
}

#[test]
fn decimals_are_rescaled_exactly() {
    const SCALE: &str = r#""precision":9,"scale":2"#;
    assert_eq!(order().price, Decimal::new(1234, 2));
    let one = order_with(&[(SCALE, r#""precision":4,"scale":1"#)], &[]);
    assert_eq!(one.as_ref().map(|order| order.price.scale()), Ok(2));
    assert_eq!(
        one,
        Ok(Order {
            price: Decimal::new(12340, 2),
            ..order()
        })
    );
    let three = order_with(&[(SCALE, r#""precision":4,"scale":3"#)], &[]);
    assert_eq!(three, Err(DecodeErrorKind::NotExact("loses digits")));
    let large = order_with(
        &[(SCALE, r#""precision":9,"scale":1"#)],
        &[(r"\u0004\u00d2", r"\u003b\u009a\u00c9\u00ff")],
    );
    assert_eq!(large, Err(DecodeErrorKind::NotExact("overflows")));
}

#[test]
fn branches_go_by_name_and_type() {
    const PAY: &str = r#""pay","type":["Item","long","string","Order"]"#;
    let other = [(
        PAY,
        r#""pay","type":["int","bytes","string","boolean","Item"]"#,
    )];
    for (json, pay) in [
        (r#"{"int": 3}"#, OrderPay::Long(3)),
        (r#"{"bytes": "x"}"#, OrderPay::String("x".into())),
        (r#"{"string": "s"}"#, OrderPay::String("s".into())),
        (
            r#"{"com.acme.Item": {"sku": "i", "quantity": 2}}"#,
            OrderPay::Item(Item {
                sku: "i".into(),
                quantity: 2,
            }),
        ),
    ] {
        let read = order_with(&other, &[(r#"{"long": 7}"#, json)]);
        assert_eq!(read, Ok(Order { pay, ..order() }), "{json}");
    }
    let DecodeErrorKind::Unreadable(why) =
        order_with(&other, &[(r#"{"long": 7}"#, r#"{"boolean": true}"#)]).unwrap_err()
    else {
        panic!();
    };
    assert_eq!(
        &*why,
        "the writer's branch boolean: the reader's union has no branch for it"
    );

    let (none, _) = changed(&[(PAY, r#""pay","type":["float","boolean"]"#)], &[]);
    assert_eq!(refused::<Order>(&none).len(), 1);
    let (alone, _) = changed(&[(PAY, r#""pay","type":"float""#)], &[]);
    assert_eq!(
        refused::<Order>(&alone),
        ["`Order.pay`: the union has no branch for the writer's float".into()] as [Box<str>; 1]
    );
}

#[test]
fn a_union_on_one_side_alone() {
    let optional = order_with(
        &[(
            r#""note","type":["null","string"]"#,
            r#""note","type":"string""#,
        )],
        &[(r#"{"string": "n"}"#, r#""plain""#)],
    );
    assert_eq!(
        optional,
        Ok(Order {
            note: Some("plain".into()),
            ..order()
        })
    );

    let union = [(
        r#""id","type":"string""#,
        r#""id","type":["null","int","string"]"#,
    )];
    let string = order_with(&union, &[(r#""o-1""#, r#"{"string": "o-1"}"#)]);
    assert_eq!(string, Ok(order()));
    let int = order_with(&union, &[(r#""o-1""#, r#"{"int": 1}"#)]);
    assert!(
        matches!(int, Err(DecodeErrorKind::Unreadable(_))),
        "{int:?}"
    );

    let flipped = order_with(
        &[
            (
                r#"["null","string"],"default":null"#,
                r#"["string","null"]"#,
            ),
            (
                r#"["int","null","string"],"default":7"#,
                r#"["string","int"]"#,
            ),
        ],
        &[],
    );
    assert_eq!(
        flipped,
        Ok(Order {
            extra: Some(OrderExtra::String("e".into())),
            ..order()
        })
    );
}

#[test]
fn recursion_is_read_to_its_end_and_no_deeper() {
    let order_of = |depth: usize| {
        (1..depth).fold(order(), |inner, _| Order {
            next: Some(Box::new(inner)),
            ..order()
        })
    };
    let writer = Order::SCHEMA.replacen("\"type\":\"float\"", "\"type\":\"int\"", 1);
    let resolver = Resolver::<Order>::new(&writer).unwrap();
    let schema = Schema::new(&writer).unwrap();
    let nested = |depth: usize| {
        (1..depth).fold(ORDER.replace("0.5", "5"), |inner, _| {
            ORDER.replace("0.5", "5").replacen(
                "\"next\": null",
                &format!(r#""next": {{"com.acme.Order": {inner}}}"#),
                1,
            )
        })
    };
    let five = |order: Order| -> Order {
        fn with(mut order: Order) -> Order {
            order.ratio = 5.0;
            order.next = order.next.map(|next| Box::new(with(*next)));
            order
        }
        with(order)
    };
    let datum = Value::from_json(&schema, &nested(50)).unwrap().to_datum();
    assert_eq!(resolver.decode(&datum), Ok(five(order_of(50))));

    let limits = Limits {
        depth: 10,
        ..Limits::default()
    };
    let error = resolver.decode_with(&datum, limits).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::LimitExceeded(Limit::Depth));
}

#[test]
fn an_error_names_the_place_and_the_byte() {
    let writer = Order::SCHEMA.replacen(
        "\"type\":\"int\",\"default\":1}]",
        "\"type\":[\"string\",\"int\"]}]",
        1,
    );
    let resolver = Resolver::<Order>::new(&writer).unwrap();
    let json = ORDER
        .replace("\"quantity\": 1", "\"quantity\": {\"int\": 1}")
        .replace("\"quantity\": 2", "\"quantity\": {\"string\": \"?\"}");
    let datum = written(&writer, &json);
    let error = resolver.decode(&datum).unwrap_err();
    assert_eq!(error.path(), "Order.items[1].quantity");
    assert_eq!(datum[error.offset()], 0, "the branch");
}

#[test]
fn what_defaults_cost_is_paid_for() {
    // A record of the writer's without a byte, and a default for each of them.
    let writer = r#"{"type": "array", "items": {"type": "record", "name": "R", "fields": []}}"#;
    let reader = r#"{"type": "array", "items": {"type": "record", "name": "R", "fields": [
        {"name": "a", "type": {"type": "array", "items": "int"}, "default": [1, 2, 3, 4]}]}}"#;
    let (writer, reader) = (Schema::new(writer).unwrap(), Schema::new(reader).unwrap());
    let resolver = DynamicReader::new(&reader, &writer).unwrap();
    // 16 million of them.
    let datum = [0x80, 0x80, 0x80, 0x10, 0];
    let error = resolver.read(&datum).unwrap_err();
    assert!(
        matches!(error.kind(), DecodeErrorKind::LimitExceeded(_)),
        "{error}"
    );
}

#[test]
fn a_default_that_is_a_map_is_the_value_that_would_be_read() {
    let writer = Schema::new(r#"{"type": "record", "name": "R", "fields": []}"#).unwrap();
    let reader = r#"{"type": "record", "name": "R", "fields": [
        {"name": "m", "type": {"type": "map", "values": "int"}, "default": {"b": 1, "a": 2}}]}"#;
    let reader = Schema::new(reader).unwrap();
    let resolver = DynamicReader::new(&reader, &writer).unwrap();
    let value = resolver.read(&[]).unwrap();
    assert_eq!(value.to_datum(), b"\x04\x02a\x04\x02b\x02\0");
    assert_eq!(
        value,
        Value::from_datum(&reader, &value.to_datum()).unwrap()
    );
}

#[test]
fn values_of_every_kind_survive_the_way_through_json() {
    let schema = Schema::new(Order::SCHEMA).unwrap();
    for seed in 0..300 {
        let value = Value::random(&schema, seed).unwrap();
        assert_eq!(Value::random(&schema, seed), Some(value.clone()));
        let json = value.to_json();
        let back = Value::from_json(&schema, &json).unwrap_or_else(|e| panic!("{json}: {e}"));
        assert_eq!(back.to_datum(), value.to_datum());
        let typed: Order = from_datum(&value.to_datum()).unwrap_or_else(|e| panic!("{json}: {e}"));
        assert_eq!(to_datum(&typed).unwrap(), value.to_datum());
        assert_eq!(
            Value::from_datum(&schema, &value.to_datum()).unwrap(),
            value
        );
    }
}
