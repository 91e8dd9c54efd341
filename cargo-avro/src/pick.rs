//! A set of schemas → the one that is meant.

use std::path::Path;

use avro_model::SourceMap;
use avro_model::compat::{Side, impact};
use avro_model::load::is_same_file;
use avro_model::schema::{Root, SchemaKind, SchemaSet, TypeId};
use avro_model::suggest::Names;

use crate::stop::Stop;

/// One schema of a set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Picked<'s> {
    /// A named type.
    Type(TypeId),
    /// A top-level schema without a name.
    Root(&'s Root),
}

/// Picks the type of this fullname, or the top-level schema in the file of this name; without a
/// name the only top-level schema.
///
/// # Errors
///
/// If there is none, or several and no name to choose by.
pub(crate) fn pick<'s>(set: &'s SchemaSet, name: Option<&str>) -> Result<Picked<'s>, Stop> {
    match name {
        Some(name) => find(set, name).ok_or_else(|| missing(set, name)),
        None => only(set).ok_or_else(|| several(set)),
    }
}

/// Picks the only top-level schema of a file among those that are linked with it; of a folder or
/// glob, the only one of all.
///
/// # Errors
///
/// If there are several.
pub(crate) fn pick_in<'s>(
    set: &'s SchemaSet,
    sources: &SourceMap,
    file: &Path,
) -> Result<Picked<'s>, Stop> {
    let own = |root: &&Root| is_same_file(sources.source(root.file).path(), file);
    let own: Vec<&Root> = set.roots().iter().filter(own).collect();
    match own.is_empty() {
        true => pick(set, None),
        false => same(own).ok_or_else(|| several(set)),
    }
}

/// Picks the counterpart of a schema in an older set: what has its name, or one that it names as an
/// alias; else the only top-level schema, whatever its name.
///
/// # Errors
///
/// If there are several top-level schemas, and none of them is it.
pub(crate) fn pick_older<'s>(
    older: &'s SchemaSet,
    picked: Picked<'_>,
    set: &SchemaSet,
) -> Result<Picked<'s>, Stop> {
    let name = picked.name(set);
    let aliases = match picked {
        Picked::Type(id) => &*set[id].aliases,
        Picked::Root(_) => &[],
    };
    let mut aliases = aliases.iter();
    let found = find(older, name)
        .or_else(|| aliases.find_map(|alias| find(older, alias.as_str())))
        .or_else(|| only(older));
    found.ok_or_else(|| missing(older, name))
}

/// The type or nameless top-level schema of this name.
fn find<'s>(set: &'s SchemaSet, name: &str) -> Option<Picked<'s>> {
    // Not by Fullname: in a lenient set a name may be none.
    let mut types = set.types();
    if let Some((id, _)) = types.find(|(_, ty)| ty.fullname.as_str() == name) {
        return Some(Picked::Type(id));
    }
    let mut roots = set.roots().iter();
    let root = roots.find(|root| impact::name(root, set) == name)?;
    Some(Picked::of(root))
}

/// The only top-level schema; one that several files define in the same words is one.
fn only(set: &SchemaSet) -> Option<Picked<'_>> {
    same(set.roots())
}

/// What all of these are.
fn same<'s>(roots: impl IntoIterator<Item = &'s Root>) -> Option<Picked<'s>> {
    let mut roots = roots.into_iter();
    let first = roots.next()?;
    let same = |root: &Root| match (&first.schema.kind, &root.schema.kind) {
        (SchemaKind::Named(first), SchemaKind::Named(id)) => first == id,
        _ => false,
    };
    roots.all(same).then(|| Picked::of(first))
}

fn several(set: &SchemaSet) -> Stop {
    Stop::usage(format!(
        "several schemas are read: choose one of them with --type\n{}",
        candidates(set)
    ))
}

fn missing(set: &SchemaSet, name: &str) -> Stop {
    let types = set.types().map(|(_, ty)| ty.fullname.as_str());
    let hint = match Names::of(types.chain(names(set))).meant(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("what is read:\n{}", candidates(set)),
    };
    Stop::usage(format!("no schema is called `{name}`; {hint}"))
}

/// The top-level schemas, one on a line.
fn candidates(set: &SchemaSet) -> String {
    let names: Vec<String> = names(set).map(|name| format!("  {name}")).collect();
    names.join("\n")
}

fn names(set: &SchemaSet) -> impl Iterator<Item = &str> {
    set.roots().iter().map(|root| impact::name(root, set))
}

impl<'s> Picked<'s> {
    fn of(root: &'s Root) -> Self {
        match root.schema.kind {
            SchemaKind::Named(id) => Self::Type(id),
            _ => Self::Root(root),
        }
    }

    /// Its fullname, or the name of its file.
    pub(crate) fn name(self, set: &'s SchemaSet) -> &'s str {
        match self {
            Self::Type(id) => set[id].fullname.as_str(),
            Self::Root(root) => &root.stem,
        }
    }

    /// It as one side of a comparison.
    pub(crate) fn side(self, set: &'s SchemaSet) -> Side<'s> {
        match self {
            Self::Type(id) => Side::named(id, set),
            Self::Root(root) => Side::root(root, set),
        }
    }
}
