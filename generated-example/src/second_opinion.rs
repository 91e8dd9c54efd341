//! A second consumer, which knows nothing of the generated code: raw bytes → apache-avro's `Value`.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use avro_kafka::{IncomingRecord, Reaction, StartAt, Subscription};
use avro_registry::SchemaId;
use avro_runtime::AvroSchema;
use avro_runtime::confluent;
use avro_runtime::json::{FromJson, ToJson, plain};
use avro_runtime::topic::Topic;
use indicatif::ProgressBar;
use tokio::time::{sleep, timeout};

use crate::sent::{PAUSE, SILENCE, Sent, group};
use crate::{Environment, Failure, agreement, progress};

/// How many bytes the events take.
pub(crate) struct Sizes {
    /// As plain JSON.
    pub(crate) json: usize,
    /// As message values: Avro with Confluent's five bytes before it.
    pub(crate) avro: usize,
}

/// Reads the raw bytes with apache-avro, by the schema that the registry has for the id in the
/// message, and compares its values with the events.
///
/// # Errors
///
/// The first event that apache-avro cannot read, or reads as something else.
pub(crate) async fn ask<T>(
    events: &[T::Value],
    mut sent: Sent,
    id: SchemaId,
    environment: &Environment,
    progress: &ProgressBar,
) -> Result<Sizes, Failure>
where
    T: Topic,
    T::Value: AvroSchema + FromJson + ToJson,
{
    progress::start(progress, "compare", events.len());
    let text = environment.registry.schema_by_id(id).await?;
    let schema = Schema::parse_str(&text).map_err(|error| differs::<T>(0, &error))?;
    let reader = GenericDatumReader::builder(&schema)
        .build()
        .map_err(|error| differs::<T>(0, &error))?;
    let subscription = Subscription {
        group: group("apache-avro"),
        topics: vec![T::NAME.to_owned()],
        start_at: StartAt::Earliest,
    };
    let subscriber = environment.transport.subscribe(subscription).await?;
    let mut sizes = Sizes { json: 0, avro: 0 };
    while !sent.is_empty() {
        let Ok(received) = timeout(SILENCE, subscriber.recv()).await else {
            return Err(Failure::Missing {
                topic: T::NAME,
                missing: sent.len(),
            });
        };
        let record = match received {
            Ok(record) => record,
            Err(error) => match error.reaction() {
                Reaction::GoOn => continue,
                Reaction::Wait => {
                    sleep(PAUSE).await;
                    continue;
                }
                Reaction::Stop => return Err(error.into()),
            },
        };
        let Some(index) = sent.remove(&(record.partition, record.offset)) else {
            continue;
        };
        let value = record.value.as_deref().unwrap_or_default();
        let datum = &mut datum::<T>(index, &record, id)?;
        let read = reader
            .read_value(datum)
            .map_err(|error| differs::<T>(index, &error))?;
        let json = plain::to_string(&events[index]).map_err(|source| Failure::Encode {
            topic: T::NAME,
            index,
            source,
        })?;
        let event = serde_json::from_str(&json).map_err(|error| differs::<T>(index, &error))?;
        agreement::check(&read, &event).map_err(|error| differs::<T>(index, &error))?;
        sizes.json += json.len();
        sizes.avro += value.len();
        progress.inc(1);
    }
    subscriber.close().await?;
    Ok(sizes)
}

/// The datum behind the framing, whose id must be the one that the producer was given.
fn datum<T: Topic>(index: usize, record: &IncomingRecord, id: SchemaId) -> Result<&[u8], Failure> {
    let value = record.value.as_deref().unwrap_or_default();
    let framed = confluent::Framed::parse(value).map_err(|error| differs::<T>(index, &error))?;
    if framed.schema == confluent::Identifier::Id(id.get()) {
        Ok(framed.datum)
    } else {
        let difference = format!("schema {} in place of id {id}", framed.schema);
        Err(differs::<T>(index, &difference))
    }
}

fn differs<T: Topic>(index: usize, difference: &dyn std::fmt::Display) -> Failure {
    Failure::Differs {
        topic: T::NAME,
        index,
        difference: difference.to_string(),
    }
}
