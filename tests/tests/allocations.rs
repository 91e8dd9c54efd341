//! Where the codec does without the allocator: on buffers and values that have been used before.

use std::fs;
use std::path::Path;

use allocation_counter::measure;
use avro_runtime::json::{FromJson, plain};
use avro_runtime::{AvroSchema, decode_into, encode_into, to_datum};
use avro_tests::cases::four_systems::com::ecommerce::order::OrderEvent as ShopEvent;
use avro_tests::cases::four_systems::com::featurestore::events::FeatureAvailabilityEvent;
use avro_tests::cases::four_systems::com::neuralhivemind::orchestration::ExecutionTicket;
use avro_tests::cases::four_systems::com::pipeline::events::OrderEvent;

#[test]
fn encoding_into_a_used_buffer_allocates_nothing() {
    each::<OrderEvent>("order-pipeline.jsonl");
    each::<FeatureAvailabilityEvent>("feature-store.jsonl");
    each::<ShopEvent>("shop.jsonl");
    each::<ExecutionTicket>("execution-tickets.jsonl");
}

fn each<T: AvroSchema + FromJson>(events: &str) {
    let file = Path::new("../generated-example/events").join(events);
    let events = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    let events = events.lines().map(|line| plain::from_str(line).unwrap());
    let events: Vec<T> = events.collect();
    let mut buffer = Vec::new();
    let mut encode = |event: &T| {
        buffer.clear();
        encode_into(event, &mut buffer).unwrap();
    };
    // Once all of them, so that the buffer has room for the largest.
    events.iter().for_each(&mut encode);
    for event in &events {
        let found = measure(|| encode(event));
        assert_eq!(found.count_total, 0, "{file:?}");
    }
}

#[test]
fn a_new_buffer_is_allocated_once() {
    let file = fs::read_to_string("../generated-example/events/shop.jsonl").unwrap();
    let event: ShopEvent = plain::from_str(file.lines().next().unwrap()).unwrap();
    let mut datum = Vec::new();
    let found = measure(|| datum = to_datum(&event).unwrap());
    assert_eq!(found.count_total, 1);

    // And so the counter counts; a value read into itself takes nothing.
    let mut value = event.clone();
    let found = measure(|| decode_into(&mut value, &datum).unwrap());
    assert_eq!((found.count_total, value), (0, event));
}
