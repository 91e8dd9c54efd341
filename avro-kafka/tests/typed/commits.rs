//! What a typed consumer commits, when, and what becomes of a commit that fails.

use std::time::Duration;

use avro_kafka::{
    ConsumeError, ConsumerSettings, Event, Positioned, Reaction, TransportError, TransportErrorKind,
};

use crate::consumer::{Shop, undecodable};

#[tokio::test]
async fn nothing_is_committed_by_itself() {
    let shop = Shop::open();
    for quantity in 1..=4 {
        shop.send(quantity).await;
    }
    let mut first = shop.consumer().await;
    first.recv().await.unwrap();
    first.recv().await.unwrap();
    first.close().await.unwrap();
    assert_eq!(shop.committed(), None);

    let mut second = shop.consumer().await;
    let one = second.recv().await.unwrap();
    let two = second.recv().await.unwrap();
    assert_eq!((one.value.quantity, two.value.quantity), (1, 2));
    second.commit(&one).await.unwrap();
    assert_eq!(shop.committed(), Some(1));
    let three = second.recv().await.unwrap();
    second.commit_all([&three, &two]).await.unwrap();
    assert_eq!(shop.committed(), Some(3));
    drop(second);

    let mut third = shop.consumer().await;
    assert_eq!(third.recv().await.unwrap().value.quantity, 4);
}

/// What is done is committed by the calls of `recv` that follow, and by the end.
#[tokio::test(start_paused = true)]
async fn what_is_done_is_committed_in_the_background() {
    let shop = Shop::open();
    for quantity in 1..=3 {
        shop.send(quantity).await;
    }
    shop.send_raw(Some(b"no datum")).await;
    let settings = ConsumerSettings::new("g").commit_interval(Duration::from_secs(10));
    let mut consumer = shop.consumer_with(settings).await;
    let one = consumer.recv().await.unwrap();
    consumer.done(&one);
    assert_eq!(shop.committed(), None, "it takes a call of `recv`");
    let two = consumer.recv().await.unwrap();
    assert_eq!(shop.committed(), Some(1));
    consumer.done(&two);
    let three = consumer.recv().await.unwrap();
    consumer.done(&three);
    let bad = undecodable(&mut consumer).await;
    assert_eq!(shop.committed(), Some(1), "the interval is not over");
    // Nothing comes any more, and the commit comes nevertheless.
    let silence = tokio::time::timeout(Duration::from_secs(11), consumer.recv()).await;
    assert!(silence.is_err());
    assert_eq!(shop.committed(), Some(3));
    consumer.done(&*bad);
    consumer.close().await.unwrap();
    assert_eq!(shop.committed(), Some(4));
}

/// A loop that always finds the next message still lets other tasks run, and its commits with them.
#[tokio::test]
async fn a_backlog_holds_up_no_commit_and_no_task() {
    const BACKLOG: i32 = 3000;
    let shop = Shop::open();
    for quantity in 1..=BACKLOG {
        shop.send(quantity).await;
    }
    let settings = ConsumerSettings::new("g").commit_interval(Duration::from_millis(1));
    let mut consumer = shop.consumer_with(settings).await;
    consumer.recv().await.unwrap();
    let other = tokio::spawn(async {});
    for _ in 1..BACKLOG {
        let message = consumer.recv().await.unwrap();
        consumer.done(&message);
    }
    assert!(other.is_finished());
    let committed = shop.committed().unwrap();
    assert!(committed > i64::from(BACKLOG / 2), "{committed}");
}

/// While the registry keeps a record waiting, what came before it is committed all the same.
#[tokio::test(start_paused = true)]
async fn an_outage_of_the_registry_holds_up_no_commit() {
    let shop = Shop::open();
    shop.send(1).await;
    shop.send_raw(Some(&[0, 0, 0, 0, 99, 2, b'a', 2])).await;
    let mut consumer = shop.consumer().await;
    let one = consumer.recv().await.unwrap();
    shop.registry.set_away(true);
    consumer.recv().await.unwrap_err();
    consumer.done(&one);
    consumer.recv().await.unwrap_err();
    assert_eq!(shop.committed(), Some(1));
}

/// A commit that nobody may make ends the loop by `recv`, and loses no message for it.
#[tokio::test(start_paused = true)]
async fn a_refused_commit_is_said_by_recv() {
    let shop = Shop::open();
    shop.send(1).await;
    shop.send(2).await;
    let mut refused = true;
    shop.kafka.set_hook(move |event| match event {
        Event::Commit(_) if std::mem::take(&mut refused) => Err(TransportError::new(
            TransportErrorKind::Unauthorized,
            "not for you",
        )),
        _ => Ok(()),
    });
    let mut consumer = shop.consumer().await;
    let one = consumer.recv().await.unwrap();
    consumer.done(&one);
    let error = consumer.recv().await.unwrap_err();
    assert_eq!(error.reaction(), Reaction::Stop);
    let ConsumeError::Commit(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.uncommitted()[0].position, one.position());
    assert_eq!(error.to_string(), "not committed: items[0]@0: not for you");
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 2);
    consumer.close().await.unwrap();
    assert_eq!(shop.committed(), Some(1), "the end tries once more");
}
