//! Where each generated type lives: the tree of modules, and the names of types and views in it.

use std::collections::BTreeMap;

use avro_model::codes::Code;
use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::schema::TypeId;
use avro_model::source::Span;

use super::model::Local;
use super::names::{Ident, Scope, ident, snake};

/// The module of types without a namespace; its items are shown at the root.
pub(crate) const NO_NAMESPACE: &str = "no_namespace";
/// The module of topics.
pub(super) const TOPICS: &str = "topics";

/// A module's path from the root of the tree.
pub(super) type ModulePath = Vec<String>;

/// A named type's place in the tree.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub(super) module: ModulePath,
    pub(super) name: Ident,
    pub(super) view: Option<Ident>,
}

/// Modules, the names taken in each, and the types that live there.
#[derive(Debug)]
pub(super) struct Tree {
    scopes: BTreeMap<ModulePath, Scope<Option<Span>>>,
    of_namespace: BTreeMap<String, ModulePath>,
    /// Every module, in the order in which schemas mention them.
    pub(super) order: Vec<(ModulePath, Option<String>)>,
    pub(super) homes: BTreeMap<TypeId, Home>,
    /// Those of top-level schemas without a name, by their place among all.
    pub(super) roots: BTreeMap<usize, Home>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self {
            scopes: BTreeMap::new(),
            of_namespace: BTreeMap::new(),
            order: Vec::new(),
            homes: BTreeMap::new(),
            roots: BTreeMap::new(),
        };
        for reserved in [NO_NAMESPACE, TOPICS] {
            tree.scope(&[]).claim(reserved, None);
        }
        tree
    }

    fn scope(&mut self, module: &[String]) -> &mut Scope<Option<Span>> {
        self.scopes
            .entry(module.to_vec())
            .or_insert_with(Scope::new)
    }

    /// The module of a namespace, made on first use.
    pub(super) fn module(&mut self, namespace: Option<&str>) -> ModulePath {
        let Some(namespace) = namespace else {
            let path = vec![NO_NAMESPACE.to_owned()];
            if !self.order.iter().any(|(known, _)| *known == path) {
                self.order.push((path.clone(), None));
            }
            return path;
        };
        if let Some(path) = self.of_namespace.get(namespace) {
            return path.clone();
        }
        let (mut path, segment) = match namespace.rsplit_once('.') {
            Some((outer, segment)) => (self.module(Some(outer)), segment),
            None => (Vec::new(), namespace),
        };
        let claim = self.scope(&path).claim(&snake(segment), None);
        path.push(claim.name);
        self.of_namespace.insert(namespace.to_owned(), path.clone());
        self.order.push((path.clone(), Some(namespace.to_owned())));
        path
    }

    /// Whether something in a module has this name.
    pub(super) fn has(&self, module: &[String], name: &str) -> bool {
        let scope = self.scopes.get(module);
        scope.is_some_and(|scope| scope.has(name))
    }

    /// Gives out a type's name in a module, with a lint if it is not the one that was wanted.
    pub(super) fn claim(
        &mut self,
        module: &[String],
        wanted: &str,
        what: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Ident {
        let claim = self.scope(module).claim(wanted, Some(span));
        if let Some(first) = claim.clash {
            diagnostics.push(clash(what, wanted, &claim.name, span, first));
        }
        ident(&claim.name)
    }

    /// The way from a module to a type, and to its view if `view`.
    pub(super) fn local(&self, from: &[String], id: TypeId, view: bool) -> Option<Local> {
        Some(home_from(from, self.homes.get(&id)?, view))
    }

    /// The way from a module to the type of a top-level schema without a name.
    pub(super) fn local_root(&self, from: &[String], root: usize) -> Option<Local> {
        Some(home_from(from, self.roots.get(&root)?, false))
    }
}

fn home_from(from: &[String], home: &Home, view: bool) -> Local {
    let name = if view {
        home.view.as_ref().unwrap_or(&home.name)
    } else {
        &home.name
    };
    let common = from
        .iter()
        .zip(&home.module)
        .take_while(|(a, b)| a == b)
        .count();
    Local {
        up: from.len() - common,
        down: home
            .module
            .iter()
            .skip(common)
            .map(|module| ident(module))
            .collect(),
        name: name.clone(),
        borrows: view && home.view.is_some(),
    }
}

/// Two names of a schema that are one in Rust.
pub(super) fn clash(
    what: &str,
    wanted: &str,
    name: &str,
    span: Span,
    first: Option<Span>,
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NameClash,
        span,
        format!("the Rust name of {what}, `{wanted}`, is taken; it becomes `{name}`"),
    )
    .note("choose a name with `rust-name` in an [[override]] of avro.toml");
    match first {
        Some(first) if first != span => found.also(first, format!("`{wanted}` is used here")),
        _ => found,
    }
}
