//! Surface schemas → [`SchemaSet`]: every name bound to its definition, in whatever file and order.
//!
//! Specification 1.12, "Names". What cannot be bound is reported and stands in the set as a
//! placeholder, so that the checks see everything around it; [`Linked::into_sound`] then drops
//! what holds a placeholder, and what refers to that.

mod copies;
mod doubts;
mod names;
mod renumber;
mod sound;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::ast::{self, Body, Kind};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Member;
use crate::logical::{self, Annotation, Carrier};
use crate::name::Fullname;
use crate::schema::{
    Definition, Enum, Field, Fixed, LogicalType, NamedType, Record, Root, Schema, SchemaKind,
    SchemaSet, Symbol, TypeId,
};
use crate::source::{SourceMap, Span};
use crate::suggest;

use copies::Copies;
use names::{Entry, Names};

/// A set that may hold placeholders, and where they are.
#[derive(Debug)]
pub struct Linked {
    /// Everything that was read.
    pub(crate) set: SchemaSet,
    /// The places of the placeholders.
    pub(crate) poisoned: BTreeSet<Span>,
    /// By type: whether nothing is wrong in it or in a type that it leads to.
    pub(crate) sound: Vec<bool>,
    /// By type: whether its own attributes could all be read.
    pub(crate) complete: Vec<bool>,
    /// The places of definitions that another file's stands for.
    pub(crate) copied: Vec<Span>,
}

/// Binds the names of all files, which are given in the order of their paths.
///
/// `broken` are the texts of files that are no JSON: a name that one of them may have defined is
/// not reported as undefined.
#[must_use]
pub fn link(
    files: &[ast::File<'_>],
    broken: &[&str],
    sources: &SourceMap,
    found: &mut Diagnostics,
) -> Linked {
    link_with(files, broken, sources, Repeats::Mistakes, found)
}

/// Binds the names of files in an order that may decide which definition of a name counts.
pub(crate) fn link_with(
    files: &[ast::File<'_>],
    broken: &[&str],
    sources: &SourceMap,
    repeats: Repeats,
    found: &mut Diagnostics,
) -> Linked {
    let names = Names::collect(files);
    let mut linker = Linker {
        names: &names,
        meant: OnceCell::new(),
        broken,
        sources,
        found: Diagnostics::new(),
        poisoned: BTreeSet::new(),
    };
    let mut types = Vec::with_capacity(names.entries.len());
    let mut of_types = Vec::with_capacity(names.entries.len());
    for entry in &names.entries {
        types.push(linker.named_type(entry));
        of_types.push(std::mem::take(&mut linker.found));
    }
    let tops = files
        .iter()
        .flat_map(|file| file.roots.iter().map(move |root| (file, root)));
    let roots = tops.map(|(file, root)| linker.root(file, root)).collect();
    found.extend(linker.found);
    let poisoned = linker.poisoned;
    let set = SchemaSet {
        types,
        names: names.by_name.clone(),
        roots,
    };

    let copies = copies::find(&names, &set, &poisoned, sources, repeats, found);
    found.extend(without_repetition(of_types, &copies));
    let kept: Vec<bool> = set.types().map(|(id, _)| !copies.is_copy(id)).collect();
    let entries = names.entries.iter().zip(&copies.rejected).zip(&kept);
    let complete: Vec<bool> = entries
        .filter(|&(_, &kept)| kept)
        .map(|((entry, rejected), _)| entry.definition.sound && !rejected)
        .collect();
    let copied = set.types().filter(|&(id, _)| copies.is_copy(id));
    let copied = copied.map(|(_, ty)| ty.span).collect();
    let set = renumber::renumber(set, &kept, &copies.heirs);
    let sound = sound::sound_types(&set, &poisoned, &complete);
    Linked {
        set,
        poisoned,
        sound,
        complete,
        copied,
    }
}

/// What a definition is whose name another file has defined before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// A mistake, unless it says the same.
    Mistakes,
    /// Another way to write the first one's name, whatever it says.
    FirstMet,
}

/// The findings about all definitions. What is said of a copy in the words in which it is said
/// of the definition that stands for it, or of another copy, is one finding.
fn without_repetition(of_types: Vec<Diagnostics>, copies: &Copies) -> Vec<Diagnostic> {
    let mut said: BTreeSet<(TypeId, Code, String)> = BTreeSet::new();
    let mut found = Vec::new();
    for (of_type, &heir) in of_types.into_iter().zip(&copies.heirs) {
        let new = of_type
            .into_iter()
            .filter(|finding| said.insert((heir, finding.code, finding.message.clone())));
        found.extend(new);
    }
    found
}

/// The fullnames of the types that one file defines.
#[cfg(feature = "idl")]
pub(crate) fn declared(file: &ast::File<'_>) -> Vec<String> {
    let names = Names::collect(std::slice::from_ref(file));
    let names = names.by_name.into_keys();
    names.map(|fullname| fullname.to_string()).collect()
}

struct Linker<'a, 'f> {
    names: &'f Names<'a>,
    /// Made when the first name is not defined.
    meant: OnceCell<suggest::Names<'f>>,
    broken: &'f [&'f str],
    sources: &'f SourceMap,
    found: Diagnostics,
    poisoned: BTreeSet<Span>,
}

