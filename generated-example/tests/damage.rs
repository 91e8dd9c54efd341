//! Every truncation and every flipped bit of a datum of each of the four systems: an error or a
//! value, within the limits, by every way of reading.

use std::fs;
use std::path::Path;

use allocation_counter::measure;
use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use avro_runtime::json::{FromJson, plain};
use avro_runtime::{
    AvroSchema, DecodeError, Limits, Resolver, from_datum_with, to_datum, view_datum_with,
};
use generated_example::events::com::ecommerce::order::OrderEvent as ShopEvent;
use generated_example::events::com::featurestore::events::FeatureAvailabilityEvent;
use generated_example::events::com::neuralhivemind::orchestration::ExecutionTicket;
use generated_example::events::com::pipeline::events::OrderEvent;

/// Small enough that a count or length made up by damage would cross it.
const LIMITS: Limits = Limits {
    depth: 32,
    length: 1 << 16,
    items: 1 << 12,
    allocation: 1 << 18,
};

/// What an error and its path may take besides.
const OVERHEAD: u64 = 1 << 12;

#[test]
fn damaged_data_are_errors_or_values_within_the_limits() {
    damage::<OrderEvent>("order-pipeline.jsonl");
    damage::<FeatureAvailabilityEvent>("feature-store.jsonl");
    damage::<ShopEvent>("shop.jsonl");
    damage::<ExecutionTicket>("execution-tickets.jsonl");
}

fn damage<T: AvroSchema + FromJson>(events: &str) {
    let file = Path::new("events").join(events);
    let events = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    let event: T = plain::from_str(events.lines().next().unwrap()).unwrap();
    let datum = to_datum(&event).unwrap();
    assert!(from_datum_with::<T>(&datum, LIMITS).is_ok(), "{file:?}");
    each(&datum, |bytes| {
        from_datum_with::<T>(bytes, LIMITS).map(drop)
    });
    each(&datum, |bytes| {
        view_datum_with::<T>(bytes, LIMITS).map(drop)
    });

    // As the version before it wrote it, read by a plan.
    let (own, deployed) = (Schema::new(T::SCHEMA).unwrap(), deployed(T::FULLNAME));
    let older = DynamicReader::new(&deployed.0, &own).unwrap();
    let datum = older.read(&datum).unwrap().to_datum();
    let resolver = Resolver::<T>::new(&deployed.1).unwrap();
    assert!(resolver.decode_with(&datum, LIMITS).is_ok(), "{file:?}");
    each(&datum, |bytes| {
        resolver.decode_with(bytes, LIMITS).map(drop)
    });
    each(&datum, |bytes| {
        resolver.decode_view_with(bytes, LIMITS).map(drop)
    });
    each(&datum, |bytes| {
        Value::from_datum_with(&deployed.0, bytes, LIMITS).map(drop)
    });
}

/// The first version that was deployed.
fn deployed(fullname: &str) -> (Schema, String) {
    let file = Path::new("../avro-history").join(fullname).join("1.avsc");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    (Schema::new(&text).unwrap(), text)
}

/// Reads every truncation, which must be an error, and the datum with each of its bits flipped.
fn each(datum: &[u8], read: impl Fn(&[u8]) -> Result<(), DecodeError>) {
    for end in 0..datum.len() {
        measured(|| {
            assert!(
                read(&datum[..end]).is_err(),
                "{end} of {} bytes",
                datum.len()
            )
        });
    }
    let mut damaged = datum.to_vec();
    for bit in 0..datum.len() * 8 {
        damaged[bit / 8] ^= 1 << (bit % 8);
        measured(|| {
            if let Err(error) = read(&damaged) {
                assert!(error.offset() <= damaged.len(), "bit {bit}: {error}");
            }
        });
        damaged[bit / 8] ^= 1 << (bit % 8);
    }
}

fn measured(read: impl FnOnce()) {
    let taken = measure(read).bytes_max;
    // An allocator may double what a growing vector asks for: see `Limits::allocation`.
    let most = 2 * LIMITS.allocation as u64 + OVERHEAD;
    assert!(taken <= most, "{taken} bytes");
}
