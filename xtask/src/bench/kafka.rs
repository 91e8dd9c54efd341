//! The real Kafka that the program `kafka` measures on, besides the mock cluster that it starts by itself.

use std::env;

use super::Folders;
use super::programs::Program;
use crate::workspace::Workspace;
use crate::{Error, kafka};

/// The program.
pub(super) const NAME: &str = "kafka";

/// The variable by which it finds a broker.
const BOOTSTRAP_SERVERS: &str = "KAFKA_BOOTSTRAP_SERVERS";

/// Runs the program on the Kafka that the environment names. If it names none, one is started, and ended unless it was up before.
///
/// # Errors
///
/// If there is no Kafka to be had, or the program fails.
pub(super) fn run(
    program: &Program,
    workspace: &Workspace,
    folders: &Folders,
) -> Result<(), Error> {
    if env::var_os(BOOTSTRAP_SERVERS).is_some() {
        return program.run(folders, &[]);
    }
    let stays = kafka::is_up(workspace)?;
    let state = kafka::up(workspace)?;
    let ran = program.run(folders, &state.environment());
    if !stays {
        kafka::down(workspace)?;
    }
    ran
}
