//! A model as the text of an `.avsc`: definitions where they are met, references elsewhere.
//!
//! One schema can be written in many ways, which must all be read alike: attributes in any order,
//! names whole or with their namespace beside them or inherited, a definition behind its first use,
//! custom properties, blanks.

use super::json::{default_text, quoted};
use super::model::{Definition, Field, Logical, Model, Name, Named, Primitive, Schema};
use super::rng::Rng;

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// In one plain way.
    Plain,
    /// In one of many ways, by a seed.
    Varied(u64),
}

/// The text of a model.
pub(crate) fn text(model: &Model, style: Style) -> String {
    let mut rng = match style {
        Style::Plain => None,
        Style::Varied(seed) => Some(Rng::new(seed)),
    };
    // A default is checked where it stands, and Java 1.12 knows nothing there of a type that is
    // defined further down.
    let may_be_late = !has_defaults(model);
    let late = may_be_late && rng.as_mut().is_some_and(|rng| rng.chance(40));
    let mut writer = Writer {
        model,
        rng,
        late,
        defined: vec![false; model.types.len()],
    };
    writer.schema(&model.root, "")
}

fn has_defaults(model: &Model) -> bool {
    let mut fields = model.types.iter().flat_map(Named::fields);
    fields.any(|field| field.default.is_some())
}

struct Writer<'m> {
    model: &'m Model,
    rng: Option<Rng>,
    /// Of several places, the last is where a type is defined.
    late: bool,
    defined: Vec<bool>,
}

