//! Schemas on which implementations disagree: what was decided, strict and lenient, and why.
//!
//! The decisions are this project's (`tests/conformance/decisions.json`). The cases are the corpora's,
//! and those that a decision brings with it. A case without a decision fails, and so does a decision
//! without a case.

use std::path::Path;

use serde::Deserialize;

use super::cases;
use super::checks::{self, Strictness};
use super::table::{Case, Table};
use crate::Error;

#[derive(Debug, Deserialize)]
struct Contested {
    id: String,
    schema_text: String,
}

/// What was decided about one case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    id: String,
    /// The schema's text, where the corpora have no case.
    schema: Option<String>,
    /// What Java does, where the decision brings its own case.
    java: Option<String>,
    strict: Verdict,
    lenient: Verdict,
    /// The code of a finding that must be made.
    finding: Option<String>,
    /// The clause of the specification that decides.
    clause: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Valid,
    Invalid,
}

/// Holds the compiler against the decisions that bring their own cases.
///
/// # Errors
///
/// If the decisions cannot be read.
pub(super) fn own(name: &str, folder: &Path) -> Result<Table, Error> {
    let decisions: Vec<Decision> = cases::load(&folder.join("decisions.json"))?;
    let cases = decisions.into_iter().filter_map(|decision| {
        let outcome = match (decision.schema.as_deref()?, decision.java.as_deref()) {
            (_, None | Some("")) => Err("the decision does not say what Java does".into()),
            (text, Some(_)) => holds(text, &decision),
        };
        Some(Case {
            id: decision.id,
            outcome,
        })
    });
    Ok(Table::new(name, cases.collect()))
}

/// Holds the compiler against what was decided about the corpora's cases.
///
/// # Errors
///
/// If the table or the decisions cannot be read.
pub(super) fn table(name: &str, corpora: &Path, own: &Path) -> Result<Table, Error> {
    let rows: Vec<Contested> = cases::load(&corpora.join(format!("{name}.json")))?;
    let mut decisions: Vec<Decision> = cases::load(&own.join("decisions.json"))?;
    decisions.retain(|decision| decision.schema.is_none());
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        let at = decisions.iter().position(|decision| decision.id == row.id);
        let outcome = match at.map(|at| decisions.remove(at)) {
            Some(decision) => holds(&row.schema_text, &decision),
            None => Err("nothing was decided: add it to decisions.json".into()),
        };
        cases.push(Case {
            id: row.id,
            outcome,
        });
    }
    cases.extend(decisions.into_iter().map(|decision| Case {
        id: decision.id,
        outcome: Err("decided, and there is no such case".into()),
    }));
    Ok(Table::new(name, cases))
}

fn holds(text: &str, decision: &Decision) -> Result<(), String> {
    if decision.clause.trim().is_empty() {
        return Err("the decision gives no clause".into());
    }
    for (strictness, expected) in [
        (Strictness::Strict, decision.strict),
        (Strictness::Lenient, decision.lenient),
    ] {
        let found = checks::findings(text, strictness)?;
        let got = match found.has_errors() {
            true => Verdict::Invalid,
            false => Verdict::Valid,
        };
        if got != expected {
            return Err(format!(
                "{strictness:?}: {got:?}, and decided: {expected:?}"
            ));
        }
        if let Some(code) = &decision.finding
            && !found.iter().any(|found| found.code.as_str() == code)
        {
            return Err(format!("{strictness:?}: {code} is not found"));
        }
    }
    Ok(())
}
