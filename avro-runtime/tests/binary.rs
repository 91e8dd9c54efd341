//! The binary encoding: the specification's own examples byte by byte, and hostile bytes.

use std::collections::BTreeMap;

use avro_runtime::codec::{
    Array, Boolean, Bytes, Double, FieldCodec, FieldDecode, FixedBytes, Float, Int, Long, Map,
    Null, Nullable, Str,
};
use avro_runtime::{DecodeError, DecodeErrorKind, EncodeError, Limit, Limits, Reader, Writer};
use proptest::prelude::*;

fn encode<C: FieldCodec<T>, T>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    let mut w = Writer::new(&mut out, C::bound(value));
    C::encode(value, &mut w).unwrap();
    w.finish();
    assert_eq!(C::encoded_len(value).unwrap(), out.len());
    assert!(out.len() <= C::bound(value));
    out
}

fn decode_with<'de, C: FieldDecode<'de, T>, T>(
    datum: &'de [u8],
    limits: Limits,
) -> Result<T, DecodeError> {
    let mut r = Reader::with_limits(datum, limits);
    let mut value = C::blank();
    C::decode_into(&mut value, &mut r)?;
    r.finish()?;
    Ok(value)
}

fn decode<'de, C: FieldDecode<'de, T>, T>(datum: &'de [u8]) -> Result<T, DecodeError> {
    decode_with::<C, T>(datum, Limits::default())
}

fn both<C, T>(value: T, bytes: &[u8])
where
    C: FieldCodec<T> + for<'de> FieldDecode<'de, T>,
    T: PartialEq + std::fmt::Debug,
{
    assert_eq!(encode::<C, T>(&value), bytes, "{value:?}");
    assert_eq!(decode::<C, T>(bytes).unwrap(), value);
}

fn refused<C, T>(bytes: &[u8]) -> (DecodeErrorKind, usize)
where
    C: for<'de> FieldDecode<'de, T>,
    T: std::fmt::Debug,
{
    let error = decode::<C, T>(bytes).unwrap_err();
    (error.kind().clone(), error.offset())
}

#[test]
fn errors_are_small() {
    assert_eq!(size_of::<DecodeError>(), 8);
    assert_eq!(size_of::<EncodeError>(), 8);
    assert_eq!(size_of::<Result<(), DecodeError>>(), 8);
}

