//! A plan → what users of the generated code can name: every type, member, function and trait.

use std::collections::BTreeMap;

use avro_model::source::Span;

use super::types::shown;
use crate::plan::model::{
    Coded, DefaultImpl, Enum, Head, Item, KeyTy, Module, Newtype, Plan, Record, Topic, Ty, Union,
};

/// Every public item, by what it is and its path.
pub(super) type Surface = BTreeMap<(Kind, String), Entry>;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    /// A field of a struct, or what a newtype holds.
    Field,
    Variant,
    Function,
    Trait,
}

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The type that it belongs to; of a type itself the type.
    pub(super) owner: String,
    /// Of a member of a view, the type that the view is of: what it says is no news.
    pub(super) view_of: Option<String>,
    /// What it is called there.
    pub(super) name: String,
    /// A type, signature or form.
    pub(super) text: String,
    /// Where the schema has it.
    pub(super) place: Span,
    /// The version whose plan has it.
    pub(super) version: String,
}

/// How a type can be built and matched.
pub(super) const WHOLE: &str = "whole";
pub(super) const NON_EXHAUSTIVE: &str = "non-exhaustive";

/// What a plan offers; `version` is what findings call it.
pub(super) fn surface(plan: &Plan, version: &str) -> Surface {
    let mut builder = Builder {
        surface: Surface::new(),
        version,
    };
    for module in &plan.modules {
        builder.module(module, &[]);
    }
    for topic in &plan.topics {
        builder.topic(topic);
    }
    builder.surface
}

struct Builder<'v> {
    surface: Surface,
    version: &'v str,
}

/// The type whose members are being listed.
#[derive(Clone, Copy)]
struct Owner<'a> {
    module: &'a [String],
    path: &'a str,
    view_of: Option<&'a str>,
    place: Span,
}

