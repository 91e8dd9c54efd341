//! Logical types: ranges and digits, both ways. Dates and times are in `calendar.rs`.

use avro_runtime::codec::{
    BigDecimal, DecimalBytes, DecimalFixed, DurationFixed, FieldCodec, FieldDecode, Str, Uuid,
    UuidFixed, UuidStr,
};
use avro_runtime::types::{ConvertDecimalError, Decimal, Duration, RescaleError};
use avro_runtime::{DecodeErrorKind, EncodeErrorKind, Reader, Writer, uuid};

fn encode<C: FieldCodec<T>, T>(value: &T) -> Result<Vec<u8>, EncodeErrorKind> {
    let mut out = Vec::new();
    let mut w = Writer::new(&mut out, C::bound(value));
    C::encode(value, &mut w).map_err(|error| error.kind().clone())?;
    w.finish();
    Ok(out)
}

fn decode<'de, C: FieldDecode<'de, T>, T>(datum: &'de [u8]) -> Result<T, DecodeErrorKind> {
    let mut r = Reader::new(datum);
    let mut value = C::blank();
    C::decode_into(&mut value, &mut r).map_err(|error| error.kind().clone())?;
    Ok(value)
}

#[test]
fn decimals_are_two_s_complement() {
    type Price = DecimalBytes<9, 2>;
    let cases: [(i128, &[u8]); 7] = [
        (0, &[2, 0]),
        (1, &[2, 1]),
        (-1, &[2, 0xff]),
        (127, &[2, 0x7f]),
        (128, &[4, 0, 0x80]),
        (-128, &[2, 0x80]),
        (-129, &[4, 0xff, 0x7f]),
    ];
    for (unscaled, bytes) in cases {
        let value = Decimal::new(unscaled, 2);
        assert_eq!(encode::<Price, _>(&value).as_deref(), Ok(bytes));
        let read = decode::<Price, Decimal>(bytes).unwrap();
        assert_eq!((read.unscaled(), read.scale()), (Some(unscaled), 2));
    }
    assert_eq!(
        decode::<Price, Decimal>(&[0]).unwrap(),
        Decimal::new(0, 2),
        "no bytes are zero"
    );
    let fixed = encode::<DecimalFixed<3, 5, 2>, _>(&Decimal::new(-2, 2));
    assert_eq!(fixed.as_deref(), Ok([0xff, 0xff, 0xfe].as_slice()));
}

#[test]
fn decimals_never_lose_a_digit() {
    type Price = DecimalBytes<4, 2>;
    let parse = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(
        encode::<Price, _>(&parse("1.5")).as_deref(),
        Ok([4, 0, 150].as_slice())
    );
    assert_eq!(
        encode::<Price, _>(&parse("1.500")).as_deref(),
        Ok([4, 0, 150].as_slice())
    );
    assert_eq!(
        encode::<Price, _>(&parse("0E+2000000000")).as_deref(),
        Ok([2, 0].as_slice())
    );
    let loses = Err(EncodeErrorKind::LosesDigits { scale: 2 });
    assert_eq!(encode::<Price, _>(&parse("1.501")), loses);
    assert_eq!(encode::<Price, _>(&parse("1E-2000000000")), loses);
    let exceeds = Err(EncodeErrorKind::ExceedsPrecision { precision: 4 });
    assert_eq!(encode::<Price, _>(&parse("100")), exceeds);
    assert_eq!(encode::<Price, _>(&parse("1E+2000000000")), exceeds);
    assert_eq!(encode::<DecimalFixed<1, 4, 2>, _>(&parse("2.00")), exceeds);
    let datum = encode::<DecimalBytes<9, 2>, _>(&parse("100")).unwrap();
    assert_eq!(
        decode::<Price, Decimal>(&datum),
        Err(DecodeErrorKind::ExceedsPrecision { precision: 4 })
    );
}

#[test]
fn decimals_beyond_128_bits() {
    type Wide = DecimalBytes<80, 3>;
    let text = "-12345678901234567890123456789012345678901234567890.125";
    let value: Decimal = text.parse().unwrap();
    assert_eq!(value.unscaled(), None);
    let datum = encode::<Wide, _>(&value).unwrap();
    let read = decode::<Wide, Decimal>(&datum).unwrap();
    assert_eq!(read.to_string(), text);
    assert_eq!(read.digits(), 53);
    assert_eq!(read.rescale(2), Err(RescaleError::LosesDigits));
    assert_eq!(
        read.rescale(20).unwrap().rescale(3).unwrap().to_string(),
        text
    );
    assert!(read < Decimal::new(i128::MIN, 0));
    assert_eq!(read.rescale(i32::MAX), Err(RescaleError::TooLarge));
    assert_eq!(
        Decimal::from_be_bytes(&[1; Decimal::MAX_BYTES + 1], 0),
        None
    );
}

/// 10 to this power, less one: the largest number of so many digits.
fn nines(digits: usize) -> Decimal {
    "9".repeat(digits).parse().unwrap()
}

