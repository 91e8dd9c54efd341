//! How long encoding and decoding take, per event.

use std::hint::black_box;
use std::time::{Duration, Instant};

use avro_runtime::{AvroSchema, encode_into, from_datum};

use crate::Failure;

/// The best of this many rounds counts, since everything else on the machine only adds.
const ROUNDS: u32 = 50;

/// The mean times per event to encode into a reused buffer and to decode into a new value.
///
/// # Errors
///
/// An event that cannot be encoded, or does not decode.
pub(crate) fn codec<T: AvroSchema>(
    topic: &'static str,
    events: &[T],
) -> Result<(Duration, Duration), Failure> {
    let mut data = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate() {
        let mut datum = Vec::new();
        encode_into(event, &mut datum).map_err(|source| Failure::Encode {
            topic,
            index,
            source,
        })?;
        data.push(datum);
    }
    let mut buffer = Vec::new();
    let encode = best(events, |index, event| {
        buffer.clear();
        encode_into(black_box(event), &mut buffer).map_err(|source| Failure::Encode {
            topic,
            index,
            source,
        })?;
        black_box(&buffer);
        Ok(())
    })?;
    let decode = best(&data, |index, datum| {
        let event: T = from_datum(black_box(datum)).map_err(|source| Failure::Decode {
            topic,
            index,
            source,
        })?;
        black_box(event);
        Ok(())
    })?;
    Ok((encode, decode))
}

/// The mean time per item in the fastest round.
fn best<T>(
    items: &[T],
    mut run: impl FnMut(usize, &T) -> Result<(), Failure>,
) -> Result<Duration, Failure> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for (index, item) in items.iter().enumerate() {
            run(index, item)?;
        }
        best = best.min(start.elapsed());
    }
    Ok(best / u32::try_from(items.len().max(1)).unwrap_or(u32::MAX))
}