#[test]
fn zig_zag_table_of_the_specification() {
    let table: [(i64, &[u8]); 6] = [
        (0, &[0]),
        (-1, &[1]),
        (1, &[2]),
        (-2, &[3]),
        (2, &[4]),
        (-64, &[0x7f]),
    ];
    for (value, bytes) in table {
        both::<Long, i64>(value, bytes);
        both::<Int, i32>(value as i32, bytes);
    }
    both::<Long, i64>(64, &[0x80, 0x01]);
    both::<Long, i64>(i64::MIN, &[255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    both::<Long, i64>(i64::MAX, &[254, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
    both::<Int, i32>(i32::MIN, &[255, 255, 255, 255, 15]);
    both::<Int, i32>(i32::MAX, &[254, 255, 255, 255, 15]);
}

#[test]
fn examples_of_the_specification() {
    both::<Str, String>("foo".into(), &[0x06, 0x66, 0x6f, 0x6f]);
    both::<Array<Long>, Vec<i64>>(vec![3, 27], &[0x04, 0x06, 0x36, 0x00]);
    both::<Nullable<Str, true>, Option<String>>(None, &[0x00]);
    both::<Nullable<Str, true>, Option<String>>(Some("a".into()), &[0x02, 0x02, 0x61]);
    // The record {a: long, b: string} is the concatenation of its fields.
    let record = [
        encode::<Long, i64>(&27),
        encode::<Str, String>(&"foo".into()),
    ]
    .concat();
    assert_eq!(record, [0x36, 0x06, 0x66, 0x6f, 0x6f]);
}

#[test]
fn every_other_primitive() {
    both::<Null, ()>((), &[]);
    both::<Boolean, bool>(true, &[1]);
    both::<Boolean, bool>(false, &[0]);
    both::<Float, f32>(1.5, &[0, 0, 0xc0, 0x3f]);
    both::<Double, f64>(-2.0, &[0, 0, 0, 0, 0, 0, 0, 0xc0]);
    both::<Bytes, Vec<u8>>(vec![0, 255], &[4, 0, 255]);
    both::<FixedBytes<3>, [u8; 3]>([1, 2, 3], &[1, 2, 3]);
    both::<FixedBytes<0>, [u8; 0]>([], &[]);
    both::<Nullable<Long, false>, Option<i64>>(None, &[2]);
    both::<Nullable<Long, false>, Option<i64>>(Some(1), &[0, 2]);
    both::<Array<Double>, Vec<f64>>(vec![], &[0]);
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -1)]);
    both::<Map<Long>, BTreeMap<String, i64>>(map, &[4, 2, b'a', 2, 2, b'b', 1, 0]);
}

#[test]
fn nan_keeps_its_bits() {
    let bits = 0x7ff8_dead_beef_0001_u64;
    let datum = encode::<Double, f64>(&f64::from_bits(bits));
    assert_eq!(decode::<Double, f64>(&datum).unwrap().to_bits(), bits);
}

#[test]
fn both_forms_of_blocks_are_read() {
    // One block of two, one of -1 with its size, the end.
    let datum = [4, 2, 4, 1, 2, 6, 0];
    assert_eq!(decode::<Array<Long>, Vec<i64>>(&datum).unwrap(), [1, 2, 3]);
    let datum = [1, 6, 2, b'k', 2, 2, 2, b'k', 4, 0];
    let map = decode::<Map<Long>, BTreeMap<String, i64>>(&datum).unwrap();
    assert_eq!(
        map,
        BTreeMap::from([("k".to_owned(), 2)]),
        "of duplicate keys the last counts"
    );
    let view = decode::<Map<Long>, Vec<(&str, i64)>>(&datum).unwrap();
    assert_eq!(view, [("k", 1), ("k", 2)]);
}

/// The count as a negative number, the bytes that the elements take, the elements; then the end.
#[test]
fn blocks_are_written_with_their_size_when_asked() {
    both::<Array<Long, true>, Vec<i64>>(vec![3, 27], &[0x03, 0x04, 0x06, 0x36, 0x00]);
    both::<Array<Double, true>, Vec<f64>>(vec![1.0], &[1, 16, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0]);
    both::<Array<Null, true>, Vec<()>>(vec![(); 2], &[3, 0, 0]);
    both::<Array<Long, true>, Vec<i64>>(vec![], &[0]);
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -1)]);
    let datum = [3, 12, 2, b'a', 2, 2, b'b', 1, 0];
    both::<Map<Long, true>, BTreeMap<String, i64>>(map.clone(), &datum);
    both::<Map<Long, true>, BTreeMap<String, i64>>(BTreeMap::new(), &[0]);
    // Each inside another: sizes count sizes.
    let nested = vec![vec![1], vec![], vec![2, 3]];
    let datum = [5, 20, 1, 2, 2, 0, 0, 3, 4, 4, 6, 0, 0];
    both::<Array<Array<Long, true>, true>, Vec<Vec<i64>>>(nested, &datum);
    // The other form of the same value, each read as the other.
    assert_eq!(
        decode::<Array<Long>, Vec<i64>>(&[3, 4, 6, 54, 0]).unwrap(),
        [3, 27]
    );
    let plain = encode::<Map<Long>, BTreeMap<String, i64>>(&map);
    assert_eq!(
        decode::<Map<Long, true>, BTreeMap<String, i64>>(&plain).unwrap(),
        map
    );
}

/// A size of more than one byte is put before elements that are there already.
#[test]
fn sizes_of_any_length() {
    for len in [63_usize, 64, 200, 8191, 8192, 100_000] {
        let value = vec![7_i64; len];
        let datum = encode::<Array<Long, true>, Vec<i64>>(&value);
        let head = [
            encode::<Long, i64>(&-(len as i64)),
            encode::<Long, i64>(&(len as i64)),
        ];
        let expected = [&head.concat()[..], &vec![14; len], &[0]].concat();
        assert_eq!(datum, expected, "{len}");
        let announced = <Array<Long, true> as FieldCodec<Vec<i64>>>::encoded_len(&value);
        assert_eq!(announced.unwrap(), datum.len());
        assert_eq!(
            decode::<Array<Long, true>, Vec<i64>>(&datum).unwrap(),
            value
        );
    }
}

#[test]
fn a_reused_vector_is_filled_across_blocks() {
    for old in 0..6 {
        let mut value = vec!["old".to_owned(); old];
        let datum = [4, 2, b'a', 2, b'b', 2, 2, b'c', 0];
        let mut r = Reader::new(&datum);
        <Array<Str> as FieldDecode<'_, Vec<String>>>::decode_into(&mut value, &mut r).unwrap();
        assert_eq!(value, ["a", "b", "c"]);
    }
}

