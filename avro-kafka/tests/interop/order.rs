//! An order with something in every field, as a value of Rust and as one of Python.

use avro_runtime::chrono::{DateTime, NaiveDate};
use avro_runtime::types::Decimal;
use avro_runtime::uuid::Uuid;
use serde_json::{Value, json};

use crate::shared::com::acme::{Digest, Item, Order, OrderExtra, OrderPay, Status};

/// The order, and what Python has for it in the form of `plain` in `peer.py`.
pub(crate) fn orders() -> Vec<(Order, Value)> {
    let (leaf, leaf_python) = small();
    let mut nested = full();
    nested.0.next = Some(Box::new(leaf.clone()));
    nested.0.pay = OrderPay::Order(Box::new(leaf.clone()));
    nested.1["next"] = leaf_python.clone();
    nested.1["pay"] = leaf_python.clone();
    vec![full(), (leaf, leaf_python), nested]
}

fn full() -> (Order, Value) {
    let order = Order {
        id: "Größe \u{1f980}".to_owned(),
        at: DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
        count: i32::MIN,
        total: i64::MAX,
        ratio: 0.1,
        amount: f64::MIN_POSITIVE,
        paid: true,
        raw: vec![0, 0x7f, 0xff],
        nothing: (),
        note: Some("a note".to_owned()),
        suffix: None,
        items: vec![item("a", 1), item("", i32::MAX)],
        numbers: vec![-0.0, f64::INFINITY, 1.5],
        labels: [("k", "v"), ("", "")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        next: None,
        pay: OrderPay::Item(item("paid", 7)),
        extra: Some(OrderExtra::String("e".to_owned())),
        digest: Digest([1, 2, 3, 0xfe]),
        status: Status::Shipped,
        key: Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8),
        day: NaiveDate::from_ymd_opt(1969, 12, 31).unwrap(),
        price: Decimal::new(-123_456, 2),
    };
    let python = json!({
        "id": "sGröße \u{1f980}",
        "at": "t2023-11-14T22:13:20.123000+00:00",
        "count": i32::MIN,
        "total": i64::MAX,
        "ratio": double(0.1_f32.into()),
        "amount": double(f64::MIN_POSITIVE),
        "paid": true,
        "raw": "b007fff",
        "nothing": null,
        "note": "sa note",
        "suffix": null,
        "items": [{"sku": "sa", "quantity": 1}, {"sku": "s", "quantity": i32::MAX}],
        "numbers": [double(-0.0), double(f64::INFINITY), double(1.5)],
        "labels": {"k": "sv", "": "s"},
        "next": null,
        "pay": {"sku": "spaid", "quantity": 7},
        "extra": "se",
        "digest": "b010203fe",
        "status": "sSHIPPED",
        "key": "u67e55044-10b1-426f-9247-bb680e5fe0c8",
        "day": "d1969-12-31",
        "price": "n-1234.56",
    });
    (order, python)
}

/// Other branches, and nothing in what can be empty.
fn small() -> (Order, Value) {
    let (mut order, mut python) = full();
    order.at = DateTime::from_timestamp_millis(-1).unwrap();
    order.note = None;
    order.suffix = Some("x".to_owned());
    order.items.clear();
    order.numbers.clear();
    order.labels.clear();
    order.pay = OrderPay::Long(-(1 << 40));
    order.extra = None;
    order.status = Status::New;
    order.price = Decimal::new(0, 2);
    let changes = json!({
        "at": "t1969-12-31T23:59:59.999000+00:00",
        "note": null,
        "suffix": "sx",
        "items": [],
        "numbers": [],
        "labels": {},
        "pay": -(1_i64 << 40),
        "extra": null,
        "status": "sNEW",
        "price": "n0.00",
    });
    for (key, value) in changes.as_object().unwrap() {
        python[key] = value.clone();
    }
    (order, python)
}

fn item(sku: &str, quantity: i32) -> Item {
    Item {
        sku: sku.to_owned(),
        quantity,
    }
}

/// A float of Python's, by its bits.
pub(crate) fn double(value: f64) -> String {
    format!("f{:016x}", value.to_bits())
}
