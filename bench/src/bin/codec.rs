//! Encoding and decoding each record, beside every peer that can.

use std::hint::black_box;

use avro_bench::generated::bench::{Samples, Superhero, UserInfo};
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
    user(&report);
    rows(&report, "numeric", &numeric::reading(), More::default());
    rows(&report, "order pipeline", &events::order(), More::default());
    rows(
        &report,
        "feature store",
        &events::feature(),
        More::default(),
    );
    rows(&report, "shop", &events::shop(), More::default());
    let ticket = events::ticket();
    rows(&report, "execution ticket", &ticket, More::default());
    rows(&report, "200 fields", &wide::wide(), More::default());
    rows(&report, "tree", &tree::tree(32), More::default());
    doubles(&report);
    kept(&report);
}

/// Contestants of one record alone.
#[derive(Default)]
struct More<'a> {
    encode: Option<Variant<'a>>,
    decode: Option<Variant<'a>>,
    borrow: Option<Variant<'a>>,
    reuse: Option<Variant<'a>>,
}

/// The rows that all records have.
fn rows<'a, T: Event + 'a>(report: &Report, record: &str, value: &'a T, more: More<'a>) {
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
        variants.extend(more.encode);
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
        variants.extend(more.decode);
        variants.extend(decoders(value, &schemas, &datum));
        variants.push(Variant::new("clone of the value", || {
            black_box(value).clone()
        }));
        variants
    });
    report.row(record, "decode, borrowed", || {
        let ours = Variant::new("ours", || {
            drop(black_box(
                view_datum::<T>(black_box(&datum)).expect("what was written"),
            ));
        });
        let mut variants = vec![ours];
        variants.extend(more.borrow);
        variants
    });
    report.row(record, "decode, reused", || {
        let (mut reused, datum) = (value.clone(), &*datum);
        let ours = Variant::new("ours", move || {
            decode_into(&mut reused, black_box(datum)).expect("what was written");
        });
        let mut variants = vec![ours];
        variants.extend(more.reuse);
        variants
    });
}

/// Beside protobuf, and what serde borrows.
fn superhero(report: &Report) {
    let hero = superhero::hero();
    let datum = to_datum(&hero).expect("a valid value");
    assert_eq!(
        datum.len(),
        100,
        "the record of the benchmark has 100 bytes"
    );
    let protobuf = proto(&hero);
    let message = protobuf.encode_to_vec();
    assert_eq!(
        ProtoHero::decode(message.as_slice()).as_ref(),
        Ok(&protobuf)
    );
    let schemas = Schemas::of::<Superhero>();
    let (mut out, mut reused) = (Vec::new(), protobuf.clone());
    let more = More {
        encode: Some(Variant::new("prost", || {
            out.clear();
            black_box(&protobuf)
                .encode(&mut out)
                .expect("a vector grows");
            out.len()
        })),
        decode: Some(Variant::new("prost", || {
            ProtoHero::decode(black_box(message.as_slice())).expect("what was written")
        })),
        borrow: Some(Variant::new("serde_avro_fast", || {
            drop(black_box(
                serde_avro_fast::from_datum_slice::<SerdeHeroRef<'_>>(
                    black_box(&datum),
                    &schemas.fast,
                )
                .expect("what was written"),
            ));
        })),
        reuse: Some(Variant::new("prost", || {
            reused.clear();
            reused
                .merge(black_box(message.as_slice()))
                .expect("what was written");
        })),
    };
    rows(report, "Superhero", &hero, more);
}

fn user(report: &Report) {
    let user = big::user();
    let datum = to_datum(&user).expect("a valid value");
    let schemas = Schemas::of::<UserInfo>();
    let borrow = Variant::new("serde_avro_fast", || {
        drop(black_box(
            serde_avro_fast::from_datum_slice::<UserInfoRef<'_>>(black_box(&datum), &schemas.fast)
                .expect("what was written"),
        ));
    });
    let more = More {
        borrow: Some(borrow),
        ..More::default()
    };
    rows(report, "big", &user, more);
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
                from_datum::<Samples>(black_box(&datum)).expect("what was written")
            }),
            Variant::new("memcpy", || black_box(&datum).to_vec()),
        ]
    });
}
