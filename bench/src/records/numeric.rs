//! Numbers: a record of a device, and an array of doubles.

use crate::generated::bench::{Reading, Samples, Unit};

/// Six numbers, a boolean, two that may be null, an enum, and sixteen longs.
pub fn reading() -> Reading {
    Reading {
        device: 1_071,
        sequence: 88_213_007,
        at: 1_760_099_696_789,
        temperature: 21.625,
        pressure: 1_013.25,
        voltage: 3.3,
        valid: true,
        humidity: Some(0.43),
        error: None,
        unit: Unit::Si,
        histogram: (0..16).map(|i| i * i * 37 - 9).collect(),
    }
}

/// So many doubles.
pub fn samples(count: usize) -> Samples {
    Samples {
        samples: (0..count).map(|i| i as f64 * 0.731 - 4.0).collect(),
    }
}
