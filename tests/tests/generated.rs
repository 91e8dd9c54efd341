//! What the specification and the manifest promise of generated types, on values of them.

use std::str::FromStr;

use avro_runtime::topic::Topic;
use avro_runtime::{
    AvroSchema, Limits, Resolver, Validate, View, dynamic, from_datum, json, serde, to_datum,
};
use avro_tests::cases;
use avro_tests::cases_support::Shout;

#[test]
fn defaults_are_those_of_the_schema() {
    use cases::defaults::com::acme::{Defaults, DefaultsAUnion, Inner, Level, Two};
    let value = Defaults::default();
    assert_eq!(
        (value.a_boolean, value.an_int, value.a_long),
        (true, i32::MIN, i64::MIN)
    );
    assert_eq!((value.a_float, value.a_double), (-1.5, 1e300));
    assert_eq!(value.some_bytes, [0, 0xff, b'A']);
    assert_eq!(value.a_string, "quote \" backslash \\ newline \n é");
    assert_eq!(value.an_array, [1, 2, 3]);
    assert_eq!((value.a_map["yes"], value.a_map["no"]), (true, false));
    assert_eq!(value.a_union, DefaultsAUnion::String("x".to_owned()));
    assert_eq!(
        (value.optional, value.an_enum, value.a_fixed),
        (Some(5), Level::High, Two([1, 2]))
    );
    assert_eq!(
        value.a_record,
        Inner {
            n: 9,
            s: "in".to_owned(),
            opt: None,
            level: Level::Low
        }
    );
    assert_eq!(value.a_date.to_string(), "2022-01-08");
    assert_eq!(
        value.records,
        [
            Inner::default(),
            Inner {
                s: "two".to_owned(),
                ..Inner::default()
            }
        ]
    );
    assert_eq!(Defaults::builder().build().unwrap(), value);
    assert_eq!(json::plain::from_str::<Defaults>("{}").unwrap(), value);
}

/// In Rust, in JSON without the fields, and in data of a writer that does not have them.
#[test]
fn defaults_may_be_numbers_that_json_cannot_write() {
    use cases::defaults_not_finite::com::acme::{Limits, LimitsLabel, LimitsNumber};
    let value = Limits::default();
    assert!(value.mean.is_nan() && value.by_name["none"].is_nan());
    assert_eq!(value.highest, f64::INFINITY);
    assert_eq!(value.lowest, Some(f64::NEG_INFINITY));
    assert_eq!(value.steps, [0.0, f64::INFINITY]);
    // A text where the union has a branch for texts.
    assert_eq!(value.label, LimitsLabel::String("NaN".to_owned()));
    assert_eq!(value.number, LimitsNumber::Float(f32::NEG_INFINITY));
    assert_eq!(
        (value.range.from, value.range.to),
        (f64::NEG_INFINITY, f32::INFINITY)
    );

    // Equal bytes, for NaN is not equal to itself.
    let bytes = to_datum(&value).unwrap();
    let built = Limits::builder().build().unwrap();
    assert_eq!(to_datum(&built).unwrap(), bytes);
    let absent = json::plain::from_str::<Limits>("{}").unwrap();
    assert_eq!(to_datum(&absent).unwrap(), bytes);
    let text = json::avro::to_string(&value).unwrap();
    let again: Limits = json::avro::from_str(&text).unwrap();
    assert_eq!(to_datum(&again).unwrap(), bytes, "{text}");

    let empty = r#"{"type": "record", "name": "Limits", "namespace": "com.acme", "fields": []}"#;
    let read = Resolver::<Limits>::new(empty).unwrap().decode(&[]).unwrap();
    assert_eq!(to_datum(&read).unwrap(), bytes);
    let [reader, writer] = [Limits::SCHEMA, empty].map(|text| dynamic::Schema::new(text).unwrap());
    let read = dynamic::DynamicReader::new(&reader, &writer)
        .unwrap()
        .read(&[])
        .unwrap();
    assert_eq!(read.to_datum(), bytes);
}

/// The smallest limit on memory within which something is read.
fn least(read: impl Fn(Limits) -> bool) -> usize {
    let within = |allocation| Limits {
        allocation,
        ..Limits::default()
    };
    let (mut too_small, mut enough) = (0, 1 << 30);
    while enough - too_small > 1 {
        let middle = usize::midpoint(too_small, enough);
        match read(within(middle)) {
            true => enough = middle,
            false => too_small = middle,
        }
    }
    enough
}

