use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::sync::Arc;
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{
    KafkaSettings, OutgoingRecord, Positioned, RdKafka, Transport, TransportErrorKind,
};

use crate::cases::{self, Kafka};

fn connect(broker: &Broker) -> Kafka {
    Arc::new(RdKafka::new(broker.settings()).unwrap())
}

#[tokio::test]
async fn bytes_come_back() {
    let broker = Broker::start([("t", 2)]).unwrap();
    cases::bytes_come_back(connect(&broker), "t").await;
}

#[tokio::test]
async fn records_are_sent_on_as_they_were() {
    let broker = Broker::start([("t", 1)]).unwrap();
    cases::records_are_sent_on_as_they_were(connect(&broker), "t").await;
}

#[tokio::test]
async fn many_records_in_order() {
    let broker = Broker::start([("t", 4)]).unwrap();
    cases::many_records_in_order(connect(&broker), "t").await;
}

#[tokio::test]
async fn only_commits_are_remembered() {
    let broker = Broker::start([("t", 1)]).unwrap();
    cases::only_commits_are_remembered(connect(&broker), "t").await;
}

#[tokio::test]
async fn giving_up_waiting_loses_nothing() {
    let broker = Broker::start([("t", 1)]).unwrap();
    cases::giving_up_waiting_loses_nothing(connect(&broker), "t").await;
}

#[tokio::test]
async fn members_share_the_partitions() {
    let broker = Broker::start([("t", 2)]).unwrap();
    cases::members_share_the_partitions(connect(&broker), "t").await;
}

#[tokio::test]
async fn commits_never_go_back() {
    let broker = Broker::start([("t", 1)]).unwrap();
    cases::commits_never_go_back(connect(&broker), "t").await;
}

#[tokio::test]
async fn impossible_positions_are_refused() {
    let broker = Broker::start([("t", 1)]).unwrap();
    cases::impossible_positions_are_refused(connect(&broker), "t").await;
}

#[tokio::test]
async fn a_lost_partition_cannot_be_committed() {
    let broker = Broker::start([("t", 2)]).unwrap();
    cases::a_lost_partition_cannot_be_committed(connect(&broker), "t").await;
}

/// A member that stands still for longer than the poll interval is out of the group, even before it notices.
#[tokio::test]
async fn a_member_that_stood_still_cannot_commit() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker.settings().consumer("max.poll.interval.ms", "3000");
    let kafka: Kafka = Arc::new(RdKafka::new(settings).unwrap());
    kafka
        .send(OutgoingRecord::to("t").value(b"v"))
        .await
        .unwrap();
    let subscriber = cases::join(&kafka, "g", "t").await;
    let record = cases::next(&*subscriber).await.position();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let error = subscriber.commit(&[record]).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Revoked, "{error}");
}

/// A test against the transport in memory sees the partitions that production will see.
#[tokio::test]
async fn a_key_has_the_same_partition_as_in_memory() {
    let broker = Broker::start([("t", 7)]).unwrap();
    let kafka = connect(&broker);
    let memory = avro_kafka::InMemory::new();
    memory.create_topic("t", 7);
    for number in 0..100 {
        let key = format!("order-{number}");
        let record = OutgoingRecord::to("t").key(key.as_bytes()).value(b"v");
        let here = memory.send(record.clone()).await.unwrap();
        let there = kafka.send(record).await.unwrap();
        assert_eq!(here.partition, there.partition, "{key}");
    }
}