/// The members of an object, the values being JSON already.
type Members = Vec<(&'static str, String)>;

impl Writer<'_> {
    fn schema(&mut self, schema: &Schema, namespace: &str) -> String {
        match schema {
            Schema::Primitive(primitive, logical) => self.primitive(*primitive, *logical),
            Schema::Array(inner) => self.container("array", "items", inner, namespace),
            Schema::Map(inner) => self.container("map", "values", inner, namespace),
            Schema::Union(branches) => {
                let branches =
                    self.each(branches, |writer, branch| writer.schema(branch, namespace));
                self.list(&branches)
            }
            Schema::Named(index) if self.defined[*index] => {
                self.reference(&self.model.types[*index].name, namespace)
            }
            Schema::Named(index) => {
                self.defined[*index] = true;
                self.definition(&self.model.types[*index], namespace)
            }
        }
    }

    /// The texts of some parts, in order; made from the back where definitions are to be late.
    fn each<T>(
        &mut self,
        parts: &[T],
        mut write: impl FnMut(&mut Self, &T) -> String,
    ) -> Vec<String> {
        if !self.late {
            return parts.iter().map(|part| write(self, part)).collect();
        }
        let mut texts: Vec<String> = parts.iter().rev().map(|part| write(self, part)).collect();
        texts.reverse();
        texts
    }

    fn primitive(&mut self, primitive: Primitive, logical: Option<Logical>) -> String {
        let word = quoted(primitive.word());
        if logical.is_none() && !self.chance(8) {
            return word;
        }
        let mut members = vec![("type", word)];
        members.extend(logical.into_iter().flat_map(parameters));
        self.object(members)
    }

    fn container(
        &mut self,
        word: &'static str,
        key: &'static str,
        inner: &Schema,
        namespace: &str,
    ) -> String {
        let inner = self.schema(inner, namespace);
        self.object(vec![("type", quoted(word)), (key, inner)])
    }

    fn reference(&mut self, name: &Name, namespace: &str) -> String {
        match name.namespace == namespace && (namespace.is_empty() || !self.chance(30)) {
            true => quoted(&name.short),
            false => quoted(&name.full()),
        }
    }

    fn definition(&mut self, named: &Named, namespace: &str) -> String {
        let mut members = vec![("type", quoted(named.word()))];
        members.extend(self.name(&named.name, namespace));
        let own = named.name.namespace;
        if !named.aliases.is_empty() {
            let aliases = named.aliases.iter();
            let aliases: Vec<String> = aliases.map(|alias| self.reference(alias, own)).collect();
            members.push(("aliases", self.list(&aliases)));
        }
        members.extend(named.doc.map(|doc| ("doc", quoted(doc))));
        match &named.definition {
            Definition::Record { fields, .. } => {
                let fields = self.each(fields, |writer, field| writer.field(field, own));
                members.push(("fields", self.list(&fields)));
            }
            Definition::Enum { symbols, default } => {
                let symbols: Vec<String> = symbols.iter().map(|symbol| quoted(symbol)).collect();
                members.push(("symbols", self.list(&symbols)));
                members.extend(default.iter().map(|symbol| ("default", quoted(symbol))));
            }
            Definition::Fixed { size, logical } => {
                members.push(("size", size.to_string()));
                members.extend(logical.iter().flat_map(|logical| parameters(*logical)));
            }
        }
        self.object(members)
    }

    /// Whole, or with its namespace beside it, or inherited.
    fn name(&mut self, name: &Name, namespace: &str) -> Members {
        let short = ("name", quoted(&name.short));
        if name.namespace == namespace && !self.chance(30) {
            return vec![short];
        }
        if !name.namespace.is_empty() && self.chance(40) {
            let mut members = vec![("name", quoted(&name.full()))];
            // Beside a fullname it is ignored.
            members.extend(self.chance(10).then(|| ("namespace", quoted("not.this"))));
            return members;
        }
        vec![short, ("namespace", quoted(name.namespace))]
    }

    fn field(&mut self, field: &Field, namespace: &str) -> String {
        let schema = self.schema(&field.schema, namespace);
        let mut members = vec![("name", quoted(&field.name)), ("type", schema)];
        if !field.aliases.is_empty() {
            let aliases: Vec<String> = field.aliases.iter().map(|alias| quoted(alias)).collect();
            members.push(("aliases", self.list(&aliases)));
        }
        members.extend(field.doc.map(|doc| ("doc", quoted(doc))));
        if let Some(default) = &field.default {
            members.push(("default", default_text(self.model, &field.schema, default)));
        }
        members.extend(field.order.map(|order| ("order", quoted(order))));
        self.object(members)
    }

    fn object(&mut self, mut members: Members) -> String {
        const PROPERTIES: [(&str, &str); 4] = [
            ("x-owner", "\"team\""),
            ("connect.version", "1"),
            ("sqlType", "[null, {\"a\": 1.5}]"),
            ("java-class", "\"a.B\""),
        ];
        if self.chance(6)
            && let Some(rng) = &mut self.rng
        {
            let &(key, value) = rng.pick(&PROPERTIES);
            members.push((key, value.to_owned()));
        }
        if let Some(rng) = &mut self.rng
            && rng.chance(30)
        {
            rng.shuffle(&mut members);
        }
        let members: Vec<String> = members
            .into_iter()
            .map(|(key, value)| format!("\"{key}\": {value}"))
            .collect();
        self.bracketed("{", &members, "}")
    }

    fn list(&mut self, parts: &[String]) -> String {
        self.bracketed("[", parts, "]")
    }

    fn bracketed(&mut self, open: &str, parts: &[String], close: &str) -> String {
        let blank = if self.chance(5) { "\n\t" } else { "" };
        let parts = parts.join(&format!(",{blank} "));
        format!("{open}{blank}{parts}{blank}{close}")
    }

    /// Never where the text is to be plain.
    fn chance(&mut self, percent: usize) -> bool {
        self.rng.as_mut().is_some_and(|rng| rng.chance(percent))
    }
}

fn parameters(logical: Logical) -> Members {
    let mut members = vec![("logicalType", quoted(logical.word()))];
    if let Logical::Decimal { precision, scale } = logical {
        members.push(("precision", precision.to_string()));
        // It is 0 where it is absent.
        members.extend((scale > 0).then(|| ("scale", scale.to_string())));
    }
    members
}
