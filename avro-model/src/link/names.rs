//! The table of definitions, and what is wrong with a name that is not in it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use super::{Repeats, Scope};
use crate::ast::{self, Body, Definition, Kind, Primitive, Schema};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::name::Fullname;
use crate::parse::COMPLEX;
use crate::schema::TypeId;
use crate::source::{SourceMap, Span};
use crate::suggest;

/// How many types of the same short name a finding about an undefined one lists.
const MOST_ELSEWHERE: usize = 5;

/// Every definition, in the order of files and places.
pub(super) struct Names<'a> {
    /// By [`TypeId`].
    pub(super) entries: Vec<Entry<'a>>,
    /// The definitions that names stand for.
    pub(super) by_name: BTreeMap<Fullname, TypeId>,
    by_place: BTreeMap<Span, TypeId>,
    repeats: Repeats,
}

/// One definition.
pub(super) struct Entry<'a> {
    pub(super) fullname: Fullname,
    /// The namespace in force around the definition.
    pub(super) enclosing: Option<String>,
    pub(super) definition: &'a Definition<'a>,
    /// Whether another definition has its name.
    duplicate: bool,
}

impl Entry<'_> {
    /// Whether the definition can stand for its name.
    pub(super) fn complete(&self) -> bool {
        self.definition.sound && !self.duplicate
    }
}

impl<'a> Names<'a> {
    /// Finds all definitions and reports the names that are defined twice.
    pub(super) fn collect(
        files: &'a [ast::File<'a>],
        sources: &SourceMap,
        repeats: Repeats,
        found: &mut Diagnostics,
    ) -> Self {
        let mut names = Self {
            entries: Vec::new(),
            by_name: BTreeMap::new(),
            by_place: BTreeMap::new(),
            repeats,
        };
        for file in files {
            for root in &file.roots {
                names.schema(&root.schema, file.namespace.as_deref(), sources, found);
            }
        }
        names
    }

    fn schema(
        &mut self,
        schema: &'a Schema<'a>,
        namespace: Option<&str>,
        sources: &SourceMap,
        found: &mut Diagnostics,
    ) {
        match &schema.kind {
            Kind::Poison | Kind::Primitive(_) | Kind::Reference(_) => {}
            Kind::Array(inner) | Kind::Map(inner) => self.schema(inner, namespace, sources, found),
            Kind::Union(branches) => {
                for branch in branches {
                    self.schema(branch, namespace, sources, found);
                }
            }
            Kind::Definition(definition) => {
                self.definition(definition, namespace, sources, found);
            }
        }
    }

    fn definition(
        &mut self,
        definition: &'a Definition<'a>,
        enclosing: Option<&str>,
        sources: &SourceMap,
        found: &mut Diagnostics,
    ) {
        let span = definition.json.span;
        let fullname = fullname(definition, enclosing);
        let id = TypeId(self.entries.len() as u32);
        let mut duplicate = false;
        if definition.name.is_some() {
            match self.by_name.entry(fullname.clone()) {
                Slot::Vacant(slot) => {
                    slot.insert(id);
                }
                Slot::Occupied(slot) => {
                    let first = &self.entries[slot.get().index()];
                    if self.repeats == Repeats::FirstMet && first.is_elsewhere(definition) {
                        self.by_place.insert(span, *slot.get());
                        self.fields(definition, fullname.namespace(), sources, found);
                        return;
                    }
                    let repeated = first.repeats(definition);
                    found.push(report_duplicate(first, definition, repeated, sources));
                    if repeated {
                        self.by_place.insert(span, *slot.get());
                        return;
                    }
                    duplicate = true;
                }
            }
        }
        self.by_place.insert(span, id);
        let namespace = fullname.namespace().map(str::to_owned);
        let enclosing = enclosing.map(str::to_owned);
        self.entries.push(Entry {
            fullname,
            enclosing,
            definition,
            duplicate,
        });
        self.fields(definition, namespace.as_deref(), sources, found);
    }

    fn fields(
        &mut self,
        definition: &'a Definition<'a>,
        namespace: Option<&str>,
        sources: &SourceMap,
        found: &mut Diagnostics,
    ) {
        if let Body::Record { fields, .. } = &definition.body {
            for field in fields {
                self.schema(&field.schema, namespace, sources, found);
            }
        }
    }

    /// The type defined at this place.
    pub(super) fn at(&self, place: Span) -> Option<TypeId> {
        self.by_place.get(&place).copied()
    }

    /// The type that a name stands for in a namespace.
    pub(super) fn find(&self, namespace: Option<&str>, name: &str) -> Option<TypeId> {
        self.by_name
            .get(&Fullname::within(namespace, name))
            .copied()
    }

    /// The type of that name in the null namespace, where Java's parser looks next: there is no
    /// other way to refer to it from inside a namespace.
    pub(super) fn find_outside(
        &self,
        namespace: Option<&str>,
        name: &str,
        span: Span,
    ) -> Option<(TypeId, Diagnostic)> {
        let namespace = namespace?;
        let id = self.find(None, name)?;
        let message = format!(
            "`{name}` is not defined in namespace `{namespace}`; taken from the null namespace"
        );
        let lint = Diagnostic::new(Code::NullNamespaceReference, span, message)
            .also(self.place(id), "defined here, without a namespace")
            .note("give the type a namespace and refer to it by its fullname");
        Some((id, lint))
    }

    /// The finding about a name that is not defined, with the name that was probably meant.
    pub(super) fn undefined(
        &self,
        name: &str,
        span: Span,
        scope: Scope<'_>,
        sources: &SourceMap,
        meant: &suggest::Names<'_>,
    ) -> Diagnostic {
        let message = format!("{} refers to `{name}`, which is not defined", scope.owner);
        let finding = Diagnostic::new(Code::UndefinedName, span, message);
        let finding = match scope.namespace {
            Some(namespace) if !name.contains('.') => {
                finding.label(format!("looked for `{namespace}.{name}`"))
            }
            _ => finding,
        };
        if COMPLEX.contains(&name) {
            return finding.note(complex_note(name));
        }
        let elsewhere = meant.with_short_name_of(name).iter();
        let elsewhere: Vec<TypeId> = elsewhere
            .filter_map(|name| self.by_name.get(*name).copied())
            .take(MOST_ELSEWHERE)
            .collect();
        if elsewhere.is_empty() {
            return finding.note(match meant.meant(name) {
                Some(meant) => format!("did you mean `{}`?", within(meant, scope.namespace)),
                None => "define the type, or add the file that defines it".to_owned(),
            });
        }
        elsewhere.into_iter().fold(finding, |finding, id| {
            let fullname = &self.entries[id.index()].fullname;
            let path = sources.source(self.place(id).file).path().display();
            finding.note(format!(
                "`{fullname}` is defined in {path}: write its fullname"
            ))
        })
    }

    /// The names that may be meant by one that is not defined: those of the primitive types and of
    /// all definitions.
    pub(super) fn to_be_meant(&self) -> suggest::Names<'_> {
        let primitives = Primitive::ALL.iter().map(|primitive| primitive.as_str());
        let defined = self.by_name.keys().map(Fullname::as_str);
        suggest::Names::of(primitives.chain(defined))
    }

    pub(super) fn place(&self, id: TypeId) -> Span {
        self.entries[id.index()].place()
    }
}

