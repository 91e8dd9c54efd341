//! Sync markers: sixteen bytes behind the header and every block, by which a reader finds a block.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// The length of a marker.
pub(super) const LEN: usize = 16;

/// A marker of its own for each file.
pub(super) type Marker = [u8; LEN];

/// A new marker. The standard library seeds its hash functions from the system's randomness.
pub(super) fn random() -> Marker {
    let mut marker = [0; LEN];
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = now.map_or(0, |since| since.as_nanos());
    for half in marker.chunks_exact_mut(LEN / 2) {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u128(nanos);
        half.copy_from_slice(&hasher.finish().to_ne_bytes());
    }
    marker
}

/// Where the marker stands first.
pub(super) fn find(marker: &Marker, bytes: &[u8]) -> Option<usize> {
    let wanted = u128::from_ne_bytes(*marker);
    bytes.windows(LEN).position(|window| {
        <Marker>::try_from(window).is_ok_and(|it| u128::from_ne_bytes(it) == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_differ() {
        let mut markers: Vec<_> = (0..1_000).map(|_| random()).collect();
        markers.sort_unstable();
        markers.dedup();
        assert_eq!(markers.len(), 1_000);
    }

    #[test]
    fn the_first_marker_is_found_at_any_place() {
        let marker = *b"0123456789abcdef";
        for before in 0..40 {
            let bytes = [&vec![b'0'; before][..], &marker, b"tail", &marker].concat();
            assert_eq!(find(&marker, &bytes), Some(before));
        }
        assert_eq!(find(&marker, &marker[..15]), None);
        assert_eq!(find(&marker, b""), None);
    }
}
