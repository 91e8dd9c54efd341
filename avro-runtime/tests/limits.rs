//! The limit on memory holds for what collections really take, and reading stays linear.

#![allow(clippy::disallowed_types, reason = "what a HashMap may take is tested")]

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use avro_runtime::codec::{
    Array, FieldCodec, FieldDecode, FixedBytes, Long, Map, Named, NullableUnion,
};
use avro_runtime::json::{FieldFromJson, Form, JsonReader};
use avro_runtime::{Decode, DecodeErrorKind, Limit, Limits, Reader, Writer};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;
use shared::com::acme::OrderExtra;

fn within(allocation: usize) -> Limits {
    Limits {
        allocation,
        ..Limits::default()
    }
}

/// The smallest limit on memory within which `read` succeeds.
fn charged(read: impl Fn(Limits) -> Result<(), DecodeErrorKind>) -> usize {
    let exceeded = Err(DecodeErrorKind::LimitExceeded(Limit::Allocation));
    let (mut too_small, mut enough) = (0, 1 << 30);
    while enough - too_small > 1 {
        let middle = usize::midpoint(too_small, enough);
        match read(within(middle)) {
            Ok(()) => enough = middle,
            error => {
                assert_eq!(error, exceeded);
                too_small = middle;
            }
        }
    }
    enough
}

fn charged_binary<'de, C: FieldDecode<'de, T>, T>(datum: &'de [u8]) -> usize {
    charged(|limits| {
        let mut r = Reader::with_limits(datum, limits);
        let read = C::decode_into(&mut C::blank(), &mut r);
        read.map_err(|error| error.kind().clone())
    })
}

fn charged_json<C: FieldFromJson<T> + FieldDecode<'static, T>, T>(text: &str) -> usize {
    charged(|limits| {
        let mut r = JsonReader::new(text, Form::Plain, limits);
        let read = C::read_json(&mut C::blank(), &mut r);
        read.map_err(|error| error.kind().clone())
    })
}

type Maps = Array<Map<Long>>;

/// Eleven entries of 32 bytes, and the head.
const NODE: usize = 11 * 32 + 32;

#[test]
fn a_map_of_one_entry_costs_a_whole_node() {
    // 1000 maps; each of one entry: an empty key, the number 0, the end.
    let datum = [[0xd0, 0x0f].as_slice(), &[2, 0, 0, 0].repeat(1000), &[0]].concat();
    assert_eq!(
        charged_binary::<Maps, Vec<BTreeMap<String, i64>>>(&datum),
        datum.len() + 1000 * (size_of::<BTreeMap<String, i64>>() + NODE)
    );
    let buckets = 4 * 33 + 16;
    assert_eq!(
        charged_binary::<Maps, Vec<HashMap<String, i64>>>(&datum),
        datum.len() + 1000 * (size_of::<HashMap<String, i64>>() + buckets)
    );
    assert_eq!(
        charged_binary::<Maps, Vec<Vec<(&str, i64)>>>(&datum),
        datum.len() + 1000 * (size_of::<Vec<(&str, i64)>>() + 4 * 24)
    );
    let text = format!("[{}]", vec![r#"{"":0}"#; 1000].join(","));
    assert_eq!(
        charged_json::<Maps, Vec<BTreeMap<String, i64>>>(&text),
        text.len() + 1024 * size_of::<BTreeMap<String, i64>>() + 1000 * NODE
    );
}

#[test]
fn the_blocks_of_a_map_are_charged_together() {
    let entry = |key: u8| [2, key, 0];
    let one_by_one: Vec<u8> = (b'a'..=b'z')
        .flat_map(|key| [[2].as_slice(), &entry(key)].concat())
        .chain([0])
        .collect();
    let at_once: Vec<u8> = [52]
        .into_iter()
        .chain((b'a'..=b'z').flat_map(entry))
        .chain([0])
        .collect();
    for datum in [one_by_one, at_once] {
        assert_eq!(
            charged_binary::<Map<Long>, BTreeMap<String, i64>>(&datum),
            datum.len() + 6 * NODE
        );
    }
}

#[test]
fn a_vector_of_one_element_has_room_for_one() {
    type Large = Array<FixedBytes<1000>>;
    let datum = [[2].as_slice(), &[7; 1000], &[0]].concat();
    let mut value: Vec<[u8; 1000]> = Vec::new();
    Large::decode_into(&mut value, &mut Reader::new(&datum)).unwrap();
    assert_eq!(value.capacity(), 1);
    assert_eq!(
        charged_binary::<Large, Vec<[u8; 1000]>>(&datum),
        datum.len() + 1000
    );
}

/// Also with debug assertions: going back to a union's index must not look at the rest.
#[test]
fn a_million_unions_are_read_in_linear_time() {
    type Extras = Array<NullableUnion<1>>;
    let values = vec![Some(OrderExtra::Int(0)); 1_000_000];
    let mut datum = Vec::new();
    let mut w = Writer::new(&mut datum, Extras::bound(&values));
    Extras::encode(&values, &mut w).unwrap();
    w.finish();
    let start = Instant::now();
    let mut read: Vec<Option<OrderExtra>> = Vec::new();
    Extras::decode_into(&mut read, &mut Reader::new(&datum)).unwrap();
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(read, values);
}

/// A generated type that is not recursive does not use up depth.
#[test]
fn flat_types_have_no_depth() {
    const { assert!(!<OrderExtra as Decode<'_>>::RECURSIVE) };
    let limits = Limits {
        depth: 0,
        ..Limits::default()
    };
    let mut value: Vec<OrderExtra> = Vec::new();
    let mut r = JsonReader::new("[1,\"a\"]", Form::Plain, limits);
    <Array<Named> as FieldFromJson<_>>::read_json(&mut value, &mut r).unwrap();
    assert_eq!(value.len(), 2);
}
