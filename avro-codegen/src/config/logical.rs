//! Which Rust types logical types become.

use avro_model::schema::LogicalType;

/// The Rust types of logical types, for all or for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogicalTypes {
    pub(crate) timestamp: TimeTypes,
    pub(crate) uuid: UuidTypes,
    /// Whether none of them has any meaning: decimals and durations are bytes too.
    pub(crate) all_raw: bool,
}

/// The Rust types of dates, times and timestamps: `[logical-types] timestamp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeTypes {
    /// `chrono`: `NaiveDate`, `NaiveTime`, `DateTime<Utc>`, and `NaiveDateTime` where the timestamp
    /// is local.
    Chrono,
    /// `jiff`: `civil::Date`, `civil::Time`, `Timestamp`, `civil::DateTime`.
    Jiff,
    /// `time`: `Date`, `Time`, `UtcDateTime`, `PlainDateTime`.
    Time,
    /// The underlying Avro type, with no meaning attached.
    Raw,
}

/// The Rust type of UUIDs: `[logical-types] uuid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UuidTypes {
    /// `uuid::Uuid`.
    Uuid,
    /// The underlying Avro type, with no meaning attached.
    Raw,
}

/// `logical-type` of an override: what a field has instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogicalOverride {
    Raw,
    Timestamp(TimeTypes),
    Uuid,
}

impl TimeTypes {
    /// The word in the manifest, and what it stands for.
    pub(crate) const WORDS: [(&str, Self); 4] = [
        ("chrono", Self::Chrono),
        ("jiff", Self::Jiff),
        ("time", Self::Time),
        ("raw", Self::Raw),
    ];
}

impl UuidTypes {
    /// The word in the manifest, and what it stands for.
    pub(crate) const WORDS: [(&str, Self); 2] = [("uuid", Self::Uuid), ("raw", Self::Raw)];
}

impl LogicalOverride {
    /// The word in the manifest, and what it stands for.
    pub(crate) const WORDS: [(&str, Self); 5] = [
        ("chrono", Self::Timestamp(TimeTypes::Chrono)),
        ("jiff", Self::Timestamp(TimeTypes::Jiff)),
        ("time", Self::Timestamp(TimeTypes::Time)),
        ("uuid", Self::Uuid),
        ("raw", Self::Raw),
    ];
}

impl Default for LogicalTypes {
    fn default() -> Self {
        Self {
            timestamp: TimeTypes::Chrono,
            uuid: UuidTypes::Uuid,
            all_raw: false,
        }
    }
}

impl LogicalTypes {
    /// The same with an override. Of two for the same logical type the later counts.
    pub(crate) fn with(self, override_: LogicalOverride) -> Self {
        match override_ {
            LogicalOverride::Raw => Self {
                all_raw: true,
                ..self
            },
            LogicalOverride::Timestamp(timestamp) => Self {
                timestamp,
                all_raw: false,
                ..self
            },
            LogicalOverride::Uuid => Self {
                uuid: UuidTypes::Uuid,
                all_raw: false,
                ..self
            },
        }
    }

    /// Whether this logical type has no meaning attached.
    pub(crate) fn is_raw(self, logical: LogicalType) -> bool {
        self.all_raw
            || match logical {
                LogicalType::Uuid => self.uuid == UuidTypes::Raw,
                LogicalType::Decimal { .. } | LogicalType::BigDecimal | LogicalType::Duration => {
                    false
                }
                _ => self.timestamp == TimeTypes::Raw,
            }
    }
}
