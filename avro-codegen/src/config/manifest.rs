//! The text of avro.toml → [`Config`], or every mistake in it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use avro_model::compat::Mode;
use avro_model::load::check_path;
use toml::de::DeTable;

use super::section::{Finding, Section};
use super::{
    At, Bounds, Compatibility, Config, CustomCodec, External, Level, LogicalOverride, LogicalTypes,
    ManifestText, MapType, Override, Rules, Selector, SubjectNames, TimeTypes, Topic, UuidTypes,
    versions,
};

/// Reads a manifest; all its findings come at once.
pub(super) fn read(text: &ManifestText, root: PathBuf) -> Result<Config, Vec<Finding>> {
    let table = DeTable::parse(&text.text).map_err(|error| {
        vec![Finding::new(
            error.span().unwrap_or_default(),
            error.message().to_owned(),
        )]
    })?;
    let mut findings = Vec::new();
    let at = table.span();
    let mut section = Section::new("avro.toml", table.get_ref(), at, &mut findings);
    let mut config = Config::new();
    config.text = text.clone();
    config.root = root;
    top_level(&mut section, &mut config);
    section.finish();
    if findings.is_empty() {
        Ok(config)
    } else {
        Err(findings)
    }
}

fn top_level(section: &mut Section<'_, '_, '_>, config: &mut Config) {
    config.schemas = paths(section, "schemas");
    config.reference = paths(section, "reference");
    if let Some(history) = section.string("history") {
        config.history = path(section, history);
    }
    let output = section.string("output");
    config.output = output.map(|output| path(section, output));
    if let Some(runtime) = section.string("runtime") {
        config.runtime = runtime;
    }
    config.lenient = section.boolean("lenient").unwrap_or(config.lenient);
    config.views = section.boolean("views").unwrap_or(config.views);
    config.builders = section.boolean("builders").unwrap_or(config.builders);
    config.json = section.boolean("json").unwrap_or(config.json);
    config.serde = section.boolean("serde").unwrap_or(config.serde);
    if let Some(mut table) = section.table("logical-types") {
        config.logical_types = logical_types(&mut table, config.logical_types);
        table.finish();
    }
    if let Some(mut table) = section.table("lints") {
        config.lints = lints(&mut table);
    }
    if let Some(mut table) = section.table("compatibility") {
        config.compatibility = compatibility(&mut table, config.compatibility);
        table.finish();
    }
    config.overrides = section.tables("override", "[[override]]", override_);
    config.externals = section.tables("external", "[[external]]", external);
    config.rules = section.tables("validate", "[[validate]]", rules);
    config.topics = section.tables("topic", "[[topic]]", topic);
}

fn paths(section: &mut Section<'_, '_, '_>, key: &'static str) -> Vec<PathBuf> {
    let written = section.strings(key).into_iter();
    written.map(|written| path(section, written)).collect()
}

fn path(section: &mut Section<'_, '_, '_>, written: At<String>) -> PathBuf {
    let path = PathBuf::from(written.value);
    if let Err(error) = check_path(&path) {
        section.find(Finding::new(written.at, error.to_string()));
    }
    path
}

fn logical_types(section: &mut Section<'_, '_, '_>, default: LogicalTypes) -> LogicalTypes {
    let timestamp = section.choice("timestamp", &TimeTypes::WORDS);
    let uuid = section.choice("uuid", &UuidTypes::WORDS);
    LogicalTypes {
        timestamp: timestamp.map_or(default.timestamp, |types| types.value),
        uuid: uuid.map_or(default.uuid, |types| types.value),
        ..default
    }
}

fn lints(section: &mut Section<'_, '_, '_>) -> BTreeMap<String, At<Level>> {
    let mut lints = BTreeMap::new();
    for (code, written) in section.entries() {
        let level = match written.value.as_str() {
            "allow" => Level::Allow,
            "warn" => Level::Warn,
            "deny" => Level::Deny,
            other => {
                section.find(Finding::new(
                    written.at,
                    format!("a lint level is `allow`, `warn` or `deny`, not `{other}`"),
                ));
                continue;
            }
        };
        if avro_model::codes::Code::parse(&code.value).is_none() {
            section.find(Finding::new(
                code.at,
                format!("there is no lint `{}`", code.value),
            ));
            continue;
        }
        lints.insert(code.value, At::new(level, code.at));
    }
    lints
}