#[test]
fn a_reused_vector_of_numbers_is_read_anew() {
    let mut value = vec![9.0; 5];
    let datum = encode::<Array<Double>, Vec<f64>>(&vec![1.0, 2.0]);
    let mut r = Reader::new(&datum);
    <Array<Double> as FieldDecode<'_, Vec<f64>>>::decode_into(&mut value, &mut r).unwrap();
    assert_eq!(value, [1.0, 2.0]);
}

#[test]
fn numbers_out_of_range_are_refused() {
    let eleven = [0xff; 11];
    assert_eq!(
        refused::<Long, i64>(&eleven),
        (DecodeErrorKind::InvalidVarint, 0)
    );
    let sixty_five_bits = [255, 255, 255, 255, 255, 255, 255, 255, 255, 2];
    assert_eq!(
        refused::<Long, i64>(&sixty_five_bits),
        (DecodeErrorKind::InvalidVarint, 0)
    );
    assert_eq!(
        refused::<Long, i64>(&[0x80, 0x80]),
        (DecodeErrorKind::UnexpectedEnd, 0)
    );
    assert_eq!(
        refused::<Long, i64>(&[]),
        (DecodeErrorKind::UnexpectedEnd, 0)
    );
    let beyond = encode::<Long, i64>(&(i64::from(i32::MAX) + 1));
    assert_eq!(
        refused::<Int, i32>(&beyond),
        (DecodeErrorKind::IntOutOfRange(1 << 31), 0)
    );
    assert_eq!(decode::<Int, i32>(&[0x80, 0x80, 0x80, 0x80, 0]).unwrap(), 0);
    assert_eq!(
        refused::<Int, i32>(&[0x80, 0x80, 0x80, 0x80, 0x80, 0]),
        (DecodeErrorKind::InvalidVarint, 0),
        "an int has five bytes at most"
    );
    assert_eq!(
        refused::<Boolean, bool>(&[2]),
        (DecodeErrorKind::InvalidBoolean(2), 0)
    );
    // Longer than needed, but within 64 bits: Java writes none and reads them.
    assert_eq!(decode::<Long, i64>(&[0x82, 0x80, 0x00]).unwrap(), 1);
}

#[test]
fn hostile_lengths_are_refused_before_memory_is_asked_for() {
    let huge = encode::<Long, i64>(&i64::MAX);
    let length = DecodeErrorKind::LimitExceeded(Limit::Length);
    assert_eq!(refused::<Str, String>(&huge), (length.clone(), 0));
    assert_eq!(refused::<Bytes, Vec<u8>>(&huge), (length, 0));
    assert_eq!(
        refused::<Bytes, Vec<u8>>(&[1]),
        (DecodeErrorKind::InvalidLength(-1), 0)
    );
    assert_eq!(
        refused::<Bytes, Vec<u8>>(&[8, 1, 2]),
        (DecodeErrorKind::UnexpectedEnd, 1)
    );
    assert_eq!(
        refused::<Array<Long>, Vec<i64>>(&huge),
        (DecodeErrorKind::UnexpectedEnd, 0)
    );
    assert_eq!(
        refused::<Array<Double>, Vec<f64>>(&huge),
        (DecodeErrorKind::UnexpectedEnd, 0)
    );
    let items = DecodeErrorKind::LimitExceeded(Limit::Items);
    assert_eq!(refused::<Array<Null>, Vec<()>>(&huge), (items, 0));
    let least = encode::<Long, i64>(&i64::MIN);
    let kind = DecodeErrorKind::InvalidLength(i64::MIN);
    assert_eq!(refused::<Array<Null>, Vec<()>>(&least), (kind, 0));
    assert_eq!(
        refused::<Array<Null>, Vec<()>>(&[1, 1, 0]),
        (DecodeErrorKind::InvalidLength(-1), 1)
    );
    assert_eq!(
        refused::<Array<Null>, Vec<()>>(&[1, 40, 0]),
        (DecodeErrorKind::UnexpectedEnd, 1)
    );
}

#[test]
fn elements_of_no_bytes_are_counted_over_the_whole_datum() {
    let limits = Limits {
        items: 10,
        ..Limits::default()
    };
    let datum = [12, 10, 0];
    let error = decode_with::<Array<Null>, Vec<()>>(&datum, limits).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Items));
    assert_eq!(error.offset(), 1);
    let datum = [12, 8, 0];
    assert_eq!(
        decode_with::<Array<Null>, Vec<()>>(&datum, limits)
            .unwrap()
            .len(),
        10
    );
}

