//! The typed Kafka client beside rdkafka's own: events produced and consumed, with the broker in another process.
//!
//! It runs on librdkafka's mock cluster, and on the Kafka at `KAFKA_BOOTSTRAP_SERVERS` if that is set.

use avro_bench::kafka::broker::{self, MockCluster};
use avro_bench::kafka::contest::rows;
use avro_bench::kafka::events::{Events, Large, Small};
use avro_bench::kafka::produce::Headers;
use avro_bench::kafka::{Place, consume, produce};
use avro_bench::report::Report;
use tokio::runtime::{Builder, Runtime};

/// How often both clients have a turn.
const ROUNDS_OF_PRODUCING: usize = 21;
const ROUNDS_OF_CONSUMING: usize = 9;

/// What the messages of a service say besides, where they say anything.
const HEADERS: Headers = &[
    ("schema_version", "1.0"),
    ("producer", "order-service"),
    ("event_type", "ORDER_CREATED"),
];

fn main() {
    broker::main();
    let report = Report::from_args();
    let mut runtime = Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");

    let mock = MockCluster::start();
    let place = runtime.block_on(Place::new("MockCluster", mock.servers()));
    on_broker(&report, &runtime, &place);
    drop(mock);

    if let Some(servers) = runtime.block_on(broker::real()) {
        let place = runtime.block_on(Place::new("Kafka", &servers));
        on_broker(&report, &runtime, &place);
    }
}

fn on_broker(report: &Report, runtime: &Runtime, place: &Place) {
    of_size::<Small>(report, runtime, place);
    of_size::<Large>(report, runtime, place);
}

fn of_size<T: Events>(report: &Report, runtime: &Runtime, place: &Place) {
    let events = T::events();
    // Consuming comes first: it reads the topic from its beginning.
    let what = format!("consume from {}", place.name);
    if report.wants(T::RECORD, &what) {
        consume::fill::<T>(place, runtime, &events);
        let contestants = consume::contestants::<T>(place, runtime);
        let rows = rows(T::RECORD, &what, ROUNDS_OF_CONSUMING, T::READ, contestants);
        rows.iter().for_each(|row| report.print(row));
    }
    for (what, headers) in [
        (format!("produce to {}", place.name), &[] as Headers),
        (format!("produce with headers to {}", place.name), HEADERS),
    ] {
        if report.wants(T::RECORD, &what) {
            let contestants = produce::contestants::<T>(place, runtime, &events, headers);
            let rows = rows(T::RECORD, &what, ROUNDS_OF_PRODUCING, T::SENT, contestants);
            rows.iter().for_each(|row| report.print(row));
        }
    }
}
