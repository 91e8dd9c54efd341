//! The project's own compatibility table, put to the schema registry that `cargo xtask kafka up`
//! starts.
//!
//! Verdicts follow Confluent's registry; where Apicurio gives another one, that is listed with the
//! reason in `tests/conformance/apicurio.json`, and whatever is not listed fails.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use avro_model::compat::Mode;
use serde::Deserialize;
use serde_json::json;

use crate::conformance::{Case, Differences, Ruling, Table, rulings};
use crate::http::{self, Reply};
use crate::workspace::Workspace;
use crate::{Error, Outcome};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a question is put: Apicurio 3.3.3 loses one reply in some 20,000, and to ask again
/// changes nothing.
const TRIES: usize = 3;

/// Asks for every verdict of the table, in every mode.
///
/// # Errors
///
/// If no registry is named by the environment, or it does not do what it is asked to.
pub(super) fn run(workspace: &Workspace) -> Outcome {
    let begin = Instant::now();
    let url = std::env::var("KAFKA_SCHEMA_REGISTRY_URL")
        .map_err(|_| "there is no registry: eval \"$(cargo xtask kafka up)\"")?;
    let run = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let registry = Registry { url, run };
    let folder = workspace.root.join("tests/conformance");
    let differences = Differences::load(&folder.join("apicurio.json"))?;
    let mut cases = Vec::new();
    for ruling in rulings(&folder)? {
        cases.extend(registry.answers(&ruling)?);
    }
    let table = Table::new("apicurio/compat", cases);
    let known = differences.of(&table.name);
    let verdict = table.judge(&known);
    print!("{verdict}");
    println!(
        "registry: Apicurio {}, asked and registered; {:.1} s",
        registry.version()?,
        begin.elapsed().as_secs_f64()
    );
    Ok(verdict.is_sound())
}

/// A registry that speaks Confluent's API.
struct Registry {
    url: String,
    /// What the subjects of this run begin with, for a registry keeps those of earlier ones.
    run: u128,
}

#[derive(Deserialize)]
struct System {
    version: String,
}

#[derive(Deserialize)]
struct Asked {
    is_compatible: bool,
}

impl Registry {
    /// Which release of Apicurio it is, by its own API beside Confluent's.
    fn version(&self) -> Result<String, Error> {
        let base = self.url.trim_end_matches("/ccompat/v7");
        for api in ["v3", "v2"] {
            let url = format!("{base}/registry/{api}/system/info");
            let reply = http::request("GET", &url, None, PATIENCE)?;
            if let Ok(system) = serde_json::from_slice::<System>(&reply.body) {
                return Ok(system.version);
            }
        }
        Err(format!("{} is no Apicurio registry", self.url).into())
    }

    /// Registers the previous versions under a subject of their own, sets the mode, asks whether
    /// the new version is compatible, and registers it.
    fn answers(&self, ruling: &Ruling) -> Result<[Case; 2], Error> {
        let subject = format!("{}-{}-{}", self.run, ruling.id, ruling.mode);
        let versions = format!("subjects/{subject}/versions");
        // A subject that is new has no mode, so that everything can be registered.
        for previous in &ruling.previous {
            self.done("POST", &versions, &json!({ "schema": previous }))?;
        }
        if !ruling.previous.is_empty() {
            self.set_mode(&subject, ruling.mode)?;
        }
        let new = json!({ "schema": ruling.new });
        let asked = self.send("POST", &format!("compatibility/{versions}"), &new)?;
        let registered = self.send("POST", &versions, &new)?;
        let case = |how, verdict: Result<bool, String>| Case {
            id: format!("{} {} {how}", ruling.id, ruling.mode),
            outcome: verdict.and_then(|compatible| match compatible == ruling.compatible {
                true => Ok(()),
                false => Err(format!("{compatible} instead of {}", ruling.compatible)),
            }),
        };
        let verdict = serde_json::from_slice::<Asked>(&asked.body);
        Ok([
            case(
                "asked",
                verdict
                    .map(|asked| asked.is_compatible)
                    .map_err(|_| said(&asked)),
            ),
            case(
                "registered",
                match registered.status {
                    200 => Ok(true),
                    409 => Ok(false),
                    _ => Err(said(&registered)),
                },
            ),
        ])
    }

    fn set_mode(&self, subject: &str, mode: Mode) -> Result<(), Error> {
        let url = format!("config/{subject}");
        self.done("PUT", &url, &json!({ "compatibility": mode.as_str() }))
    }

    fn done(&self, method: &str, path: &str, body: &serde_json::Value) -> Result<(), Error> {
        let reply = self.send(method, path, body)?;
        match reply.status {
            200 => Ok(()),
            _ => Err(format!("{method} {path} {body}: {}", said(&reply)).into()),
        }
    }

    fn send(&self, method: &str, path: &str, body: &serde_json::Value) -> Result<Reply, Error> {
        let url = format!("{}/{path}", self.url);
        let body = body.to_string();
        let mut last = None;
        for _ in 0..TRIES {
            match http::request(method, &url, Some(&body), PATIENCE) {
                Ok(reply) => return Ok(reply),
                Err(error) => last = Some(error),
            }
        }
        let why = last.map_or_else(String::new, |error| error.to_string());
        Err(format!("{method} {url}: {why}").into())
    }
}

fn said(reply: &Reply) -> String {
    let body = String::from_utf8_lossy(&reply.body);
    format!("{} {body}", reply.first_line)
}
