//! What messages say in their headers, as any other consumer sees it.

use std::time::Duration;

use avro_kafka::{IncomingRecord, StartAt, Subscription};
use generated_example::{Environment, TOPICS, run};
use indicatif::{MultiProgress, ProgressDrawTarget};

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn the_topic_that_carries_json_beside_avro_alone_says_avro() {
    let environment = Environment::embedded(&TOPICS).await.unwrap();
    let hidden = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
    run(&environment, &hidden).await.unwrap();
    for topic in TOPICS {
        let record = first_of(&environment, topic).await;
        let expected = (topic == "orders.raw").then_some(&b"avro"[..]);
        assert_eq!(record.header("serialization"), expected, "{topic}");
        let producer = record.header("producer");
        assert_eq!(producer, Some(&b"generated-example"[..]), "{topic}");
    }
}

async fn first_of(environment: &Environment, topic: &str) -> IncomingRecord {
    let subscription = Subscription {
        group: format!("headers-of-{topic}"),
        topics: vec![topic.to_owned()],
        start_at: StartAt::Earliest,
    };
    let subscriber = environment.transport.subscribe(subscription).await.unwrap();
    let record = tokio::time::timeout(PATIENCE, subscriber.recv()).await;
    let record = record.expect("a record in time").unwrap();
    subscriber.close().await.unwrap();
    record
}
