//! Schemas, facts and configuration → [`Plan`]: every naming and typing decision, made once.
//!
//! Named types take their names first, in schema order; then views, builders and unions, which
//! are named after them. So a new field never renames what was there.

mod ambiguity;
mod choices;
pub(crate) mod code;
mod compiled;
mod defaults;
mod docs;
mod generated;
mod homes;
mod items;
mod members;
pub(crate) mod model;
pub(crate) mod names;
mod roots;
mod rules;
mod topics;
mod types;
mod unfit;
mod unions;

use std::collections::BTreeMap;

use avro_model::diagnostic::Diagnostics;
use avro_model::identity;
use avro_model::schema::{Definition, Root, SchemaKind, SchemaSet, TypeId};
use avro_model::source::SourceMap;

pub(crate) use choices::{Choices, choose};
pub(crate) use docs::name as doc_name;
pub(crate) use homes::NO_NAMESPACE;
use homes::{Home, ModulePath, Tree};
use model::{ExternalAssert, Item, Module, Plan};
use names::{Ident, after, ident, pascal};
pub(crate) use unfit::Fit;

use crate::analysis::{Facts, Traits};
use crate::config::{Config, Finding};
use crate::sources::Role;

/// What planning found wrong or worth saying.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the manifest.
    pub(crate) findings: Vec<Finding>,
    /// In the schemas.
    pub(crate) diagnostics: Diagnostics,
}

/// Plans the generated file. The plan is whole only if nothing that was found is an error.
pub(crate) fn plan(
    config: &Config,
    sources: &SourceMap,
    set: &SchemaSet,
    choices: &Choices,
    facts: &Facts,
) -> (Plan, Found) {
    let mut diagnostics = Diagnostics::new();
    let (field_names, symbols) = members::names(set, choices, &mut diagnostics);
    let mut planner = Planner {
        config,
        sources,
        set,
        choices,
        facts,
        rules: rules::Reach::new(set, choices),
        tree: Tree::new(),
        field_names,
        symbols,
        diagnostics,
        findings: Vec::new(),
    };
    let plan = planner.plan();
    (
        plan,
        Found {
            findings: planner.findings,
            diagnostics: planner.diagnostics,
        },
    )
}

struct Planner<'a> {
    config: &'a Config,
    sources: &'a SourceMap,
    set: &'a SchemaSet,
    choices: &'a Choices,
    facts: &'a Facts,
    rules: rules::Reach,
    tree: Tree,
    field_names: members::FieldNames,
    symbols: members::SymbolNames,
    diagnostics: Diagnostics,
    findings: Vec<Finding>,
}

impl<'a> Planner<'a> {
    fn plan(&mut self) -> Plan {
        let generated = self.generated();
        self.refuse_uninhabited(&generated);
        self.settle(&generated);
        let roots = self.settle_roots();
        let mut items = Vec::new();
        let mut placed: BTreeMap<ModulePath, Vec<Item>> = BTreeMap::new();
        for id in generated {
            let Some(home) = self.tree.homes.get(&id).cloned() else {
                continue;
            };
            items.extend(
                self.named_type(id, &home)
                    .into_iter()
                    .map(|item| (id, home.module.clone(), item)),
            );
        }
        let roots: Vec<(usize, Vec<Item>)> = roots
            .into_iter()
            .map(|(index, root, name)| (index, self.root_type(index, root, name)))
            .collect();
        let topics = self.topics(&items, &roots);
        for (_, module, item) in items {
            placed.entry(module).or_default().push(item);
        }
        for (_, items) in roots {
            let module = self.tree.module(None);
            placed.entry(module).or_default().extend(items);
        }
        Plan {
            runtime: self.runtime(),
            sources: self.shown_sources(),
            asserts: self.asserts(),
            modules: self.modules(&[], &mut placed),
            topics,
        }
    }

