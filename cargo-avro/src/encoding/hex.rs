//! Bytes in hexadecimal: two digits each, in lower case; read in any.

/// The digits of these bytes.
pub(super) fn write(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

/// The bytes of these digits.
pub(super) fn read(digits: &[u8]) -> Result<Vec<u8>, String> {
    let value = |digit: &u8| char::from(*digit).to_digit(16).map(|value| value as u8);
    if let Some(at) = digits.iter().position(|digit| value(digit).is_none()) {
        let text = String::from_utf8_lossy(&digits[at..]);
        let wrong = text.chars().next().unwrap_or_default();
        return Err(format!("{wrong:?}, character {}, is no hex digit", at + 1));
    }
    if digits.len() % 2 == 1 {
        return Err(format!("{} hex digits make no whole bytes", digits.len()));
    }
    let pairs = digits.chunks_exact(2);
    let byte = |pair: &[u8]| {
        pair.iter()
            .filter_map(value)
            .fold(0, |byte, it| byte << 4 | it)
    };
    Ok(pairs.map(byte).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        let digits = write(&bytes);
        assert_eq!(digits.len(), 512);
        assert_eq!(&digits[..12], "000102030405");
        assert_eq!(&digits[506..], "fdfeff");
        assert_eq!(read(digits.as_bytes()).unwrap(), bytes);
        assert_eq!(read(digits.to_uppercase().as_bytes()).unwrap(), bytes);
    }

    #[test]
    fn what_is_no_byte_is_named() {
        let wrong = |digits: &[u8]| read(digits).unwrap_err();
        assert_eq!(wrong(b"0a0"), "3 hex digits make no whole bytes");
        assert_eq!(wrong(b"0g"), "'g', character 2, is no hex digit");
        assert_eq!(
            wrong("0a\u{e9}".as_bytes()),
            "'é', character 3, is no hex digit"
        );
        assert_eq!(wrong(b"\xff"), "'\u{fffd}', character 1, is no hex digit");
        assert_eq!(wrong(b"0a 0b"), "' ', character 3, is no hex digit");
    }
}
