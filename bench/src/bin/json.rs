//! Writing and reading JSON, beside serde_json on the same structs.
//!
//! Plain JSON is the same text where a record has neither bytes nor a union that serde tags.

use std::hint::black_box;

use avro_bench::measure::Variant;
use avro_bench::peers::Event;
use avro_bench::records::{big, events, numeric, superhero, tree, wide};
use avro_bench::report::Report;
use avro_runtime::json::{FromJson, ToJson, avro, plain};

fn main() {
    let report = Report::from_args();
    rows(&report, "Superhero", &superhero::hero());
    rows(&report, "big", &big::user());
    rows(&report, "numeric", &numeric::reading());
    rows(&report, "samples", &numeric::samples(100));
    rows(&report, "order pipeline", &events::order());
    rows(&report, "feature store", &events::feature());
    rows(&report, "shop", &events::shop());
    rows(&report, "execution ticket", &events::ticket());
    rows(&report, "200 fields", &wide::wide());
    rows(&report, "tree", &tree::tree(32));
}

fn rows<T: Event + ToJson + FromJson>(report: &Report, record: &str, value: &T) {
    let text = plain::to_string(value).expect("a valid value");
    let theirs = serde_json::to_string(value).expect("a value");
    assert_eq!(plain::from_str::<T>(&text).as_ref(), Ok(value));
    let record = match text == theirs {
        true => record.to_owned(),
        false => format!("{record} (texts differ)"),
    };
    report.row(&record, "write JSON", || {
        vec![write(value), write_avro(value), write_serde(value)]
    });
    report.row(&record, "read JSON", || {
        vec![
            read::<T>(&text),
            read_into(value, &text),
            read_serde::<T>(&theirs),
        ]
    });
    let indented = serde_json::to_string_pretty(value).expect("a value");
    assert_eq!(plain::from_str::<T>(&indented).as_ref(), Ok(value));
    report.row(&record, "read indented JSON", || {
        vec![read::<T>(&indented), read_serde::<T>(&indented)]
    });
}

fn write<T: ToJson>(value: &T) -> Variant<'_> {
    let mut out = String::new();
    Variant::new("ours", move || {
        out.clear();
        plain::write_into(black_box(value), &mut out).expect("a valid value");
        out.len()
    })
}

fn write_avro<T: ToJson>(value: &T) -> Variant<'_> {
    let mut out = String::new();
    Variant::new("ours, Avro's encoding", move || {
        out.clear();
        avro::write_into(black_box(value), &mut out).expect("a valid value");
        out.len()
    })
}

fn write_serde<T: Event>(value: &T) -> Variant<'_> {
    let mut out = Vec::new();
    Variant::new("serde_json", move || {
        out.clear();
        serde_json::to_writer(&mut out, black_box(value)).expect("a value");
        out.len()
    })
}

fn read<T: Event + FromJson>(text: &str) -> Variant<'_> {
    Variant::new("ours", move || {
        plain::from_str::<T>(black_box(text)).expect("what was written")
    })
}

fn read_into<'a, T: Event + FromJson + 'a>(value: &T, text: &'a str) -> Variant<'a> {
    let mut value = value.clone();
    Variant::new("ours, into a reused value", move || {
        plain::read_into(&mut value, black_box(text)).expect("what was written");
    })
}

fn read_serde<T: Event>(text: &str) -> Variant<'_> {
    Variant::new("serde_json", move || {
        serde_json::from_str::<T>(black_box(text)).expect("what was written")
    })
}
