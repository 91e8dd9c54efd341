//! Four event systems, each from its `.avsc` to Kafka and back.
//!
//! `build.rs` compiles the schemas into [`events`]. [`run`] takes the events of all four systems
//! from JSON Lines files, validates, encodes and produces them, consumes and decodes them, and
//! compares what came back with what was sent; then apache-avro reads the same bytes and must
//! agree.

pub mod agreement;
mod environment;
mod failure;
mod fault;
mod input;
mod measure;
mod progress;
mod report;
mod round_trip;
mod second_opinion;
mod sent;

pub use environment::Environment;
pub use failure::Failure;
pub use fault::FlipOneByte;
pub use report::{Row, table};

use avro_kafka::ProducerSettings;
use avro_runtime::topic::Topic;
use futures::try_join;
use indicatif::MultiProgress;

/// The types that `build.rs` made of the schemas, and their topics.
pub mod events {
    avro_runtime::include_schemas!();
}

use events::topics::{ExecutionTickets, FeatureAvailabilityEvents, OrderEvents, OrdersRaw};

/// The topics of the four systems.
pub const TOPICS: [&str; 4] = [
    OrdersRaw::NAME,
    FeatureAvailabilityEvents::NAME,
    OrderEvents::NAME,
    ExecutionTickets::NAME,
];

/// Takes the events of all four systems through Kafka and back, side by side.
///
/// # Errors
///
/// The first thing that went wrong. A result means that every event came back equal.
pub async fn run(environment: &Environment, progress: &MultiProgress) -> Result<Vec<Row>, Failure> {
    let (orders, features, shop, tickets) = try_join!(
        round_trip::run::<OrdersRaw>(
            "order pipeline",
            "order-pipeline",
            beside_json(),
            environment,
            progress
        ),
        round_trip::run::<FeatureAvailabilityEvents>(
            "feature store",
            "feature-store",
            ProducerSettings::default(),
            environment,
            progress
        ),
        round_trip::run::<OrderEvents>(
            "shop",
            "shop",
            ProducerSettings::default(),
            environment,
            progress
        ),
        round_trip::run::<ExecutionTickets>(
            "execution tickets",
            "execution-tickets",
            ProducerSettings::default(),
            environment,
            progress
        ),
    )?;
    // Alone, so that nothing else has a share in the times.
    Ok(vec![
        orders.measure()?,
        features.measure()?,
        shop.measure()?,
        tickets.measure()?,
    ])
}

/// The order pipeline's topic carries JSON beside Avro while its services change from one to the other, so each of its messages
/// says which of the two it is.
fn beside_json() -> ProducerSettings {
    ProducerSettings::default()
        .serialization_header(true)
        .header("schema_version", "1.0")
}