impl Entry<'_> {
    /// Whether another file's definition, of the same fullname, says the same. What its words mean
    /// depends on the namespace, and so on the fullname, alone.
    fn repeats(&self, other: &Definition<'_>) -> bool {
        self.is_elsewhere(other) && self.definition.json.same(other.json)
    }

    /// Whether the other definition stands in another file.
    fn is_elsewhere(&self, other: &Definition<'_>) -> bool {
        self.definition.json.span.file != other.json.span.file
    }

    fn place(&self) -> Span {
        place(self.definition)
    }
}

/// A fullname as short as it can be written in a namespace.
fn within<'n>(fullname: &'n str, namespace: Option<&str>) -> &'n str {
    let short = namespace.and_then(|it| fullname.strip_prefix(it)?.strip_prefix('.'));
    short.filter(|it| !it.contains('.')).unwrap_or(fullname)
}

fn place(definition: &Definition<'_>) -> Span {
    definition
        .name
        .map_or(definition.json.span, |(_, span)| span)
}

/// The fullname of a definition: a name with a dot is one, else it lives in the namespace beside
/// it, or in the one around it.
fn fullname(definition: &Definition<'_>, enclosing: Option<&str>) -> Fullname {
    let namespace = definition
        .namespace
        .map(|(namespace, _)| namespace)
        .or(enclosing);
    match definition.name {
        Some((name, _)) if name.contains('.') => Fullname::unchecked(name.to_owned()),
        Some((name, _)) => Fullname::within(namespace, name),
        // Registered under no name; this is what findings about its parts show.
        None => Fullname::within(namespace, "(unnamed)"),
    }
}

fn report_duplicate(
    first: &Entry<'_>,
    again: &Definition<'_>,
    repeated: bool,
    sources: &SourceMap,
) -> Diagnostic {
    let fullname = &first.fullname;
    if repeated {
        let path = sources.source(first.place().file).path().display();
        return Diagnostic::new(
            Code::RepeatedDefinition,
            place(again),
            format!("`{fullname}` is defined in the same words in {path}"),
        )
        .also(first.place(), "first defined here")
        .note(format!("refer to it instead: \"{fullname}\""));
    }
    Diagnostic::new(
        Code::DuplicateDefinition,
        place(again),
        format!("`{fullname}` is defined twice"),
    )
    .label("defined again here")
    .also(first.place(), "first defined here")
    .note(format!(
        "rename one of the two, or refer to the first: \"{fullname}\""
    ))
}

/// How to write a complex type that stands as if it were a name.
fn complex_note(name: &str) -> String {
    let object = match name {
        "array" => r#"{"type": "array", "items": "string"}"#,
        "map" => r#"{"type": "map", "values": "string"}"#,
        "enum" => r#"{"type": "enum", "name": "…", "symbols": ["…"]}"#,
        "fixed" => r#"{"type": "fixed", "name": "…", "size": 16}"#,
        _ => r#"{"type": "record", "name": "…", "fields": []}"#,
    };
    format!(
        "a complex type is an object of its own; with its attributes inside: `\"type\": {object}`"
    )
}
