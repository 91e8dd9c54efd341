//! `compiled-versions` → the deployed versions that generated code holds, by the name of the schema.

use std::collections::{BTreeMap, BTreeSet};

use avro_model::compat::{self, SemanticKind, Side};
use avro_model::schema::SchemaSet;
use avro_model::{bundle, canonical, fingerprint, identity};

use super::choices::Choice;
use super::model::DeployedVersion;
use crate::config::{At, Finding, Versions};
use crate::history::{Deployable, History, Version};

/// The versions of every schema that has any. Those under a former name, an alias, are selected by
/// that name and stand before the others.
pub(super) fn versions(
    set: &SchemaSet,
    history: &History,
    places: &BTreeMap<String, Choice>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Vec<DeployedVersion>> {
    let defined: BTreeSet<&str> = Deployable::names(set).collect();
    let mut compiled = BTreeMap::new();
    for (name, schema) in Deployable::all(set) {
        let former = schema.former(set).filter(|name| !defined.contains(name));
        let mut found = Vec::new();
        for under in former.chain([name]) {
            let Some(chosen) = places.get(under).and_then(|it| it.versions.as_ref()) else {
                continue;
            };
            findings.extend(not_deployed(under, chosen, history));
            for version in chosen.value.select(history.of(under), |it| it.number) {
                findings.extend(unreadable(name, schema.side(set), under, version, chosen));
                found.push(deployed(under, version));
            }
        }
        if !found.is_empty() {
            compiled.insert(name.to_owned(), found);
        }
    }
    compiled
}

/// Numbers that no version has.
fn not_deployed(name: &str, chosen: &At<Versions>, history: &History) -> Vec<Finding> {
    let versions = history.of(name);
    let Versions::Numbers(numbers) = &chosen.value else {
        return Vec::new();
    };
    let missing = numbers
        .iter()
        .filter(|number| !versions.iter().any(|it| it.number == number.value));
    let finding = |number: &At<u32>| Finding {
        note: Some(match versions.last() {
            Some(last) => format!("the newest is version {}", last.number),
            None => "nothing is deployed under that name".to_owned(),
        }),
        ..Finding::new(
            number.at.clone(),
            format!("there is no version {} of `{name}`", number.value),
        )
    };
    missing.map(finding).collect()
}

/// A version whose data nobody could read: what is compiled in is for reading.
fn unreadable(
    name: &str,
    reader: Side<'_>,
    under: &str,
    version: &Version,
    chosen: &At<Versions>,
) -> Option<Finding> {
    let writer = Side::root(version.root(), &version.set);
    let found = compat::compare(reader, writer);
    let refused = found.incompatibilities.into_iter().map(|it| it.message);
    // The one change of meaning that schema resolution refuses.
    let other = found.semantic.into_iter();
    let other = other.filter(|it| it.kind == SemanticKind::LocalTimestamp);
    let reason = refused.chain(other.map(|it| it.message)).next()?;
    let number = version.number;
    Some(Finding {
        note: Some(format!("leave version {number} out: {reason}")),
        ..Finding::new(
            chosen.at.clone(),
            format!(
                "`{name}` cannot read version {number} of `{under}`, which is to be compiled in"
            ),
        )
    })
}

fn deployed(name: &str, version: &Version) -> DeployedVersion {
    let (set, root) = (&version.set, version.root());
    DeployedVersion {
        fullname: name.to_owned(),
        number: version.number,
        schema: bundle::schema(set, root),
        rabin: fingerprint::rabin(&canonical::form(set, &root.schema)),
        identity: identity::of(set, &root.schema),
    }
}
