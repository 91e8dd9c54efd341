//! Dates, times and timestamps: every library writes the same bytes and texts, and refuses what it
//! has no value for.

mod own;
mod peer;

use std::fmt::Debug;

use avro_runtime::codec::{
    Chrono, Date, FieldCodec, FieldDecode, FieldView, Int, Jiff, LocalTimestampMicros,
    LocalTimestampMillis, LocalTimestampNanos, Long, Time, TimeMicros, TimeMillis, TimestampMicros,
    TimestampMillis, TimestampNanos,
};
use avro_runtime::json::{FieldFromJson, FieldToJson, Form, JsonReader, JsonWriter};
use avro_runtime::{DecodeErrorKind, EncodeErrorKind, Limits, Reader, Writer, chrono, jiff};

use peer::Peer;

fn encode<C: FieldCodec<T>, T>(value: &T) -> Result<Vec<u8>, EncodeErrorKind> {
    let mut out = Vec::new();
    let mut w = Writer::new(&mut out, C::bound(value));
    C::encode(value, &mut w).map_err(|error| error.kind().clone())?;
    w.finish();
    assert_eq!(C::encoded_len(value).map_err(|_| ()), Ok(out.len()));
    Ok(out)
}

fn decode<C: for<'de> FieldDecode<'de, T>, T>(datum: &[u8]) -> Result<T, DecodeErrorKind> {
    let mut r = Reader::new(datum);
    let mut value = C::blank();
    C::decode_into(&mut value, &mut r).map_err(|error| error.kind().clone())?;
    Ok(value)
}

fn write_json<C: FieldToJson<T>, T>(value: &T) -> String {
    write_form::<C, T>(value, Form::Plain)
}

fn write_form<C: FieldToJson<T>, T>(value: &T, form: Form) -> String {
    let mut out = String::new();
    let mut w = JsonWriter::new(&mut out, form, Limits::default());
    C::write_json(value, &mut w).unwrap();
    w.finish();
    out
}

fn read_json<C, T>(text: &str) -> Result<T, DecodeErrorKind>
where
    C: FieldFromJson<T> + for<'de> FieldDecode<'de, T>,
{
    read_form::<C, T>(text, Form::Plain)
}

fn read_form<C, T>(text: &str, form: Form) -> Result<T, DecodeErrorKind>
where
    C: FieldFromJson<T> + for<'de> FieldDecode<'de, T>,
{
    let mut value = C::blank();
    let mut r = JsonReader::new(text, form, Limits::default());
    C::read_json(&mut value, &mut r).map_err(|error| error.kind().clone())?;
    Ok(value)
}

fn int(value: i32) -> Vec<u8> {
    encode::<Int, i32>(&value).unwrap()
}

fn long(value: i64) -> Vec<u8> {
    encode::<Long, i64>(&value).unwrap()
}

/// A value whose unit is no finer than its codec's: the same bytes and text both ways.
#[track_caller]
fn both<C, T>(value: T, datum: Vec<u8>, text: &str)
where
    C: FieldCodec<T> + for<'de> FieldDecode<'de, T> + FieldFromJson<T> + FieldView<T, T>,
    T: PartialEq + Debug,
{
    assert_eq!(encode::<C, T>(&value).as_ref(), Ok(&datum));
    assert_eq!(decode::<C, T>(&datum).as_ref(), Ok(&value));
    // An int is written like a long.
    let number = decode::<Long, i64>(&datum).unwrap().to_string();
    assert_eq!(write_form::<C, T>(&value, Form::Avro), number);
    assert_eq!(read_form::<C, T>(&number, Form::Avro).as_ref(), Ok(&value));
    let text = format!("\"{text}\"");
    assert_eq!(write_json::<C, T>(&value), text);
    assert_eq!(read_json::<C, T>(&text).as_ref(), Ok(&value));
    assert_eq!(C::own(&value), value);
}

