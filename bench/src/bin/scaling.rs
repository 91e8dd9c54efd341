//! What more elements cost: each row's contestants are the same thing, the more often.

use std::hint::black_box;

use avro_bench::generated::bench::Growth;
use avro_bench::measure::Variant;
use avro_bench::peers::Event;
use avro_bench::records::{growth, tree};
use avro_bench::report::Report;
use avro_model::SchemaSet;
use avro_model::schema::Schema;
use avro_runtime::json::{FromJson, plain};
use avro_runtime::{AvroSchema, Resolver, encode_into, from_datum, to_datum, view_datum};

/// How many elements there are.
const SIZES: [(&str, usize); 4] = [
    ("256", 256),
    ("1,024", 1_024),
    ("4,096", 4_096),
    ("16,384", 16_384),
];

/// How deep values are; deeper ones are refused.
const DEPTHS: [(&str, usize); 4] = [("8", 8), ("24", 24), ("60", 60), ("120", 120)];

/// How many fields a record has.
const FIELDS: [(&str, usize); 4] = [("25", 25), ("100", 100), ("400", 400), ("1,600", 1_600)];

fn main() {
    let report = Report::from_args();
    codec(&report, "array of longs", SIZES, growth::longs);
    codec(&report, "array of strings", SIZES, growth::strings);
    codec(&report, "array of records", SIZES, growth::records);
    codec(&report, "map of longs", SIZES, growth::map);
    codec(&report, "string of ASCII", SIZES, |it| {
        growth::text('a', it)
    });
    codec(&report, "string of Greek", SIZES, |it| {
        growth::text('λ', it)
    });
    codec(&report, "depth", DEPTHS, tree::tree);
    hostile(&report);
    plan(&report);
}

fn codec<T: Event>(
    report: &Report,
    record: &str,
    sizes: [(&'static str, usize); 4],
    value: impl Fn(usize) -> T,
) {
    let values = sizes.map(|(name, size)| (name, value(size)));
    let data = values
        .each_ref()
        .map(|(name, value)| (*name, to_datum(value).expect("a valid value")));
    for ((_, value), (_, datum)) in values.iter().zip(&data) {
        assert_eq!(from_datum::<T>(datum).as_ref(), Ok(value));
    }
    report.row(record, "encode", || {
        let encode = |(name, value): &'_ (&'static str, T)| {
            let (name, value) = (*name, value.clone());
            let mut out = Vec::new();
            Variant::new(name, move || {
                out.clear();
                encode_into(black_box(&value), &mut out).expect("a valid value");
                out.len()
            })
        };
        values.iter().map(encode).collect()
    });
    report.row(record, "decode, owned", || {
        let decode = |(name, datum): &'_ (&'static str, Vec<u8>)| {
            let (name, datum) = (*name, datum.clone());
            Variant::new(name, move || {
                from_datum::<T>(black_box(&datum)).expect("what was written")
            })
        };
        data.iter().map(decode).collect()
    });
    report.row(record, "decode, borrowed", || {
        let decode = |(name, datum): &'_ (&'static str, Vec<u8>)| {
            let (name, datum) = (*name, datum.clone());
            Variant::new(name, move || {
                let view = view_datum::<T>(black_box(&datum));
                drop(black_box(view.expect("what was written")));
            })
        };
        data.iter().map(decode).collect()
    });
}

/// Texts that somebody made to cost more than they are long.
fn hostile(report: &Report) {
    let whole = |longs: &str, text: &str| {
        format!(r#"{{"longs":[{longs}],"strings":[],"records":[],"map":{{}},"text":"{text}"}}"#)
    };
    read(report, "escapes in JSON", |size| {
        whole("", &r"\ud83d\ude00".repeat(size))
    });
    read(report, "spaces in JSON", |size| {
        whole(&format!("1{}", " ".repeat(size)), "")
    });
    read(report, "digits in JSON", |size| {
        whole(&format!("1.{}", "0".repeat(size)), "")
    });
}

/// Reads such texts, whether they are taken or refused.
fn read(report: &Report, record: &str, text: impl Fn(usize) -> String) {
    report.row(record, "read JSON", || {
        let read = |(name, size)| {
            let text = text(size);
            Variant::new(name, move || json::<Growth>(black_box(&text)))
        };
        SIZES.into_iter().map(read).collect()
    });
}

fn json<T: AvroSchema + FromJson>(text: &str) -> bool {
    plain::from_str::<T>(text).is_ok()
}

/// Plans of a record of so many fields, of which every second was added.
fn plan(report: &Report) {
    let field = |i: usize| format!(r#"{{"name":"field_{i}","type":"long","default":0}}"#);
    let linked = |fields: Vec<String>| {
        let fields = fields.join(",");
        let schema = format!(r#"{{"type":"record","name":"W","fields":[{fields}]}}"#);
        avro_model::compile_text(&schema).expect("a schema")
    };
    report.row("fields of a plan", "a plan from linked schemas", || {
        let plan = |(name, count)| {
            let reader = linked((0..count).map(field).collect());
            let writer = linked((0..count).step_by(2).map(field).collect());
            Variant::new(name, move || {
                Resolver::<Growth>::of_linked(root(black_box(&reader)), root(black_box(&writer)))
            })
        };
        FIELDS.into_iter().map(plan).collect()
    });
}

fn root(set: &SchemaSet) -> (&SchemaSet, &Schema) {
    (set, &set.roots()[0].schema)
}
