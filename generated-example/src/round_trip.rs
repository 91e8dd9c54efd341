//! One system: file → typed events → Kafka → typed events, and apache-avro's opinion of the bytes.

use std::fmt::Debug;

use avro_kafka::{
    ConsumeError, ConsumerSettings, Positioned, ProduceError, ProducerSettings, Reaction, StartAt,
    TypedConsumer, TypedProducer,
};
use avro_registry::SchemaId;
use avro_runtime::AvroSchema;
use avro_runtime::json::{FromJson, ToJson};
use avro_runtime::topic::Topic;
use futures::future::try_join_all;
use indicatif::{MultiProgress, ProgressBar};
use tokio::time::{sleep, timeout};

use crate::second_opinion::{self, Sizes};
use crate::sent::{PAUSE, SILENCE, Sent, group};
use crate::{Environment, Failure, Row, input, measure, progress};

/// The events of one system, all of which came back equal.
pub(crate) struct RoundTrip<T: Topic> {
    system: &'static str,
    subject: String,
    schema_id: SchemaId,
    events: Vec<T::Value>,
    sizes: Sizes,
}

/// Takes the events of one file through the topic and back.
///
/// # Errors
///
/// The first thing that went wrong. A result means that every event came back equal.
pub(crate) async fn run<T>(
    system: &'static str,
    file: &str,
    settings: ProducerSettings,
    environment: &Environment,
    progress: &MultiProgress,
) -> Result<RoundTrip<T>, Failure>
where
    T: Topic,
    T::Value: AvroSchema + FromJson + ToJson + PartialEq + Debug,
{
    let progress = progress.add(progress::bar(system));
    let events: Vec<T::Value> = input::read(file)?;
    let producer = TypedProducer::<T>::new(
        environment.transport.clone(),
        environment.registry.clone(),
        settings.header("producer", "generated-example"),
    );
    let schema_id = match producer.schema_ids().await {
        Ok(ids) => ids[0],
        Err(source) => {
            return Err(Failure::Schema {
                topic: T::NAME,
                source,
            });
        }
    };
    let sent = produce(&producer, &events, &progress).await?;
    consume::<T>(&events, sent.clone(), environment, &progress).await?;
    let sizes = second_opinion::ask::<T>(&events, sent, schema_id, environment, &progress).await?;
    progress.finish_and_clear();
    Ok(RoundTrip {
        system,
        subject: T::subjects().concat(),
        schema_id,
        events,
        sizes,
    })
}

impl<T: Topic<Value: AvroSchema>> RoundTrip<T> {
    /// Measures the codec on the events, which completes their row of the report.
    ///
    /// # Errors
    ///
    /// An event that cannot be encoded, or does not decode.
    pub(crate) fn measure(self) -> Result<Row, Failure> {
        let (encode, decode) = measure::codec(T::NAME, &self.events)?;
        Ok(Row {
            system: self.system,
            topic: T::NAME,
            subject: self.subject,
            schema_id: self.schema_id.get(),
            events: self.events.len(),
            json_bytes: self.sizes.json,
            avro_bytes: self.sizes.avro,
            encode,
            decode,
        })
    }
}

/// Validates, encodes and sends every event, and awaits every delivery report.
async fn produce<T: Topic>(
    producer: &TypedProducer<T>,
    events: &[T::Value],
    progress: &ProgressBar,
) -> Result<Sent, Failure> {
    progress::start(progress, "produce", events.len());
    let failed = |index| {
        move |source| Failure::Produce {
            topic: T::NAME,
            index,
            source,
        }
    };
    let mut reports = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate() {
        let report = producer.enqueue(event, &[]).await.map_err(failed(index))?;
        reports.push(async move {
            let delivery = report
                .await
                .map_err(ProduceError::from)
                .map_err(failed(index))?;
            progress.inc(1);
            Ok::<_, Failure>(((delivery.partition, delivery.offset), index))
        });
    }
    Ok(try_join_all(reports).await?.into_iter().collect())
}

/// Reads the events back as typed values and compares each with what was sent.
async fn consume<T>(
    events: &[T::Value],
    mut sent: Sent,
    environment: &Environment,
    progress: &ProgressBar,
) -> Result<(), Failure>
where
    T: Topic,
    T::Value: PartialEq + Debug,
{
    progress::start(progress, "consume", events.len());
    let settings = ConsumerSettings::new(group("typed")).start_at(StartAt::Earliest);
    let mut consumer = TypedConsumer::<T>::join(
        &*environment.transport,
        environment.registry.clone(),
        settings,
    )
    .await?;
    while !sent.is_empty() {
        let Ok(received) = timeout(SILENCE, consumer.recv()).await else {
            return Err(Failure::Missing {
                topic: T::NAME,
                missing: sent.len(),
            });
        };
        match received {
            Ok(message) => {
                // A real topic holds other runs' events too.
                if let Some(index) = sent.remove(&(message.partition(), message.offset())) {
                    equal::<T>(index, &events[index], &message.value)?;
                    progress.inc(1);
                }
                consumer.done(&message);
            }
            Err(ConsumeError::Undecodable(record)) => {
                let position = record.position();
                if let Some(index) = sent.remove(&(position.partition, position.offset)) {
                    let source = ConsumeError::Undecodable(record);
                    return Err(Failure::Consume {
                        topic: T::NAME,
                        index,
                        source,
                    });
                }
                consumer.done(&*record);
            }
            Err(error) => match error.reaction() {
                Reaction::GoOn => {}
                // What the brokers or the registry need to come back.
                Reaction::Wait => sleep(PAUSE).await,
                Reaction::Stop => return Err(stopped::<T>(error)),
            },
        }
    }
    consumer.close().await.map_err(stopped::<T>)
}

fn stopped<T: Topic>(source: ConsumeError) -> Failure {
    Failure::Stopped {
        topic: T::NAME,
        source,
    }
}

fn equal<T>(index: usize, sent: &T::Value, received: &T::Value) -> Result<(), Failure>
where
    T: Topic,
    T::Value: PartialEq + Debug,
{
    if sent == received {
        return Ok(());
    }
    let difference = format!("sent {sent:?}, received {received:?}");
    Err(Failure::Differs {
        topic: T::NAME,
        index,
        difference,
    })
}
