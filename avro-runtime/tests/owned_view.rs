//! Views that keep their bytes.

use std::sync::{Arc, Mutex};
use std::thread;

use avro_runtime::bytes::Bytes;
use avro_runtime::{
    AvroSchema, Decode, DecodeError, Encode, EncodeError, OwnedView, Reader, Resolver, View,
    Writer, to_datum,
};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;
use shared::com::acme::{Item, Order, OrderPay};

fn order() -> Order {
    let item = |sku: &str, quantity| Item {
        sku: sku.to_owned(),
        quantity,
    };
    Order {
        id: "an id that no small-string trick could hold inline".to_owned(),
        note: Some("a note".to_owned()),
        raw: vec![7; 40],
        items: vec![
            item("first of the items", 1),
            item("second of the items", 2),
        ],
        labels: [("colour".to_owned(), "red".to_owned())].into(),
        next: Some(Box::new(Order {
            id: "the next order".to_owned(),
            ..base()
        })),
        pay: OrderPay::String("in cash, at the door".to_owned()),
        ..base()
    }
}

fn base() -> Order {
    Order::blank()
}

fn owned(value: &Order) -> OwnedView<Order> {
    OwnedView::new(to_datum(value).unwrap(), &Resolver::same()).unwrap()
}

#[test]
fn a_view_is_read_wherever_its_bytes_have_gone() {
    let expected = order();
    let views: Vec<_> = (0..20).map(|_| owned(&expected)).collect();
    // Moved one by one, out of one allocation and into others.
    let boxed: Vec<Box<OwnedView<Order>>> = views.into_iter().map(Box::new).collect();
    for view in boxed {
        let read = view.get();
        assert_eq!(read.id, expected.id);
        assert_eq!(read.items[1].sku, "second of the items");
        assert_eq!(read.next.as_ref().unwrap().id, "the next order");
        assert_eq!(view.to_owned(), expected);
        assert_eq!(format!("{view:?}"), format!("{read:?}"));
        assert_eq!(view.bytes(), &to_datum(&expected).unwrap());
    }
}

#[test]
fn strings_point_into_the_bytes() {
    let view = owned(&order());
    let memory = view.bytes().as_ptr_range();
    assert!(memory.contains(&view.get().id.as_ptr()));
    assert!(memory.contains(&view.get().raw.as_ptr()));
}

#[test]
fn a_part_of_a_message_is_kept_without_a_copy() {
    let mut message = vec![0, 0, 0, 0, 7];
    message.extend(to_datum(&order()).unwrap());
    let message = Bytes::from(message);
    let view = OwnedView::<Order>::new(message.slice(5..), &Resolver::same()).unwrap();
    assert!(message.as_ptr_range().contains(&view.get().id.as_ptr()));
    drop(message);
    assert_eq!(view.to_owned(), order());
}

#[test]
fn threads_share_one() {
    let view = Arc::new(owned(&order()));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let view = Arc::clone(&view);
            thread::spawn(move || view.get().items.len())
        })
        .collect();
    drop(view);
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 2);
    }
}

#[test]
fn data_of_another_version_are_borrowed_too() {
    let writer = r#"{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
        {"name": "gone", "type": "string"}, {"name": "sku", "type": "bytes"}]}"#;
    let resolver = Resolver::<Item>::new(writer).unwrap();
    let view = OwnedView::new(Bytes::from_static(b"\x02x\x06abc"), &resolver).unwrap();
    assert_eq!((view.get().sku, view.get().quantity), ("abc", 1));
    let error = OwnedView::new(Bytes::from_static(b"\x02x\x06ab"), &resolver).unwrap_err();
    assert_eq!(error.path(), "Item.sku");
}

/// What has happened, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn say(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Memory that says when it is freed.
struct Memory(Vec<u8>, Log);

impl AsRef<[u8]> for Memory {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.fill(b'!');
        self.1.say("freed");
    }
}

/// A text, whose view looks at it once more when it ends.
struct Text(String);

#[derive(Debug)]
struct TextRef<'a>(&'a str);

thread_local! {
    static LAST_WORDS: Log = Log::default();
}

impl Drop for TextRef<'_> {
    fn drop(&mut self) {
        LAST_WORDS.with(|log| log.say(self.0));
    }
}

impl Encode for Text {
    fn encode(&self, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.bytes(self.0.as_bytes());
        Ok(())
    }

    fn encoded_len(&self) -> Result<usize, EncodeError> {
        Ok(1 + self.0.len())
    }

    fn bound(&self) -> usize {
        5 + self.0.len()
    }
}

impl<'de> Decode<'de> for Text {
    const MIN_LEN: usize = 1;

    fn blank() -> Self {
        Self(String::new())
    }

    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        self.0 = r.str()?.to_owned();
        Ok(())
    }
}

impl<'de> Decode<'de> for TextRef<'de> {
    const MIN_LEN: usize = 1;

    fn blank() -> Self {
        Self("")
    }

    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        self.0 = r.str()?;
        Ok(())
    }
}

impl View for TextRef<'_> {
    type Owned = Text;

    fn own(&self) -> Text {
        Text(self.0.to_owned())
    }
}

impl AvroSchema for Text {
    const FULLNAME: &'static str = "Text";
    const SCHEMA: &'static str = "\"string\"";
    const CANONICAL_FORM: &'static str = "\"string\"";
    const RABIN: u64 = 0;
    const SHA256: [u8; 32] = [0; 32];
    const IDENTITY: [u8; 32] = [0; 32];

    type View<'a> = TextRef<'a>;

    fn shorten<'s, 'l: 's>(view: &'s TextRef<'l>) -> &'s TextRef<'s> {
        view
    }
}

#[test]
fn the_view_ends_before_its_memory() {
    let log = LAST_WORDS.with(Clone::clone);
    let memory = |text: &[u8]| Bytes::from_owner(Memory(text.to_vec(), log.clone()));

    let view = OwnedView::<Text>::new(memory(b"\x0alast!"), &Resolver::same()).unwrap();
    assert_eq!(view.get().0, "last!");
    drop(view);
    assert_eq!(log.take(), ["last!", "freed"]);

    let view = OwnedView::<Text>::new(memory(b"\x0aowned"), &Resolver::same()).unwrap();
    let text = view.to_owned();
    let kept = view.bytes().clone();
    drop(view);
    assert_eq!(log.take(), ["owned"]);
    assert_eq!((text.0.as_str(), &kept[1..]), ("owned", &b"owned"[..]));
    drop(kept);
    assert_eq!(log.take(), ["freed"]);

    // Nothing is leaked where the bytes are no datum: the blank view ends, then the memory.
    OwnedView::<Text>::new(memory(b"\x0ashort"[..5].as_ref()), &Resolver::same()).unwrap_err();
    assert_eq!(log.take(), ["", "freed"]);
}
