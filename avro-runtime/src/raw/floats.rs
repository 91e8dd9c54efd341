//! Arrays of floating-point numbers, which on little-endian machines are their bytes: copying them
//! at once takes half the time of a loop that the compiler turns into vector instructions.

/// `f32` and `f64`.
pub(crate) trait Float: Copy + private::Sealed {
    /// The bytes of one, as Avro has them.
    type Bytes: AsRef<[u8]> + for<'b> TryFrom<&'b [u8]>;
    fn to_le(self) -> Self::Bytes;
    fn from_le(bytes: Self::Bytes) -> Self;
}

mod private {
    /// Types of which every bit pattern is a value, and which have no padding.
    pub(crate) trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

impl Float for f32 {
    type Bytes = [u8; 4];

    fn to_le(self) -> [u8; 4] {
        self.to_le_bytes()
    }

    fn from_le(bytes: [u8; 4]) -> Self {
        Self::from_le_bytes(bytes)
    }
}

impl Float for f64 {
    type Bytes = [u8; 8];

    fn to_le(self) -> [u8; 8] {
        self.to_le_bytes()
    }

    fn from_le(bytes: [u8; 8]) -> Self {
        Self::from_le_bytes(bytes)
    }
}

/// Appends the numbers that these bytes hold; of an incomplete one at the end nothing.
#[inline]
pub(crate) fn extend<T: Float>(out: &mut Vec<T>, bytes: &[u8]) {
    let count = bytes.len() / size_of::<T>();
    if cfg!(target_endian = "little") {
        out.reserve(count);
        // SAFETY: there is room for `count` more numbers, each of as many bytes as the input has
        // for it, and every bit pattern is a number. The input is borrowed, so lies elsewhere.
        unsafe {
            let room = out.as_mut_ptr().add(out.len()).cast::<u8>();
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), room, count * size_of::<T>());
            out.set_len(out.len() + count);
        }
    } else {
        let numbers = bytes.chunks_exact(size_of::<T>());
        out.extend(numbers.filter_map(|it| it.try_into().ok().map(T::from_le)));
    }
}

/// Hands over the bytes of these numbers, in one piece where they are that in memory.
#[inline]
pub(crate) fn each_bytes<T: Float>(numbers: &[T], mut write: impl FnMut(&[u8])) {
    if cfg!(target_endian = "little") {
        // SAFETY: the numbers have no padding, and stand one after another.
        let bytes = unsafe {
            core::slice::from_raw_parts(numbers.as_ptr().cast::<u8>(), size_of_val(numbers))
        };
        write(bytes);
    } else {
        numbers
            .iter()
            .for_each(|number| write(number.to_le().as_ref()));
    }
}

#[cfg(test)]
mod tests {
    use super::{each_bytes, extend};

    #[test]
    fn the_bytes_are_those_of_each_number() {
        for count in 0..20 {
            let doubles: Vec<f64> = (0..count).map(|i| f64::from(i) * -1.5 + 0.1).collect();
            let expected: Vec<u8> = doubles.iter().flat_map(|it| it.to_le_bytes()).collect();
            let mut bytes = Vec::new();
            each_bytes(&doubles, |more| bytes.extend_from_slice(more));
            assert_eq!(bytes, expected);

            // From any address on, and behind what is there.
            for offset in 0..8 {
                let mut shifted = vec![0xee; offset];
                shifted.extend_from_slice(&expected);
                shifted.push(0xee);
                let mut read = vec![7.0];
                extend::<f64>(&mut read, &shifted[offset..]);
                assert_eq!(read[0], 7.0);
                assert_eq!(read[1..], doubles);
            }
        }
        let mut read: Vec<f32> = Vec::new();
        extend(&mut read, &[0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f]);
        assert!(read[0] == 1.0 && read[1].is_nan());
    }
}
