//! `cargo avro fingerprint`: a fingerprint of the Parsing Canonical Form.

use avro_model::fingerprint::{md5, rabin, sha256};
use clap::{Args, ValueEnum};

use super::canonical::canonical_form;
use super::one::One;
use crate::output::Output;
use crate::stop::{Outcome, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro fingerprint Order.avsc
  cargo avro fingerprint Order.avsc --algorithm sha256
  cargo avro fingerprint schemas --type shop.Order

Single-object encoding writes the Rabin fingerprint with its lowest byte first; here the most
significant digit stands first, as in any number.";

/// Print a fingerprint of a schema, in hex
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Fingerprint {
    #[command(flatten)]
    one: One,
    /// Which one; rabin is CRC-64-AVRO
    #[arg(long, value_enum, default_value_t = Algorithm::Rabin, hide_possible_values = true,
        value_name = "rabin|md5|sha256")]
    algorithm: Algorithm,
}

/// The fingerprints that the specification names.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Algorithm {
    Rabin,
    Md5,
    Sha256,
}

impl Fingerprint {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let form = self.one.work(canonical_form)?;
        let fingerprint = match self.algorithm {
            Algorithm::Rabin => format!("{:016x}", rabin(&form)),
            Algorithm::Md5 => hex(&md5(&form)),
            Algorithm::Sha256 => hex(&sha256(&form)),
        };
        output.print(&format!("{fingerprint}\n"));
        Ok(Verdict::Good)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
