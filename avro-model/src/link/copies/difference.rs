//! Two definitions that say different things → the first thing in which they differ.

use super::meaning::{aliases, default, field_aliases, properties, schema};
use crate::diff::describe;
use crate::json::Member;
use crate::schema::{Definition, Enum, Field, Fixed, NamedType, Order, Record, SchemaSet};
use crate::source::Span;

/// The first thing in which two definitions differ.
pub(super) struct Difference {
    /// What differs.
    pub(super) what: String,
    /// The places that show it, in the second definition and in the first, unless its name does.
    pub(super) places: Vec<(Span, String)>,
}

impl Difference {
    /// The first difference of two types that differ, in the order in which they are written.
    pub(super) fn between(set: &SchemaSet, first: &NamedType, other: &NamedType) -> Self {
        let (was, is) = (first.keyword(), other.keyword());
        if was != is {
            return Self::whole(format!("the type is `{was}` there, `{is}` here"));
        }
        let of_body = match (&first.definition, &other.definition) {
            (Definition::Record(first), Definition::Record(other)) => fields(set, first, other),
            (Definition::Enum(first), Definition::Enum(other)) => symbols(first, other),
            (Definition::Fixed(first), Definition::Fixed(other)) => fixed(first, other),
            _ => None,
        };
        let of_aliases = || {
            let differ = aliases(first) != aliases(other);
            differ.then(|| Self::whole("the aliases".to_owned()))
        };
        of_body
            .or_else(of_aliases)
            .or_else(|| property(&first.attributes, &other.attributes))
            .unwrap_or_else(|| Self::whole("the custom properties".to_owned()))
    }

    /// One that the definitions as a whole show.
    fn whole(what: String) -> Self {
        let places = Vec::new();
        Self { what, places }
    }

    /// One that is said at two places.
    fn at(what: String, other: (Span, String), first: (Span, String)) -> Self {
        let places = vec![other, first];
        Self { what, places }
    }
}

fn fields(set: &SchemaSet, first: &Record, other: &Record) -> Option<Difference> {
    let name = |field: &Field| (field.name.clone(), field.name_span);
    let before: Vec<_> = first.fields.iter().map(name).collect();
    let after: Vec<_> = other.fields.iter().map(name).collect();
    listed("field", &before, &after).or_else(|| {
        let mut both = first.fields.iter().zip(&other.fields);
        both.find_map(|(first, other)| field(set, first, other))
    })
}

fn symbols(first: &Enum, other: &Enum) -> Option<Difference> {
    let names = |definition: &Enum| -> Vec<(String, Span)> {
        let symbols = definition.symbols.iter();
        symbols
            .map(|symbol| (symbol.name.clone(), symbol.span))
            .collect()
    };
    listed("symbol", &names(first), &names(other)).or_else(|| {
        let differs = first.default != other.default;
        differs.then(|| Difference::whole("the default".to_owned()))
    })
}

fn fixed(first: &Fixed, other: &Fixed) -> Option<Difference> {
    if first.size != other.size {
        let what = format!("the size is {} there, {} here", first.size, other.size);
        return Some(Difference::whole(what));
    }
    let differs = first.logical != other.logical;
    differs.then(|| Difference::whole("the logical type".to_owned()))
}

/// Fields or symbols: one that is on one side alone, or another order.
fn listed(what: &str, first: &[(String, Span)], other: &[(String, Span)]) -> Option<Difference> {
    let alone = |here: &[(String, Span)], there: &[(String, Span)]| {
        let there: std::collections::BTreeSet<&str> =
            there.iter().map(|(name, _)| name.as_str()).collect();
        here.iter()
            .find(|(name, _)| !there.contains(name.as_str()))
            .cloned()
    };
    if let Some((name, span)) = alone(other, first).or_else(|| alone(first, other)) {
        return Some(Difference {
            what: format!("one alone has the {what} `{name}`"),
            places: vec![(span, "here alone".to_owned())],
        });
    }
    let mut both = first.iter().zip(other);
    let ((was, there), (is, here)) = both.find(|((was, _), (is, _))| was != is)?;
    Some(Difference::at(
        format!("the order of the {what}s"),
        (*here, format!("`{is}` here")),
        (*there, format!("`{was}` here")),
    ))
}

fn field(set: &SchemaSet, first: &Field, other: &Field) -> Option<Difference> {
    let at = |what: &str, here: String, there: String| {
        let what = format!("{what} of field `{}`", other.name);
        Difference::at(what, (other.name_span, here), (first.name_span, there))
    };
    if schema(set, &first.schema) != schema(set, &other.schema) {
        let (was, is) = (describe(set, &first.schema), describe(set, &other.schema));
        return Some(match was == is {
            true => property_inside(first, other),
            false => at("the type", format!("`{is}` here"), format!("`{was}` here")),
        });
    }
    if default(first.default.as_ref()) != default(other.default.as_ref()) {
        let said = |field: &Field| match &field.default {
            Some(json) => format!("default `{}` here", crate::parse::brief(json)),
            None => "no default here".to_owned(),
        };
        return Some(at("the default", said(other), said(first)));
    }
    if first.order != other.order {
        let said = |field: &Field| format!("{} here", order(field.order));
        return Some(at("the order", said(other), said(first)));
    }
    if field_aliases(first) != field_aliases(other) {
        return Some(at("the aliases", String::new(), String::new()));
    }
    property(&first.attributes, &other.attributes)
        .map(|difference| in_field(difference, first, other))
}

/// The custom property in which the types of two fields differ.
fn property_inside(first: &Field, other: &Field) -> Difference {
    let inside = |field: &Field| {
        let mut all: Vec<Member> = Vec::new();
        let visit =
            &mut |inner: &crate::schema::Schema| all.extend(inner.attributes.iter().cloned());
        field.schema.visit(visit);
        all
    };
    let difference = property(&inside(first), &inside(other))
        .unwrap_or_else(|| Difference::whole("the custom properties".to_owned()));
    in_field(difference, first, other)
}

fn in_field(difference: Difference, first: &Field, other: &Field) -> Difference {
    let what = format!("{} of field `{}`", difference.what, other.name);
    let places = match difference.places.is_empty() {
        true => vec![
            (other.name_span, String::new()),
            (first.name_span, String::new()),
        ],
        false => difference.places,
    };
    Difference { what, places }
}

/// The first custom property that differs.
fn property(first: &[Member], other: &[Member]) -> Option<Difference> {
    let (before, after) = (properties(first), properties(other));
    let alone = |here: &[(&str, String)], there: &[(&str, String)]| {
        let mut missing = here.iter().filter(|property| !there.contains(property));
        missing.next().map(|(key, _)| (*key).to_owned())
    };
    let key = alone(&after, &before).or_else(|| alone(&before, &after))?;
    let place = |members: &[Member]| {
        let member = members.iter().find(|member| member.key == key)?;
        Some((member.key_span, String::new()))
    };
    Some(Difference {
        what: format!("the property `{key}`"),
        places: place(other).into_iter().chain(place(first)).collect(),
    })
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Ascending => "ascending",
        Order::Descending => "descending",
        Order::Ignore => "ignored",
    }
}
