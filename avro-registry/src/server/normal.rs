//! Linked schema → its normalized text: one text for all schemas that say the same.
//!
//! The form is the one that Confluent's registry stores under `normalize=true`: attributes in the
//! order in which Java's Avro writes them, custom properties and aliases in the order of their
//! names, a namespace only where it changes, no attribute that says what holds anyway. Documentation
//! stays. Defaults and custom properties keep the form in which their JSON was written.
//!
//! Written with a stack of its own, as the canonical form is and for the same reason.

use std::collections::{BTreeMap, BTreeSet};

use avro_model::canonical;
use avro_model::json::{Member, array, quote};
use avro_model::name::Fullname;
use avro_model::schema::{
    Definition, Enum, Field, LogicalType, NamedType, Order, Schema, SchemaKind, SchemaSet, TypeId,
};

/// The normalized text. A type that is not `inside` is not part of it and stands there by its name.
pub(super) fn form(
    set: &SchemaSet,
    schema: &Schema,
    inside: impl Fn(&NamedType) -> bool,
) -> String {
    let types = set.types().filter(|(_, ty)| !inside(ty));
    let writer = Writer {
        set,
        written: types.map(|(id, _)| id).collect(),
        rest: Vec::new(),
        out: String::new(),
    };
    writer.write(schema)
}

struct Writer<'s> {
    set: &'s SchemaSet,
    /// The types that have been defined, or are defined elsewhere.
    written: BTreeSet<TypeId>,
    /// What is still to be written, the next piece last.
    rest: Vec<Piece<'s>>,
    out: String,
}

enum Piece<'s> {
    Schema {
        schema: &'s Schema,
        /// The namespace in force where it stands.
        namespace: Option<&'s str>,
    },
    Text(String),
}

impl<'s> Writer<'s> {
    fn write(mut self, schema: &'s Schema) -> String {
        let namespace = None;
        self.rest.push(Piece::Schema { schema, namespace });
        while let Some(piece) = self.rest.pop() {
            match piece {
                Piece::Text(text) => self.out.push_str(&text),
                Piece::Schema { schema, namespace } => self.schema(schema, namespace),
            }
        }
        self.out
    }

    fn schema(&mut self, schema: &'s Schema, namespace: Option<&'s str>) {
        match &schema.kind {
            SchemaKind::Named(id) => self.named(*id, namespace),
            SchemaKind::Union(branches) => {
                self.out.push('[');
                self.rest.push(Piece::Text("]".to_owned()));
                for (index, schema) in branches.iter().enumerate().rev() {
                    self.rest.push(Piece::Schema { schema, namespace });
                    self.rest
                        .extend((index > 0).then(|| Piece::Text(",".to_owned())));
                }
            }
            SchemaKind::Array(inner) => self.container("array", "items", schema, inner, namespace),
            SchemaKind::Map(inner) => self.container("map", "values", schema, inner, namespace),
            _ => {
                let name = canonical::form(self.set, schema);
                match properties(&schema.attributes, schema.logical) {
                    none if none.is_empty() => self.out.push_str(&name),
                    some => self.out.push_str(&format!("{{\"type\":{name}{some}}}")),
                }
            }
        }
    }

    fn container(
        &mut self,
        ty: &str,
        key: &str,
        outer: &Schema,
        schema: &'s Schema,
        namespace: Option<&'s str>,
    ) {
        self.out
            .push_str(&format!("{{\"type\":\"{ty}\",\"{key}\":"));
        let end = properties(&outer.attributes, outer.logical) + "}";
        self.rest
            .extend([Piece::Text(end), Piece::Schema { schema, namespace }]);
    }

    fn named(&mut self, id: TypeId, namespace: Option<&'s str>) {
        let set = self.set;
        let ty = &set[id];
        if !self.written.insert(id) {
            self.out.push_str(&quote(name_in(&ty.fullname, namespace)));
            return;
        }
        self.out.push_str(&head(ty, namespace));
        let mut end = properties(&ty.attributes, ty.logical_type());
        let own = ty.fullname.namespace();
        let mut aliases: Vec<_> = ty.aliases.iter().collect();
        aliases.sort_by_key(|alias| alias.as_str());
        end.push_str(&aliases_of(
            aliases.into_iter().map(|name| name_in(name, own)),
        ));
        end.push('}');
        match &ty.definition {
            Definition::Record(record) => {
                self.out.push_str(",\"fields\":[");
                self.rest.push(Piece::Text(format!("]{end}")));
                for (index, field) in record.fields.iter().enumerate().rev() {
                    self.field(field, index > 0, own);
                }
            }
            Definition::Enum(symbols) => self.out.push_str(&(body(symbols) + &end)),
            Definition::Fixed(fixed) => {
                self.out.push_str(&format!(",\"size\":{}{end}", fixed.size));
            }
        }
    }

