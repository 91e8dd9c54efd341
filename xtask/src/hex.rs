//! Bytes ↔ hexadecimal digits.

/// Bytes as pairs of hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that such digits stand for.
///
/// # Errors
///
/// If they are no pairs of hexadecimal digits: the table is wrong then.
pub(crate) fn unhex(digits: &str) -> Result<Vec<u8>, String> {
    let pair = |pair: &[u8]| {
        let pair = str::from_utf8(pair).ok().filter(|pair| pair.len() == 2);
        pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(pair).collect();
    bytes.ok_or_else(|| format!("`{digits}` are no hexadecimal digits"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn hexadecimal_both_ways() {
        assert_eq!(super::hex(&[0, 0xff, 0x1a]), "00ff1a");
        assert_eq!(super::unhex("00ff1a"), Ok(vec![0, 0xff, 0x1a]));
        assert!(super::unhex("0").is_err() && super::unhex("zz").is_err());
    }
}
