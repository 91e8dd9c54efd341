//! Writes valid inputs of every target to `corpus/`, for a run to begin with.

use std::{fs, io};

use avro_tests::fuzz::seeds::TARGETS;

fn main() -> io::Result<()> {
    for target in TARGETS {
        let folder = format!("{}/corpus/{}", env!("CARGO_MANIFEST_DIR"), target.name);
        fs::create_dir_all(&folder)?;
        for (number, input) in (target.seeds)().into_iter().enumerate() {
            fs::write(format!("{folder}/seed-{number:04}"), input)?;
        }
    }
    Ok(())
}
