//! Which goals there are.

use super::super::results::{Results, Unit};
use super::{Bound, Figure, Goal, Names, Place};
use Bound::{AtLeast, AtMost};
use Unit::Ns;

const OURS: Names = &["ours"];
const FAST: Names = &["serde_avro_fast"];
const JAVA: Names = &["Java", "Java, custom coders", "Java, fastread"];
const APACHE: Names = &["apache-avro, serde", "apache-avro, Value"];

const ENCODE: &str = "encode, buffer reused";
const OWNED: &str = "decode, owned";
const BORROWED: &str = "decode, borrowed";

/// Nanoseconds.
const MICROSECOND: f64 = 1e3;
const SECOND: f64 = 1e9;

/// How much more an element may take where there are 64 times as many: memory is slower than a
/// processor's caches. What grows with the square takes 64 times as much.
const LINEAR: f64 = 2.0;

/// The same of a map, whose keys are put in order.
const SORTED: f64 = 4.0;

/// Every goal.
pub(super) fn goals(results: &Results) -> Vec<Goal> {
    let mut goals = codec();
    goals.extend(evolved(results));
    goals.extend(containers());
    goals.extend(json(results));
    goals.extend(kafka());
    goals.extend(scaling());
    goals.extend(compile_time());
    goals.extend(compiler());
    goals
}

fn times(record: &str, row: &'static str, of: Names, by: Names, bound: Bound) -> Goal {
    let who = match bound {
        AtLeast(_) => format!("the time of {} by ours", named(of)),
        AtMost(_) => format!("our time by that of {}", named(by)),
    };
    Goal {
        what: format!("{record}: {row}: {who}"),
        figure: Figure::Times {
            place: place(record, row),
            of,
            by,
        },
        bound,
    }
}

fn cost(record: &str, row: &'static str, of: &'static str, unit: Unit, most: f64) -> Goal {
    Goal {
        what: format!("{record}: {row}: {of}"),
        figure: Figure::Cost {
            place: place(record, row),
            of,
            unit,
        },
        bound: AtMost(most),
    }
}

fn growth(record: &str, row: &'static str, most: f64) -> Goal {
    Goal {
        what: format!("{record}: {row}: an element of many by one of few"),
        figure: Figure::Growth(place(record, row)),
        bound: AtMost(most),
    }
}

/// Where it takes a row to know which goals there are, and there is none.
fn missing(what: &str, bound: Bound) -> Goal {
    Goal {
        what: what.to_owned(),
        figure: Figure::Missing,
        bound,
    }
}

fn place(record: &str, row: &'static str) -> Place {
    let record = record.to_owned();
    Place { record, row }
}

/// How people call the fastest of these.
fn named(names: Names) -> String {
    match names {
        [only] => (*only).to_owned(),
        JAVA => "Java's fastest".to_owned(),
        APACHE => "apache-avro's fastest".to_owned(),
        several => several.join(" or "),
    }
}

fn codec() -> Vec<Goal> {
    const HERO: &str = "Superhero";
    const PROST: Names = &["prost"];
    const DOUBLES: &str = "1,024 doubles";
    const MEMCPY: Names = &["memcpy"];
    const REUSED: &str = "decode, reused";
    vec![
        times(HERO, ENCODE, FAST, OURS, AtLeast(13.0)),
        times(HERO, ENCODE, &["Java, custom coders"], OURS, AtLeast(7.0)),
        times(HERO, ENCODE, PROST, OURS, AtLeast(2.7)),
        cost(HERO, "allocations", ENCODE, Unit::Allocations, 0.0),
        times(HERO, OWNED, FAST, OURS, AtLeast(4.3)),
        times(HERO, OWNED, PROST, OURS, AtLeast(2.4)),
        times(HERO, OWNED, OURS, &["clone of the value"], AtMost(1.6)),
        times(HERO, BORROWED, FAST, OURS, AtLeast(6.2)),
        times(HERO, REUSED, JAVA, OURS, AtLeast(5.5)),
        times("big", ENCODE, FAST, OURS, AtLeast(8.0)),
        times("big", OWNED, FAST, OURS, AtLeast(1.9)),
        times("big", BORROWED, FAST, OURS, AtLeast(2.8)),
        times("numeric", ENCODE, FAST, OURS, AtLeast(6.0)),
        times("numeric", OWNED, FAST, OURS, AtLeast(3.0)),
        times(DOUBLES, ENCODE, MEMCPY, OURS, AtLeast(0.7)),
        times(DOUBLES, OWNED, MEMCPY, OURS, AtLeast(0.7)),
    ]
}

/// The versions of the order event.
const VERSIONS: [&str; 7] = [
    "field added with a default",
    "field removed",
    "fields reordered",
    "numbers promoted",
    "fields renamed",
    "all, in the items",
    "all, everywhere",
];

