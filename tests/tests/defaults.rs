//! A default that the runtime's codec would refuse never reaches generated code: the generator's
//! verdict is the codec's, at every bound.

use avro_codegen::Config;
use avro_model::source::SourceMap;
use avro_runtime::codec::{self as c, FieldDecode};
use avro_runtime::{Reader, Writer};

/// What is said of a field with this type and default, and the code.
fn generate(manifest: &str, ty: &str, default: &str) -> (Vec<String>, String) {
    let mut sources = SourceMap::new();
    let text = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}, "default": {default}}}]}}"#
    );
    sources.add("r.avsc", text).unwrap();
    let output = Config::from_toml("avro.toml", manifest)
        .unwrap()
        .generate(&sources)
        .unwrap_or_else(|error| panic!("{ty} {default}: {error:?}"));
    let said = output
        .findings()
        .iter()
        .filter(|found| found.code.as_str() == "AVR050")
        .map(|found| found.message.clone())
        .collect();
    (said, output.files[0].text.clone())
}

/// Both say the same of this datum, and the code has a default if and only if it can be decoded.
#[track_caller]
fn agree_in<C: FieldDecode<'static, T>, T>(
    manifest: &str,
    ty: &str,
    default: &str,
    datum: Vec<u8>,
) {
    let datum: &'static [u8] = datum.leak();
    let mut r = Reader::new(datum);
    let decodes = c::decode_new::<C, T>(&mut r).is_ok();
    let (said, code) = generate(manifest, ty, default);
    assert_eq!(said.is_empty(), decodes, "{ty} {default}: {said:?}");
    assert_eq!(code.contains("c::default::<"), decodes, "{ty} {default}");
    assert_eq!(
        code.contains("impl ::core::default::Default for R"),
        decodes
    );
}

#[track_caller]
fn agree<C: FieldDecode<'static, T>, T>(ty: &str, default: &str, datum: Vec<u8>) {
    agree_in::<C, T>("", ty, default, datum);
}

/// A library for dates and times.
trait Library: c::TimeLibrary {
    const NAME: &'static str;
    /// The first and the last second of its dates and of its timestamps.
    const LOCAL: (i64, i64);
    const UTC: (i64, i64);

    #[track_caller]
    fn agree<C: FieldDecode<'static, T>, T>(ty: &str, count: i64, datum: Vec<u8>) {
        let manifest = format!("[logical-types]\ntimestamp = \"{}\"\n", Self::NAME);
        agree_in::<C, T>(&manifest, ty, &count.to_string(), datum);
    }
}

impl Library for c::Chrono {
    const NAME: &'static str = "chrono";
    const LOCAL: (i64, i64) = (-8_334_601_228_800, 8_210_266_876_799);
    const UTC: (i64, i64) = Self::LOCAL;
}

impl Library for c::Jiff {
    const NAME: &'static str = "jiff";
    const LOCAL: (i64, i64) = (-377_705_116_800, 253_402_300_799);
    const UTC: (i64, i64) = (-377_705_023_201, 253_402_207_200);
}

impl Library for c::Time {
    const NAME: &'static str = "time";
    const LOCAL: (i64, i64) = (-377_705_116_800, 253_402_300_799);
    const UTC: (i64, i64) = Self::LOCAL;
}

