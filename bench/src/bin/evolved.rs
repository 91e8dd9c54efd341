//! Reading data of other versions against the direct decoder on the same value, and what it takes
//! to make a plan.

use std::hint::black_box;

use apache_avro::reader::datum::GenericDatumReader;
use avro_bench::generated::bench::evolved::OrderEvent;
use avro_bench::measure::Variant;
use avro_bench::records::evolved::{Version, versions};
use avro_bench::report::Report;
use avro_model::SchemaSet;
use avro_runtime::{AvroSchema, Resolver, View, from_datum, view_datum};

fn main() {
    let report = Report::from_args();
    for version in versions() {
        rows(&report, &version);
        plan(&report, version.name, &version.schema, OrderEvent::SCHEMA);
    }
    wide(&report);
}

fn rows(report: &Report, version: &Version) {
    let Version {
        datum,
        direct,
        value,
        ..
    } = version;
    let resolver = Resolver::<OrderEvent>::new(&version.schema).expect("it can be read");
    assert_eq!(resolver.decode(datum).as_ref(), Ok(value));
    let viewed = resolver.decode_view(datum).map(|view| view.own());
    assert_eq!(viewed.as_ref(), Ok(value));

    report.row(version.name, "evolved, owned", || {
        let mut variants = vec![
            Variant::new("direct", || {
                from_datum::<OrderEvent>(black_box(direct)).expect("a datum")
            }),
            Variant::new("ours", || {
                resolver.decode(black_box(datum)).expect("a datum")
            }),
        ];
        variants.extend(apache(version));
        variants
    });
    report.row(version.name, "evolved, borrowed", || {
        vec![
            Variant::new("direct", || {
                drop(black_box(
                    view_datum::<OrderEvent>(black_box(direct)).expect("a datum"),
                ));
            }),
            Variant::new("ours", || {
                drop(black_box(
                    resolver.decode_view(black_box(datum)).expect("a datum"),
                ));
            }),
        ]
    });
    report.row(version.name, "evolved, reused", || {
        let (mut a, mut b) = (value.clone(), value.clone());
        let resolver = &resolver;
        vec![
            Variant::new("direct", move || {
                avro_runtime::decode_into(&mut a, black_box(direct)).expect("a datum");
            }),
            Variant::new("ours", move || {
                resolver
                    .decode_into(&mut b, black_box(datum))
                    .expect("a datum");
            }),
        ]
    });
}

/// apache-avro reads other versions as a `Value` alone; its typed way panics.
fn apache(version: &Version) -> Option<Variant<'_>> {
    let leak = |text: &str| -> &'static apache_avro::Schema {
        Box::leak(Box::new(
            apache_avro::Schema::parse_str(text).expect("a schema"),
        ))
    };
    let (writer, reader) = (leak(&version.schema), leak(OrderEvent::SCHEMA));
    let datums = GenericDatumReader::builder(writer)
        .reader_schema(reader)
        .build()
        .ok()?;
    let read = move || {
        let value = datums
            .read_value(&mut black_box(version.datum.as_slice()))
            .ok()?;
        apache_avro::from_value::<OrderEvent>(&value).ok()
    };
    // Where it does not get the value, its time is that of what it does.
    let name = match read() == Some(version.value.clone()) {
        true => "apache-avro, Value",
        false => "apache-avro, Value (another value, or an error)",
    };
    Some(Variant::new(name, read))
}

/// Making a plan of schemas that are linked.
fn plan(report: &Report, name: &str, writer: &str, reader: &str) {
    let linked = |text| avro_model::compile_text(text).expect("a schema");
    let (writer, reader) = (linked(writer), linked(reader));
    fn root(set: &SchemaSet) -> (&SchemaSet, &avro_model::schema::Schema) {
        (set, &set.roots()[0].schema)
    }
    report.row(name, "a plan from linked schemas", || {
        vec![Variant::new("ours", || {
            Resolver::<OrderEvent>::of_linked(root(black_box(&reader)), root(black_box(&writer)))
        })]
    });
}

/// A record of 200 fields, of which every second was added.
fn wide(report: &Report) {
    let field = |i: usize| format!(r#"{{"name":"field_{i}","type":"long","default":0}}"#);
    let schema = |fields: Vec<String>| {
        format!(
            r#"{{"type":"record","name":"W","fields":[{}]}}"#,
            fields.join(",")
        )
    };
    let reader = schema((0..200).map(field).collect());
    let writer = schema((0..200).filter(|i| i % 2 == 0).map(field).collect());
    plan(report, "200 fields, 100 added", &writer, &reader);
    let reversed = schema((0..200).rev().map(field).collect());
    plan(report, "200 fields, reversed", &reversed, &reader);
}
