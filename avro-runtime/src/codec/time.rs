//! Dates, times and timestamps; which Rust types stand for them, `L` says.

use core::marker::PhantomData;

/// The logical type, its base, and the doc of each codec type.
macro_rules! codec_types {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<L>(PhantomData<L>);
    )*};
}

codec_types! {
    /// `date` on `int`: days since 1970-01-01.
    Date,
    /// `time-millis` on `int`: milliseconds since midnight.
    TimeMillis,
    /// `time-micros` on `long`: microseconds since midnight.
    TimeMicros,
    /// `timestamp-millis` on `long`: milliseconds since 1970-01-01T00:00:00Z.
    TimestampMillis,
    /// `timestamp-micros` on `long`: microseconds since 1970-01-01T00:00:00Z.
    TimestampMicros,
    /// `timestamp-nanos` on `long`: nanoseconds since 1970-01-01T00:00:00Z.
    TimestampNanos,
    /// `local-timestamp-millis` on `long`: milliseconds since 1970-01-01T00:00:00, wherever that is.
    LocalTimestampMillis,
    /// `local-timestamp-micros` on `long`: microseconds since 1970-01-01T00:00:00, wherever that is.
    LocalTimestampMicros,
    /// `local-timestamp-nanos` on `long`: nanoseconds since 1970-01-01T00:00:00, wherever that is.
    LocalTimestampNanos,
}