fn same_bytes_and_texts<L: Peer>()
where
    L::Date: PartialEq + Debug,
    L::Time: PartialEq + Debug,
    L::Timestamp: PartialEq + Debug,
    L::LocalTimestamp: PartialEq + Debug,
{
    for (of, days, text) in [
        ([1970, 1, 1], 0, "1970-01-01"),
        ([1969, 12, 31], -1, "1969-12-31"),
        ([2025, 1, 31], 20_119, "2025-01-31"),
        ([2000, 2, 29], 11_016, "2000-02-29"),
        ([1900, 3, 1], -25_508, "1900-03-01"),
        ([1, 1, 1], -719_162, "0001-01-01"),
        ([0, 2, 29], -719_469, "0000-02-29"),
        ([-1, 12, 31], -719_529, "-000001-12-31"),
        ([-9999, 1, 1], -4_371_587, "-009999-01-01"),
        ([9999, 12, 31], 2_932_896, "9999-12-31"),
    ] {
        both::<Date<L>, L::Date>(L::date(of), int(days), text);
    }

    let time = |of, nanos| L::time(of, nanos);
    both::<TimeMillis<L>, _>(time([0, 0, 0], 0), vec![0], "00:00:00.000");
    both::<TimeMicros<L>, _>(time([0, 0, 0], 0), vec![0], "00:00:00.000000");
    let late = time([23, 59, 59], 999_000_000);
    both::<TimeMillis<L>, _>(late, int(86_399_999), "23:59:59.999");
    let late = time([23, 59, 59], 999_999_000);
    both::<TimeMicros<L>, _>(late, long(86_399_999_999), "23:59:59.999999");
    let noon = time([12, 30, 5], 7_000_000);
    both::<TimeMillis<L>, _>(noon, int(45_005_007), "12:30:05.007");

    let (day, before) = (L::date([2025, 1, 31]), L::date([1969, 12, 31]));
    let noon = time([12, 30, 0], 1_000_000);
    let (utc, local) = (L::timestamp(day, noon), L::local(day, noon));
    let text = "2025-01-31T12:30:00.001";
    let count = 1_738_326_600_001;
    both::<TimestampMillis<L>, _>(utc, long(count), &format!("{text}Z"));
    both::<LocalTimestampMillis<L>, _>(local, long(count), text);
    both::<TimestampMicros<L>, _>(utc, long(count * 1_000), &format!("{text}000Z"));
    both::<LocalTimestampMicros<L>, _>(local, long(count * 1_000), &format!("{text}000"));
    both::<TimestampNanos<L>, _>(utc, long(count * 1_000_000), &format!("{text}000000Z"));
    both::<LocalTimestampNanos<L>, _>(local, long(count * 1_000_000), &format!("{text}000000"));
    let last = time([23, 59, 59], 999_999_999);
    let (utc, local) = (L::timestamp(before, last), L::local(before, last));
    let text = "1969-12-31T23:59:59.999999999";
    both::<TimestampNanos<L>, _>(utc, long(-1), &format!("{text}Z"));
    both::<LocalTimestampNanos<L>, _>(local, long(-1), text);
}

fn a_finer_time_is_rounded_towards_minus_infinity<L: Peer>() {
    let day = |nanos| {
        let (date, time) = (L::date([1970, 1, 1]), L::time([0, 0, 0], nanos));
        (L::timestamp(date, time), L::local(date, time))
    };
    let (after, local_after) = day(1_999_999);
    let date = L::date([1969, 12, 31]);
    let time = L::time([23, 59, 59], 998_000_001);
    let (before, local_before) = (L::timestamp(date, time), L::local(date, time));

    assert_eq!(encode::<TimestampMillis<L>, _>(&after), Ok(long(1)));
    assert_eq!(encode::<TimestampMillis<L>, _>(&before), Ok(long(-2)));
    assert_eq!(encode::<TimestampMicros<L>, _>(&after), Ok(long(1_999)));
    assert_eq!(encode::<TimestampMicros<L>, _>(&before), Ok(long(-2_000)));
    let exact = Ok(long(-1_999_999));
    assert_eq!(encode::<TimestampNanos<L>, _>(&before), exact);
    let local = encode::<LocalTimestampMillis<L>, _>(&local_before);
    assert_eq!(local, Ok(long(-2)));
    let local = encode::<LocalTimestampMicros<L>, _>(&local_after);
    assert_eq!(local, Ok(long(1_999)));
    assert_eq!(encode::<LocalTimestampNanos<L>, _>(&local_before), exact);
    let late = L::time([23, 59, 59], 999_999_999);
    assert_eq!(encode::<TimeMillis<L>, _>(&late), Ok(int(86_399_999)));
    assert_eq!(encode::<TimeMicros<L>, _>(&late), Ok(long(86_399_999_999)));

    // JSON is rounded as the datum is.
    assert_eq!(
        write_json::<TimestampMillis<L>, _>(&before),
        "\"1969-12-31T23:59:59.998Z\""
    );
    let read = read_json::<TimestampMicros<L>, _>("\"1969-12-31T23:59:59.9980000019Z\"");
    let read = read.map(|read| encode::<TimestampMicros<L>, _>(&read).unwrap());
    assert_eq!(read, Ok(long(-2_000)));
}