#[test]
fn the_precision_is_exact_beyond_128_bits() {
    type Seventy = DecimalBytes<70, 0>;
    let beyond: Decimal = format!("1{}", "0".repeat(70)).parse().unwrap();
    let negative = |of: &Decimal| format!("-{of}").parse::<Decimal>().unwrap();
    for fits in [nines(70), negative(&nines(70)), nines(69)] {
        let datum = encode::<Seventy, _>(&fits).unwrap();
        assert_eq!(decode::<Seventy, Decimal>(&datum).as_ref(), Ok(&fits));
    }
    for too_long in [beyond.clone(), negative(&beyond), nines(71), nines(9_000)] {
        let datum = encode::<DecimalBytes<9_000, 0>, _>(&too_long).unwrap();
        assert_eq!(
            decode::<Seventy, Decimal>(&datum),
            Err(DecodeErrorKind::ExceedsPrecision { precision: 70 })
        );
        assert_eq!(
            encode::<Seventy, _>(&too_long),
            Err(EncodeErrorKind::ExceedsPrecision { precision: 70 })
        );
    }
}

#[test]
fn the_precision_agrees_with_the_digits_at_every_length() {
    for len in 17..60 {
        for first in [0x00, 0x01, 0x7f, 0x80, 0x81, 0xff] {
            let mut bytes = vec![0x80; len];
            bytes[0] = first;
            let value = Decimal::from_be_bytes(&bytes, 0).unwrap();
            let datum = encode::<DecimalBytes<9_000, 0>, _>(&value).unwrap();
            let read = decode::<DecimalBytes<100, 0>, Decimal>(&datum);
            assert_eq!(read.is_ok(), value.digits() <= 100, "{value}");
        }
    }
}

#[test]
fn every_decimal_is_read_from_its_own_text() {
    let mut largest = [0xff; Decimal::MAX_BYTES];
    largest[0] = 0x7f;
    let mut smallest = [0; Decimal::MAX_BYTES];
    smallest[0] = 0x80;
    for bytes in [&largest, &smallest] {
        for scale in [0, 9_864, 9_900, i32::MAX, -1, i32::MIN] {
            let value = Decimal::from_be_bytes(bytes, scale).unwrap();
            assert_eq!(value.digits(), 9_864);
            let read: Decimal = value.to_string().parse().unwrap();
            assert_eq!(read.to_be_bytes(), bytes);
            assert_eq!(read.scale(), scale);
        }
    }
    for scale in [i32::MIN, i32::MAX] {
        for unscaled in [0, 1, -15] {
            let read: Decimal = Decimal::new(unscaled, scale).to_string().parse().unwrap();
            assert_eq!((read.unscaled(), read.scale()), (Some(unscaled), scale));
        }
    }
    for refused in [
        &"9".repeat(9_865),
        "1E9223372036854775808",
        "1E-9223372036854775808",
        "1E+",
    ] {
        assert!(refused.parse::<Decimal>().is_err(), "{refused}");
    }
}

#[test]
fn decimals_compare_as_numbers_and_keep_their_scale() {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let hash = |value: &Decimal| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    };
    let (short, long) = (Decimal::new(15, 1), Decimal::new(1500, 3));
    assert_eq!(short, long);
    assert_eq!(hash(&short), hash(&long));
    assert_eq!(long.to_string(), "1.500");
    let ordered = [
        "-1E+9", "-2.5", "-2.49", "0.000", "1E-30", "2", "2.000001", "19", "1E+40",
    ];
    let values: Vec<Decimal> = ordered.iter().map(|text| text.parse().unwrap()).collect();
    assert!(values.is_sorted_by(|a, b| a < b));
    for text in [
        "",
        ".",
        "-",
        "1.2.3",
        "1e",
        "e5",
        "1_0",
        "0x1",
        "NaN",
        "1E99999999999",
    ] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
    assert_eq!(
        format!("{:>7}|{}", Decimal::new(-5, 2), Decimal::new(5, -2)),
        "  -0.05|5E+2"
    );
}

#[test]
fn big_decimals_carry_their_scale() {
    let value = Decimal::new(-314, 2);
    let datum = encode::<BigDecimal, _>(&value).unwrap();
    assert_eq!(datum, [8, 4, 0xfe, 0xc6, 4]);
    let read = decode::<BigDecimal, Decimal>(&datum).unwrap();
    assert_eq!(read.to_string(), "-3.14");
    let broken = decode::<BigDecimal, Decimal>(&[2, 4]);
    assert_eq!(broken, Err(DecodeErrorKind::OutOfRange("big-decimal")));
    // The bytes that Java's BigDecimalConversion (Avro 1.12.2) writes.
    let java: [(&str, &[u8]); 7] = [
        ("0", &[6, 2, 0, 0]),
        ("0.00", &[6, 2, 0, 4]),
        ("1E+5", &[6, 2, 1, 9]),
        ("-1E-30", &[6, 2, 0xff, 60]),
        ("128", &[8, 4, 0, 0x80, 0]),
        ("-129", &[8, 4, 0xff, 0x7f, 0]),
        (
            "12345678901234567890123456789.5",
            &[
                30, 26, 1, 0x8e, 0xe9, 0x0f, 0xf6, 0xc3, 0x73, 0xe0, 0xee, 0x4e, 0x3f, 0x0a, 0xd7,
                2,
            ],
        ),
    ];
    for (text, datum) in java {
        let value: Decimal = text.parse().unwrap();
        assert_eq!(encode::<BigDecimal, _>(&value).as_deref(), Ok(datum));
        let read = decode::<BigDecimal, Decimal>(datum).unwrap();
        assert_eq!((&read, read.scale()), (&value, value.scale()));
    }
}