    /// Gives every type its home: first all names, then the views.
    fn settle(&mut self, generated: &[TypeId]) {
        for &id in generated {
            let ty = &self.set[id];
            let module = self.tree.module(ty.fullname.namespace());
            let chosen = self.choices.of(ty.fullname.as_str()).rust_name;
            let wanted = chosen.map_or_else(|| pascal(ty.fullname.short()), |name| name.value);
            let what = format!("`{}`", ty.fullname);
            let name =
                self.tree
                    .claim(&module, &wanted, &what, ty.name_span, &mut self.diagnostics);
            self.tree.homes.insert(
                id,
                Home {
                    module,
                    name,
                    view: None,
                },
            );
        }
        for &id in generated.iter().filter(|_| self.config.views) {
            let is_record = matches!(self.set[id].definition, Definition::Record(_));
            let Some(home) = self.tree.homes.get(&id).cloned() else {
                continue;
            };
            if !is_record || !self.facts.traits_of_type(id).borrows {
                continue;
            }
            let ty = &self.set[id];
            let wanted = after(home.name.plain(), "Ref");
            let what = format!("the view of `{}`", ty.fullname);
            let view = self.tree.claim(
                &home.module,
                &wanted,
                &what,
                ty.name_span,
                &mut self.diagnostics,
            );
            self.tree.homes.insert(
                id,
                Home {
                    view: Some(view),
                    ..home
                },
            );
        }
    }

    /// Names the top-level schemas that have no name of their own after their files.
    fn settle_roots(&mut self) -> Vec<(usize, &'a Root, Ident)> {
        let mut named = Vec::new();
        for (index, root) in self.set.roots().iter().enumerate() {
            if is_named(root) || self.is_reference(root.file) {
                continue;
            }
            let module = self.tree.module(None);
            let chosen = self.choices.of(&root.stem).rust_name;
            let wanted = chosen.map_or_else(|| pascal(&root.stem), |name| name.value);
            let what = format!("the schema `{}`", root.stem);
            let span = root.schema.span;
            let name = self
                .tree
                .claim(&module, &wanted, &what, span, &mut self.diagnostics);
            let home = Home {
                module,
                name: name.clone(),
                view: None,
            };
            self.tree.roots.insert(index, home);
            named.push((index, root, name));
        }
        named
    }

    /// The modules inside a module, with their items.
    fn modules(
        &self,
        outer: &[String],
        placed: &mut BTreeMap<ModulePath, Vec<Item>>,
    ) -> Vec<Module> {
        let inside: Vec<&(ModulePath, Option<String>)> = self
            .tree
            .order
            .iter()
            .filter(|(path, _)| path.len() == outer.len() + 1 && path.starts_with(outer))
            .collect();
        inside
            .into_iter()
            .map(|(path, namespace)| Module {
                name: ident(path.last().map_or("", String::as_str)),
                docs: match namespace {
                    Some(namespace) => format!("Namespace {}.", docs::name(namespace)),
                    None => "Types without a namespace.".to_owned(),
                },
                flattened: namespace.is_none(),
                items: placed.remove(path).unwrap_or_default(),
                modules: self.modules(path, placed),
            })
            .collect()
    }

    fn asserts(&self) -> Vec<ExternalAssert> {
        let assert = |(id, external): (&TypeId, &choices::ExternalType)| ExternalAssert {
            path: external.path.clone(),
            fullname: self.set[*id].fullname.to_string(),
            identity: identity::of_type(self.set, *id),
        };
        self.choices.externals.iter().map(assert).collect()
    }

    /// A path that does not parse is a finding, and no code is written.
    fn runtime(&mut self) -> code::Code {
        choices::path(&self.config.runtime, &mut self.findings)
            .unwrap_or_else(|| code::Code::new(&proc_macro2::TokenStream::new()))
    }

    fn shown_sources(&self) -> Vec<String> {
        let mut shown: Vec<String> = self
            .sources
            .iter()
            .filter(|(_, source)| self.config.role(source.path()) == Role::Schema)
            .map(|(_, source)| self.config.shown(source.path()))
            .collect();
        shown.sort();
        shown
    }
}

/// The top-level schemas that have no name of their own.
pub(crate) fn unnamed_roots(set: &SchemaSet) -> impl Iterator<Item = &Root> {
    set.roots().iter().filter(|root| !is_named(root))
}

fn is_named(root: &Root) -> bool {
    matches!(root.schema.kind, SchemaKind::Named(_))
}

/// The standard derives of a type.
fn derives(traits: Traits) -> Vec<&'static str> {
    let mut derives = vec!["Clone"];
    derives.extend(traits.copy.then_some("Copy"));
    derives.extend(["Debug", "PartialEq"]);
    derives.extend(traits.eq.then_some("Eq"));
    derives.extend(traits.hash.then_some("Hash"));
    derives
}