/// A writer's items may take no bytes, and two in JSON, and each costs the reader its defaults.
#[test]
fn the_defaults_of_items_are_paid_for() {
    use cases::defaults::com::acme::{Defaults, Inner};
    let writer = r#"{"type": "record", "name": "com.acme.Defaults", "fields": [{"name": "records",
        "type": {"type": "array", "items": {"type": "record", "name": "Inner", "fields": []}}}]}"#;
    let resolver = Resolver::<Defaults>::new(writer).unwrap();
    let cost = |datum: &[u8]| least(|limits| resolver.decode_with(datum, limits).is_ok());
    // An int, a string of two bytes, a branch and a symbol.
    let defaults = 1 + 3 + 1 + 1;
    let (one, two) = (cost(&[0x80, 2, 0]), cost(&[0x80, 4, 0]));
    assert_eq!(two - one, 128 * (size_of::<Inner>() + defaults));

    let cost = |items: usize| {
        let text = format!(r#"{{"records": [{}]}}"#, vec!["{}"; items].join(","));
        least(|limits| json::plain::from_str_with::<Defaults>(&text, limits).is_ok())
    };
    // Of the defaults the string alone owns memory.
    let (text, default) = ("{},".len(), 3);
    assert_eq!(
        cost(256) - cost(128),
        128 * (size_of::<Inner>() + text + default)
    );
}

/// A decimal that is taken for bytes is rescaled in views too, which cannot borrow it then.
#[test]
fn a_raw_decimal_of_another_scale_is_read_as_a_view() {
    use cases::logical_raw::com::acme::Logical;
    let schema = dynamic::Schema::new(Logical::SCHEMA).unwrap();
    let value = dynamic::Value::random(&schema, 1).unwrap().to_datum();
    let mut written = from_datum::<Logical>(&value).unwrap();
    written.price = vec![0x04, 0xd2];
    let writer = Logical::SCHEMA.replace("\"scale\":2", "\"scale\":1");
    assert_ne!(writer, Logical::SCHEMA);
    let resolver = Resolver::<Logical>::new(&writer).unwrap();
    let datum = to_datum(&written).unwrap();
    let view = resolver.decode_view(&datum).unwrap();
    assert_eq!(view.price, [0x30, 0x34]);
    assert_eq!(view.own(), resolver.decode(&datum).unwrap());
}

#[test]
fn a_builder_names_what_is_missing() {
    use cases::record::com::acme::OrderItem;
    let missing = OrderItem::builder()
        .sku("A-1")
        .weight(1.0)
        .build()
        .unwrap_err();
    assert_eq!(missing.field(), "unitPrice");
}

#[test]
fn enums_are_text_and_back() {
    use cases::enums::cards::{Many, Suit, Task};
    assert_eq!(Suit::Hearts.to_string(), "HEARTS");
    assert_eq!(Suit::from_str("CLUBS"), Ok(Suit::Clubs));
    assert_eq!(Suit::from_str("clubs").unwrap_err().symbol(), "clubs");
    assert_eq!(Task::default(), Task::Unknown);
    assert_eq!(
        Task::ALL
            .iter()
            .map(|task| task.as_str())
            .collect::<Vec<_>>(),
        ["UNKNOWN", "BUILD_ALL", "deploy"]
    );
    for many in Many::ALL {
        let datum = to_datum(many).unwrap();
        assert_eq!(from_datum::<Many>(&datum).unwrap(), *many);
        assert_eq!(
            avro_runtime::Encode::encoded_len(many).unwrap(),
            datum.len()
        );
    }
}

#[test]
fn a_union_is_written_by_its_branch_in_the_schema() {
    use cases::union_wide::com::acme::PaymentNote;
    // The branches: boolean, null, bytes, string, array, map.
    assert_eq!(written(&PaymentNote::String("a".to_owned())), [6, 2, b'a']);
    assert_eq!(written(&PaymentNote::Boolean(true)), [0, 1]);
}