#[test]
fn decimals_become_those_of_rust_decimal_exactly_or_not_at_all() {
    use avro_runtime::rust_decimal::Decimal as Rust;
    let most = "79228162514264337593543950335";
    for text in [
        "0",
        "0.00",
        "-12.50",
        "1.0000000000000000000000000000",
        most,
    ] {
        let value: Decimal = text.parse().unwrap();
        let there = Rust::try_from(&value).unwrap();
        assert_eq!(there.to_string(), text);
        let back = Decimal::from(there);
        assert_eq!(
            (back.to_string(), back.scale()),
            (text.to_owned(), value.scale())
        );
    }
    for (text, expected) in [
        ("5E+3", "5000"),
        ("0E-40", "0.0000000000000000000000000000"),
        (
            "10.0000000000000000000000000000",
            "10.000000000000000000000000000",
        ),
        (
            "10.000000000000000000000000000000000000000000",
            "10.000000000000000000000000000",
        ),
        (
            "-79228162514264337593543950335.000",
            "-79228162514264337593543950335",
        ),
    ] {
        let value: Decimal = text.parse().unwrap();
        let there = Rust::try_from(value.clone()).unwrap();
        assert_eq!(there.to_string(), expected);
        assert_eq!(Decimal::from(there), value);
    }
    for text in [
        "79228162514264337593543950336",
        "1E+29",
        "1E-29",
        "1.5E-28",
        "1E+2000000000",
    ] {
        let value: Decimal = text.parse().unwrap();
        assert_eq!(
            Rust::try_from(value),
            Err(ConvertDecimalError::RustDecimal),
            "{text}"
        );
    }
    let minus_zero = -Rust::ZERO;
    assert_eq!(Decimal::from(minus_zero).to_string(), "0");
}

#[test]
fn decimals_become_those_of_bigdecimal() {
    use avro_runtime::bigdecimal::BigDecimal as Big;
    for text in [
        "0",
        "-12.50",
        "12345678901234567890123456789012345678901234567890.125",
        "-12345678901234567890123456789012345678901234567890.125",
    ] {
        let value: Decimal = text.parse().unwrap();
        let there = Big::from(&value);
        assert_eq!(there, text.parse::<Big>().unwrap());
        let back = Decimal::try_from(&there).unwrap();
        assert_eq!(
            (back.to_string(), back.scale()),
            (text.to_owned(), value.scale())
        );
    }
    let refused = Err(ConvertDecimalError::Decimal);
    let far = Big::new(1.into(), i64::from(i32::MAX) + 1);
    assert_eq!(Decimal::try_from(far), refused);
    let long: Big = "9".repeat(9_865).parse().unwrap();
    assert_eq!(Decimal::try_from(long), refused);
    assert_eq!(Decimal::try_from(Big::from(nines(9_000))), Ok(nines(9_000)));
}

#[test]
fn uuids_and_durations() {
    let value = uuid::Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
    let text = encode::<UuidStr<Uuid>, _>(&value).unwrap();
    assert_eq!(text[0], 72);
    assert_eq!(&text[1..], b"00112233-4455-6677-8899-aabbccddeeff");
    assert_eq!(decode::<UuidStr<Uuid>, uuid::Uuid>(&text), Ok(value));
    for written in [
        "00112233-4455-6677-8899-AABBCCDDEEFF",
        "00112233445566778899aabbccddeeff",
        "urn:uuid:00112233-4455-6677-8899-aabbccddeeff",
    ] {
        let datum = encode::<Str, String>(&written.to_owned()).unwrap();
        assert_eq!(decode::<UuidStr<Uuid>, uuid::Uuid>(&datum), Ok(value));
    }
    let broken = decode::<UuidStr<Uuid>, uuid::Uuid>(&[2, b'x']);
    assert_eq!(broken, Err(DecodeErrorKind::OutOfRange("uuid")));
    let fixed = encode::<UuidFixed<Uuid>, _>(&value).unwrap();
    assert_eq!(fixed, value.as_bytes());
    let duration = Duration::new(1, 2, 0x0102_0304);
    let datum = encode::<DurationFixed, _>(&duration).unwrap();
    assert_eq!(datum, [1, 0, 0, 0, 2, 0, 0, 0, 4, 3, 2, 1]);
    assert_eq!(duration.to_string(), "P1M2DT16909.060S");
    assert_eq!("PT1.5S".parse(), Ok(Duration::new(0, 0, 1500)));
    assert_eq!("P3M".parse(), Ok(Duration::new(3, 0, 0)));
    for text in [
        "",
        "P",
        "P1",
        "PT",
        "P-1M",
        "PT1.2345S",
        "P1D2M",
        "PT4294968S",
    ] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
}
