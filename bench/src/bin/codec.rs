//! Encoding and decoding each record, beside every peer that can.

use std::hint::black_box;

use avro_bench::generated::bench::Superhero;
use avro_bench::generated::com::pipeline::events::OrderEvent;
use avro_bench::measure::Variant;
use avro_bench::peers::{Event, Schemas, decoders, encoders};
use avro_bench::records::big::UserInfoRef;
use avro_bench::records::superhero::{ProtoHero, SerdeHeroRef, proto};
use avro_bench::records::{big, events, numeric, superhero, tree, wide};
use avro_bench::report::Report;
use avro_runtime::bytes::Bytes;
use avro_runtime::{
    OwnedView, Resolver, View, decode_into, encode_into, from_datum, to_datum, view_datum,
};
use prost::Message;

fn main() {
    let report = Report::from_args();
    superhero(&report);
    let user = big::user();
    rows(&report, "big", &user, Vec::new(), Vec::new());
    borrowed_big(&report);
    rows(
        &report,
        "numeric",
        &numeric::reading(),
        Vec::new(),
        Vec::new(),
    );
    rows(
        &report,
        "order pipeline",
        &events::order(),
        Vec::new(),
        Vec::new(),
    );
    rows(
        &report,
        "feature store",
        &events::feature(),
        Vec::new(),
        Vec::new(),
    );
    rows(&report, "shop", &events::shop(), Vec::new(), Vec::new());
    rows(
        &report,
        "execution ticket",
        &events::ticket(),
        Vec::new(),
        Vec::new(),
    );
    rows(&report, "200 fields", &wide::wide(), Vec::new(), Vec::new());
    rows(&report, "tree", &tree::tree(32), Vec::new(), Vec::new());
    doubles(&report);
    kept(&report);
}

/// Every row that all records have; `encode` and `decode` are contestants of this record alone.
fn rows<'a, T: Event + 'a>(
    report: &Report,
    record: &str,
    value: &'a T,
    encode: Vec<Variant<'a>>,
    decode: Vec<Variant<'a>>,
) {
    let schemas = Schemas::of::<T>();
    let datum = to_datum(value).expect("a valid value");
    let back: T = from_datum(&datum).expect("what was written");
    assert_eq!(&back, value);
    let viewed = view_datum::<T>(&datum).map(|view| view.own());
    assert_eq!(viewed.as_ref(), Ok(value));
    assert_eq!(value.encoded_len().ok(), Some(datum.len()));

    report.row(record, "encode, buffer reused", || {
        let mut out = Vec::new();
        let ours = Variant::new("ours", move || {
            out.clear();
            encode_into(black_box(value), &mut out).expect("a valid value");
            out.len()
        });
        let mut variants = vec![ours];
        variants.extend(encode);
        variants.extend(encoders(value, &schemas, &datum));
        variants.push(Variant::new("encoded_len", || {
            black_box(value).encoded_len().ok()
        }));
        variants
    });
    report.row(record, "decode, owned", || {
        let ours = Variant::new("ours", || {
            from_datum::<T>(black_box(&datum)).expect("what was written")
        });
        let mut variants = vec![ours];
        variants.extend(decode);
        variants.extend(decoders(value, &schemas, &datum));
        variants.push(Variant::new("clone of the value", || {
            black_box(value).clone()
        }));
        variants
    });
    report.row(record, "decode, ways", || {
        let (mut reused, datum) = (value.clone(), &*datum);
        vec![
            Variant::new("owned", move || {
                from_datum::<T>(black_box(datum)).expect("what was written")
            }),
            Variant::new("borrowed", move || {
                drop(black_box(
                    view_datum::<T>(black_box(datum)).expect("what was written"),
                ));
            }),
            Variant::new("reused", move || {
                decode_into(&mut reused, black_box(datum)).expect("what was written");
            }),
        ]
    });
}