/// Where a schema stands, for its references.
#[derive(Clone, Copy)]
struct Scope<'s> {
    /// The namespace in force.
    namespace: Option<&'s str>,
    /// What refers, as a finding names it.
    owner: &'s str,
}

impl<'a> Linker<'a, '_> {
    fn root(&mut self, file: &ast::File<'a>, root: &ast::Root<'a>) -> Root {
        let owner = format!("`{}`", file.stem);
        let scope = Scope {
            namespace: file.namespace.as_deref(),
            owner: &owner,
        };
        Root {
            file: file.id,
            stem: file.stem.clone(),
            schema: self.schema(&root.schema, scope),
            json: root.json.clone(),
        }
    }

    fn named_type(&mut self, entry: &Entry<'a>) -> NamedType {
        let surface = entry.definition;
        let namespace = entry.fullname.namespace();
        let (definition, logical) = match &surface.body {
            Body::Record { fields, is_error } => {
                let fields = fields
                    .iter()
                    .map(|field| self.field(field, &entry.fullname));
                let fields = fields.collect();
                (
                    Definition::Record(Record {
                        fields,
                        is_error: *is_error,
                    }),
                    None,
                )
            }
            Body::Enum { symbols, default } => {
                let default = default.and_then(|default| default.as_str());
                let default = symbols
                    .iter()
                    .position(|&(symbol, _)| Some(symbol) == default);
                let symbols = symbols
                    .iter()
                    .map(|&(name, span)| symbol(name, span))
                    .collect();
                (Definition::Enum(Enum { symbols, default }), None)
            }
            Body::Fixed { size } => {
                let logical = valid(&surface.attributes, Carrier::Fixed(*size));
                (
                    Definition::Fixed(Fixed {
                        size: *size,
                        logical,
                    }),
                    logical,
                )
            }
        };
        NamedType {
            fullname: entry.fullname.clone(),
            aliases: surface
                .aliases
                .iter()
                .map(|&(alias, _)| Fullname::within(namespace, alias))
                .collect(),
            doc: surface.doc.map(str::to_owned),
            definition,
            span: surface.json.span,
            name_span: surface.name.map_or(surface.json.span, |(_, span)| span),
            attributes: without_logical(&surface.attributes, logical),
            json: surface.json.clone(),
            enclosing_namespace: entry.enclosing.clone(),
        }
    }

    fn field(&mut self, field: &ast::Field<'a>, record: &Fullname) -> Field {
        let (name, name_span) = field.name;
        let owner = format!("`{record}.{name}`");
        let scope = Scope {
            namespace: record.namespace(),
            owner: &owner,
        };
        Field {
            name: name.to_owned(),
            aliases: field
                .aliases
                .iter()
                .map(|&(alias, _)| alias.to_owned())
                .collect(),
            doc: field.doc.map(str::to_owned),
            schema: self.schema(&field.schema, scope),
            default: field.default.cloned(),
            order: field.order,
            span: field.json.span,
            name_span,
            attributes: field.attributes.iter().copied().cloned().collect(),
        }
    }

    fn schema(&mut self, schema: &ast::Schema<'a>, scope: Scope<'_>) -> Schema {
        let kind = match &schema.kind {
            Kind::Poison => self.poison(schema.span),
            Kind::Primitive(primitive) => (*primitive).into(),
            Kind::Reference(name) => self.reference(name, schema.span, scope),
            Kind::Array(items) => SchemaKind::Array(Box::new(self.schema(items, scope))),
            Kind::Map(values) => SchemaKind::Map(Box::new(self.schema(values, scope))),
            Kind::Union(branches) => self.union(branches, scope),
            Kind::Definition(definition) => match self.names.at(definition.json.span) {
                Some(id) => SchemaKind::Named(id),
                None => self.poison(schema.span),
            },
        };
        let logical = valid(&schema.attributes, Carrier::Plain(&kind));
        let attributes = without_logical(&schema.attributes, logical);
        Schema {
            kind,
            logical,
            span: schema.span,
            attributes,
        }
    }

    fn union(&mut self, branches: &[ast::Schema<'a>], scope: Scope<'_>) -> SchemaKind {
        let mut linked = Vec::with_capacity(branches.len());
        for branch in branches {
            linked.push(self.schema(branch, scope));
        }
        SchemaKind::Union(linked)
    }

    fn reference(&mut self, name: &str, span: Span, scope: Scope<'_>) -> SchemaKind {
        if let Some(id) = self.names.find(scope.namespace, name) {
            let doubts = self.names.doubts(id, scope.namespace, name, span);
            self.found.extend(doubts);
            return SchemaKind::Named(id);
        }
        if let Some((id, lint)) = self.names.find_outside(scope.namespace, name, span) {
            self.found.push(lint);
            self.found.extend(self.names.before_definition(id, span));
            return SchemaKind::Named(id);
        }
        if !self.may_be_broken(name) {
            let names = self.names;
            let meant = self.meant.get_or_init(|| names.to_be_meant());
            let undefined = names.undefined(name, span, scope, self.sources, meant);
            self.found.push(undefined);
        }
        self.poison(span)
    }

    /// Whether a file that could not be read mentions the name, and so may define it.
    fn may_be_broken(&self, name: &str) -> bool {
        let short = name.rsplit('.').next().unwrap_or(name);
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mentions = |text: &str| {
            text.match_indices(short).any(|(at, short)| {
                !text[..at].ends_with(is_word) && !text[at + short.len()..].starts_with(is_word)
            })
        };
        !short.is_empty() && self.broken.iter().any(|text| mentions(text))
    }

    fn poison(&mut self, span: Span) -> SchemaKind {
        self.poisoned.insert(span);
        SchemaKind::Null
    }
}