fn compatibility(section: &mut Section<'_, '_, '_>, default: Compatibility) -> Compatibility {
    let levels = [
        ("deny", Level::Deny),
        ("warn", Level::Warn),
        ("allow", Level::Allow),
    ];
    let semantic = section.choice("semantic", &levels);
    Compatibility {
        mode: mode(section, "mode").unwrap_or(default.mode),
        semantic: semantic.map_or(default.semantic, |level| level.value),
    }
}

/// A compatibility mode, under the name that registries give it.
fn mode(section: &mut Section<'_, '_, '_>, key: &'static str) -> Option<Mode> {
    let modes = Mode::ALL.map(|mode| (mode.as_str(), mode));
    section.choice(key, &modes).map(|mode| mode.value)
}

fn selector(section: &mut Section<'_, '_, '_>) -> Option<At<Selector>> {
    section
        .required("select")
        .map(|written| At::new(Selector::new(written.value), written.at))
}

fn override_(section: &mut Section<'_, '_, '_>) -> Option<Override> {
    let select = selector(section);
    let rust_name = section.string("rust-name");
    let union_name = section.string("union-name");
    let derive = section.strings("derive");
    let attributes = section.strings("attributes");
    let map = section.choice("map", &[("btree", MapType::BTree), ("hash", MapType::Hash)]);
    let sized_blocks = section.boolean("sized-blocks");
    let inline = section.boolean("inline");
    let non_exhaustive = section.boolean("non-exhaustive");
    let serde = section.boolean("serde");
    let logical_type = section.choice("logical-type", &LogicalOverride::WORDS);
    let codec = section.table("codec").and_then(|mut table| {
        let (codec, rust_type) = (table.required("type"), table.required("rust-type"));
        table.finish();
        Some(CustomCodec {
            codec: codec?,
            rust_type: rust_type?,
        })
    });
    Some(Override {
        select: select?,
        rust_name,
        union_name,
        derive,
        attributes,
        map: map.map(|map| map.value),
        sized_blocks,
        inline,
        non_exhaustive,
        serde,
        logical_type: logical_type.map(|types| types.value),
        codec,
        compatibility: mode(section, "compatibility"),
        versions: versions::read(section),
    })
}

fn external(section: &mut Section<'_, '_, '_>) -> Option<External> {
    let (fullname, path) = (section.required("type"), section.required("path"));
    let view = section.string("view");
    Some(External {
        fullname: fullname?,
        path: path?,
        view,
    })
}

fn rules(section: &mut Section<'_, '_, '_>) -> Option<Rules> {
    let select = selector(section);
    let range = bounds(section, "range");
    let length = bounds(section, "length");
    let pattern = section.string("pattern").map(|pattern| pattern.value);
    let non_empty = section.boolean("non-empty").unwrap_or(false);
    let custom = section.string("custom");
    let found = Rules {
        select: select?,
        range,
        length,
        pattern,
        non_empty,
        custom,
    };
    if found.is_empty() {
        section.find(Finding::new(section.at(), "[[validate]] has no rule"));
    }
    Some(found)
}

fn bounds(section: &mut Section<'_, '_, '_>, key: &'static str) -> Bounds {
    let Some(mut table) = section.table(key) else {
        return Bounds::default();
    };
    let found = Bounds {
        min: table.number("min"),
        max: table.number("max"),
    };
    table.finish();
    found
}

fn topic(section: &mut Section<'_, '_, '_>) -> Option<Topic> {
    let (name, values) = (section.required("name"), section.one_or_more("value"));
    let key = section.string("key");
    let subjects = [
        ("topic-name", SubjectNames::TopicName),
        ("record-name", SubjectNames::RecordName),
        ("topic-record-name", SubjectNames::TopicRecordName),
    ];
    let subject = section
        .choice("subject", &subjects)
        .map(|subject| subject.value)
        .unwrap_or_default();
    if let (SubjectNames::TopicName, [_, second, ..]) = (subject, &*values) {
        section.find(Finding {
            note: Some("set `subject` to \"topic-record-name\" or \"record-name\"".to_owned()),
            ..Finding::new(
                second.at.clone(),
                "several types of value need a subject each, and `topic-name` gives them one",
            )
        });
    }
    Some(Topic {
        name: name?,
        values,
        key,
        subject,
        compatibility: mode(section, "compatibility"),
    })
}

impl Rules {
    pub(crate) fn is_empty(&self) -> bool {
        self.range.is_empty()
            && self.length.is_empty()
            && self.pattern.is_none()
            && self.custom.is_none()
            && !self.non_empty
    }
}