fn superhero(report: &Report) {
    let hero = superhero::hero();
    let protobuf = proto(&hero);
    let message = protobuf.encode_to_vec();
    assert_eq!(
        ProtoHero::decode(message.as_slice()).as_ref(),
        Ok(&protobuf)
    );
    let mut out = Vec::new();
    let encode = Variant::new("prost", || {
        out.clear();
        black_box(&protobuf)
            .encode(&mut out)
            .expect("a vector grows");
        out.len()
    });
    let decode = Variant::new("prost", || {
        ProtoHero::decode(black_box(message.as_slice())).expect("what was written")
    });
    rows(report, "Superhero", &hero, vec![encode], vec![decode]);

    let datum = to_datum(&hero).expect("a valid value");
    assert_eq!(
        datum.len(),
        100,
        "the record of the benchmark has 100 bytes"
    );
    let schemas = Schemas::of::<Superhero>();
    report.row("Superhero", "decode, borrowed", || {
        vec![
            Variant::new("ours", || {
                view_datum::<Superhero>(black_box(&datum)).expect("what was written")
            }),
            Variant::new("serde_avro_fast", || {
                serde_avro_fast::from_datum_slice::<SerdeHeroRef<'_>>(
                    black_box(&datum),
                    &schemas.fast,
                )
                .expect("what was written")
            }),
        ]
    });
    report.row("Superhero", "decode, reused", || {
        let (mut ours, mut theirs) = (hero.clone(), protobuf.clone());
        let (datum, message) = (&datum, &message);
        vec![
            Variant::new("ours", move || {
                decode_into(&mut ours, black_box(datum)).expect("what was written");
            }),
            Variant::new("prost", move || {
                theirs.clear();
                theirs
                    .merge(black_box(message.as_slice()))
                    .expect("what was written");
            }),
        ]
    });
}

fn borrowed_big(report: &Report) {
    let user = big::user();
    let datum = to_datum(&user).expect("a valid value");
    let schemas = Schemas::of::<avro_bench::generated::bench::UserInfo>();
    report.row("big", "decode, borrowed", || {
        vec![
            Variant::new("ours", || {
                view_datum::<avro_bench::generated::bench::UserInfo>(black_box(&datum))
                    .expect("what was written")
            }),
            Variant::new("serde_avro_fast", || {
                serde_avro_fast::from_datum_slice::<UserInfoRef<'_>>(
                    black_box(&datum),
                    &schemas.fast,
                )
                .expect("what was written")
            }),
        ]
    });
}

/// A message that is kept, of which two fields are read.
fn kept(report: &Report) {
    let datum = Bytes::from(to_datum(&events::order()).expect("a valid value"));
    let resolver = Resolver::<OrderEvent>::same();
    report.row("order pipeline", "keep, and read two fields", || {
        let (datum, resolver) = (&datum, &resolver);
        vec![
            Variant::new("owned view", move || {
                let kept = OwnedView::new(black_box(datum).clone(), resolver);
                let kept = kept.expect("what was written");
                let view = kept.get();
                black_box((view.order_id.len(), view.payload.total_amount));
            }),
            Variant::new("owned", move || {
                let kept: OrderEvent = from_datum(black_box(datum)).expect("what was written");
                black_box((kept.order_id.len(), kept.payload.total_amount));
            }),
        ]
    });
}

/// An array of doubles is its bytes.
fn doubles(report: &Report) {
    let samples = numeric::samples(1024);
    let datum = to_datum(&samples).expect("a valid value");
    report.row("1,024 doubles", "encode, buffer reused", || {
        let (mut out, mut copy) = (Vec::new(), Vec::new());
        let (samples, datum) = (&samples, &datum);
        vec![
            Variant::new("ours", move || {
                out.clear();
                encode_into(black_box(samples), &mut out).expect("a valid value");
            }),
            Variant::new("memcpy", move || {
                copy.clear();
                copy.extend_from_slice(black_box(datum));
            }),
        ]
    });
    report.row("1,024 doubles", "decode, owned", || {
        vec![
            Variant::new("ours", || {
                from_datum::<avro_bench::generated::bench::Samples>(black_box(&datum))
                    .expect("what was written")
            }),
            Variant::new("memcpy", || black_box(&datum).to_vec()),
        ]
    });
}
