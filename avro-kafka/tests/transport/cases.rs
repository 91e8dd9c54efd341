//! What a producer and a consumer can rely on, whatever the transport.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use avro_kafka::{
    IncomingRecord, OutgoingRecord, Position, Positioned, RawRecord, Reaction, StartAt, Subscriber,
    Subscription, Transport, TransportErrorKind,
};

/// Long enough for a group to form on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) type Kafka = Arc<dyn Transport>;

pub(crate) async fn join(kafka: &Kafka, group: &str, topic: &str) -> Box<dyn Subscriber> {
    let subscription = Subscription {
        group: group.to_owned(),
        topics: vec![topic.to_owned()],
        start_at: StartAt::Earliest,
    };
    kafka.subscribe(subscription).await.unwrap()
}

/// The next record; errors that pass are waited out, as every consumer does.
pub(crate) async fn next(subscriber: &dyn Subscriber) -> IncomingRecord {
    let record = async {
        loop {
            match subscriber.recv().await {
                Ok(record) => return record,
                Err(error) => assert_ne!(error.reaction(), Reaction::Stop, "{error:?}"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, record)
        .await
        .expect("a record in time")
}

/// A record comes back byte for byte: absent key, absent value and empty value are three different things, and so are headers.
pub(crate) async fn bytes_come_back(kafka: Kafka, topic: &str) {
    let sent = [
        OutgoingRecord::to(topic)
            .key(b"k")
            .value(b"v")
            .header("a", b"1")
            .header("a", b"2")
            .header("empty", b""),
        OutgoingRecord::to(topic).key(&[0, 255, 7]).value(b""),
        OutgoingRecord::to(topic).key(b"gone"),
        OutgoingRecord {
            headers: vec![
                (b"null", None),
                (b"\xff\xfe", Some(b"no text")),
                ("\u{fffd}".as_bytes(), None),
            ],
            ..OutgoingRecord::to(topic).value(b"no key")
        },
        OutgoingRecord {
            timestamp: Some(1_000_000_000_000),
            ..OutgoingRecord::to(topic).value(b"old")
        },
    ];
    for record in &sent {
        let delivery = kafka.send(record.clone().partition(0)).await.unwrap();
        assert_eq!(delivery.partition, 0);
    }
    let subscriber = join(&kafka, &format!("{topic}-bytes"), topic).await;
    for (offset, expected) in sent.iter().enumerate() {
        let record = next(&*subscriber).await;
        assert_eq!(&*record.topic, topic);
        assert_eq!((record.partition, record.offset), (0, offset as i64));
        assert_eq!(record.key.as_deref(), expected.key);
        assert_eq!(record.value.as_deref(), expected.value);
        let headers: Vec<_> = record
            .headers
            .iter()
            .map(|h| (h.name.as_bytes(), h.value.as_deref()))
            .collect();
        assert_eq!(headers, expected.headers);
        assert!(record.timestamp.is_some_and(|time| time > 0), "{record:?}");
        if expected.timestamp.is_some() {
            assert_eq!(record.timestamp, expected.timestamp);
        }
    }
    subscriber.close().await.unwrap();
}

/// Thousands of records, handed over without waiting for each: none lost, none doubled, in order per key, and one key
/// in one partition.
pub(crate) async fn many_records_in_order(kafka: Kafka, topic: &str) {
    const KEYS: u32 = 50;
    const EACH: u32 = 100;
    let mut reports = Vec::new();
    for number in 0..EACH {
        for key in 0..KEYS {
            let record = (key.to_be_bytes(), number.to_be_bytes());
            let record = OutgoingRecord::to(topic).key(&record.0).value(&record.1);
            reports.push(kafka.enqueue(record).await.unwrap());
        }
    }
    kafka.flush(PATIENCE).await.unwrap();
    let mut places = BTreeSet::new();
    for report in reports {
        let delivery = report.await.unwrap();
        assert!(places.insert((delivery.partition, delivery.offset)));
    }

    let subscriber = join(&kafka, &format!("{topic}-many"), topic).await;
    let mut seen: BTreeMap<Vec<u8>, (i32, u32)> = BTreeMap::new();
    for _ in 0..KEYS * EACH {
        let record = next(&*subscriber).await;
        let key = record.key.as_deref().unwrap().to_vec();
        let number = u32::from_be_bytes(record.value.as_deref().unwrap().try_into().unwrap());
        let (partition, expected) = seen.entry(key).or_insert((record.partition, 0));
        assert_eq!(*partition, record.partition);
        assert_eq!(*expected, number);
        *expected += 1;
    }
    assert_eq!(seen.len(), KEYS as usize);
    assert!(seen.values().all(|(_, count)| *count == EACH));
    let used: BTreeSet<i32> = seen.values().map(|(partition, _)| *partition).collect();
    assert!(used.len() > 1, "all keys went to one partition");
    subscriber.close().await.unwrap();
}

/// Nothing is committed but by `commit`; a group that comes back goes on after what it committed.
pub(crate) async fn only_commits_are_remembered(kafka: Kafka, topic: &str) {
    for value in [b"0", b"1", b"2", b"3"] {
        kafka
            .send(OutgoingRecord::to(topic).partition(0).value(value))
            .await
            .unwrap();
    }
    let group = format!("{topic}-commits");

    let first = join(&kafka, &group, topic).await;
    assert_eq!(next(&*first).await.offset, 0);
    assert_eq!(next(&*first).await.offset, 1);
    first.close().await.unwrap();

    let second = join(&kafka, &group, topic).await;
    let mut read = Vec::new();
    for expected in 0..3 {
        let record = next(&*second).await;
        assert_eq!(record.offset, expected, "reading was not a commit");
        read.push(record.position());
    }
    // Out of order, as they are done by tasks that ran side by side: the highest counts.
    second
        .commit(&[read[1].clone(), read[0].clone()])
        .await
        .unwrap();
    second.close().await.unwrap();

    let third = join(&kafka, &group, topic).await;
    let record = next(&*third).await;
    assert_eq!(record.offset, 2);
    third.commit(&[record.position()]).await.unwrap();
    // Dropped, not closed: the commit holds nevertheless.
    drop(third);

    let fourth = join(&kafka, &group, topic).await;
    assert_eq!(next(&*fourth).await.offset, 3);
    fourth.close().await.unwrap();

    let other = join(&kafka, &format!("{group}-other"), topic).await;
    assert_eq!(next(&*other).await.offset, 0, "groups are independent");
    other.close().await.unwrap();
}

/// A future of `recv` that is dropped takes no record with it.
pub(crate) async fn giving_up_waiting_loses_nothing(kafka: Kafka, topic: &str) {
    const COUNT: i64 = 200;
    let subscriber = join(&kafka, &format!("{topic}-cancel"), topic).await;
    let sender = {
        let (kafka, topic) = (Arc::clone(&kafka), topic.to_owned());
        tokio::spawn(async move {
            for _ in 0..COUNT {
                kafka
                    .send(OutgoingRecord::to(&topic).partition(0).value(b"x"))
                    .await
                    .unwrap();
            }
        })
    };
    for expected in 0..COUNT {
        let record = loop {
            let soon = Duration::from_micros(300);
            match tokio::time::timeout(soon, subscriber.recv()).await {
                Ok(record) => break record.unwrap(),
                Err(_too_late) => {}
            }
        };
        assert_eq!(record.offset, expected);
    }
    sender.await.unwrap();
    subscriber.close().await.unwrap();
}

/// Two members share the partitions; when one leaves, the other has them all.
pub(crate) async fn members_share_the_partitions(kafka: Kafka, topic: &str) {
    let group = format!("{topic}-shared");
    let first = join(&kafka, &group, topic).await;
    let second = join(&kafka, &group, topic).await;
    let mut owners: BTreeMap<i32, &str> = BTreeMap::new();
    let mut sent = 0u32;
    let started = tokio::time::Instant::now();
    // Until both have been given records, which takes as long as the group takes to settle.
    while owners.values().collect::<BTreeSet<_>>().len() < 2 {
        assert!(
            started.elapsed() < PATIENCE,
            "the group never settled: {owners:?}"
        );
        for partition in 0..2 {
            let value = sent.to_be_bytes();
            kafka
                .send(OutgoingRecord::to(topic).partition(partition).value(&value))
                .await
                .unwrap();
            sent += 1;
        }
        let soon = Duration::from_millis(100);
        for (name, member) in [("first", &first), ("second", &second)] {
            while let Ok(record) = tokio::time::timeout(soon, member.recv()).await {
                if let Ok(record) = record {
                    owners.insert(record.partition, name);
                }
            }
        }
    }
    second.close().await.unwrap();
    let mut partitions = BTreeSet::new();
    while partitions.len() < 2 {
        assert!(
            started.elapsed() < 2 * PATIENCE,
            "its partitions were not taken over"
        );
        for partition in 0..2 {
            kafka
                .send(
                    OutgoingRecord::to(topic)
                        .partition(partition)
                        .value(b"after"),
                )
                .await
                .unwrap();
        }
        let soon = Duration::from_millis(100);
        while let Ok(Ok(record)) = tokio::time::timeout(soon, first.recv()).await {
            if record.value.as_deref() == Some(b"after") {
                partitions.insert(record.partition);
            }
        }
    }
    first.close().await.unwrap();
}

/// A commit of what lies before the last commit changes nothing, be that one of this member or of one before it.
pub(crate) async fn commits_never_go_back(kafka: Kafka, topic: &str) {
    for value in [b"0", b"1", b"2", b"3"] {
        kafka
            .send(OutgoingRecord::to(topic).partition(0).value(value))
            .await
            .unwrap();
    }
    let group = format!("{topic}-back");
    let first = join(&kafka, &group, topic).await;
    let mut read = Vec::new();
    for _ in 0..4 {
        read.push(next(&*first).await.position());
    }
    for done in [1, 2, 0] {
        first
            .commit(std::slice::from_ref(&read[done]))
            .await
            .unwrap();
    }
    // Side by side, as by tasks of their own: whichever comes first.
    let (lower, higher) = tokio::join!(first.commit(&read[..1]), first.commit(&read[1..3]));
    lower.unwrap();
    higher.unwrap();
    first.close().await.unwrap();

    let second = join(&kafka, &group, topic).await;
    assert_eq!(next(&*second).await.offset, 3);
    second.commit(&read[..1]).await.unwrap();
    second.close().await.unwrap();

    let third = join(&kafka, &group, topic).await;
    assert_eq!(next(&*third).await.offset, 3);
    third.commit(&read[3..]).await.unwrap();
    third.close().await.unwrap();
}

/// A position that no record has is an error, and neither a panic nor a commit.
pub(crate) async fn impossible_positions_are_refused(kafka: Kafka, topic: &str) {
    kafka
        .send(OutgoingRecord::to(topic).partition(0).value(b"0"))
        .await
        .unwrap();
    let group = format!("{topic}-impossible");
    let subscriber = join(&kafka, &group, topic).await;
    let record = next(&*subscriber).await.position();
    for offset in [i64::MAX, -1, i64::MIN] {
        let made_up = Position {
            offset,
            ..record.clone()
        };
        let commit = subscriber.commit(std::slice::from_ref(&made_up));
        let error = commit.await.unwrap_err();
        assert_eq!(error.uncommitted()[0].position, made_up);
        assert_eq!(error.kind(), TransportErrorKind::Rejected, "{error}");
    }
    subscriber.close().await.unwrap();
    let subscriber = join(&kafka, &group, topic).await;
    assert_eq!(next(&*subscriber).await.offset, 0);
    subscriber.close().await.unwrap();
}

/// A member cannot commit in a partition that the group took from it, so that the group never goes back to where that
/// member was.
pub(crate) async fn a_lost_partition_cannot_be_committed(kafka: Kafka, topic: &str) {
    const EACH: i64 = 20;
    for number in 0..2 * EACH {
        let record = OutgoingRecord::to(topic).partition((number % 2) as i32);
        kafka.send(record.value(b"x")).await.unwrap();
    }
    let group = format!("{topic}-lost");
    let first = join(&kafka, &group, topic).await;
    let mut undone: BTreeMap<i32, Position> = BTreeMap::new();
    while undone.len() < 2 {
        let record = next(&*first).await;
        undone.entry(record.partition).or_insert(record.position());
    }

    let second = join(&kafka, &group, topic).await;
    let done = first_of(&*second, &*first).await;
    assert_eq!(done.offset, 0, "nothing was committed yet");
    for offset in 1..EACH / 2 {
        assert_eq!(next(&*second).await.offset, offset);
    }
    let done = Position {
        offset: EACH / 2 - 1,
        ..done.position()
    };
    second.commit(std::slice::from_ref(&done)).await.unwrap();

    let lost = undone.remove(&done.partition).unwrap();
    let kept = undone.into_values().next().unwrap();
    let error = first.commit(std::slice::from_ref(&lost)).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Revoked, "{error}");
    assert_eq!(error.reaction(), Reaction::GoOn);
    // The partition that is still its own is committed nevertheless, and the error names the other.
    let error = first
        .commit(&[kept.clone(), lost.clone()])
        .await
        .unwrap_err();
    let uncommitted: Vec<_> = error.uncommitted().iter().map(|it| &it.position).collect();
    assert_eq!(uncommitted, [&lost], "{error}");
    assert_eq!(error.kind(), TransportErrorKind::Revoked, "{error}");
    let text = error.to_string();
    assert!(
        text.contains(&lost.to_string()) && text.contains(&group),
        "{text}"
    );
    assert!(!text.contains(&kept.to_string()), "{text}");
    first.close().await.unwrap();
    second.close().await.unwrap();

    let third = join(&kafka, &group, topic).await;
    let mut resumed = BTreeMap::new();
    while resumed.len() < 2 {
        let record = next(&*third).await;
        resumed.entry(record.partition).or_insert(record.offset);
    }
    assert_eq!(resumed[&done.partition], EACH / 2, "the group went back");
    assert_eq!(resumed[&kept.partition], kept.offset + 1);
    third.close().await.unwrap();
}

/// The first record of one member, while the other takes part in the group too.
async fn first_of(member: &dyn Subscriber, other: &dyn Subscriber) -> IncomingRecord {
    let others = async {
        loop {
            // What it reads, and whether there is anything, is of no interest.
            let _ = other.recv().await;
        }
    };
    tokio::select! {
        record = next(member) => record,
        never = others => never,
    }
}

/// A record that was received is sent on as it was, names of headers that are no UTF-8 too: byte for byte, also by a
/// consumer that sets it aside.
pub(crate) async fn records_are_sent_on_as_they_were(kafka: Kafka, topic: &str) {
    let every_byte_but_nul: Vec<u8> = (1..=255).collect();
    let names: [&[u8]; 5] = [
        b"\xff",
        b"\xc3\x28",
        "ключ".as_bytes(),
        b"",
        &every_byte_but_nul,
    ];
    let original = OutgoingRecord {
        headers: names.iter().map(|name| (*name, Some(&b"v"[..]))).collect(),
        ..OutgoingRecord::to(topic).partition(0).key(b"k").value(b"v")
    };
    kafka.send(original.clone()).await.unwrap();
    let subscriber = join(&kafka, &format!("{topic}-on"), topic).await;
    let first = next(&*subscriber).await;
    let headers = first.headers.iter();
    let again = OutgoingRecord {
        headers: headers
            .map(|h| (h.name.as_bytes(), h.value.as_deref()))
            .collect(),
        ..OutgoingRecord::to(topic).partition(0).key(b"k").value(b"v")
    };
    assert_eq!(again.headers, original.headers);
    kafka.send(again).await.unwrap();
    let second = next(&*subscriber).await;
    assert_eq!(second.headers, first.headers);
    let archived = RawRecord::from(second.clone());
    assert_eq!(IncomingRecord::from(archived), second);
    subscriber.close().await.unwrap();
}