/// The bytes of a type that is no schema of its own.
fn written(value: &cases::union_wide::com::acme::PaymentNote) -> Vec<u8> {
    use cases::union_wide::com::acme::{
        Cash, Payment, PaymentMethod, PaymentNothing, PaymentReason, PaymentSingle,
    };
    let payment = Payment {
        method: PaymentMethod::Cash(Cash::Notes),
        amount: None,
        note: Some(value.clone()),
        reason: PaymentReason::Int(0),
        single: PaymentSingle::String(String::new()),
        nothing: PaymentNothing::Null,
    };
    let datum = to_datum(&payment).unwrap();
    // Before it a branch and a symbol, and null; behind it three small unions.
    assert_eq!(
        (&datum[..3], &datum[datum.len() - 5..]),
        (&[4, 0, 0][..], &[0, 0, 0, 0, 0][..])
    );
    datum[3..datum.len() - 5].to_vec()
}

#[test]
fn topics_know_their_keys() {
    use cases::topics::com::acme::OrderEvent;
    use cases::topics::topics::{OrdersBySeq, OrdersRaw, OrdersUid, OrdersUnkeyed};
    let uid = avro_runtime::uuid::Uuid::from_u128(7);
    let event = OrderEvent {
        order_id: "o-1".to_owned(),
        seq: Some(5),
        uid,
    };
    assert_eq!(
        (OrdersRaw::NAME, OrdersRaw::key(&event)),
        ("orders.raw", Some("o-1"))
    );
    assert_eq!(OrdersBySeq::key(&event), Some(&5));
    assert_eq!(
        OrdersBySeq::key(&OrderEvent {
            seq: None,
            ..event.clone()
        }),
        None
    );
    assert_eq!(OrdersUid::key(&event), Some(&uid));
    assert_eq!(OrdersUnkeyed::key(&event), None);
    assert_eq!(OrdersRaw::subjects(), ["orders.raw-value"]);
    assert_eq!(OrdersUid::subjects(), ["com.acme.OrderEvent"]);
    assert_eq!(
        OrdersBySeq::subjects(),
        ["orders-by-seq-com.acme.OrderEvent"]
    );
}

#[test]
fn rules_are_found_at_any_depth() {
    use cases::validation::com::acme::{Line, Meta, Order, OrderExtra, Status};
    let line = Line {
        sku: "A".to_owned(),
        unit_price: 0.0,
        quantity: Some(0),
    };
    let inner = Order {
        order_id: String::new(),
        currency: "usd".to_owned(),
        lines: vec![line.clone()],
        parent: None,
        extra: OrderExtra::Line(line),
        status: Status::New,
        meta: Meta { k: String::new() },
    };
    let order = Order {
        order_id: "o".to_owned(),
        currency: "USD".to_owned(),
        parent: Some(Box::new(inner)),
        lines: Vec::new(),
        extra: OrderExtra::String(String::new()),
        status: Status::New,
        meta: Meta { k: String::new() },
    };
    let found: Vec<_> = order
        .validate()
        .unwrap_err()
        .iter()
        .map(|found| found.path.clone())
        .collect();
    assert_eq!(
        found,
        [
            "parent.order_id",
            "parent.currency",
            "parent.lines[0].unitPrice",
            "parent.lines[0].quantity",
            "parent.extra.unitPrice",
            "parent.extra.quantity",
        ]
    );
    const { assert!(Order::HAS_RULES && !Meta::HAS_RULES) };
}

#[test]
fn serde_has_the_names_of_the_schema() {
    use cases::serde::com::acme::{Account, AccountLimit, Kind, Sha512};
    let account = Account {
        account_id: "a".to_owned(),
        r#type: Kind::Private,
        limit: Some(AccountLimit::Long(5)),
        digest: Sha512([7; 64]),
        tags: Default::default(),
    };
    fn is_serde<T: serde::Serialize + for<'de> serde::Deserialize<'de>>(_: &T) {}
    is_serde(&account);
    let text = serde_json::to_string(&account).unwrap();
    let digest = vec!["7"; 64].join(",");
    let expected = format!(
        r#"{{"accountId":"a","type":"PRIVATE","limit":{{"long":5}},"digest":[{digest}],"tags":{{}}}}"#
    );
    assert_eq!(text, expected);
    assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), account);
}

