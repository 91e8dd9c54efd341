//! Linked schema → self-contained text: what is registered, and what `SCHEMA` holds.
//!
//! The source's own JSON, minified, every attribute in its order but for those that are null, so that
//! a registry which was given the file finds the same schema. Each named type is defined at its first use and named
//! afterwards, and a name is written so that it means the same in its new place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::json::{Member, Value, quote};
use crate::name::Fullname;
use crate::parse::COMPLEX;
use crate::schema::{Definition, NamedType, Root, Schema, SchemaKind, SchemaSet, TypeId};
use crate::source::Span;

/// The top-level schema of a file, self-contained.
#[must_use]
pub fn schema(set: &SchemaSet, root: &Root) -> String {
    Writer::new(set).write(whole(root))
}

/// The same with each type defined where it stands inside as few others as it can.
///
/// It is for schemas that the usual form nests deeper than a text may be
/// ([`MAX_DEPTH`](crate::json::MAX_DEPTH)), such as a thousand types that refer to one another. A
/// name may stand before its definition here. [`compile`](crate::compile) reads that, and most
/// other implementations do not, so this form is not for publishing.
#[must_use]
pub fn shallow(set: &SchemaSet, root: &Root) -> String {
    let mut writer = Writer::new(set);
    writer.places = Some(shallowest_places(set, &root.schema));
    writer.write(whole(root))
}

fn whole(root: &Root) -> Piece<'_> {
    Piece::Schema {
        schema: &root.schema,
        json: &root.json,
        namespace: None,
    }
}

/// For each type that a schema leads to, the use of it that is the fewest steps away.
fn shallowest_places(set: &SchemaSet, schema: &Schema) -> BTreeMap<TypeId, Span> {
    let mut places = BTreeMap::new();
    let mut next = VecDeque::from([schema]);
    while let Some(schema) = next.pop_front() {
        match &schema.kind {
            SchemaKind::Named(id) if !places.contains_key(id) => {
                places.insert(*id, schema.span);
                next.extend(set[*id].schemas());
            }
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => next.push_back(inner),
            SchemaKind::Union(branches) => next.extend(branches),
            _ => {}
        }
    }
    places
}

/// A named type, self-contained.
#[must_use]
pub fn of_type(set: &SchemaSet, id: TypeId) -> String {
    Writer::new(set).write(Piece::Definition {
        id,
        namespace: None,
    })
}

/// Writes with a stack of its own, as the canonical form does and for the same reason.
struct Writer<'s> {
    set: &'s SchemaSet,
    written: BTreeSet<TypeId>,
    /// Where each type is defined, if that is not at its first use.
    places: Option<BTreeMap<TypeId, Span>>,
    /// What is still to be written, the next piece last.
    rest: Vec<Piece<'s>>,
    out: String,
}

enum Piece<'s> {
    /// A schema, its source, and the namespace in force in the new place.
    Schema {
        schema: &'s Schema,
        json: &'s Value,
        namespace: Option<&'s str>,
    },
    Definition {
        id: TypeId,
        namespace: Option<&'s str>,
    },
    Text(String),
}

impl<'s> Writer<'s> {
    fn new(set: &'s SchemaSet) -> Self {
        Self {
            set,
            written: BTreeSet::new(),
            places: None,
            rest: Vec::new(),
            out: String::new(),
        }
    }

    fn write(mut self, first: Piece<'s>) -> String {
        self.rest.push(first);
        while let Some(piece) = self.rest.pop() {
            match piece {
                Piece::Text(text) => self.out.push_str(&text),
                Piece::Definition { id, namespace } => self.definition(id, namespace),
                Piece::Schema {
                    schema,
                    json,
                    namespace,
                } => self.schema(schema, json, namespace),
            }
        }
        self.out
    }

    fn schema(&mut self, schema: &'s Schema, json: &'s Value, namespace: Option<&'s str>) {
        let json = unwrapped(json);
        match &schema.kind {
            SchemaKind::Named(id) if self.is_defined_at(*id, schema.span) => {
                self.definition(*id, namespace);
            }
            SchemaKind::Named(id) => self.reference(*id, json, namespace),
            SchemaKind::Union(branches) => {
                let sources = json.as_array().unwrap_or_default();
                let pieces = branches.iter().zip(sources).map(|(schema, json)| {
                    vec![Piece::Schema {
                        schema,
                        json,
                        namespace,
                    }]
                });
                let pieces = list("[", pieces.collect(), "]");
                self.push(pieces);
            }
            SchemaKind::Array(inner) => self.container(json, "items", inner, namespace),
            SchemaKind::Map(inner) => self.container(json, "values", inner, namespace),
            _ => self.out.push_str(&json.to_string()),
        }
    }

    fn is_defined_at(&self, id: TypeId, place: Span) -> bool {
        let is_place = |places: &BTreeMap<_, _>| places.get(&id) == Some(&place);
        !self.written.contains(&id) && self.places.as_ref().is_none_or(is_place)
    }

