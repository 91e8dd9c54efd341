//! Named types and top-level schemas → records, enums and newtypes.

use avro_model::schema::{Definition, NamedType, Record as RecordSchema, TypeId};
use avro_model::source::Span;

use super::Planner;
use super::docs;
use super::homes::Home;
use super::model::{
    Codec, Coded, DefaultImpl, Enum, Field, Head, Item, Newtype, Record, Rule, SchemaOf, Symbol, Ty,
};
use super::names::{Ident, Scope, after, ident, pascal};
use super::types::{Place, logical_fixed, raw_fixed};
use super::{choices::Choice, rules};

/// The most fields that `new` takes.
const NEW_FIELDS: usize = 4;

/// The most fields whose decoders stand inline unless the manifest says otherwise: 200 of them would
/// take rustc ten seconds instead of two.
const INLINE_FIELDS: usize = 64;

impl Head {
    /// A type of which nothing is known but its name and place.
    pub(super) fn of(name: Ident, place: Span) -> Self {
        Self {
            name,
            place,
            docs: Vec::new(),
            attributes: Vec::new(),
            derives: Vec::new(),
            user_derives: Vec::new(),
            non_exhaustive: false,
            serde: None,
            view: None,
            min_len: 0,
            recursive: false,
            has_rules: false,
            json: false,
            schema: None,
            deployed: Vec::new(),
        }
    }
}

/// What symbols and bytes derive: they copy, compare and sort as they are.
const PLAIN: [&str; 8] = [
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
];