/// The first number beyond what the library has, and the last one that it has, at both ends.
fn out_of_range_is_an_error_both_ways<L: Peer>() {
    let refused = DecodeErrorKind::OutOfRange;
    let (first, last) = L::DAYS;
    for (days, fits) in [
        (first, true),
        (last, true),
        (first - 1, false),
        (last + 1, false),
        (i32::MIN, false),
        (i32::MAX, false),
    ] {
        let read = decode::<Date<L>, L::Date>(&int(days));
        let back = read.map(|read| encode::<Date<L>, _>(&read).unwrap());
        let expected = if fits {
            Ok(int(days))
        } else {
            Err(refused("date"))
        };
        assert_eq!(back, expected, "{days}");
    }
    for count in [-1, 86_400_000, i32::MIN, i32::MAX] {
        let read = decode::<TimeMillis<L>, L::Time>(&int(count));
        assert_eq!(read.err(), Some(refused("time-millis")), "{count}");
    }
    for count in [-1, 86_400_000_000, i64::MIN, i64::MAX] {
        let read = decode::<TimeMicros<L>, L::Time>(&long(count));
        assert_eq!(read.err(), Some(refused("time-micros")), "{count}");
    }
    timestamps::<TimestampMillis<L>, _>("timestamp-millis", 1_000, L::SECONDS);
    timestamps::<TimestampMicros<L>, _>("timestamp-micros", 1_000_000, L::SECONDS);
    timestamps::<TimestampNanos<L>, _>("timestamp-nanos", 1_000_000_000, L::SECONDS);
    let seconds = (i64::from(first) * 86_400, i64::from(last) * 86_400 + 86_399);
    timestamps::<LocalTimestampMillis<L>, _>("local-timestamp-millis", 1_000, seconds);
    timestamps::<LocalTimestampMicros<L>, _>("local-timestamp-micros", 1_000_000, seconds);
    timestamps::<LocalTimestampNanos<L>, _>("local-timestamp-nanos", 1_000_000_000, seconds);

    let text = read_json::<Date<L>, L::Date>("\"+300000-01-01\"");
    let expected = DecodeErrorKind::Expected("a date like \"2025-01-31\"");
    assert_eq!(text.err(), Some(expected));
}