#[test]
fn a_field_can_have_a_codec_of_its_own() {
    use cases::overrides::com::acme::{Choice, Legacy, Level};
    let legacy = Legacy::builder()
        .foo_bar(1)
        .foo_bar_new(2)
        .index([("a".to_owned(), 1)].into())
        .choice(Choice::Int(3))
        .shout(Shout("HEY".to_owned()))
        .level(Level::High)
        .build()
        .unwrap();
    let datum = to_datum(&legacy).unwrap();
    assert!(datum.windows(3).any(|bytes| bytes == b"hey"));
    assert_eq!(from_datum::<Legacy>(&datum).unwrap(), legacy);
}

#[test]
fn top_level_schemas_without_a_name_are_types() {
    use cases::roots::{Array, ArrayItem, Long, Maybe, TextOrNumber};
    assert_eq!(
        (Array::FULLNAME, TextOrNumber::FULLNAME),
        ("array", "text-or-number")
    );
    let array = Array(vec![ArrayItem::Int(1), ArrayItem::String("a".to_owned())]);
    assert_eq!(to_datum(&array).unwrap(), [4, 0, 2, 2, 2, b'a', 0]);
    assert_eq!(to_datum(&Long::from(-1)).unwrap(), [1]);
    assert_eq!(to_datum(&Maybe(None)).unwrap(), [0]);
    assert_eq!(Long::SCHEMA, "\"long\"");
}

#[test]
fn serde_takes_logical_types() {
    use cases::serde::com::acme::Payment;
    let text = r#"{"total":"12.50","rate":"1.25E+3","day":"2022-01-08","time":"01:02:03.000004",
        "at":"2022-01-08T01:02:03Z","local":["2022-01-08T01:02:03"],
        "id":"936da01f-9abd-4d9d-80c7-02af85c822a8","runs":"P3M15DT1.500S"}"#;
    let payment: Payment = serde_json::from_str(text).unwrap();
    assert_eq!(
        (payment.total.to_string(), payment.runs.months),
        ("12.50".to_owned(), 3)
    );
    assert_eq!(
        from_datum::<Payment>(&to_datum(&payment).unwrap()).unwrap(),
        payment
    );
    let again = serde_json::to_value(&payment).unwrap();
    assert_eq!(again["rate"], "1.25E+3");
    assert_eq!(again["runs"], "P3M15DT1.500S");
    assert_eq!(serde_json::from_value::<Payment>(again).unwrap(), payment);
    let wrong = text.replace("12.50", "twelve");
    let error = serde_json::from_str::<Payment>(&wrong)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("a decimal is written like -12.50"),
        "{error}"
    );
}

/// What is no Avro name has a Rust name, and keeps its own wherever others see it.
#[test]
fn names_that_a_lenient_run_lets_pass() {
    use cases::lenient::_1st::my_company::{BloodGroup, LabResult, LabResultQuoted};
    assert_eq!(LabResult::FULLNAME, "1st.my-company.lab result");
    let symbols = ["A+", "A-", "0+", "0−", "AB", "?"];
    assert_eq!(
        BloodGroup::ALL
            .iter()
            .map(|it| it.as_str())
            .collect::<Vec<_>>(),
        symbols
    );
    assert_eq!(BloodGroup::from_str("0−").unwrap() as usize, 3);

    let value = LabResult::builder()
        .id_nr("7")
        ._1st(1)
        .u438_u43c_u44f(Some("Анна".to_owned()))
        .x_int_y(2)
        .x_int_y_2(3)
        .quoted(LabResultQuoted::_2Bytes(
            cases::lenient::_1st::my_company::_2Bytes([4, 5]),
        ))
        .size(vec![6])
        .again(i64::MAX)
        .build()
        .unwrap();
    assert_eq!((value.grosse, value.group.as_str()), (1.5, "A-"));
    let datum = to_datum(&value).unwrap();
    assert_eq!(from_datum::<LabResult>(&datum).unwrap(), value);

    let text = json::plain::to_string(&value).unwrap();
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
    for key in [
        "id-nr",
        "1st",
        "größe",
        "имя",
        "x; int y",
        "x_int_y",
        "a`b*c",
        "",
        "“quoted”\u{202e}",
    ] {
        assert!(parsed.get(key).is_some(), "{key:?} in {text}");
    }
    assert_eq!(parsed["имя"], "Анна");
    assert_eq!(json::plain::from_str::<LabResult>(&text).unwrap(), value);
    let by_serde = serde_json::to_value(&value).unwrap();
    assert_eq!(
        serde_json::from_value::<LabResult>(by_serde).unwrap(),
        value
    );
}
