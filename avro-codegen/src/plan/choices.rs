//! Selectors → what the manifest says of each type, field and symbol.

use std::collections::{BTreeMap, BTreeSet};

use avro_model::compat::Mode;
use avro_model::schema::{Definition, SchemaSet, TypeId};
use avro_model::suggest::Names;
use syn::parse::Parser;

use super::code::Code;
use super::compiled;
use super::model::DeployedVersion;
use crate::analysis::{Exception, Mappings};
use crate::config::{
    At, Config, Finding, LogicalOverride, LogicalTypes, MapType, Override, Selector, Versions,
};
use crate::history::{Deployable, History};

/// What the manifest says of a place, the later override before the earlier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    pub(crate) rust_name: Option<At<String>>,
    pub(crate) union_name: Option<At<String>>,
    pub(crate) derives: Vec<Code>,
    pub(crate) attributes: Vec<Code>,
    pub(crate) map: MapType,
    pub(crate) sized_blocks: bool,
    pub(crate) inline: Option<bool>,
    pub(crate) non_exhaustive: bool,
    pub(crate) serde: Option<bool>,
    pub(crate) logical: Vec<LogicalOverride>,
    pub(crate) codec: Option<(Code, Code)>,
    pub(crate) compatibility: Option<Mode>,
    /// The deployed versions that are compiled in.
    pub(crate) versions: Option<At<Versions>>,
    /// The rules that select it, as indices of the configuration's.
    pub(crate) rules: Vec<usize>,
}

impl Choice {
    /// The Rust types that logical types have here.
    pub(crate) fn logical_types(&self, config: &Config) -> LogicalTypes {
        let overrides = self.logical.iter().copied();
        overrides.fold(config.logical_types, LogicalTypes::with)
    }
}

/// The Rust paths of a type that another crate has generated.
#[derive(Clone, Debug)]
pub(crate) struct ExternalType {
    pub(crate) path: Code,
    pub(crate) view: Code,
}

/// What the manifest says, by dotted name, and the types that other crates have generated.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    places: BTreeMap<String, Choice>,
    pub(crate) externals: BTreeMap<TypeId, ExternalType>,
    /// The deployed versions that are compiled in, by the name of the schema that reads them.
    compiled: BTreeMap<String, Vec<DeployedVersion>>,
}

/// Looks up every selector and name of the manifest in the schemas; for what is said of deployed
/// versions, also in what is deployed and not there any more.
pub(crate) fn choose(
    config: &Config,
    set: &SchemaSet,
    history: &History,
    findings: &mut Vec<Finding>,
) -> Choices {
    let mut choices = Choices::default();
    let places = places(set);
    let deployed = history.names().map(str::to_owned);
    let ever: BTreeSet<String> = places.iter().cloned().chain(deployed).collect();
    for entry in &config.overrides {
        let parsed = parse(entry, findings);
        let of_history = entry.compatibility.is_some() || entry.versions.is_some();
        let places = if of_history { &ever } else { &places };
        let selected = selected(&entry.select, places, findings);
        findings.extend(no_type(entry, &selected, set, history));
        findings.extend(no_version(entry, &selected, history));
        for place in selected {
            apply(choices.places.entry(place).or_default(), &parsed);
        }
    }
    for (index, rules) in config.rules.iter().enumerate() {
        for place in selected(&rules.select, &places, findings) {
            choices.places.entry(place).or_default().rules.push(index);
        }
    }
    choices.externals = externals(config, set, findings);
    choices.compiled = compiled::versions(set, history, &choices.places, findings);
    choices
}

impl Choices {
    pub(crate) fn of(&self, place: &str) -> Choice {
        self.places.get(place).cloned().unwrap_or_default()
    }

    /// The deployed versions that this schema's type can read.
    pub(super) fn compiled_of(&self, name: &str) -> Vec<DeployedVersion> {
        self.compiled.get(name).cloned().unwrap_or_default()
    }