#[test]
fn memory_is_bounded() {
    // A thousand empty arrays: a byte each here, 24 in memory.
    let datum = [encode::<Long, i64>(&1000), vec![0; 1000], vec![0]].concat();
    let limits = Limits {
        allocation: 20_000,
        ..Limits::default()
    };
    let error = decode_with::<Array<Array<Long>>, Vec<Vec<i64>>>(&datum, limits).unwrap_err();
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::LimitExceeded(Limit::Allocation)
    );
    let limits = Limits {
        allocation: 30_000,
        ..Limits::default()
    };
    assert!(decode_with::<Array<Array<Long>>, Vec<Vec<i64>>>(&datum, limits).is_ok());
    let limits = Limits {
        length: 2,
        ..Limits::default()
    };
    let error = decode_with::<Str, &str>(&[6, b'a', b'b', b'c'], limits).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::LimitExceeded(Limit::Length));
}

#[test]
fn invalid_text_is_refused_at_its_first_wrong_byte() {
    for len in [1, 8, 63, 64, 65, 256, 257, 1000] {
        let mut datum = encode::<Str, String>(&"a".repeat(len));
        let last = datum.len() - 1;
        datum[last] = 0xff;
        assert_eq!(
            refused::<Str, String>(&datum),
            (DecodeErrorKind::InvalidUtf8, last)
        );
    }
}

#[test]
fn unions_and_enums_refuse_unknown_indices() {
    let kind = |index| DecodeErrorKind::InvalidBranch { index, branches: 2 };
    assert_eq!(
        refused::<Nullable<Long, true>, Option<i64>>(&[4]),
        (kind(2), 0)
    );
    assert_eq!(
        refused::<Nullable<Long, true>, Option<i64>>(&[1]),
        (kind(-1), 0)
    );
    let mut symbol = 'a';
    let mut r = Reader::new(&[4]);
    let error = avro_runtime::codec::read_symbol(&mut symbol, &['a', 'b'], &mut r).unwrap_err();
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::InvalidSymbol {
            index: 2,
            symbols: 2
        }
    );
}

/// A codec whose bound is wrong.
struct Unbounded;

impl FieldCodec<String> for Unbounded {
    fn encode(value: &String, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.long(i64::MIN);
        Str::encode(value, w)?;
        w.int(i32::MIN);
        w.array(&[7; 9]);
        Ok(())
    }

    fn encoded_len(_: &String) -> Result<usize, EncodeError> {
        Ok(0)
    }

    fn bound(_: &String) -> usize {
        0
    }
}

#[test]
fn a_wrong_bound_costs_time_and_nothing_else() {
    for start in [0, 1, 100] {
        for len in [0, 1, 70, 5000] {
            let mut out = vec![1; start];
            for bound in [0, 1, 7, 12, 20, 80] {
                out.truncate(start);
                let mut w = Writer::new(&mut out, bound);
                Unbounded::encode(&"x".repeat(len), &mut w).unwrap();
                w.finish();
                let text = encode::<Str, String>(&"x".repeat(len));
                let expected = [
                    vec![1; start],
                    encode::<Long, i64>(&i64::MIN),
                    text,
                    encode::<Int, i32>(&i32::MIN),
                    vec![7; 9],
                ];
                assert_eq!(out, expected.concat());
            }
        }
    }
}

proptest! {
    #[test]
    fn longs_round_trip(value: i64, shift in 0..64) {
        let value = value >> shift;
        let datum = encode::<Long, i64>(&value);
        prop_assert_eq!(decode::<Long, i64>(&datum).unwrap(), value);
        // With and without ten bytes at hand.
        let padded = [datum.as_slice(), &[0xff; 10]].concat();
        let mut r = Reader::new(&padded);
        prop_assert_eq!(r.long().unwrap(), value);
        prop_assert_eq!(r.position(), datum.len());
    }

    #[test]
    fn strings_of_every_length_round_trip(text in ".{0,80}", long in "[a-zé]{250,300}") {
        for text in [text, long] {
            let datum = encode::<Str, String>(&text);
            prop_assert_eq!(&decode::<Str, String>(&datum).unwrap(), &text);
            prop_assert_eq!(decode::<Str, &str>(&datum).unwrap(), text);
        }
    }

    #[test]
    fn any_bytes_are_an_error_or_a_value(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let limits = Limits { items: 10_000, ..Limits::default() };
        let _ = decode_with::<Map<Array<Nullable<Str, true>>>, BTreeMap<String, Vec<Option<String>>>>(&bytes, limits);
        let _ = decode_with::<Array<Double>, Vec<f64>>(&bytes, limits);
        let _ = decode_with::<Array<Array<Int>>, Vec<Vec<i32>>>(&bytes, limits);
    }
}
