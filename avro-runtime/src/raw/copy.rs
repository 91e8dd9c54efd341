//! Copies of a few bytes without a call: to call `memcpy` takes longer than to copy a short string.

/// The longest copy made of overlapping chunks of fixed size instead of a call to `memcpy`.
const SHORT: usize = 32;

/// Copies all of `from`: two overlapping chunks cover any short length.
///
/// # Safety
/// `to` has room for as many bytes, and does not overlap `from`.
#[inline(always)]
pub(super) unsafe fn copy(from: &[u8], to: *mut u8) {
    // SAFETY: each branch writes bytes below `from.len()` alone, by the caller's promise.
    unsafe {
        if from.len() > SHORT {
            core::ptr::copy_nonoverlapping(from.as_ptr(), to, from.len());
        } else if !(copy_ends::<16>(from, to)
            || copy_ends::<8>(from, to)
            || copy_ends::<4>(from, to))
        {
            for (i, &byte) in from.iter().enumerate().take(3) {
                to.add(i).write(byte);
            }
        }
    }
}

/// Copies the first and the last `N` bytes, if there are as many.
///
/// # Safety
/// As [`copy`].
#[inline(always)]
unsafe fn copy_ends<const N: usize>(from: &[u8], to: *mut u8) -> bool {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else {
        return false;
    };
    // SAFETY: `from` has `N` bytes at least, and `to` room for as many as `from`.
    unsafe {
        to.cast::<[u8; N]>().write_unaligned(*first);
        to.add(from.len() - N)
            .cast::<[u8; N]>()
            .write_unaligned(*last);
    }
    true
}

/// A vector of its own with these bytes.
#[inline(always)]
pub(crate) fn to_vec(bytes: &[u8]) -> Vec<u8> {
    let mut copied = Vec::with_capacity(bytes.len());
    // SAFETY: there is room for as many bytes, in memory that was allocated for them alone; the
    // length is that of what has been written.
    unsafe {
        copy(bytes, copied.as_mut_ptr());
        copied.set_len(bytes.len());
    }
    copied
}

/// A string of its own with this text.
#[inline(always)]
pub(crate) fn to_string(text: &str) -> String {
    let bytes = to_vec(text.as_bytes());
    // SAFETY: the bytes are those of a text.
    unsafe { String::from_utf8_unchecked(bytes) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn copies_every_length() {
        let text = "é".repeat(50) + "abc";
        for len in (0..=text.len()).filter(|len| text.is_char_boundary(*len)) {
            assert_eq!(super::to_string(&text[..len]), text[..len]);
        }
    }
}