    /// The same as analysis asks for it.
    pub(crate) fn mappings(&self, config: &Config, set: &SchemaSet) -> Mappings {
        let mut fields = BTreeMap::new();
        for (_, ty) in set.types() {
            let Definition::Record(record) = &ty.definition else {
                continue;
            };
            for field in &record.fields {
                let Some(choice) = self.places.get(&format!("{}.{}", ty.fullname, field.name))
                else {
                    continue;
                };
                let exception = Exception {
                    custom: choice.codec.is_some(),
                    hash_map: choice.map == MapType::Hash,
                    logical: choice.logical_types(config),
                };
                fields.insert(field.schema.span, exception);
            }
        }
        Mappings {
            logical: config.logical_types,
            fields,
            external: self.externals.keys().copied().collect(),
        }
    }
}

/// A mode is demanded of nothing that can be deployed.
fn no_type(
    entry: &Override,
    selected: &[String],
    set: &SchemaSet,
    history: &History,
) -> Option<Finding> {
    entry.compatibility?;
    let is_deployed =
        |name: &String| Deployable::find(set, name).is_some() || !history.of(name).is_empty();
    let has_effect = selected.is_empty() || selected.iter().any(is_deployed);
    (!has_effect).then(|| {
        let select = &entry.select;
        let message = format!(
            "`compatibility` is of types, and `{}` selects none",
            select.value
        );
        Finding::new(select.at.clone(), message)
    })
}

/// Versions are selected of nothing that has any.
fn no_version(entry: &Override, selected: &[String], history: &History) -> Option<Finding> {
    let versions = entry.versions.as_ref()?;
    let has_effect =
        selected.is_empty() || selected.iter().any(|name| !history.of(name).is_empty());
    (!has_effect).then(|| Finding {
        note: Some("`cargo avro freeze` records what is deployed".to_owned()),
        ..Finding::new(
            versions.at.clone(),
            format!("nothing that `{}` selects is deployed", entry.select.value),
        )
    })
}

/// Every place that a selector can select.
fn places(set: &SchemaSet) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for (_, ty) in set.types() {
        places.insert(ty.fullname.to_string());
        let members: Vec<&str> = match &ty.definition {
            Definition::Record(record) => record.fields.iter().map(|f| f.name.as_str()).collect(),
            Definition::Enum(enum_) => enum_.symbols.iter().map(|s| s.name.as_str()).collect(),
            Definition::Fixed(_) => Vec::new(),
        };
        places.extend(
            members
                .iter()
                .map(|member| format!("{}.{member}", ty.fullname)),
        );
    }
    places.extend(super::unnamed_roots(set).map(|root| root.stem.clone()));
    places
}

fn selected(
    selector: &At<Selector>,
    places: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let found: Vec<String> = if selector.value.is_exact() {
        places
            .get(selector.value.as_str())
            .into_iter()
            .cloned()
            .collect()
    } else {
        places
            .iter()
            .filter(|place| selector.value.selects(place))
            .cloned()
            .collect()
    };
    if found.is_empty() {
        let names = Names::of(places.iter().map(String::as_str));
        let note = names.meant(selector.value.as_str()).map_or_else(
                || "a selector is a fullname, or a fullname and a field or symbol; `*` stands for a part of a name, `**` for any number of names".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
        findings.push(Finding {
            at: selector.at.clone(),
            message: format!("`{}` selects nothing", selector.value),
            note: Some(note),
        });
    }
    found
}

/// An override whose Rust has been parsed.
struct Parsed<'c> {
    entry: &'c Override,
    rust_name: Option<At<String>>,
    union_name: Option<At<String>>,
    derives: Vec<Code>,
    attributes: Vec<Code>,
    codec: Option<(Code, Code)>,
}

fn parse<'c>(entry: &'c Override, findings: &mut Vec<Finding>) -> Parsed<'c> {
    let rust_name = entry
        .rust_name
        .as_ref()
        .and_then(|it| name(entry, it, findings));
    let union_name = entry
        .union_name
        .as_ref()
        .and_then(|it| name(entry, it, findings));
    let derives = entry
        .derive
        .iter()
        .filter_map(|it| path(it, findings))
        .collect();
    let mut attributes = Vec::new();
    for written in &entry.attributes {
        match syn::Attribute::parse_outer.parse_str(&written.value) {
            Ok(parsed) => attributes.extend(parsed.iter().map(Code::new)),
            Err(error) => findings.push(Finding::new(
                written.at.clone(),
                format!("this is no attribute, written `#[…]`: {error}"),
            )),
        }
    }
    let codec = entry.codec.as_ref().and_then(|codec| {
        let codec_type = path(&codec.codec, findings);
        let rust_type = rust::<syn::Type>(&codec.rust_type, "a type", findings);
        codec_type.zip(rust_type)
    });
    Parsed {
        entry,
        rust_name,
        union_name,
        derives,
        attributes,
        codec,
    }
}

