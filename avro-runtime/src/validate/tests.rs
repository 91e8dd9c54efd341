//! Rules without the derive, and the report itself.

use super::rule::{self, Pattern};
use super::{Broken, Report, Validate, Violations};
use std::collections::BTreeMap;

/// What a rule answers: its code and message, or nothing.
fn answer(result: Result<(), Broken>) -> Option<(String, String)> {
    let violations = Report::collect(|report| report.note(result)).err()?;
    let first = violations.into_iter().next()?;
    Some((first.code.into_owned(), first.message.into_owned()))
}

fn says(result: Result<(), Broken>, code: &str, message: &str) {
    assert_eq!(
        answer(result),
        Some((String::from(code), String::from(message)))
    );
}

#[test]
fn a_range_includes_its_bounds() {
    for inside in [1, 2, 10] {
        assert_eq!(rule::range(&inside, Some(1_i128), Some(10)), Ok(()));
    }
    for outside in [i32::MIN, 0, 11, i32::MAX] {
        says(
            rule::range(&outside, Some(1_i128), Some(10)),
            "range",
            "must be between 1 and 10",
        );
    }
    says(
        rule::range(&0_i64, Some(1_i128), None),
        "range",
        "must be at least 1",
    );
    says(
        rule::range(&u64::MAX, None, Some(1_i128)),
        "range",
        "must be at most 1",
    );
}

#[test]
fn nan_lies_in_no_range() {
    says(
        rule::range(&f64::NAN, Some(0_i128), None),
        "range",
        "must be at least 0",
    );
    says(
        rule::range(&f64::NAN, None, Some(0.5)),
        "range",
        "must be at most 0.5",
    );
    says(
        rule::range(&Some(f32::NAN), None, Some(0.5)),
        "range",
        "must be at most 0.5",
    );
    assert_eq!(rule::range(&-0.0, Some(0_i128), Some(0)), Ok(()));
    assert_eq!(rule::range(&f64::INFINITY, Some(0_i128), None), Ok(()));
}

#[test]
fn a_string_has_the_length_of_its_characters_and_a_collection_that_of_its_elements() {
    assert_eq!(rule::length("añ😀", Some(3), Some(3)), Ok(()));
    says(
        rule::length("añ😀", None, Some(2)),
        "length",
        "must have a length of at most 2, has 3",
    );
    assert_eq!(rule::length(&vec![0_u8; 4], Some(4), Some(4)), Ok(()));
    says(
        rule::length(&vec![0_u8; 4], Some(5), Some(5)),
        "length",
        "must have a length of exactly 5, has 4",
    );
    let map = BTreeMap::from([(String::from("a"), 1)]);
    says(
        rule::length(&map, Some(2), Some(3)),
        "length",
        "must have a length of between 2 and 3, has 1",
    );
}

#[test]
fn what_is_absent_keeps_every_rule() {
    static LETTERS: Pattern = Pattern::new("^[a-z]+$");
    assert_eq!(rule::range(&None::<i32>, Some(1_i128), None), Ok(()));
    assert_eq!(rule::length(&None::<String>, Some(1), None), Ok(()));
    assert_eq!(rule::non_empty(&None::<Vec<i32>>), Ok(()));
    assert_eq!(rule::pattern(&None::<Box<String>>, &LETTERS), Ok(()));
    assert_eq!(
        rule::custom(&None::<i32>, |_: &i32| Err(Broken::new("no", "no"))),
        Ok(())
    );
}

#[test]
fn white_space_is_not_empty() {
    assert_eq!(rule::non_empty(" "), Ok(()));
    says(
        rule::non_empty(&Some(String::new())),
        "non_empty",
        "must not be empty",
    );
    says(
        rule::non_empty(&Some(Vec::<i32>::new())),
        "non_empty",
        "must not be empty",
    );
}

#[test]
fn a_pattern_matches_anywhere_unless_it_is_bound() {
    static FREE: Pattern = Pattern::new("[0-9]");
    static BOUND: Pattern = Pattern::new("^[0-9]$");
    assert_eq!(rule::pattern("a1b", &FREE), Ok(()));
    says(
        rule::pattern("a1b", &BOUND),
        "pattern",
        "must match the pattern ^[0-9]$",
    );
    says(
        rule::pattern("1\n", &BOUND),
        "pattern",
        "must match the pattern ^[0-9]$",
    );
}

#[test]
fn an_invalid_pattern_lets_nothing_pass() {
    static BROKEN: Pattern = Pattern::new("[");
    let (code, message) = answer(rule::pattern("a", &BROKEN)).expect("a violation");
    assert_eq!(code, "pattern");
    assert!(message.contains("which is not valid"), "{message}");
}

#[test]
fn a_path_names_fields_elements_and_escaped_keys() {
    let violations = Report::collect(|root| {
        let mut payload = root.field("payload");
        let mut items = payload.field("items");
        items
            .index(3)
            .field("quantity")
            .note(Err(Broken::new("range", "must be at least 1")));
        root.field("metadata")
            .key("a\"\\\n\u{1}é")
            .note(Err(Broken::new("even", "must be even")));
        root.index(0)
            .index(1)
            .note(Err(Broken::new("even", "must be even")));
        root.note(Err(Broken::new("total", "must add up")));
    })
    .expect_err("four violations");
    let paths: Vec<&str> = violations.iter().map(|found| found.path.as_str()).collect();
    let expected = [
        "payload.items[3].quantity",
        "metadata[\"a\\\"\\\\\\n\\u0001é\"]",
        "[0][1]",
        "",
    ];
    assert_eq!(paths, expected);
    assert_eq!(
        violations.to_string(),
        "payload.items[3].quantity must be at least 1 (range); \
         metadata[\"a\\\"\\\\\\n\\u0001é\"] must be even (even); \
         [0][1] must be even (even); must add up (total)",
    );
}

#[test]
fn a_hostile_value_costs_a_bounded_report() {
    let violations = Report::collect(|root| {
        for index in 0..Violations::MOST + 7 {
            root.index(index).note(rule::non_empty(""));
        }
    })
    .expect_err("violations");
    assert_eq!(
        (violations.iter().len(), violations.omitted()),
        (Violations::MOST, 7)
    );
    assert!(violations.to_string().ends_with("; and 7 more"));
}

#[test]
fn violations_are_one_pointer_wide() {
    assert_eq!(size_of::<Result<(), Violations>>(), size_of::<usize>());
}

#[test]
fn types_without_rules_say_so_through_containers() {
    struct Plain;
    impl Validate for Plain {}
    const {
        assert!(!Plain::HAS_RULES);
        assert!(!<Option<Vec<Box<BTreeMap<String, Plain>>>> as Validate>::HAS_RULES);
    }
    assert_eq!(vec![Plain].validate(), Ok(()));
}
