//! `#[derive(Validate)]` on types as the generator writes them: every rule, every nesting, with
//! exact paths and codes.
#![cfg(feature = "derive")]
#![allow(missing_docs)]

use avro_runtime::Validate;
use avro_runtime::validate::Broken;
use std::collections::BTreeMap;

/// The paths and codes of all violations.
fn found(value: &impl Validate) -> Vec<(String, String)> {
    let Err(violations) = value.validate() else {
        return Vec::new();
    };
    violations
        .into_iter()
        .map(|found| (found.path, found.code.into_owned()))
        .collect()
}

/// Asserts exactly these violations, in this order.
fn finds(value: &impl Validate, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(path, code)| ((*path).to_owned(), (*code).to_owned()))
        .collect();
    assert_eq!(found(value), expected);
}

#[derive(Clone, Validate)]
struct Item {
    #[validate(non_empty)]
    sku: String,
    #[validate(range(min = 1))]
    quantity: i32,
    #[validate(range(min = 0, max = 1e6))]
    unit_price: f64,
}

fn item(sku: &str, quantity: i32, unit_price: f64) -> Item {
    Item {
        sku: sku.to_owned(),
        quantity,
        unit_price,
    }
}

#[derive(Validate)]
#[validate(custom = total_is_the_sum)]
struct Order {
    #[validate(non_empty, length(max = 5))]
    id: String,
    #[validate(pattern = "^[A-Z]{3}$")]
    currency: Option<String>,
    #[validate(range(min = 0))]
    total: Option<f64>,
    #[validate(length(min = 1, max = 3), nested)]
    items: Option<Vec<Item>>,
    #[validate(nested, rename = "byName")]
    by_name: BTreeMap<String, Vec<Item>>,
    #[validate(nested)]
    next: Option<Box<Order>>,
    #[validate(custom = even, custom = small)]
    r#type: Option<i64>,
    _note: std::marker::PhantomData<*const ()>,
}

fn even(value: &i64) -> Result<(), Broken> {
    if value % 2 == 0 {
        Ok(())
    } else {
        Err(Broken::new("even", "must be even"))
    }
}

fn small(value: &i64) -> Result<(), Broken> {
    if *value < 100 {
        Ok(())
    } else {
        Err(Broken::new("small", "must be less than 100"))
    }
}

fn total_is_the_sum(order: &Order) -> Result<(), Broken> {
    let (Some(total), Some(items)) = (order.total, &order.items) else {
        return Ok(());
    };
    let sum: f64 = items
        .iter()
        .map(|item| f64::from(item.quantity) * item.unit_price)
        .sum();
    if total == sum {
        Ok(())
    } else {
        Err(Broken::new("total", "must add up"))
    }
}

fn order() -> Order {
    Order {
        id: "o-1".to_owned(),
        currency: Some("EUR".to_owned()),
        total: Some(5.0),
        items: Some(vec![item("a", 2, 2.5)]),
        by_name: BTreeMap::from([("x".to_owned(), vec![item("b", 1, 0.0)])]),
        next: None,
        r#type: Some(2),
        _note: std::marker::PhantomData,
    }
}

#[test]
fn a_value_that_keeps_all_rules_is_valid() {
    assert_eq!(order().validate(), Ok(()));
}

#[test]
fn absent_values_keep_every_rule() {
    let absent = Order {
        currency: None,
        total: None,
        items: None,
        by_name: BTreeMap::new(),
        r#type: None,
        ..order()
    };
    finds(&absent, &[]);
}

#[test]
fn every_rule_is_found_with_its_path_and_code_in_the_order_of_the_fields() {
    let worst = Order {
        id: String::new(),
        currency: Some("eur".to_owned()),
        total: Some(-1.0),
        items: Some(vec![
            item("a", 1, 1.0),
            item("", 0, f64::NAN),
            item("c", 1, 2e6),
            item("d", 1, 0.0),
        ]),
        by_name: BTreeMap::from([
            (
                "a\"b".to_owned(),
                vec![item("x", 1, 1.0), item("y", -1, 1.0)],
            ),
            ("c".to_owned(), vec![item("", 1, 1.0)]),
        ]),
        next: Some(Box::new(Order {
            id: "too long".to_owned(),
            ..order()
        })),
        r#type: Some(101),
        _note: std::marker::PhantomData,
    };
    finds(
        &worst,
        &[
            ("id", "non_empty"),
            ("currency", "pattern"),
            ("total", "range"),
            ("items", "length"),
            ("items[1].sku", "non_empty"),
            ("items[1].quantity", "range"),
            ("items[1].unit_price", "range"),
            ("items[2].unit_price", "range"),
            ("byName[\"a\\\"b\"][1].quantity", "range"),
            ("byName[\"c\"][0].sku", "non_empty"),
            ("next.id", "length"),
            ("type", "even"),
            ("type", "small"),
            ("", "total"),
        ],
    );
}