fn evolved(results: &Results) -> Vec<Goal> {
    const DIRECT: Names = &["direct"];
    const PLAN: &str = "a plan from linked schemas";
    const VALUE: Names = &["apache-avro, Value"];
    // Where it is quick to fail there is nothing to compare with.
    const FAILS: Names = &["apache-avro, Value (another value, or an error)"];
    let mut goals = Vec::new();
    for version in VERSIONS {
        let (owned, borrowed) = ("evolved, owned", "evolved, borrowed");
        goals.push(times(version, owned, OURS, DIRECT, AtMost(1.2)));
        goals.push(times(version, borrowed, OURS, DIRECT, AtMost(1.4)));
        let row = results.row(version, owned);
        if row.and_then(|row| row.fastest(FAILS)).is_none() {
            goals.push(times(version, owned, VALUE, OURS, AtLeast(10.0)));
        }
        goals.push(cost(version, PLAN, "ours", Ns, 2.0 * MICROSECOND));
    }
    for record in ["200 fields, 100 added", "200 fields, reversed"] {
        goals.push(cost(record, PLAN, "ours", Ns, 20.0 * MICROSECOND));
    }
    goals.push(growth("fields of a plan", PLAN, LINEAR));
    goals
}

fn containers() -> Vec<Goal> {
    const OWNED: Names = &["ours, owned"];
    let (write, read) = ("null file, write", "null file, read");
    let goals = ["Superhero", "big", "numeric"].map(|record| {
        [
            times(record, write, APACHE, OURS, AtLeast(5.0)),
            times(record, write, JAVA, OURS, AtLeast(2.0)),
            times(record, read, APACHE, OWNED, AtLeast(5.0)),
            times(record, read, JAVA, OWNED, AtLeast(2.0)),
        ]
    });
    goals.into_iter().flatten().collect()
}

/// Records whose text is that of serde_json.
fn json(results: &Results) -> Vec<Goal> {
    const SERDE: Names = &["serde_json"];
    let (write, read) = ("write JSON", "read JSON");
    let mut goals = Vec::new();
    let rows = results.of("json").iter();
    let same = rows.filter(|row| row.what == write && !row.record.ends_with("(texts differ)"));
    for record in same.map(|row| &*row.record) {
        goals.push(times(record, write, SERDE, OURS, AtLeast(2.0)));
        goals.push(times(record, read, SERDE, OURS, AtLeast(2.0)));
    }
    if goals.is_empty() {
        goals.push(missing(
            "plain JSON, both ways: serde_json's time by ours",
            AtLeast(2.0),
        ));
    }
    for hostile in ["escapes in JSON", "spaces in JSON", "digits in JSON"] {
        goals.push(growth(hostile, read, LINEAR));
    }
    goals
}

/// What the typed client may add to rdkafka's own.
fn kafka() -> Vec<Goal> {
    /// As much in a second, but for a twentieth.
    const THROUGHPUT: f64 = 0.95;
    /// More time of processors for an event.
    const PROCESSORS: f64 = 1.15;
    const PRODUCER: Names = &["FutureProducer"];
    const CONSUMER: Names = &["StreamConsumer"];
    const ROWS: [(&str, Names, &str); 6] = [
        (
            "produce to MockCluster, on the clock",
            PRODUCER,
            "produce to MockCluster, on processors",
        ),
        (
            "produce with headers to MockCluster, on the clock",
            PRODUCER,
            "produce with headers to MockCluster, on processors",
        ),
        (
            "consume from MockCluster, on the clock",
            CONSUMER,
            "consume from MockCluster, on processors",
        ),
        (
            "produce to Kafka, on the clock",
            PRODUCER,
            "produce to Kafka, on processors",
        ),
        (
            "produce with headers to Kafka, on the clock",
            PRODUCER,
            "produce with headers to Kafka, on processors",
        ),
        (
            "consume from Kafka, on the clock",
            CONSUMER,
            "consume from Kafka, on processors",
        ),
    ];
    let mut goals = Vec::new();
    for record in ["event of 176 bytes", "event of 4 KB"] {
        for (clock, theirs, processors) in ROWS {
            goals.push(times(record, clock, theirs, OURS, AtLeast(THROUGHPUT)));
            goals.push(times(record, processors, OURS, theirs, AtMost(PROCESSORS)));
        }
    }
    goals
}

fn scaling() -> Vec<Goal> {
    let linear = [
        "array of longs",
        "array of strings",
        "array of records",
        "string of ASCII",
        "string of Greek",
        "depth",
    ];
    let mut goals = Vec::new();
    for row in ["encode", "decode, owned", "decode, borrowed"] {
        goals.extend(linear.map(|record| growth(record, row, LINEAR)));
        goals.push(growth("map of longs", row, SORTED));
    }
    goals
}

fn compile_time() -> Vec<Goal> {
    const SERDE: Names = &["serde's derives, one use"];
    const ROW: &str = "compile, optimised";
    let by = |record, least| times(record, ROW, SERDE, OURS, AtLeast(least));
    vec![
        by("a record of 20 fields", 5.0),
        by("a record of 200 fields", 5.0),
        by("a record of 1,000 fields", 5.0),
        by("300 types", 4.0),
    ]
}

fn compiler() -> Vec<Goal> {
    const SCHEMAS: &str = "1,000 schemas";
    const MORE: Names = &["10,000 schemas"];
    const SOME: Names = &[SCHEMAS];
    let tenfold = |row| Goal {
        what: format!("{row}: 10,000 schemas by 1,000"),
        ..times(SCHEMAS, row, MORE, SOME, AtMost(12.0))
    };
    let (check, generate) = (
        "cargo avro check, on the clock",
        "cargo avro generate, on the clock",
    );
    vec![
        cost(SCHEMAS, check, SCHEMAS, Ns, 0.5 * SECOND),
        cost(SCHEMAS, generate, SCHEMAS, Ns, 2.0 * SECOND),
        tenfold("cargo avro check"),
        tenfold("cargo avro generate"),
    ]
}