fn timestamps<C, T>(name: &'static str, per_second: i64, (first, last): (i64, i64))
where
    C: FieldCodec<T> + for<'de> FieldDecode<'de, T> + FieldFromJson<T>,
{
    let (first, end) = (
        i128::from(first) * i128::from(per_second),
        (i128::from(last) + 1) * i128::from(per_second),
    );
    let ends = [
        i64::MIN.into(),
        first - 1,
        first,
        end - 1,
        end,
        i64::MAX.into(),
    ];
    for count in ends {
        let Ok(long_count) = i64::try_from(count) else {
            continue;
        };
        let read = decode::<C, T>(&long(long_count));
        if (first..end).contains(&count) {
            let read = read.unwrap();
            assert_eq!(
                encode::<C, T>(&read),
                Ok(long(long_count)),
                "{name} {count}"
            );
            let text = write_json::<C, T>(&read);
            let again = read_json::<C, T>(&text).unwrap();
            assert_eq!(encode::<C, T>(&again), Ok(long(long_count)), "{text}");
        } else {
            let expected = DecodeErrorKind::OutOfRange(name);
            assert_eq!(read.err(), Some(expected), "{count}");
        }
    }
}

/// Nanoseconds end in 1677 and 2262, before any library does.
fn nanoseconds_end<L: Peer>() {
    let name = EncodeErrorKind::OutOfRange("timestamp-nanos");
    let at = |year| L::timestamp(L::date([year, 1, 1]), L::time([0, 0, 0], 0));
    assert_eq!(encode::<TimestampNanos<L>, _>(&at(1677)), Err(name.clone()));
    assert_eq!(encode::<TimestampNanos<L>, _>(&at(2263)), Err(name));
    // The seconds alone are too many; with the fraction they are not.
    let first = L::timestamp(L::date([1677, 9, 21]), L::time([0, 12, 43], 145_224_192));
    assert_eq!(encode::<TimestampNanos<L>, _>(&first), Ok(long(i64::MIN)));
    let before = L::timestamp(L::date([1677, 9, 21]), L::time([0, 12, 43], 145_224_191));
    assert!(encode::<TimestampNanos<L>, _>(&before).is_err());
}

fn texts_that_others_write_are_read<L: Peer>() {
    let millis = |text: &str| {
        let read = read_json::<TimestampMillis<L>, _>(&format!("\"{text}\""));
        read.map(|read| encode::<TimestampMillis<L>, _>(&read).unwrap())
    };
    for (text, count) in [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00Z", 0),
        ("1970-01-01t00:00:00z", 0),
        ("1970-01-01 00:00:00.5+00:00", 500),
        ("1970-01-01T00:00:00-00:00", 0),
        ("1970-01-01T01:30:00.0010+01:30", 1),
        ("1969-12-31T12:00:00.000000000999-12:00", 0),
        ("+001970-01-01T00:00:00Z", 0),
        ("+1970-01-01T00:00:00Z", 0),
    ] {
        assert_eq!(millis(text), Ok(long(count)), "{text}");
    }
    for text in [
        "",
        "1970-01-01",
        "1970-01-01T00:00:00",
        "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00Z ",
        "1970-01-01T24:00:00Z",
        "1970-01-01T23:60:00Z",
        "1970-01-01T23:59:60Z",
        "1970-01-01T00:00:00+24:00",
        "1970-01-01T00:00:00+0100",
        "1970-02-29T00:00:00Z",
        "1970-00-01T00:00:00Z",
        "1970-13-01T00:00:00Z",
        "1970-01-00T00:00:00Z",
        "1970-01-32T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "970-01-01T00:00:00Z",
        "19700-01-01T00:00:00Z",
        "+970-01-01T00:00:00Z",
        "+9999999999-01-01T00:00:00Z",
        "1970-1-1T00:00:00Z",
        "1970-01-01T00:00:00Zé",
        "１970-01-01T00:00:00Z",
    ] {
        assert!(millis(text).is_err(), "{text}");
    }
    let local = read_json::<LocalTimestampMillis<L>, _>("\"1970-01-01T00:00:01\"");
    let local = local.map(|read| encode::<LocalTimestampMillis<L>, _>(&read).unwrap());
    assert_eq!(local, Ok(long(1_000)));
    assert!(read_json::<LocalTimestampMillis<L>, _>("\"1970-01-01T00:00:01Z\"").is_err());
    let time = read_json::<TimeMillis<L>, _>("\"00:01\"");
    let time = time.map(|read| encode::<TimeMillis<L>, _>(&read).unwrap());
    assert_eq!(time, Ok(int(60_000)));
    assert!(read_json::<TimeMillis<L>, _>("\"00:01Z\"").is_err());
}

fn blanks_are_the_epoch<L: Peer>() {
    assert_eq!(encode::<Date<L>, _>(&L::DAY), Ok(vec![0]));
    assert_eq!(encode::<TimeMicros<L>, _>(&L::MIDNIGHT), Ok(vec![0]));
    assert_eq!(encode::<TimestampNanos<L>, _>(&L::EPOCH), Ok(vec![0]));
    let local = encode::<LocalTimestampNanos<L>, _>(&L::LOCAL_EPOCH);
    assert_eq!(local, Ok(vec![0]));
}

macro_rules! of_each_library {
    ($($test:ident),* $(,)?) => {
        mod with_chrono {
            $(#[test] fn $test() { super::$test::<super::Chrono>(); })*
        }
        mod with_jiff {
            $(#[test] fn $test() { super::$test::<super::Jiff>(); })*
        }
        mod with_time {
            $(#[test] fn $test() { super::$test::<super::Time>(); })*
        }
    };
}

of_each_library!(
    same_bytes_and_texts,
    a_finer_time_is_rounded_towards_minus_infinity,
    out_of_range_is_an_error_both_ways,
    nanoseconds_end,
    texts_that_others_write_are_read,
    blanks_are_the_epoch,
);

#[test]
fn a_leap_second_is_refused() {
    let leap = chrono::NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
    let kind = EncodeErrorKind::OutOfRange("time-millis");
    assert_eq!(encode::<TimeMillis<Chrono>, _>(&leap), Err(kind));
    let at = chrono::NaiveDate::MIN.and_time(leap).and_utc();
    let kind = EncodeErrorKind::OutOfRange("timestamp-millis");
    assert_eq!(encode::<TimestampMillis<Chrono>, _>(&at), Err(kind));
}

/// What chrono and jiff write is read, and what is written is read by them, as the same instant.
#[test]
fn the_libraries_own_texts() {
    let mut seed = 1_u64;
    for _ in 0..20_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        // Within the years 0 to 9999.
        let count = (seed >> 1) as i64 % 315_569_000_000_000_000 - 62_167_219_200_000_000;
        let at = chrono::DateTime::from_timestamp_micros(count).unwrap();
        let text = write_json::<TimestampMicros<Chrono>, _>(&at);
        let inner = text.trim_matches('"');
        assert_eq!(inner.parse(), Ok(at));
        assert_eq!(at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(), inner);
        let read = read_json::<TimestampMicros<Chrono>, _>(&format!("\"{}\"", at.to_rfc3339()));
        assert_eq!(read, Ok(at));
        let Ok(instant) = jiff::Timestamp::from_microsecond(count) else {
            continue;
        };
        assert_eq!(inner.parse::<jiff::Timestamp>().unwrap(), instant);
        let read = read_json::<TimestampMicros<Jiff>, _>(&format!("\"{instant}\""));
        assert_eq!(read, Ok(instant));
    }
}