    fn field(&mut self, field: &'s Field, is_another: bool, namespace: Option<&'s str>) {
        let mut end = String::new();
        if let Some(doc) = &field.doc {
            end.push_str(&format!(",\"doc\":{}", quote(doc)));
        }
        if let Some(default) = &field.default {
            end.push_str(&format!(",\"default\":{default}"));
        }
        end.push_str(match field.order {
            Order::Ascending => "",
            Order::Descending => ",\"order\":\"descending\"",
            Order::Ignore => ",\"order\":\"ignore\"",
        });
        let aliases: BTreeSet<&str> = field.aliases.iter().map(String::as_str).collect();
        end.push_str(&aliases_of(aliases));
        end.push_str(&properties(&field.attributes, None));
        end.push('}');
        let comma = if is_another { "," } else { "" };
        let begin = format!("{comma}{{\"name\":{},\"type\":", quote(&field.name));
        let schema = &field.schema;
        self.rest.extend([
            Piece::Text(end),
            Piece::Schema { schema, namespace },
            Piece::Text(begin),
        ]);
    }
}

/// A definition up to what makes its kind.
fn head(ty: &NamedType, namespace: Option<&str>) -> String {
    let mut text = format!(
        "{{\"type\":\"{}\",\"name\":{}",
        ty.keyword(),
        quote(ty.fullname.short())
    );
    let own = ty.fullname.namespace();
    if own != namespace {
        text.push_str(&format!(
            ",\"namespace\":{}",
            quote(own.unwrap_or_default())
        ));
    }
    if let Some(doc) = ty.doc.as_deref().filter(|doc| !doc.is_empty()) {
        text.push_str(&format!(",\"doc\":{}", quote(doc)));
    }
    text
}

/// The symbols of an enum and its default.
fn body(symbols: &Enum) -> String {
    let names = symbols.symbols.iter().map(|symbol| quote(&symbol.name));
    let text = format!(",\"symbols\":{}", array(names));
    match symbols.default {
        Some(index) => format!("{text},\"default\":{}", quote(&symbols.symbols[index].name)),
        None => text,
    }
}

/// How a type is called in a place of this namespace.
fn name_in<'n>(name: &'n Fullname, namespace: Option<&str>) -> &'n str {
    // The bare name of a primitive type would mean that one.
    const PRIMITIVE: [&str; 8] = [
        "null", "boolean", "int", "long", "float", "double", "bytes", "string",
    ];
    let is_near = name.namespace() == namespace && !PRIMITIVE.contains(&name.short());
    if is_near { name.short() } else { name.as_str() }
}

fn aliases_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.into_iter().map(quote).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(",\"aliases\":{}", array(names)),
    }
}

/// The logical type, then the custom properties in the order of their names.
fn properties(attributes: &[Member], logical: Option<LogicalType>) -> String {
    let mut text = logical.map(logical_type).unwrap_or_default();
    let said: &[&str] = match logical {
        Some(LogicalType::Decimal { .. }) => &["logicalType", "precision", "scale"],
        Some(_) => &["logicalType"],
        None => &[],
    };
    let sorted: BTreeMap<_, _> = attributes
        .iter()
        .map(|member| (member.key.as_str(), &member.value))
        .filter(|(key, _)| !said.contains(key))
        .collect();
    for (key, value) in sorted {
        text.push_str(&format!(",{}:{value}", quote(key)));
    }
    text
}

fn logical_type(logical: LogicalType) -> String {
    let name = format!(",\"logicalType\":{}", quote(logical.name()));
    match logical {
        LogicalType::Decimal {
            precision,
            scale: 0,
        } => format!("{name},\"precision\":{precision}"),
        LogicalType::Decimal { precision, scale } => {
            format!("{name},\"precision\":{precision},\"scale\":{scale}")
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests;
