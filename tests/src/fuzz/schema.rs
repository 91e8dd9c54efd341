//! Text as a schema.

use std::collections::BTreeSet;

use avro_codegen::Config;
use avro_model::codes::Category;
use avro_model::compat::{self, Side};
use avro_model::diagnostic::Diagnostics;
use avro_model::render::{self, Finding};
use avro_model::schema::{NamedType, Root, SchemaSet, TypeId};
use avro_model::{Options, SourceMap, bundle, canonical, compile_text, fingerprint, identity};
use avro_runtime::dynamic::{Schema, Value};

use super::same;

/// A schema file, or a protocol where it begins with a blank; parsed strictly and leniently.
///
/// Every finding can be shown. A schema without errors keeps its canonical form and its meaning when
/// either is parsed again, reads its own data, and becomes Rust or is refused with a reason.
pub fn schema(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let name = match text.starts_with(' ') {
        true => "fuzz.avpr",
        false => "fuzz.avsc",
    };
    let mut sources = SourceMap::new();
    sources.add(name, text).unwrap();
    for lenient in [false, true] {
        let options = Options::new().lenient(lenient).category(Category::Extra);
        let (set, found) = avro_model::compile_with(&sources, &options);
        shown(&sources, &found);
        if found.has_errors() {
            continue;
        }
        for root in set.roots() {
            parsed_again(&set, root);
        }
        generated(&sources, lenient);
    }
}

fn shown(sources: &SourceMap, found: &Diagnostics) {
    let findings: Vec<_> = found.iter().map(|it| Finding::new(sources, it)).collect();
    let texts = [
        render::text(sources, found, true),
        render::json(&findings),
        render::github(&findings),
        found.iter().map(|it| render::line(sources, it)).collect(),
    ];
    serde_json::from_str::<serde_json::Value>(&texts[1]).unwrap();
    assert_eq!(texts[2].lines().count(), findings.len(), "{}", texts[2]);
}

fn parsed_again(set: &SchemaSet, root: &Root) {
    if !mixes_namespaces(set) {
        keeps_its_form(set, root);
    }
    let text = bundle::schema(set, root);
    let again = compile_text(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let other = again.only_root().unwrap();
    let identities = (
        identity::of(set, &root.schema),
        identity::of(&again, &other.schema),
    );
    assert_eq!(identities.0, identities.1, "{text}");

    if !names_a_field_twice(set) {
        let comparison = compat::compare(Side::root(root, set), Side::root(other, &again));
        assert!(comparison.is_compatible(), "{text}: {comparison:?}");
    }
    data(&text);
}

/// The canonical form has no namespaces but those in names: a name without one, inside a type that has
/// one, is read as another name. That is how the specification has it.
fn mixes_namespaces(set: &SchemaSet) -> bool {
    let without = |(_, ty): (TypeId, &NamedType)| ty.fullname.namespace().is_none();
    let count = set.types().filter(|it| without(*it)).count();
    (1..set.types().count()).contains(&count)
}

/// Where a field's alias is another field's name, the former is found in the data by both names. Java
/// refuses that, of a schema's own data too, and so does its verdict.
fn names_a_field_twice(set: &SchemaSet) -> bool {
    set.types().any(|(_, ty)| {
        let names: BTreeSet<&str> = ty.fields().iter().map(|field| &*field.name).collect();
        let mut aliases = ty.fields().iter().flat_map(|field| &field.aliases);
        aliases.any(|alias| names.contains(&**alias))
    })
}

fn keeps_its_form(set: &SchemaSet, root: &Root) {
    let form = canonical::form(set, &root.schema);
    let again = compile_text(&form).unwrap_or_else(|error| panic!("{form}: {error}"));
    let same_form = canonical::form(&again, &again.only_root().unwrap().schema);
    assert_eq!(form, same_form);
    assert_eq!(fingerprint::rabin(&form), fingerprint::rabin(&same_form));
}

/// Some data of it, in binary and in JSON and back.
fn data(text: &str) {
    let schema = Schema::new(text).unwrap();
    for seed in 0..2 {
        let Some(value) = Value::random(&schema, seed) else {
            return;
        };
        let datum = value.to_datum();
        let back = Value::from_datum(&schema, &datum).unwrap();
        assert!(same(value.datum(), back.datum()), "{text}: {value:?}");
        let json = value.to_json();
        let back =
            Value::from_json(&schema, &json).unwrap_or_else(|e| panic!("{text}: {json}: {e}"));
        assert!(same(value.datum(), back.datum()), "{text}: {json}");
    }
}

fn generated(sources: &SourceMap, lenient: bool) {
    let config = Config::new().json(true).serde(true).lenient(lenient);
    if let Err(error) = config.generate(sources) {
        // What is wrong is in the schemas, and not in the generator.
        let (sources, found) = error.diagnostics().unwrap_or_else(|| panic!("{error:?}"));
        shown(sources, found);
    }
}
