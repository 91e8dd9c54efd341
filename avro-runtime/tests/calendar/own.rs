//! A library of somebody's own.

use avro_runtime::codec::{Date, Elapsed, TimeLibrary, TimeMicros, TimeMillis, TimestampMillis};

use super::{decode, encode, long, read_json, write_json};

/// It has a value for everything.
struct Counts;

impl TimeLibrary for Counts {
    type Date = i32;
    type Time = Elapsed;
    type Timestamp = Elapsed;
    type LocalTimestamp = Elapsed;

    const DAY: i32 = 0;
    const MIDNIGHT: Elapsed = ZERO;
    const EPOCH: Elapsed = ZERO;
    const LOCAL_EPOCH: Elapsed = ZERO;

    fn to_days(date: &i32) -> Option<i32> {
        Some(*date)
    }
    fn to_date(days: i32) -> Option<i32> {
        Some(days)
    }
    fn since_midnight(time: &Elapsed) -> Option<Elapsed> {
        Some(*time)
    }
    fn to_time(since_midnight: Elapsed) -> Option<Elapsed> {
        Some(since_midnight)
    }
    fn since_epoch(timestamp: &Elapsed) -> Option<Elapsed> {
        Some(*timestamp)
    }
    fn to_timestamp(since_epoch: Elapsed) -> Option<Elapsed> {
        Some(since_epoch)
    }
    fn since_local_epoch(timestamp: &Elapsed) -> Option<Elapsed> {
        Some(*timestamp)
    }
    fn to_local_timestamp(since_local_epoch: Elapsed) -> Option<Elapsed> {
        Some(since_local_epoch)
    }
}

const ZERO: Elapsed = Elapsed {
    seconds: 0,
    nanos: 0,
};

#[test]
fn a_library_of_ones_own_keeps_to_the_ranges_of_the_specification() {
    for seconds in [-1, 86_400, i64::MAX] {
        let time = Elapsed { seconds, ..ZERO };
        assert!(encode::<TimeMillis<Counts>, _>(&time).is_err());
        assert!(encode::<TimeMicros<Counts>, _>(&time).is_err());
    }
    let far = Elapsed {
        seconds: i64::MAX,
        ..ZERO
    };
    assert!(encode::<TimestampMillis<Counts>, _>(&far).is_err());
    for count in [i64::MIN, i64::MAX] {
        let read = decode::<TimestampMillis<Counts>, Elapsed>(&long(count)).unwrap();
        assert_eq!(encode::<TimestampMillis<Counts>, _>(&read), Ok(long(count)));
        let text = write_json::<TimestampMillis<Counts>, _>(&read);
        let again = read_json::<TimestampMillis<Counts>, _>(&text);
        assert_eq!(again, Ok(read), "{text}");
    }
    for days in [i32::MIN, i32::MAX] {
        let text = write_json::<Date<Counts>, _>(&days);
        assert_eq!(read_json::<Date<Counts>, i32>(&text), Ok(days), "{text}");
    }
}
