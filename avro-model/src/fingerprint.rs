//! Canonical form → fingerprints (specification 1.12, "Schema Fingerprints").

use md5::Md5;
use sha2::{Digest, Sha256};

/// CRC-64-AVRO, also called the Rabin fingerprint. Single-object encoding writes it with the
/// lowest byte first.
#[must_use]
pub fn rabin(canonical_form: &str) -> u64 {
    canonical_form.bytes().fold(EMPTY, |fingerprint, byte| {
        (fingerprint >> 8) ^ TABLE[usize::from(fingerprint as u8 ^ byte)]
    })
}

/// MD5.
#[must_use]
pub fn md5(canonical_form: &str) -> [u8; 16] {
    Md5::digest(canonical_form).into()
}

/// SHA-256.
#[must_use]
pub fn sha256(canonical_form: &str) -> [u8; 32] {
    Sha256::digest(canonical_form).into()
}

/// The fingerprint of no bytes, and the polynomial.
const EMPTY: u64 = 0xC15D_213A_A4D7_A795;

/// The fingerprint of each single byte.
static TABLE: [u64; 256] = table();

const fn table() -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut fingerprint = byte as u64;
        let mut bit = 0;
        while bit < 8 {
            let carry = EMPTY & (fingerprint & 1).wrapping_neg();
            fingerprint = (fingerprint >> 1) ^ carry;
            bit += 1;
        }
        table[byte] = fingerprint;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the test data that the Avro project shares between its implementations.
    #[test]
    fn primitive_schemas_have_the_published_fingerprints() {
        assert_eq!(rabin(""), EMPTY);
        assert_eq!(rabin("\"null\"") as i64, 7_195_948_357_588_979_594);
        assert_eq!(rabin("\"boolean\"") as i64, -6_970_731_678_124_411_036);
        assert_eq!(rabin("\"int\"") as i64, 8_247_732_601_305_521_295);
        assert_eq!(rabin("\"string\"") as i64, -8_142_146_995_180_207_161);
    }

    #[test]
    fn md5_and_sha256_are_the_standard_ones() {
        assert_eq!(hex(&md5("\"null\"")), "9b41ef67651c18488a8b08bb67c75699");
        assert_eq!(
            hex(&sha256("\"null\"")),
            "f072cbec3bf8841871d4284230c5e983dc211a56837aed862487148f947d1a1f"
        );
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
