//! A value of a schema, and its bytes (specification 1.12, "Binary Encoding").

/// A value of a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// null
    Null,
    /// boolean
    Boolean(bool),
    /// int
    Int(i32),
    /// long
    Long(i64),
    /// float
    Float(f32),
    /// double
    Double(f64),
    /// bytes
    Bytes(Vec<u8>),
    /// string
    String(String),
    /// The items of an array.
    Array(Vec<Self>),
    /// The entries of a map, in the order in which they are written.
    Map(Vec<(String, Self)>),
    /// The index of a branch, and its value.
    Union(usize, Box<Self>),
    /// The fields of a record, in the schema's order, all present.
    Record(Vec<Self>),
    /// The index of a symbol.
    Enum(usize),
    /// The bytes of a fixed, as many as its size.
    Fixed(Vec<u8>),
}

/// The bytes of a datum (specification 1.12, "Binary Encoding").
#[must_use]
pub fn to_binary(datum: &Datum) -> Vec<u8> {
    let mut out = Vec::new();
    write(datum, &mut out);
    out
}

fn write(datum: &Datum, out: &mut Vec<u8>) {
    match datum {
        Datum::Null => {}
        Datum::Boolean(value) => out.push(u8::from(*value)),
        Datum::Int(value) => long(i64::from(*value), out),
        Datum::Long(value) => long(*value, out),
        Datum::Float(value) => out.extend(value.to_le_bytes()),
        Datum::Double(value) => out.extend(value.to_le_bytes()),
        Datum::Bytes(bytes) => text(bytes, out),
        Datum::String(value) => text(value.as_bytes(), out),
        Datum::Array(items) => block(items, out, write),
        Datum::Map(entries) => block(entries, out, |(key, value), out| {
            text(key.as_bytes(), out);
            write(value, out);
        }),
        Datum::Union(branch, value) => {
            index(*branch, out);
            write(value, out);
        }
        Datum::Record(fields) => fields.iter().for_each(|field| write(field, out)),
        Datum::Enum(symbol) => index(*symbol, out),
        Datum::Fixed(bytes) => out.extend(bytes),
    }
}

fn block<T>(items: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    if !items.is_empty() {
        index(items.len(), out);
        items.iter().for_each(|item| write(item, out));
    }
    out.push(0);
}

fn text(bytes: &[u8], out: &mut Vec<u8>) {
    index(bytes.len(), out);
    out.extend(bytes);
}

/// A count or an index.
fn index(value: usize, out: &mut Vec<u8>) {
    long(i64::try_from(value).unwrap_or(i64::MAX), out);
}

fn long(value: i64, out: &mut Vec<u8>) {
    let mut rest = (value << 1 ^ value >> 63) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longs_are_zigzag_varints() {
        for (value, bytes) in [
            (0, vec![0]),
            (-1, vec![1]),
            (1, vec![2]),
            (-64, vec![0x7f]),
            (64, vec![0x80, 1]),
            (
                i64::MIN,
                vec![0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
            ),
        ] {
            assert_eq!(to_binary(&Datum::Long(value)), bytes, "{value}");
        }
    }

    #[test]
    fn containers_are_one_block_and_an_empty_one() {
        assert_eq!(to_binary(&Datum::Array(vec![])), [0]);
        assert_eq!(to_binary(&Datum::Array(vec![Datum::Int(3)])), [2, 6, 0]);
        let map = Datum::Map(vec![(
            "a".to_owned(),
            Datum::Union(1, Box::new(Datum::Null)),
        )]);
        assert_eq!(to_binary(&map), [2, 2, b'a', 2, 0]);
    }
}
