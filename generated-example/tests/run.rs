//! The program as a person runs it: its table, and its exit code when something is wrong.

use std::process::{Command, Output};

const REAL: [&str; 2] = ["KAFKA_BOOTSTRAP_SERVERS", "KAFKA_SCHEMA_REGISTRY_URL"];

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_generated-example"))
}

/// The program on the broker and registry in its process, whatever the variables here say.
fn embedded() -> Command {
    let mut program = program();
    for variable in REAL {
        program.env_remove(variable);
    }
    program
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every system's row is there, with at least 200 events that came back equal.
fn assert_table(output: &Output) {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let table = text(&output.stdout);
    for (system, topic) in [
        ("order pipeline", "orders.raw"),
        ("feature store", "FEATURE_AVAILABILITY_EVENTS"),
        ("shop", "order-events"),
        ("execution tickets", "execution.tickets"),
    ] {
        let row = table
            .lines()
            .find(|line| line.contains(system))
            .unwrap_or_else(|| panic!("no {system}:\n{table}"));
        let cells: Vec<&str> = row
            .split('|')
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        assert_eq!(cells.len(), 10, "{row}");
        assert_eq!(
            (cells[1], cells[2]),
            (topic, &*format!("{topic}-value")),
            "{row}"
        );
        let number = |cell: &str| {
            cell.parse::<usize>()
                .unwrap_or_else(|_| panic!("{cell} in {row}"))
        };
        assert!(number(cells[3]) > 0 && number(cells[4]) >= 200, "{row}");
        assert!(
            number(cells[6]) < number(cells[5]),
            "Avro is smaller than JSON: {row}"
        );
    }
}

#[test]
fn four_systems_come_back_equal() {
    assert_table(&embedded().output().unwrap());
}

#[test]
fn one_flipped_byte_is_seen() {
    let output = embedded().arg("--flip-one-byte").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    let message = text(&output.stderr);
    assert!(message.starts_with("error: event "), "{message}");
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn half_an_environment_is_refused() {
    let output = embedded()
        .env("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("KAFKA_SCHEMA_REGISTRY_URL is not"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn an_unknown_argument_is_a_usage_error() {
    let output = embedded().arg("--flip").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("usage: "));
}

/// With `RUN_KAFKA_INTEGRATION_TESTS=1` this runs on a real Kafka and registry, and may not skip.
#[test]
fn four_systems_come_back_equal_from_a_real_kafka() {
    if std::env::var("RUN_KAFKA_INTEGRATION_TESTS").as_deref() != Ok("1") {
        return;
    }
    for variable in REAL {
        assert!(
            std::env::var(variable).is_ok(),
            "RUN_KAFKA_INTEGRATION_TESTS=1 needs {variable}; run `cargo xtask kafka up`"
        );
    }
    let output = program().output().unwrap();
    assert_table(&output);
    assert!(
        text(&output.stdout).starts_with("Kafka at "),
        "{}",
        text(&output.stdout)
    );
}