impl Planner<'_> {
    /// A named type and the unions inside it.
    pub(super) fn named_type(&mut self, id: TypeId, home: &Home) -> Vec<Item> {
        let set = self.set;
        let ty = &set[id];
        let choice = self.choices.of(ty.fullname.as_str());
        let mut items = Vec::new();
        let item = match &ty.definition {
            Definition::Record(record) => {
                Item::Record(self.record(id, record, home, &choice, &mut items))
            }
            Definition::Enum(enum_) => {
                let head = Head {
                    derives: PLAIN.to_vec(),
                    ..self.head(id, home, &choice, "Enum")
                };
                let names = self.symbols.get(&id).cloned().unwrap_or_default();
                let symbol = |(symbol, name): (&avro_model::schema::Symbol, Ident)| Symbol {
                    attributes: self
                        .choices
                        .of(&format!("{}.{}", ty.fullname, symbol.name))
                        .attributes,
                    symbol: symbol.name.clone(),
                    place: symbol.span,
                    name,
                };
                let symbols = enum_.symbols.iter().zip(names).map(symbol).collect();
                Item::Enum(Enum {
                    head,
                    fullname: ty.fullname.to_string(),
                    symbols,
                    default: enum_.default,
                })
            }
            Definition::Fixed(fixed) => {
                let coded = fixed
                    .logical
                    .and_then(|logical| {
                        logical_fixed(logical, fixed.size, self.config.logical_types)
                    })
                    .unwrap_or_else(|| raw_fixed(fixed.size));
                let derives = match coded.ty {
                    Ty::Array(_) => PLAIN.to_vec(),
                    _ => super::derives(self.facts.traits_of_type(id)),
                };
                let head = Head {
                    derives,
                    ..self.head(id, home, &choice, "Fixed")
                };
                Item::Newtype(Newtype { head, coded })
            }
        };
        items.insert(0, item);
        items
    }

    fn head(&self, id: TypeId, home: &Home, choice: &Choice, kind: &str) -> Head {
        let ty = &self.set[id];
        let rules = self.rules.of_type(id);
        Head {
            docs: described(ty, kind),
            attributes: choice.attributes.clone(),
            user_derives: choice.derives.clone(),
            non_exhaustive: choice.non_exhaustive,
            serde: choice
                .serde
                .unwrap_or(self.config.serde)
                .then(|| ty.fullname.short().to_owned()),
            view: home.view.clone(),
            min_len: self.facts.min_len_of_type(id),
            recursive: self.facts.holds_itself(id),
            has_rules: rules,
            json: self.config.json,
            schema: Some(SchemaOf::Type(id)),
            deployed: self.choices.compiled_of(ty.fullname.as_str()),
            ..Head::of(home.name.clone(), ty.name_span)
        }
    }

    fn record(
        &mut self,
        id: TypeId,
        record: &RecordSchema,
        home: &Home,
        choice: &Choice,
        items: &mut Vec<Item>,
    ) -> Record {
        let ty = &self.set[id];
        let span = ty.name_span;
        let what = format!("`{}`", ty.fullname);
        let wanted = self.config.builders && !record.fields.is_empty();
        let builder = wanted.then(|| {
            let wanted = after(home.name.plain(), "Builder");
            let what = format!("the builder of {what}");
            self.tree
                .claim(&home.module, &wanted, &what, span, &mut self.diagnostics)
        });
        let head = Head {
            derives: super::derives(self.facts.traits_of_type(id)),
            ..self.head(id, home, choice, "Record")
        };
        let names = self.field_names.get(&id).cloned().unwrap_or_default();
        let mut setters = Scope::new();
        setters.claim("build", ());
        let mut fields = Vec::with_capacity(record.fields.len());
        for (field, name) in record.fields.iter().zip(&names) {
            let setter = ident(&setters.claim(name, ()).name);
            fields.push(self.field(ty, field, name, setter, home, &head, items));
        }
        self.name_variables(home, &mut fields);
        let default = default_impl(&fields);
        let required = fields.iter().filter(|field| field.default.is_none());
        let has_new = (1..=NEW_FIELDS).contains(&required.count());
        Record {
            fullname: ty.fullname.to_string(),
            head,
            fields,
            default,
            builder,
            has_new,
            encoders_inline: choice.inline.unwrap_or(true),
            decoders_inline: choice
                .inline
                .unwrap_or(record.fields.len() <= INLINE_FIELDS),
        }
    }

    /// Renames the variables of fields that are called like a type of the module.
    fn name_variables(&self, home: &Home, fields: &mut [Field]) {
        let mut variables = Scope::new();
        for field in fields.iter() {
            variables.claim(field.name.plain(), ());
        }
        for field in fields {
            if self.tree.has(&home.module, field.name.plain()) {
                let wanted = format!("{}_value", field.name.plain());
                field.variable = ident(&variables.claim(&wanted, ()).name);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a field is planned once, from what its record knows"
    )]
    fn field(
        &mut self,
        ty: &NamedType,
        field: &avro_model::schema::Field,
        name: &str,
        setter: Ident,
        home: &Home,
        head: &Head,
        items: &mut Vec<Item>,
    ) -> Field {
        let full = format!("{}.{}", ty.fullname, field.name);
        let choice = self.choices.of(&full);
        let union_name = match &choice.union_name {
            Some(name) => name.value.clone(),
            None => after(home.name.plain(), &pascal(name)),
        };
        let place = Place {
            module: home.module.clone(),
            union_name,
            what: format!("the union in field {}", docs::name(&full)),
            map: choice.map,
            sized_blocks: choice.sized_blocks,
            logical: choice.logical_types(self.config),
            serde: head.serde.is_some(),
            json: head.json,
        };
        let coded = match choice.codec.clone() {
            Some((codec, ty)) => Coded::owned(Ty::Foreign(ty), Codec::Custom(codec)),
            None => self.coded(&field.schema, &place, items),
        };
        let default = self.default(&full, field, &choice, &coded, &home.module, items);
        let mut found = rules::field::of_field(
            self.config,
            &choice.rules,
            &full,
            &coded.ty,
            &mut self.findings,
        );
        if choice.codec.is_none() && self.rules.reaches(&field.schema) {
            found.push(Rule::Nested);
        }
        Field {
            name: ident(name),
            setter,
            variable: ident(name),
            schema_name: field.name.clone(),
            place: field.name_span,
            docs: docs::lines(field.doc.as_deref()),
            attributes: choice.attributes,
            coded,
            default,
            default_datum: self.default_datum(field),
            rules: found,
        }
    }
}

fn described(ty: &NamedType, kind: &str) -> Vec<String> {
    let lines = docs::lines(ty.doc.as_deref());
    if lines.is_empty() {
        vec![format!("{kind} {}.", docs::name(ty.fullname.as_str()))]
    } else {
        lines
    }
}

fn default_impl(fields: &[Field]) -> DefaultImpl {
    let rust_default = |field: &Field| {
        field
            .default
            .as_ref()
            .is_some_and(super::model::Literal::is_rust_default)
    };
    if fields.iter().all(rust_default) {
        DefaultImpl::Derived
    } else if fields.iter().all(|field| field.default.is_some()) {
        DefaultImpl::Written
    } else {
        DefaultImpl::None
    }
}