impl Builder<'_> {
    fn module(&mut self, module: &Module, outer: &[String]) {
        let mut path = outer.to_vec();
        path.push(module.name.to_string());
        for item in &module.items {
            self.item(item, &path, module.flattened);
        }
        for inner in &module.modules {
            self.module(inner, &path);
        }
    }

    fn item(&mut self, item: &Item, module: &[String], flattened: bool) {
        let head = match item {
            Item::Record(it) => &it.head,
            Item::Enum(it) => &it.head,
            Item::Newtype(it) => &it.head,
            Item::Union(it) => &it.head,
        };
        let shown = if flattened { &[] } else { module };
        let path = joined(shown, &head.name.to_string());
        let owner = Owner {
            module,
            path: &path,
            view_of: None,
            place: head.place,
        };
        self.head(owner, head);
        let view = head.view.as_ref();
        let view = view.map(|view| joined(shown, &view.to_string()));
        let view = view.as_deref().map(|path| Owner {
            path,
            view_of: Some(owner.path),
            ..owner
        });
        match item {
            Item::Record(record) => self.record(owner, view, record),
            Item::Enum(enum_) => self.enum_(owner, enum_),
            Item::Newtype(newtype) => self.newtype(owner, view, newtype),
            Item::Union(union) => self.union(owner, view, union),
        }
    }

    fn head(&mut self, owner: Owner<'_>, head: &Head) {
        let form = if head.non_exhaustive {
            NON_EXHAUSTIVE
        } else {
            WHOLE
        };
        self.add(Kind::Type, owner, "", form.to_owned(), owner.place);
        let user = head.user_derives.iter().map(ToString::to_string);
        let derives = head.derives.iter().map(|it| (*it).to_owned()).chain(user);
        let serde = ["Serialize", "Deserialize"].map(str::to_owned);
        let serde = serde.into_iter().filter(|_| head.serde.is_some());
        let json = ["ToJson", "FromJson"].map(str::to_owned);
        let json = json.into_iter().filter(|_| head.json);
        for name in derives.chain(serde).chain(json) {
            self.implements(owner, &name);
        }
    }

    fn record(&mut self, owner: Owner<'_>, view: Option<Owner<'_>>, record: &Record) {
        self.views(owner, view);
        if record.default != DefaultImpl::None {
            self.implements(owner, "Default");
        }
        for field in &record.fields {
            let name = field.name.to_string();
            let ty = |ty| shown(ty, owner.module);
            self.add(Kind::Field, owner, &name, ty(&field.coded.ty), field.place);
            if let Some(view) = view {
                self.add(Kind::Field, view, &name, ty(&field.coded.view), field.place);
            }
        }
        let required = record.fields.iter().filter(|field| field.default.is_none());
        if record.has_new {
            let parameters: Vec<String> = required
                .map(|field| format!("{}: {}", field.name, shown(&field.coded.ty, owner.module)))
                .collect();
            let signature = format!("({})", parameters.join(", "));
            self.add(Kind::Function, owner, "new", signature, owner.place);
        }
        if record.builder.is_some() {
            self.add(
                Kind::Function,
                owner,
                "builder",
                "()".to_owned(),
                owner.place,
            );
        }
    }

    fn enum_(&mut self, owner: Owner<'_>, enum_: &Enum) {
        if enum_.default.is_some() {
            self.implements(owner, "Default");
        }
        for symbol in &enum_.symbols {
            let name = symbol.name.to_string();
            self.add(Kind::Variant, owner, &name, String::new(), symbol.place);
        }
    }

    fn newtype(&mut self, owner: Owner<'_>, view: Option<Owner<'_>>, newtype: &Newtype) {
        self.views(owner, view);
        let ty = |ty| shown(ty, owner.module);
        let Coded {
            ty: own,
            view: borrowed,
            ..
        } = &newtype.coded;
        self.add(Kind::Field, owner, "0", ty(own), owner.place);
        if let Some(view) = view {
            self.add(Kind::Field, view, "0", ty(borrowed), view.place);
        }
    }

    fn union(&mut self, owner: Owner<'_>, view: Option<Owner<'_>>, union: &Union) {
        self.views(owner, view);
        for variant in &union.variants {
            let payload = |ty: fn(&Coded) -> &Ty| {
                let coded = variant.coded.as_ref();
                coded
                    .map(|coded| shown(ty(coded), owner.module))
                    .unwrap_or_default()
            };
            let (name, own) = (variant.name.to_string(), payload(|coded| &coded.ty));
            if variant.has_from {
                self.implements(owner, &format!("From<{own}>"));
            }
            self.add(Kind::Variant, owner, &name, own, variant.place);
            if let Some(view) = view {
                let borrowed = payload(|coded| &coded.view);
                self.add(Kind::Variant, view, &name, borrowed, variant.place);
            }
        }
    }

    /// A type that borrows for its owner.
    fn views(&mut self, owner: Owner<'_>, view: Option<Owner<'_>>) {
        if let Some(view) = view {
            self.add(Kind::Type, view, "", WHOLE.to_owned(), owner.place);
        }
    }

    fn topic(&mut self, topic: &Topic) {
        let module = ["topics".to_owned()];
        let Some(first) = topic.values.first() else {
            return;
        };
        let path = joined(&module, &topic.name.to_string());
        let owner = Owner {
            module: &module,
            path: &path,
            view_of: None,
            place: first.place,
        };
        self.add(Kind::Type, owner, "", WHOLE.to_owned(), first.place);
        let value = match &topic.several {
            None => shown(&first.ty, &module),
            Some(several) => {
                let path = joined(&module, &several.name.to_string());
                let owner = Owner {
                    path: &path,
                    ..owner
                };
                self.add(Kind::Type, owner, "", WHOLE.to_owned(), first.place);
                for value in &topic.values {
                    let (name, ty) = (value.variant.to_string(), shown(&value.ty, &module));
                    self.add(Kind::Variant, owner, &name, ty, value.place);
                }
                path
            }
        };
        let key = topic.key.as_ref().map_or("()", |key| match key.ty {
            KeyTy::Str => "str",
            KeyTy::Bytes => "[u8]",
            KeyTy::I32 => "i32",
            KeyTy::I64 => "i64",
            KeyTy::Uuid => "Uuid",
        });
        self.add(Kind::Field, owner, "Value", value, first.place);
        self.add(Kind::Field, owner, "Key", key.to_owned(), first.place);
    }

    fn implements(&mut self, owner: Owner<'_>, name: &str) {
        self.add(Kind::Trait, owner, name, String::new(), owner.place);
    }

    fn add(&mut self, kind: Kind, owner: Owner<'_>, name: &str, text: String, place: Span) {
        let key = (kind, format!("{}.{name}", owner.path));
        self.surface.insert(
            key,
            Entry {
                owner: owner.path.to_owned(),
                view_of: owner.view_of.map(str::to_owned),
                name: name.to_owned(),
                text,
                place,
                version: self.version.to_owned(),
            },
        );
    }
}

fn joined(module: &[String], name: &str) -> String {
    let parts = module.iter().map(String::as_str);
    parts.chain([name]).collect::<Vec<_>>().join("::")
}
