//! Headers as librdkafka hands them over: many of them, strange ones, and lists that it cannot take apart.

use std::sync::Arc;

use avro_kafka::mock::Broker;
use avro_kafka::{OutgoingRecord, RdKafka};

use crate::cases::{self, Kafka};

type Headers<'a> = Vec<(&'a [u8], Option<&'a [u8]>)>;

fn connect(broker: &Broker) -> Kafka {
    Arc::new(RdKafka::new(broker.settings()).unwrap())
}

/// Sends a record with each of these lists, and says what comes back.
async fn there_and_back(lists: &[Headers<'_>]) -> Vec<Vec<(Vec<u8>, Option<Vec<u8>>)>> {
    let broker = Broker::start([("t", 1)]).unwrap();
    let kafka = connect(&broker);
    for headers in lists {
        let record = OutgoingRecord {
            headers: headers.clone(),
            ..OutgoingRecord::to("t").value(b"v")
        };
        kafka.send(record).await.unwrap();
    }
    let subscriber = cases::join(&kafka, "g", "t").await;
    let mut read = Vec::new();
    for _ in lists {
        let record = cases::next(&*subscriber).await;
        assert_eq!(record.value.as_deref(), Some(&b"v"[..]));
        let headers = record.headers.into_iter();
        let own = headers.map(|h| (h.name.as_bytes().to_vec(), h.value.map(Vec::from)));
        read.push(own.collect());
    }
    read
}

fn owned(headers: &Headers<'_>) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let own =
        |(name, value): &(&[u8], Option<&[u8]>)| ((*name).to_vec(), value.map(<[u8]>::to_vec));
    headers.iter().map(own).collect()
}

#[tokio::test]
async fn whatever_the_headers_they_come_back_in_order() {
    let long = "n".repeat(10_000);
    let many: Vec<(String, [u8; 4])> = (0..5_000u32)
        .map(|number| (format!("h{}", number % 7), number.to_be_bytes()))
        .collect();
    let lists: [Headers<'_>; 5] = [
        Vec::new(),
        vec![(b"", Some(b"no name")), (b"", None), (b"a", Some(b""))],
        vec![
            ("ключ".as_bytes(), Some(&[0xff, 0, 0xfe])),
            ("\u{202e}\n\"".as_bytes(), Some(b"\0")),
        ],
        vec![(long.as_bytes(), Some(long.as_bytes()))],
        many.iter()
            .map(|(n, v)| (n.as_bytes(), Some(&v[..])))
            .collect(),
    ];
    let read = there_and_back(&lists).await;
    for (list, read) in lists.iter().zip(read) {
        assert_eq!(read, owned(list));
    }
}

/// librdkafka takes apart no list of more than 100,000.
#[tokio::test]
async fn a_list_that_cannot_be_read_stops_nobody() {
    let most: Headers<'_> = vec![(b"", None); 100_000];
    let too_many: Headers<'_> = vec![(b"", None); 100_001];
    let read = there_and_back(&[most, too_many, vec![(b"after", None)]]).await;
    let counts: Vec<usize> = read.iter().map(Vec::len).collect();
    assert_eq!(counts, [100_000, 0, 1]);
}