fn logical(base: &str, name: &str) -> String {
    format!(r#"{{"type": "{base}", "logicalType": "{name}"}}"#)
}

/// What the runtime writes.
fn bytes(write: impl FnOnce(&mut Writer<'_>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut w = Writer::new(&mut out, 0);
    write(&mut w);
    w.finish();
    out
}

fn dates_and_times_of_day<L: Library>() {
    let (first, last) = (
        (L::LOCAL.0 / 86_400) as i32,
        L::LOCAL.1.div_euclid(86_400) as i32,
    );
    let ints = [i32::MIN, first - 1, first, -1, 0, 86_399_999, 86_400_000];
    for value in ints.into_iter().chain([last, last + 1, i32::MAX]) {
        let datum = bytes(|w| w.int(value));
        let date = logical("int", "date");
        L::agree::<c::Date<L>, _>(&date, value.into(), datum.clone());
        let time = logical("int", "time-millis");
        L::agree::<c::TimeMillis<L>, _>(&time, value.into(), datum);
    }
    for value in [i64::MIN, -1, 0, 86_399_999_999, 86_400_000_000, i64::MAX] {
        let datum = bytes(|w| w.long(value));
        L::agree::<c::TimeMicros<L>, _>(&logical("long", "time-micros"), value, datum);
    }
}

/// Numbers at the ends of a range of seconds, in this unit.
fn ends((first, last): (i64, i64), per_second: i64) -> [i64; 7] {
    let (first, end) = (first * per_second, (last + 1) * per_second);
    [i64::MIN, first - 1, first, 0, end - 1, end, i64::MAX]
}

fn timestamps<L: Library>() {
    let of = |value| bytes(|w| w.long(value));
    for value in ends(L::UTC, 1_000) {
        let ty = logical("long", "timestamp-millis");
        L::agree::<c::TimestampMillis<L>, _>(&ty, value, of(value));
    }
    for value in ends(L::LOCAL, 1_000) {
        let ty = logical("long", "local-timestamp-millis");
        L::agree::<c::LocalTimestampMillis<L>, _>(&ty, value, of(value));
    }
    for value in ends(L::UTC, 1_000_000) {
        let ty = logical("long", "timestamp-micros");
        L::agree::<c::TimestampMicros<L>, _>(&ty, value, of(value));
    }
    for value in ends(L::LOCAL, 1_000_000) {
        let ty = logical("long", "local-timestamp-micros");
        L::agree::<c::LocalTimestampMicros<L>, _>(&ty, value, of(value));
    }
    for value in [i64::MIN, i64::MAX] {
        let ty = logical("long", "timestamp-nanos");
        L::agree::<c::TimestampNanos<L>, _>(&ty, value, of(value));
        let ty = logical("long", "local-timestamp-nanos");
        L::agree::<c::LocalTimestampNanos<L>, _>(&ty, value, of(value));
    }
}

#[test]
fn times_of_every_library() {
    dates_and_times_of_day::<c::Chrono>();
    dates_and_times_of_day::<c::Jiff>();
    dates_and_times_of_day::<c::Time>();
    timestamps::<c::Chrono>();
    timestamps::<c::Jiff>();
    timestamps::<c::Time>();
}

#[test]
fn uuids() {
    let hyphenated = "936da01f-9abd-4d9d-80c7-02af85c822a8";
    for text in [
        "".to_owned(),
        "nil".to_owned(),
        hyphenated.to_owned(),
        hyphenated.to_uppercase(),
        hyphenated.replace('-', ""),
        hyphenated.replace('9', "g"),
        format!("{{{hyphenated}}}"),
        format!("{{{}}}", hyphenated.replace('-', "")),
        format!("urn:uuid:{hyphenated}"),
        "936da01f9-abd-4d9d-80c7-02af85c822a8".to_owned(),
        "é".repeat(18),
    ] {
        let datum = bytes(|w| w.bytes(text.as_bytes()));
        let ty = logical("string", "uuid");
        agree::<c::UuidStr<c::Uuid>, _>(&ty, &format!("{text:?}"), datum);
    }
}

/// Bytes as a default writes them: a character for each.
fn characters(bytes: &[u8]) -> String {
    let escaped: String = bytes.iter().map(|byte| format!("\\u{byte:04x}")).collect();
    format!("\"{escaped}\"")
}

#[test]
fn decimals() {
    let four = r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#;
    let forty = r#"{"type": "bytes", "logicalType": "decimal", "precision": 40}"#;
    let ten_to = |power: u32| 10_i128.pow(power).to_be_bytes().to_vec();
    for unscaled in [
        vec![],
        vec![0],
        9_999_i32.to_be_bytes().to_vec(),
        10_000_i32.to_be_bytes().to_vec(),
        (-9_999_i32).to_be_bytes().to_vec(),
        (-10_000_i32).to_be_bytes().to_vec(),
        ten_to(38),
        [vec![0x7f], vec![0xff; 16]].concat(),
        [vec![0x80], vec![0; 16]].concat(),
        vec![0xff; 5_000],
        [vec![0x7f], vec![0; 4_095]].concat(),
    ] {
        let (default, datum) = (characters(&unscaled), bytes(|w| w.bytes(&unscaled)));
        agree::<c::DecimalBytes<4, 2>, _>(four, &default, datum.clone());
        agree::<c::DecimalBytes<40, 0>, _>(forty, &default, datum);
    }
    let fixed =
        r#"{"type": "fixed", "name": "F", "size": 2, "logicalType": "decimal", "precision": 3}"#;
    for unscaled in [[0x03, 0xe7], [0x03, 0xe8], [0xfc, 0x19], [0xfc, 0x18]] {
        let default = characters(&unscaled);
        agree::<c::DecimalFixed<2, 3, 0>, _>(fixed, &default, unscaled.to_vec());
    }
}

#[test]
fn big_decimals() {
    for inner in [
        vec![],
        vec![2, 5, 4],
        vec![2, 5],
        vec![2, 5, 4, 0],
        vec![1, 5, 4],
        vec![0, 0],
        vec![4, 5, 4],
        bytes(|w| {
            w.bytes(&[1]);
            w.long(1 << 40);
        }),
        vec![0xff; 11],
    ] {
        let datum = bytes(|w| w.bytes(&inner));
        let ty = logical("bytes", "big-decimal");
        agree::<c::BigDecimal, _>(&ty, &characters(&inner), datum);
    }
}

#[test]
fn wherever_they_stand() {
    let date = r#"{"type": "int", "logicalType": "date"}"#;
    for (ty, default) in [
        (
            format!(r#"{{"type": "array", "items": {date}}}"#),
            "[0, 2147483647]",
        ),
        (
            format!(r#"{{"type": "map", "values": {date}}}"#),
            r#"{"a": 2147483647}"#,
        ),
        (format!(r#"[{date}, "null"]"#), "2147483647"),
        (
            format!(
                r#"{{"type": "record", "name": "I", "fields": [{{"name": "d", "type": {date}}}]}}"#
            ),
            r#"{"d": 2147483647}"#,
        ),
    ] {
        let (said, code) = generate("", &ty, default);
        assert_eq!(
            said,
            [
                "the default of `R.f` has no value in Rust: 2147483647 is not a date in the years -262143 to 262142"
            ]
        );
        assert!(!code.contains("c::default::<"), "{code}");
        let fine = default.replace("2147483647", "1");
        assert_eq!(generate("", &ty, &fine).0, Vec::<String>::new());
    }
}

#[test]
fn recursion_ends_where_the_reader_ends_it() {
    let list = r#"{"type": "record", "name": "L", "fields": [{"name": "next", "type": ["null", "L"], "default": null}]}"#;
    let nested = |levels: usize| {
        format!(
            "{}{{}}{}",
            r#"{"next": "#.repeat(levels - 1),
            "}".repeat(levels - 1)
        )
    };
    let (said, code) = generate("", list, &nested(128));
    assert_eq!(said, Vec::<String>::new());
    assert!(code.contains("c::default::<"));
    let (said, _) = generate("", list, &nested(129));
    assert_eq!(
        said,
        ["the default of `R.f` has no value in Rust: it holds more than 128 `L` in one another"]
    );
}

/// Takes one byte and refuses zero.
struct NotZero;

impl<'de> FieldDecode<'de, u8> for NotZero {
    const MIN_LEN: usize = 1;

    fn blank() -> u8 {
        0
    }

    fn decode_into(value: &mut u8, r: &mut Reader<'de>) -> Result<(), avro_runtime::DecodeError> {
        let [read] = r.array::<1>()?;
        *value = u8::from(read != 0);
        if read == 0 {
            r.array::<100>().map(|_| ())
        } else {
            Ok(())
        }
    }
}

#[test]
fn a_codec_of_ones_own_reads_its_default() {
    assert_eq!(c::default::<NotZero, u8>(&[7]), 1);
}

#[test]
#[should_panic(expected = "NotZero` cannot read the schema's default [00]: ")]
fn or_fails_loudly() {
    c::default::<NotZero, u8>(&[0]);
}

#[test]
#[should_panic(expected = "NotZero` cannot read the schema's default [07, 07]: ")]
fn and_leaves_nothing() {
    c::default::<NotZero, u8>(&[7, 7]);
}
