//! Attributes that the place gives no meaning: known ones, misspelled ones, custom properties.
//! A misplaced `logicalType` or `default` is in `misplaced`, which also knows what was meant.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Member};
use crate::logical::{Carrier, names_on};
use crate::schema::{Definition, Field, LogicalType, NamedType, Schema, Symbol};
use crate::suggest::{is_slip, nearest};

const ON_A_FIELD: &str = "write it on the field, beside `name`";
const ON_A_DEFINITION: &str = "write it on the definition of a record, enum or fixed";
/// The property for exceptions from lints.
const OWN: &str = "lint";
/// Reported where they stand in the wrong place, or as what is wrong with the logical type.
const ELSEWHERE: [&str; 10] = [
    OWN,
    "logicalType",
    "precision",
    "scale",
    "default",
    "order",
    "aliases",
    "namespace",
    "doc",
    "name",
];

/// Checks a definition for an attribute of fields.
pub(super) fn check_type(ty: &NamedType, found: &mut Diagnostics) {
    if ty.attributes.is_empty() {
        return;
    }
    let owner = format!("`{}`", ty.fullname);
    report(&ty.attributes, &[("order", ON_A_FIELD)], &owner, found);
}

/// Checks a field for an attribute of definitions.
pub(super) fn check_field(field: &Field, owner: &str, found: &mut Diagnostics) {
    let misplaced = [("namespace", ON_A_DEFINITION)];
    report(&field.attributes, &misplaced, owner, found);
}

/// Checks a schema that is no definition for attributes of fields and definitions.
pub(super) fn check_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    if schema.attributes.is_empty() {
        return;
    }
    let misplaced = [
        ("order", ON_A_FIELD),
        ("aliases", "write them on the field, beside `name`"),
        ("namespace", ON_A_DEFINITION),
    ];
    let owner = format!("the type of {owner}");
    report(&schema.attributes, &misplaced, &owner, found);
}

fn report(attributes: &[Member], misplaced: &[(&str, &str)], owner: &str, found: &mut Diagnostics) {
    for member in attributes {
        for (_, note) in misplaced.iter().filter(|(key, _)| *key == member.key) {
            let message = format!("`{}` on {owner} has no effect", member.key);
            found.push(
                Diagnostic::new(Code::MisplacedAttribute, member.key_span, message).note(*note),
            );
        }
    }
}

/// What stands in a place besides what the specification knows there, and what it knows that is
/// not written there.
pub(super) struct Properties<'a> {
    owner: String,
    attributes: &'a [Member],
    /// The attributes that may stand there and do not. Those that must are reported as missing.
    free: Vec<&'static str>,
    /// The symbols of an enum, one of which its default is.
    symbols: Option<&'a [Symbol]>,
}

impl<'a> Properties<'a> {
    /// Of a definition.
    pub(super) fn of_type(ty: &'a NamedType) -> Self {
        let (known, symbols): (&[&str], _) = match &ty.definition {
            Definition::Record(_) => (&["namespace", "doc", "aliases"], None),
            Definition::Enum(definition) => (
                &["namespace", "doc", "aliases", "default"],
                Some(&definition.symbols[..]),
            ),
            Definition::Fixed(_) => (
                &["namespace", "doc", "aliases", "logicalType", "scale"],
                None,
            ),
        };
        let has_scale = may_have_scale(ty.logical_type());
        let known = known.iter().filter(|key| **key != "scale" || has_scale);
        Self {
            owner: format!("`{}`", ty.fullname),
            attributes: &ty.attributes,
            free: free(known, ty.json.members()),
            symbols,
        }
    }

    /// Of a field.
    pub(super) fn of_field(field: &'a Field, json: &[Member], owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            attributes: &field.attributes,
            free: free(&["doc", "default", "order", "aliases"], json),
            symbols: None,
        }
    }

    /// Of a schema that is no definition.
    pub(super) fn of_schema(schema: &'a Schema, owner: &str) -> Self {
        let mut known = Vec::new();
        let carrier = Carrier::Plain(&schema.kind);
        let may_have_logical = schema.logical.is_none() && names_on(carrier).next().is_some();
        known.extend(may_have_logical.then_some("logicalType"));
        known.extend(may_have_scale(schema.logical).then_some("scale"));
        Self {
            owner: format!("the type of {owner}"),
            attributes: &schema.attributes,
            free: free(&known, &schema.attributes),
            symbols: None,
        }
    }

    /// Warns of those that are a known attribute but for a slip of the hand, and have a value that
    /// this attribute could have.
    pub(super) fn check(&self, found: &mut Diagnostics) {
        for member in self.attributes {
            if let Some(meant) = self.slip(member) {
                found.push(self.misspelled(Code::AttributeTypo, member, meant));
            }
        }
    }

    /// Reports the others, those that resemble a known attribute apart.
    pub(super) fn lint(&self, found: &mut Diagnostics) {
        let others = self
            .attributes
            .iter()
            .filter(|member| !ELSEWHERE.contains(&member.key.as_str()));
        for member in others.filter(|member| self.slip(member).is_none()) {
            let (key, owner) = (&member.key, &self.owner);
            found.push(match nearest(key, self.free.iter().copied()) {
                Some(meant) => self.misspelled(Code::MisspelledAttribute, member, meant),
                None => {
                    let message = format!("{owner} has the custom property `{key}`");
                    Diagnostic::new(Code::UnknownAttribute, member.key_span, message)
                        .note("remove it if nothing reads it")
                }
            });
        }
    }

    fn misspelled(&self, code: Code, member: &Member, meant: &str) -> Diagnostic {
        let (key, owner) = (&member.key, &self.owner);
        let message = format!("the attribute `{key}` of {owner} has no effect");
        Diagnostic::new(code, member.key_span, message).note(format!("did you mean \"{meant}\"?"))
    }

    /// The attribute that a member is but for a slip.
    fn slip(&self, member: &Member) -> Option<&'static str> {
        let is_known = ELSEWHERE.contains(&member.key.as_str());
        let meant = |known: &&str| is_slip(&member.key, known) && self.may_be(known, member);
        self.free
            .iter()
            .copied()
            .find(|known| !is_known && meant(known))
    }

    /// Whether the value of a member is one that this attribute may have.
    fn may_be(&self, known: &str, member: &Member) -> bool {
        let text = member.value.as_str();
        match known {
            // Three letters are soon another word's, and its text is prose.
            "doc" => text.is_some_and(|text| {
                member.key.eq_ignore_ascii_case("doc") || text.contains(char::is_whitespace)
            }),
            "order" => matches!(text, Some("ascending" | "descending" | "ignore")),
            "aliases" => matches!(member.value.kind, Kind::Array(_) | Kind::String(_)),
            "scale" => matches!(member.value.kind, Kind::Number(_)),
            "default" => self.symbols.is_none_or(|symbols| {
                symbols
                    .iter()
                    .any(|symbol| Some(symbol.name.as_str()) == text)
            }),
            _ => text.is_some(),
        }
    }
}

/// The attributes among those known that are not written.
fn free<'k>(
    known: impl IntoIterator<Item = &'k &'static str>,
    written: &[Member],
) -> Vec<&'static str> {
    let is_written = |key: &str| written.iter().any(|member| member.key == key);
    let known = known.into_iter().copied();
    known.filter(|known| !is_written(known)).collect()
}

/// Whether a scale would count and seems not to be written. That of a valid decimal stands among
/// no attributes any more.
fn may_have_scale(logical: Option<LogicalType>) -> bool {
    matches!(logical, Some(LogicalType::Decimal { scale: 0, .. }))
}