#[test]
fn messages_say_what_the_rule_asks_for() {
    let value = Order {
        id: "123456".to_owned(),
        currency: Some("€".to_owned()),
        ..order()
    };
    assert_eq!(
        value.validate().expect_err("two violations").to_string(),
        "id must have a length of at most 5, has 6 (length); \
         currency must match the pattern ^[A-Z]{3}$ (pattern)",
    );
}

#[test]
fn length_counts_characters_and_not_bytes() {
    finds(
        &Order {
            id: "😀éñ한ع".to_owned(),
            ..order()
        },
        &[],
    );
}

/// A union of the schema: the payload of a branch adds no step to the path.
#[derive(Validate)]
enum Payload {
    Item(Item),
    Items(Vec<Item>),
    Text(String),
    Count(#[validate(range(max = 9))] i64),
    Foreign(#[validate(skip)] Foreign),
    Nothing,
}

/// A type that knows nothing of rules.
struct Foreign;

#[derive(Validate)]
struct Event {
    #[validate(nested)]
    payload: Option<Payload>,
}

#[test]
fn the_payload_of_a_variant_is_nested() {
    let event = |payload| Event {
        payload: Some(payload),
    };
    finds(
        &event(Payload::Item(item("", 1, 0.0))),
        &[("payload.sku", "non_empty")],
    );
    finds(
        &event(Payload::Items(vec![item("a", 1, 0.0), item("b", 0, 0.0)])),
        &[("payload[1].quantity", "range")],
    );
    finds(&event(Payload::Text(String::new())), &[]);
    finds(&event(Payload::Count(10)), &[("payload", "range")]);
    finds(&event(Payload::Foreign(Foreign)), &[]);
    finds(&event(Payload::Nothing), &[]);
    finds(&Event { payload: None }, &[]);
    finds(&Payload::Count(10), &[("", "range")]);
}

#[derive(Validate)]
enum Shape {
    Named {
        #[validate(range(min = 0.5))]
        radius: f32,
        _label: String,
    },
    Pair(#[validate(range(min = 1))] u8, Item),
}

#[test]
fn variants_with_several_fields_name_them() {
    finds(
        &Shape::Named {
            radius: 0.25,
            _label: String::new(),
        },
        &[("radius", "range")],
    );
    finds(
        &Shape::Pair(0, item("", 1, 0.0)),
        &[("0", "range"), ("1.sku", "non_empty")],
    );
}

#[derive(Validate)]
struct Sku(#[validate(length(min = 2, max = 4), pattern = "^[a-z]", pattern = "[0-9]$")] String);

#[derive(Validate)]
struct Shelf {
    #[validate(nested)]
    sku: Sku,
}

#[test]
fn a_newtype_is_transparent() {
    finds(
        &Shelf {
            sku: Sku("a1".to_owned()),
        },
        &[],
    );
    finds(
        &Shelf {
            sku: Sku("1".to_owned()),
        },
        &[("sku", "length"), ("sku", "pattern")],
    );
    finds(&Sku("1a".to_owned()), &[("", "pattern"), ("", "pattern")]);
}

#[derive(Validate)]
struct Page<'a, T, K: Ord, const N: usize> {
    #[validate(nested)]
    rows: Vec<T>,
    #[validate(range(min = 1))]
    number: T2<K>,
    #[validate(length(min = 1), non_empty)]
    title: &'a str,
    #[validate(nested)]
    more: [Option<T>; N],
}

type T2<K> = Option<K>;

#[test]
fn generic_types_ask_their_parameters_for_the_rules() {
    let page = Page {
        rows: vec![item("", 1, 0.0)],
        number: Some(0_i64),
        title: "",
        more: [None, Some(item("a", 0, 0.0))],
    };
    finds(
        &page,
        &[
            ("rows[0].sku", "non_empty"),
            ("number", "range"),
            ("title", "length"),
            ("title", "non_empty"),
            ("more[1].quantity", "range"),
        ],
    );
}

/// Recursion through a generic type.
#[derive(Validate)]
struct Tree<T> {
    #[validate(nested)]
    value: T,
    #[validate(nested)]
    children: Vec<Tree<T>>,
}

#[test]
fn recursion_ends() {
    let leaf = |quantity| Tree {
        value: item("a", quantity, 0.0),
        children: vec![],
    };
    let tree = Tree {
        value: item("a", 1, 0.0),
        children: vec![leaf(1), leaf(0)],
    };
    finds(&tree, &[("children[1].value.quantity", "range")]);
}

const LEAST: i32 = -3;

#[derive(Validate)]
struct Bounds {
    #[validate(range(min = LEAST, max = 3))]
    by_constant: i32,
    #[validate(range(min = -5, max = 5.5))]
    by_fraction: f64,
    #[validate(range(max = 9_223_372_036_854_775_806))]
    long: i64,
    #[validate(range(min = i64::MIN))]
    any: i64,
    #[validate(length(max = LIMIT * 2))]
    bytes: Vec<u8>,
}

const LIMIT: usize = 2;

#[test]
fn bounds_are_literals_or_expressions() {
    let inside = Bounds {
        by_constant: -3,
        by_fraction: 5.5,
        long: i64::MAX - 1,
        any: i64::MIN,
        bytes: vec![0; 4],
    };
    finds(&inside, &[]);
    let outside = Bounds {
        by_constant: -4,
        by_fraction: -5.1,
        long: i64::MAX,
        any: 0,
        bytes: vec![0; 5],
    };
    finds(
        &outside,
        &[
            ("by_constant", "range"),
            ("by_fraction", "range"),
            ("long", "range"),
            ("bytes", "length"),
        ],
    );
}

#[derive(Validate)]
struct Own {
    #[validate(custom = shouted)]
    text: String,
    #[validate(custom = shouted)]
    optional: Option<String>,
    #[validate(custom = sorted)]
    numbers: Vec<i32>,
}

fn shouted(text: &str) -> Result<(), Broken> {
    if text.chars().any(char::is_lowercase) {
        Err(Broken::new("shouted", "must be in upper case"))
    } else {
        Ok(())
    }
}

fn sorted(numbers: &[i32]) -> Result<(), Broken> {
    if numbers.is_sorted() {
        Ok(())
    } else {
        Err(Broken::new("sorted", "must be sorted"))
    }
}

#[test]
fn a_rule_of_ones_own_takes_str_and_slices() {
    let value = Own {
        text: "a".to_owned(),
        optional: Some("B".to_owned()),
        numbers: vec![2, 1],
    };
    finds(&value, &[("text", "shouted"), ("numbers", "sorted")]);
}

#[derive(Validate)]
struct WithoutRules {
    _anything: Foreign,
}

#[derive(Validate)]
enum Symbols {
    _A,
    _B,
}

#[test]
fn types_without_rules_say_so() {
    const {
        assert!(Item::HAS_RULES);
        assert!(Event::HAS_RULES);
        assert!(!WithoutRules::HAS_RULES);
        assert!(!Symbols::HAS_RULES);
        assert!(<Option<Vec<Item>>>::HAS_RULES);
        assert!(!<Option<Vec<Symbols>>>::HAS_RULES);
    }
}

mod reexport {
    pub(crate) use avro_runtime as runtime;
}

#[derive(Validate)]
#[validate(crate = crate::reexport::runtime)]
struct Elsewhere {
    #[validate(non_empty)]
    id: String,
}

#[test]
fn the_runtime_may_have_another_path() {
    finds(&Elsewhere { id: String::new() }, &[("id", "non_empty")]);
}

/// `self` and the literals of an expansion reach the derive with marks of the macro on them.
#[test]
fn types_that_a_macro_writes_can_be_derived() {
    macro_rules! record {
        ($name:ident, $field:ident, $least:expr) => {
            #[derive(Validate)]
            struct $name {
                #[validate(range(min = $least))]
                $field: i64,
                #[validate(length(max = 1))]
                report: String,
            }
        };
    }
    record!(Written, number, -1);
    let value = Written {
        number: -2,
        report: "ab".to_owned(),
    };
    finds(&value, &[("number", "range"), ("report", "length")]);
}

#[cfg(feature = "chrono")]
#[test]
fn times_have_ranges() {
    use avro_runtime::chrono::{DateTime, Utc};

    #[derive(Validate)]
    struct Created {
        #[validate(range(min = DateTime::<Utc>::UNIX_EPOCH))]
        at: Option<DateTime<Utc>>,
    }
    let before = DateTime::from_timestamp_millis(-1);
    finds(&Created { at: before }, &[("at", "range")]);
    finds(
        &Created {
            at: DateTime::from_timestamp_millis(0),
        },
        &[],
    );
}