    fn container(
        &mut self,
        json: &'s Value,
        key: &str,
        inner: &'s Schema,
        namespace: Option<&'s str>,
    ) {
        self.object(json, |member| {
            (member.key == key).then(|| {
                vec![Piece::Schema {
                    schema: inner,
                    json: &member.value,
                    namespace,
                }]
            })
        });
    }

    /// A type that is defined already. Attributes beside a reference stay there.
    fn reference(&mut self, id: TypeId, json: &'s Value, namespace: Option<&'s str>) {
        let name = quote(&self.name(id, json.as_str(), namespace));
        match json.get("type").and_then(Value::as_str) {
            Some(ty) if !COMPLEX.contains(&ty) => {
                let name = quote(&self.name(id, Some(ty), namespace));
                self.object(json, |member| {
                    (member.key == "type").then(|| vec![Piece::Text(name.clone())])
                });
            }
            _ => self.out.push_str(&name),
        }
    }

    /// The name for a type in a place: as the source has it where that means the same there.
    fn name(&self, id: TypeId, written: Option<&str>, namespace: Option<&str>) -> String {
        let fullname = &self.set[id].fullname;
        if let Some(written) = written.filter(|text| Fullname::within(namespace, text) == *fullname)
        {
            return written.to_owned();
        }
        if fullname.namespace() == namespace {
            return fullname.short().to_owned();
        }
        // A type without a namespace is found under its bare name unless the place's namespace
        // has one of that name too.
        let hidden = Fullname::within(namespace, fullname.as_str());
        if fullname.namespace().is_none() && self.set.find(&hidden).is_some() {
            return format!(".{fullname}");
        }
        fullname.to_string()
    }

    fn definition(&mut self, id: TypeId, namespace: Option<&'s str>) {
        let set = self.set;
        let ty = &set[id];
        self.written.insert(id);
        let own = ty.fullname.namespace();
        let add_namespace = inherits(ty) && own != namespace;
        self.object(&ty.json, |member| {
            match (member.key.as_str(), &ty.definition) {
                ("name", _) if add_namespace => {
                    let own = quote(own.unwrap_or_default());
                    Some(vec![Piece::Text(format!(
                        "{},\"namespace\":{own}",
                        member.value
                    ))])
                }
                ("namespace" | "aliases", _) | ("default", Definition::Enum(_))
                    if member.value.is_null() =>
                {
                    Some(LEFT_OUT)
                }
                ("fields", Definition::Record(record)) => {
                    let sources = member.value.as_array().unwrap_or_default();
                    let fields = record.fields.iter().zip(sources).map(|(field, json)| {
                        members(json, |member| match member.key.as_str() {
                            "type" => Some(vec![Piece::Schema {
                                schema: &field.schema,
                                json: &member.value,
                                namespace: own,
                            }]),
                            "aliases" | "order" if member.value.is_null() => Some(LEFT_OUT),
                            _ => None,
                        })
                    });
                    Some(list("[", fields.collect(), "]"))
                }
                _ => None,
            }
        });
    }

    fn object(
        &mut self,
        json: &'s Value,
        replace: impl FnMut(&'s Member) -> Option<Vec<Piece<'s>>>,
    ) {
        let pieces = members(json, replace);
        self.push(pieces);
    }

    fn push(&mut self, pieces: Vec<Piece<'s>>) {
        self.rest.extend(pieces.into_iter().rev());
    }
}

/// The schema itself, where a lenient run let a needless object stand around it.
fn unwrapped(mut json: &Value) -> &Value {
    while let Some(inner) = json.get("type").filter(|inner| inner.as_str().is_none()) {
        json = inner;
    }
    json
}

/// Whether a definition takes its namespace from the place where it stands.
fn inherits(ty: &NamedType) -> bool {
    let written = |key: &str| ty.json.get(key).and_then(Value::as_str);
    written("namespace").is_none() && !written("name").is_some_and(|name| name.contains('.'))
}

/// In place of a member: it is left out. Null counts as if the attribute were not there, and other
/// implementations refuse it or read it as something else.
const LEFT_OUT: Vec<Piece<'static>> = Vec::new();

/// An object with the values of some members replaced; nothing in their place drops the member.
fn members<'s>(
    json: &'s Value,
    mut replace: impl FnMut(&'s Member) -> Option<Vec<Piece<'s>>>,
) -> Vec<Piece<'s>> {
    let mut kept = Vec::new();
    for member in json.members() {
        match replace(member) {
            Some(value) if value.is_empty() => {}
            Some(value) => {
                let mut pieces = vec![Piece::Text(format!("{}:", quote(&member.key)))];
                pieces.extend(value);
                kept.push(pieces);
            }
            None => kept.push(vec![Piece::Text(member.to_string())]),
        }
    }
    list("{", kept, "}")
}

/// Items with commas between and brackets around.
fn list<'s>(open: &str, items: Vec<Vec<Piece<'s>>>, close: &str) -> Vec<Piece<'s>> {
    let mut pieces = vec![Piece::Text(open.to_owned())];
    for (index, item) in items.into_iter().enumerate() {
        pieces.extend((index > 0).then(|| Piece::Text(",".to_owned())));
        pieces.extend(item);
    }
    pieces.push(Piece::Text(close.to_owned()));
    pieces
}
