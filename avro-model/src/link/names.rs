//! The table of definitions, and what is wrong with a name that is not in it.

use std::collections::BTreeMap;

use super::Scope;
use crate::ast::{self, Body, Definition, Kind, Primitive, Schema};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::name::Fullname;
use crate::parse::COMPLEX;
use crate::schema::TypeId;
use crate::source::{FileId, SourceMap, Span};
use crate::suggest;

/// How many types of the same short name a finding about an undefined one lists.
const MOST_ELSEWHERE: usize = 5;

/// Every definition, in the order of files and places.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// By [`TypeId`].
    pub(super) entries: Vec<Entry<'a>>,
    /// The first definition of each name.
    pub(super) by_name: BTreeMap<Fullname, TypeId>,
    by_place: BTreeMap<Span, TypeId>,
    /// By the first definition of a name, and a file: the first definition of that name there.
    by_file: BTreeMap<(TypeId, FileId), TypeId>,
}

/// One definition.
pub(super) struct Entry<'a> {
    pub(super) fullname: Fullname,
    /// The namespace in force around the definition.
    pub(super) enclosing: Option<String>,
    pub(super) definition: &'a Definition<'a>,
    /// The definition that it stands in.
    pub(super) outer: Option<TypeId>,
    /// The first definition of its name.
    pub(super) first: TypeId,
    /// The first definition of its name in its file.
    pub(super) first_in_file: TypeId,
}

impl<'a> Names<'a> {
    /// Finds all definitions.
    pub(super) fn collect(files: &'a [ast::File<'a>]) -> Self {
        let mut names = Self::default();
        for file in files {
            for root in &file.roots {
                names.schema(&root.schema, file.namespace.as_deref(), None);
            }
        }
        names
    }

    fn schema(&mut self, schema: &'a Schema<'a>, namespace: Option<&str>, outer: Option<TypeId>) {
        match &schema.kind {
            Kind::Poison | Kind::Primitive(_) | Kind::Reference(_) => {}
            Kind::Array(inner) | Kind::Map(inner) => self.schema(inner, namespace, outer),
            Kind::Union(branches) => {
                for branch in branches {
                    self.schema(branch, namespace, outer);
                }
            }
            Kind::Definition(definition) => self.definition(definition, namespace, outer),
        }
    }

    fn definition(
        &mut self,
        definition: &'a Definition<'a>,
        enclosing: Option<&str>,
        outer: Option<TypeId>,
    ) {
        let span = definition.json.span;
        let fullname = fullname(definition, enclosing);
        let id = TypeId(self.entries.len() as u32);
        let first = match definition.name {
            Some(_) => *self.by_name.entry(fullname.clone()).or_insert(id),
            None => id,
        };
        let first_in_file = *self.by_file.entry((first, span.file)).or_insert(id);
        self.by_place.insert(span, id);
        let namespace = fullname.namespace().map(str::to_owned);
        let enclosing = enclosing.map(str::to_owned);
        self.entries.push(Entry {
            fullname,
            enclosing,
            definition,
            outer,
            first,
            first_in_file,
        });
        if let Body::Record { fields, .. } = &definition.body {
            for field in fields {
                self.schema(&field.schema, namespace.as_deref(), Some(id));
            }
        }
    }

    /// The definition of a name that a file has itself; else the first of all.
    pub(super) fn nearest(&self, first: TypeId, file: FileId) -> TypeId {
        self.by_file.get(&(first, file)).copied().unwrap_or(first)
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
    /// Where its name stands.
    fn place(&self) -> Span {
        let name = self.definition.name;
        name.map_or(self.definition.json.span, |(_, span)| span)
    }
}

/// A fullname as short as it can be written in a namespace.
fn within<'n>(fullname: &'n str, namespace: Option<&str>) -> &'n str {
    let short = namespace.and_then(|it| fullname.strip_prefix(it)?.strip_prefix('.'));
    short.filter(|it| !it.contains('.')).unwrap_or(fullname)
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
