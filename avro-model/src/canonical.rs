//! Linked schema → Parsing Canonical Form (specification 1.12, "Parsing Canonical Form for
//! Schemas").
//!
//! Written with a stack of its own: definitions are written out at their first use, so the text
//! may be nested as deep as there are types, whatever the depth of the files.

use std::collections::BTreeSet;

use crate::json::quote;
use crate::schema::{
    Definition, Fixed, LogicalType, NamedType, Schema, SchemaKind, SchemaSet, TypeId,
};

/// The Parsing Canonical Form of a schema; self-contained.
#[must_use]
pub fn form(set: &SchemaSet, schema: &Schema) -> String {
    Writer::new(set, false).write(Piece::Schema(schema))
}

/// The Parsing Canonical Form of a named type; self-contained.
#[must_use]
pub fn form_of_type(set: &SchemaSet, id: TypeId) -> String {
    Writer::new(set, false).write(Piece::Type(id))
}

/// The canonical form with the valid logical type of every place, in which two schemas are equal
/// exactly if they describe the same values.
pub(crate) fn with_logical_types(set: &SchemaSet, schema: &Schema) -> String {
    Writer::new(set, true).write(Piece::Schema(schema))
}

/// The same for a named type.
pub(crate) fn type_with_logical_types(set: &SchemaSet, id: TypeId) -> String {
    Writer::new(set, true).write(Piece::Type(id))
}

struct Writer<'s> {
    set: &'s SchemaSet,
    logical_types: bool,
    written: BTreeSet<TypeId>,
    /// What is still to be written, the next piece last.
    rest: Vec<Piece<'s>>,
    out: String,
}

enum Piece<'s> {
    Schema(&'s Schema),
    Type(TypeId),
    Text(&'static str),
    /// A field's name, up to its type.
    FieldName(&'s str),
    Logical(LogicalType),
}

impl<'s> Writer<'s> {
    fn new(set: &'s SchemaSet, logical_types: bool) -> Self {
        let (written, rest, out) = (BTreeSet::new(), Vec::new(), String::new());
        Self {
            set,
            logical_types,
            written,
            rest,
            out,
        }
    }

    fn write(mut self, first: Piece<'s>) -> String {
        self.rest.push(first);
        while let Some(piece) = self.rest.pop() {
            match piece {
                Piece::Schema(schema) => self.schema(schema),
                Piece::Type(id) => self.named(id),
                Piece::Text(text) => self.out.push_str(text),
                Piece::FieldName(name) => {
                    self.out.push_str("{\"name\":");
                    self.out.push_str(&quote(name));
                    self.out.push_str(",\"type\":");
                }
                Piece::Logical(logical) => self.logical(logical),
            }
        }
        self.out
    }

    fn schema(&mut self, schema: &'s Schema) {
        let logical = schema.logical.filter(|_| self.logical_types);
        if let Some(logical) = logical {
            self.out.push_str("{\"type\":");
            self.rest
                .extend([Piece::Text("}"), Piece::Logical(logical)]);
        }
        match &schema.kind {
            SchemaKind::Array(items) => {
                self.out.push_str("{\"type\":\"array\",\"items\":");
                self.rest.extend([Piece::Text("}"), Piece::Schema(items)]);
            }
            SchemaKind::Map(values) => {
                self.out.push_str("{\"type\":\"map\",\"values\":");
                self.rest.extend([Piece::Text("}"), Piece::Schema(values)]);
            }
            SchemaKind::Union(branches) => {
                self.out.push('[');
                self.rest.push(Piece::Text("]"));
                for (index, branch) in branches.iter().enumerate().rev() {
                    self.rest.push(Piece::Schema(branch));
                    self.rest.extend((index > 0).then_some(Piece::Text(",")));
                }
            }
            SchemaKind::Named(id) => self.named(*id),
            primitive => self.out.push_str(&quote(primitive.keyword())),
        }
    }

    fn named(&mut self, id: TypeId) {
        let set = self.set;
        let ty = &set[id];
        if !self.written.insert(id) {
            self.out.push_str(&quote(ty.fullname.as_str()));
            return;
        }
        self.header(ty);
        match &ty.definition {
            Definition::Record(record) => {
                self.out.push_str(",\"fields\":[");
                self.rest.push(Piece::Text("]}"));
                for (index, field) in record.fields.iter().enumerate().rev() {
                    self.rest.push(Piece::Text("}"));
                    self.rest.push(Piece::Schema(&field.schema));
                    self.rest.push(Piece::FieldName(&field.name));
                    self.rest.extend((index > 0).then_some(Piece::Text(",")));
                }
            }
            Definition::Enum(definition) => {
                let symbols: Vec<_> = definition
                    .symbols
                    .iter()
                    .map(|symbol| quote(&symbol.name))
                    .collect();
                self.out
                    .push_str(&format!(",\"symbols\":[{}]}}", symbols.join(",")));
            }
            Definition::Fixed(fixed) => self.fixed(fixed),
        }
    }

    fn header(&mut self, ty: &NamedType) {
        let name = quote(ty.fullname.as_str());
        // An error is a record here, as Java writes it: both have the same data.
        let keyword = match ty.definition {
            Definition::Record(_) => "record",
            Definition::Enum(_) => "enum",
            Definition::Fixed(_) => "fixed",
        };
        self.out
            .push_str(&format!("{{\"name\":{name},\"type\":\"{keyword}\""));
    }

    fn fixed(&mut self, fixed: &Fixed) {
        self.out.push_str(&format!(",\"size\":{}", fixed.size));
        if let Some(logical) = fixed.logical.filter(|_| self.logical_types) {
            self.logical(logical);
        }
        self.out.push('}');
    }

    fn logical(&mut self, logical: LogicalType) {
        self.out
            .push_str(&format!(",\"logicalType\":\"{}\"", logical.name()));
        if let LogicalType::Decimal { precision, scale } = logical {
            self.out
                .push_str(&format!(",\"precision\":{precision},\"scale\":{scale}"));
        }
    }
}
