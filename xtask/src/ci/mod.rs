//! `cargo xtask ci`: every check, one after the other, each with its name and its time.
//!
//! A step that fails stops none of the others. Only the corpora may be absent; whatever else
//! cannot run has failed.

mod steps;
mod summary;

use std::time::Instant;

use crate::args::Args;
use crate::workspace::Workspace;
use crate::{Error, Outcome, kafka};
use summary::{End, Summary};

/// Runs all steps and shows how each ended.
///
/// # Errors
///
/// If Cargo cannot describe the repository.
pub(crate) fn run(args: Args) -> Outcome {
    args.finish()?;
    let workspace = Workspace::load()?;
    let mut ci = Ci {
        summary: Summary::default(),
        workspace,
    };
    ci.checks();
    ci.on_real_servers();
    ci.tables();
    ci.cargo(&steps::ORACLE);
    ci.cargo(&steps::INTEROP);
    ci.cargo(&steps::BENCH);
    ci.cargo(&steps::FUZZ);
    print!("\n{}", ci.summary);
    Ok(ci.summary.is_sound())
}

struct Ci {
    workspace: Workspace,
    summary: Summary,
}

impl Ci {
    /// What needs no server: the two commands of the README among them.
    fn checks(&mut self) {
        for step in &steps::CHECKS {
            self.cargo(step);
        }
    }

    /// The Kafka tests and the example on a real Kafka and a real registry, which end with this
    /// step whatever happens in it.
    fn on_real_servers(&mut self) {
        let mut environment = Vec::new();
        self.step("kafka up", |ci| {
            let state = kafka::up(&ci.workspace)?;
            let pairs = state.environment();
            environment = pairs
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            Ok(End::Passed)
        });
        for step in &steps::ON_KAFKA {
            let environment = &environment;
            self.step(step.name, |ci| match environment.is_empty() {
                true => Err("there is no Kafka to run it on".into()),
                false => step.run(&ci.workspace.root, environment),
            });
        }
        self.step("kafka down", |ci| {
            kafka::down(&ci.workspace).map(|()| End::Passed)
        });
    }

    /// The project's own tables always; the corpora where they stand beside the checkout.
    fn tables(&mut self) {
        self.cargo(&steps::CONFORMANCE);
        let corpora = self.workspace.root.join("../shared/corpora");
        self.step("conformance: corpora", |ci| match corpora.is_dir() {
            true => steps::CORPORA.run(&ci.workspace.root, &[]),
            false => Ok(End::Absent),
        });
    }

    fn cargo(&mut self, step: &steps::Step) {
        self.step(step.name, |ci| step.run(&ci.workspace.root, &[]));
    }

    fn step(&mut self, name: &'static str, work: impl FnOnce(&Self) -> Result<End, Error>) {
        println!("\n=== {name}");
        let begin = Instant::now();
        let end = work(self).unwrap_or_else(|error| {
            println!("{name}: {error}");
            End::Failed
        });
        self.summary.add(name, end, begin.elapsed());
    }
}