fn symbol(name: &str, span: Span) -> Symbol {
    Symbol {
        name: name.to_owned(),
        span,
    }
}

fn valid(attributes: &[&Member], carrier: Carrier<'_>) -> Option<LogicalType> {
    match logical::annotation(attributes, carrier) {
        Annotation::Valid(logical) => Some(logical),
        _ => None,
    }
}

/// The attributes that are not part of a valid logical type.
fn without_logical(attributes: &[&Member], logical: Option<LogicalType>) -> Vec<Member> {
    attributes
        .iter()
        .filter(|member| {
            !logical.is_some_and(|logical| logical::is_parameter(logical, &member.key))
        })
        .map(|&member| member.clone())
        .collect()
}

impl Linked {
    /// The types and top-level schemas that are sound.
    #[must_use]
    pub fn into_sound(self) -> SchemaSet {
        sound::keep(self.set, &self.sound, &self.poisoned)
    }

    /// Whether a schema leads to no placeholder.
    pub(crate) fn is_sound(&self, schema: &Schema) -> bool {
        sound::is_sound(schema, &self.poisoned, &self.sound)
    }

    /// Whether a schema stands for one that was reported.
    pub(crate) fn is_placeholder(&self, schema: &Schema) -> bool {
        self.poisoned.contains(&schema.span)
    }

    /// Whether all attributes of a type's own definition could be read.
    pub(crate) fn is_complete(&self, id: TypeId) -> bool {
        self.complete[id.index()]
    }
}
