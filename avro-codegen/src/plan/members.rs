//! The Rust names of fields and symbols, chosen type by type in schema order.

use std::collections::BTreeMap;

use avro_model::diagnostic::Diagnostics;
use avro_model::schema::{Definition, SchemaSet, TypeId};
use avro_model::source::Span;

use super::choices::Choices;
use super::homes::clash;
use super::names::{Ident, Scope, ident, pascal, snake};

/// By record: the names of its fields, keywords not yet escaped.
pub(super) type FieldNames = BTreeMap<TypeId, Vec<String>>;
/// By enum: the names of its variants.
pub(super) type SymbolNames = BTreeMap<TypeId, Vec<Ident>>;

pub(super) fn names(
    set: &SchemaSet,
    choices: &Choices,
    diagnostics: &mut Diagnostics,
) -> (FieldNames, SymbolNames) {
    let (mut fields, mut symbols) = (FieldNames::new(), SymbolNames::new());
    for (id, ty) in set.types() {
        let mut names = Names {
            ty: ty.fullname.as_str(),
            choices,
            diagnostics,
            scope: Scope::new(),
        };
        match &ty.definition {
            Definition::Record(record) => {
                let claim = |field: &avro_model::schema::Field| {
                    names.claim("field", &field.name, field.name_span, snake)
                };
                fields.insert(id, record.fields.iter().map(claim).collect());
            }
            Definition::Enum(enum_) => {
                let claim = |symbol: &avro_model::schema::Symbol| {
                    ident(&names.claim("symbol", &symbol.name, symbol.span, pascal))
                };
                symbols.insert(id, enum_.symbols.iter().map(claim).collect());
            }
            Definition::Fixed(_) => {}
        }
    }
    (fields, symbols)
}

struct Names<'a> {
    ty: &'a str,
    choices: &'a Choices,
    diagnostics: &'a mut Diagnostics,
    scope: Scope<Span>,
}

impl Names<'_> {
    fn claim(
        &mut self,
        kind: &str,
        name: &str,
        span: Span,
        convert: impl Fn(&str) -> String,
    ) -> String {
        let place = format!("{}.{name}", self.ty);
        let chosen = self.choices.of(&place).rust_name.map(|name| name.value);
        let wanted = chosen.unwrap_or_else(|| convert(name));
        let claim = self.scope.claim(&wanted, span);
        if let Some(first) = claim.clash {
            let what = format!("{kind} `{place}`");
            self.diagnostics
                .push(clash(&what, &wanted, &claim.name, span, Some(first)));
        }
        claim.name
    }
}