/// A name that can be one in Rust, chosen for one place.
fn name(entry: &Override, written: &At<String>, findings: &mut Vec<Finding>) -> Option<At<String>> {
    if !super::names::is_ident(&written.value) {
        let message = format!("`{}` cannot be a name in Rust", written.value);
        findings.push(Finding::new(written.at.clone(), message));
        return None;
    }
    if !entry.select.value.is_exact() {
        findings.push(Finding::new(
            entry.select.at.clone(),
            "a name is chosen for one place, so its selector has no `*`",
        ));
        return None;
    }
    Some(written.clone())
}

/// Parses a path in the manifest.
pub(super) fn path(written: &At<String>, findings: &mut Vec<Finding>) -> Option<Code> {
    rust::<syn::Path>(written, "a path", findings)
}

/// Parses Rust in the manifest.
fn rust<T: syn::parse::Parse + quote::ToTokens>(
    written: &At<String>,
    what: &str,
    findings: &mut Vec<Finding>,
) -> Option<Code> {
    match syn::parse_str::<T>(&written.value) {
        Ok(parsed) => Some(Code::new(&parsed)),
        Err(error) => {
            let message = format!("`{}` is not {what} in Rust: {error}", written.value);
            findings.push(Finding::new(written.at.clone(), message));
            None
        }
    }
}

fn apply(choice: &mut Choice, parsed: &Parsed<'_>) {
    let entry = parsed.entry;
    choice.rust_name = parsed.rust_name.clone().or(choice.rust_name.take());
    choice.union_name = parsed.union_name.clone().or(choice.union_name.take());
    choice.derives.extend(parsed.derives.iter().cloned());
    choice.attributes.extend(parsed.attributes.iter().cloned());
    choice.map = entry.map.unwrap_or(choice.map);
    choice.sized_blocks = entry.sized_blocks.unwrap_or(choice.sized_blocks);
    choice.inline = entry.inline.or(choice.inline);
    choice.non_exhaustive = entry.non_exhaustive.unwrap_or(choice.non_exhaustive);
    choice.serde = entry.serde.or(choice.serde);
    choice.logical.extend(entry.logical_type);
    choice.codec = parsed.codec.clone().or(choice.codec.take());
    choice.compatibility = entry.compatibility.or(choice.compatibility);
    choice.versions = entry.versions.clone().or(choice.versions.take());
}

fn externals(
    config: &Config,
    set: &SchemaSet,
    findings: &mut Vec<Finding>,
) -> BTreeMap<TypeId, ExternalType> {
    let mut externals = BTreeMap::new();
    for external in &config.externals {
        let found = path(&external.path, findings);
        let by_name = At::new(
            super::names::after(&external.path.value, "Ref"),
            external.path.at.clone(),
        );
        let view = path(external.view.as_ref().unwrap_or(&by_name), findings);
        if let Some(id) = named(&external.fullname, set, findings)
            && let Some((path, view)) = found.zip(view)
        {
            externals.insert(id, ExternalType { path, view });
        }
    }
    externals
}

/// The names of all types, and their aliases.
fn type_names(set: &SchemaSet) -> Names<'_> {
    let mut names = Names::of(set.types().map(|(_, ty)| ty.fullname.as_str()));
    for (_, ty) in set.types() {
        for alias in &ty.aliases {
            names.alias(alias.as_str(), ty.fullname.as_str());
        }
    }
    names
}

/// The type that the manifest names.
pub(super) fn named(
    written: &At<String>,
    set: &SchemaSet,
    findings: &mut Vec<Finding>,
) -> Option<TypeId> {
    let found = set.find(written.value.as_str());
    if found.is_none() {
        let note = type_names(set).meant(&written.value).map_or_else(
            || "`schemas` and `reference` name the folders that are read".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        findings.push(Finding {
            at: written.at.clone(),
            message: format!("no schema defines `{}`", written.value),
            note: Some(note),
        });
    }
    found
}
