//! `cargo run -p generated-example`: the four systems on an embedded broker and registry, or on
//! real ones if `KAFKA_BOOTSTRAP_SERVERS` and `KAFKA_SCHEMA_REGISTRY_URL` are set.

use std::process::ExitCode;
use std::sync::Arc;

use generated_example::{Environment, Failure, FlipOneByte, TOPICS, run, table};
use indicatif::MultiProgress;

const USAGE: &str = "usage: generated-example [--flip-one-byte]

Takes the events of four systems through Kafka and back, and prints one table.

  --flip-one-byte   flips one byte of one message on its way, to see that the run fails

KAFKA_BOOTSTRAP_SERVERS and KAFKA_SCHEMA_REGISTRY_URL name a real Kafka and registry; without
them both run in the process.";

#[tokio::main]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the report of a program is its output"
)]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let flip_one_byte = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--flip-one-byte"] => true,
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match report(flip_one_byte).await {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn report(flip_one_byte: bool) -> Result<String, Failure> {
    let mut environment = Environment::from_variables(&TOPICS).await?;
    if flip_one_byte {
        environment.transport = Arc::new(FlipOneByte::new(environment.transport));
    }
    let rows = run(&environment, &MultiProgress::new()).await?;
    Ok(format!("{}\n{}", environment.description, table(&rows)))
}
