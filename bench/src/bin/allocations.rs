//! How often the allocator is called.

use std::hint::black_box;

use allocation_counter::measure;
use avro_bench::measure::{Row, Unit};
use avro_bench::peers::Event;
use avro_bench::records::{big, events, numeric, superhero, tree};
use avro_bench::report::Report;
use avro_runtime::{decode_into, encode_into, from_datum, to_datum, view_datum};

fn main() {
    let report = Report::from_args();
    row(&report, "Superhero", &superhero::hero());
    row(&report, "big", &big::user());
    row(&report, "numeric", &numeric::reading());
    row(&report, "order pipeline", &events::order());
    row(&report, "feature store", &events::feature());
    row(&report, "shop", &events::shop());
    row(&report, "execution ticket", &events::ticket());
    row(&report, "tree", &tree::tree(32));
}

fn row<T: Event>(report: &Report, record: &str, value: &T) {
    const WHAT: &str = "allocations";
    if !report.wants(record, WHAT) {
        return;
    }
    let mut out = to_datum(value).expect("a valid value");
    let datum = out.clone();
    let mut reused = value.clone();
    let encode = calls(|| {
        out.clear();
        encode_into(value, &mut out).expect("a valid value");
    });
    let owned = calls(|| drop(black_box(from_datum::<T>(&datum).expect("a datum"))));
    let borrowed = calls(|| drop(black_box(view_datum::<T>(&datum).expect("a datum"))));
    let into = calls(|| decode_into(&mut reused, &datum).expect("a datum"));
    let clone = calls(|| drop(black_box(value.clone())));
    let entries = vec![
        ("encode, buffer reused", encode),
        ("decode, owned", owned),
        ("decode, borrowed", borrowed),
        ("decode, reused", into),
        ("clone of the value", clone),
    ];
    report.print(&Row::of(record, WHAT, Unit::Allocations, entries));
}

fn calls(run: impl FnOnce()) -> Vec<f64> {
    vec![measure(run).count_total as f64]
}