#[tokio::test]
async fn an_outage_fails_in_time_and_ends() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker
        .settings()
        .producer("message.timeout.ms", "1500")
        .set("reconnect.backoff.max.ms", "200");
    let kafka = RdKafka::new(settings).unwrap();
    kafka
        .send(OutgoingRecord::to("t").value(b"before"))
        .await
        .unwrap();
    broker.interrupt().unwrap();
    let error = kafka
        .send(OutgoingRecord::to("t").value(b"during"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::TimedOut);
    assert!(error.is_retriable());
    broker.resume().unwrap();
    kafka
        .send(OutgoingRecord::to("t").value(b"after"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_record_that_is_too_large_is_refused() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker.settings().producer("message.max.bytes", "1000");
    let kafka = RdKafka::new(settings).unwrap();
    let error = kafka
        .send(OutgoingRecord::to("t").value(&[0; 2000]))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Rejected);
    assert!(!error.is_retriable());
}

/// What the transport does itself never holds the executor's only thread, not even with no broker to talk to.
#[tokio::test(flavor = "current_thread")]
async fn the_executor_is_never_held_up() {
    let unreachable = KafkaSettings::new("127.0.0.1:1").producer("message.timeout.ms", "2000");
    let kafka: Kafka = Arc::new(RdKafka::new(unreachable).unwrap());
    let ticks = tokio::spawn(async {
        let mut longest = Duration::ZERO;
        for _ in 0..150 {
            let before = tokio::time::Instant::now();
            tokio::time::sleep(Duration::from_millis(10)).await;
            longest = longest.max(before.elapsed());
        }
        longest
    });
    let subscriber = cases::join(&kafka, "g", "t").await;
    let position = avro_kafka::Position {
        topic: "t".into(),
        partition: 0,
        offset: 0,
    };
    let pending = kafka
        .enqueue(OutgoingRecord::to("t").value(b"v"))
        .await
        .unwrap();
    let waiting = Duration::from_millis(300);
    let _ = tokio::time::timeout(waiting, subscriber.recv()).await;
    let _ = tokio::time::timeout(waiting, subscriber.commit(&[position])).await;
    let flushed = kafka.flush(waiting).await.unwrap_err();
    assert_eq!(flushed.kind(), TransportErrorKind::TimedOut);
    drop(pending);
    drop(subscriber);
    drop(kafka);
    let longest = ticks.await.unwrap();
    assert!(
        longest < Duration::from_millis(500),
        "the executor stood still for {longest:?}"
    );
}

/// Any sender can give a header a name that is no UTF-8; rdkafka's accessor panics on it.
#[tokio::test]
async fn a_header_name_that_is_no_text_stops_nobody() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let servers = broker.bootstrap_servers().to_owned();
    tokio::task::spawn_blocking(move || send_strange_header(&servers))
        .await
        .unwrap();
    let kafka = connect(&broker);
    let subscriber = cases::join(&kafka, "g", "t").await;
    let record = cases::next(&*subscriber).await;
    let headers: Vec<_> = record
        .headers
        .iter()
        .map(|h| (h.name.as_bytes(), h.value.as_deref()))
        .collect();
    assert_eq!(
        headers,
        [(&b"\xffx"[..], Some(&b"kept"[..])), (b"after", None)]
    );
}

/// rdkafka takes only `&str` for a name, so this speaks to librdkafka itself.
#[allow(
    unsafe_code,
    reason = "the case cannot be made through the safe interface"
)]
fn send_strange_header(servers: &str) {
    use rdkafka::ClientConfig;
    use rdkafka::bindings as c;
    use rdkafka::producer::{BaseProducer, Producer};

    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", servers)
        .create()
        .unwrap();
    let topic = CString::new("t").unwrap();
    // SAFETY: the client lives to the end of this function; topic and headers are made, used and given away or freed here,
    // as librdkafka's manual has it: a message that was taken owns its headers.
    unsafe {
        let headers = c::rd_kafka_headers_new(2);
        let add = |name: &[u8], value: Option<&[u8]>| {
            let bytes = value.map_or(ptr::null(), |v| v.as_ptr().cast::<c_void>());
            let size = value.map_or(0, <[u8]>::len) as isize;
            c::rd_kafka_header_add(
                headers,
                name.as_ptr().cast::<c_char>(),
                name.len() as isize,
                bytes,
                size,
            )
        };
        assert_eq!(add(b"\xffx", Some(b"kept")) as i32, 0);
        assert_eq!(add(b"after", None) as i32, 0);
        let client = producer.client().native_ptr();
        let sent = c::rd_kafka_producev(
            client,
            c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_TOPIC,
            topic.as_ptr(),
            c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_HEADERS,
            headers,
            c::rd_kafka_vtype_t::RD_KAFKA_VTYPE_END,
        );
        assert_eq!(sent as i32, 0);
    }
    producer.flush(Duration::from_secs(30)).unwrap();
}
