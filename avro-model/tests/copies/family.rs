//! A made-up set of types, and the many ways to write it down.

use std::collections::BTreeSet;

use fastrand::Rng;

/// A schema in place.
#[derive(Clone)]
pub(super) enum Type {
    Plain(&'static str),
    Timestamp,
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
    Named(usize),
}

#[derive(Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: Type,
    /// One value in several forms; nothing for no default.
    pub(super) default: Vec<&'static str>,
    pub(super) descending: bool,
    pub(super) aliases: Vec<String>,
}

#[derive(Clone)]
pub(super) enum Body {
    Record(Vec<Field>),
    Enum(Vec<String>),
    Fixed { size: usize, decimal: bool },
}

#[derive(Clone)]
pub(super) struct Definition {
    pub(super) namespace: &'static str,
    pub(super) name: String,
    /// Fullnames.
    pub(super) aliases: Vec<String>,
    pub(super) body: Body,
    pub(super) property: Option<&'static str>,
}

/// Types that refer to one another, themselves included.
#[derive(Clone)]
pub(super) struct Family(pub(super) Vec<Definition>);

impl Family {
    pub(super) fn new(rng: &mut Rng) -> Self {
        const SPACES: [&str; 3] = ["a", "a.b", "c"];
        let nameless = rng.u8(..8) == 0;
        let count = rng.usize(2..7);
        let definitions = (0..count).map(|index| {
            let namespace = match nameless {
                true => "",
                false => SPACES[rng.usize(..3)],
            };
            let body = match rng.u8(..4) {
                0 => Body::Enum(vec![format!("S{index}"), "UNKNOWN".into()]),
                1 => Body::Fixed {
                    size: 4,
                    decimal: rng.bool(),
                },
                _ => Body::Record(
                    (0..rng.usize(..5))
                        .map(|at| field(rng, at, count))
                        .collect(),
                ),
            };
            let aliases = match (nameless, rng.bool()) {
                (false, true) => vec![format!("{namespace}.Was{index}"), format!("old.T{index}")],
                _ => Vec::new(),
            };
            Definition {
                namespace,
                name: format!("T{index}"),
                aliases,
                body,
                property: rng.bool().then_some(r#"{"x": 1, "y": [true, "z"]}"#),
            }
        });
        Self(definitions.collect())
    }

    /// A file whose top-level schema defines this type, in words of its own. Types that it uses
    /// are defined in place or named.
    pub(super) fn file(&self, root: usize, rng: &mut Rng) -> String {
        let mut writer = Writer {
            family: self,
            rng,
            written: BTreeSet::new(),
            alone: false,
        };
        writer.definition(root, "")
    }

    /// The same, with all other types named.
    pub(super) fn alone(&self, root: usize, rng: &mut Rng) -> String {
        let mut writer = Writer {
            family: self,
            rng,
            written: BTreeSet::new(),
            alone: true,
        };
        writer.definition(root, "")
    }

    /// Changes one type so that it says something else.
    pub(super) fn mutate(&mut self, index: usize, rng: &mut Rng) {
        let definition = &mut self.0[index];
        match rng.u8(..4) {
            0 => definition.aliases.push("other.Alias".into()),
            1 => definition.property = Some(r#"{"x": 2}"#),
            _ => match &mut definition.body {
                Body::Enum(symbols) => match rng.bool() {
                    true => symbols.swap(0, 1),
                    false => symbols.push("MORE".into()),
                },
                Body::Fixed { size, decimal } => match rng.bool() {
                    true => *size += 1,
                    false => *decimal = !*decimal,
                },
                Body::Record(fields) if fields.is_empty() => fields.push(field(rng, 0, 1)),
                Body::Record(fields) => mutate_field(fields, rng),
            },
        }
    }
}

fn mutate_field(fields: &mut Vec<Field>, rng: &mut Rng) {
    let at = rng.usize(..fields.len());
    let field = &mut fields[at];
    match rng.u8(..6) {
        0 => field.descending = !field.descending,
        1 => field.aliases.push("elsewhere".into()),
        2 => field.name.push('x'),
        3 => {
            field.ty = Type::Plain("boolean");
            field.default = Vec::new();
        }
        4 => {
            fields.remove(at);
        }
        _ => match field.default.is_empty() {
            true => {
                field.ty = Type::Plain("double");
                field.default = vec!["2.5"];
            }
            false => field.default = Vec::new(),
        },
    }
}

fn field(rng: &mut Rng, at: usize, count: usize) -> Field {
    let (ty, default) = match rng.u8(..8) {
        0 => (Type::Plain("double"), vec!["1", "1.0", "10e-1"]),
        1 => (Type::Plain("long"), vec!["9007199254740993"]),
        2 => (Type::Timestamp, Vec::new()),
        3 => (Type::Plain("string"), vec!["\"a\"", "\"\\u0061\""]),
        4 => (
            Type::Array(Box::new(Type::Named(rng.usize(..count)))),
            vec!["[]"],
        ),
        5 => (
            Type::Map(Box::new(Type::Named(rng.usize(..count)))),
            Vec::new(),
        ),
        _ => {
            let branches = vec![Type::Plain("null"), Type::Named(rng.usize(..count))];
            (Type::Union(branches), vec!["null"])
        }
    };
    Field {
        name: format!("f{at}"),
        ty,
        default: if rng.bool() { default } else { Vec::new() },
        descending: rng.u8(..4) == 0,
        aliases: match rng.u8(..4) {
            0 => vec![format!("g{at}"), format!("h{at}")],
            _ => Vec::new(),
        },
    }
}

struct Writer<'f> {
    family: &'f Family,
    rng: &'f mut Rng,
    written: BTreeSet<usize>,
    /// Whether types inside the first one are named and not defined.
    alone: bool,
}

impl Writer<'_> {
    fn object(&mut self, mut members: Vec<(&str, String)>) -> String {
        self.rng.shuffle(&mut members);
        let space = ["", " ", "\n  "][self.rng.usize(..3)];
        let members: Vec<String> = members
            .into_iter()
            .map(|(key, value)| format!("{space}\"{key}\":{space}{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    }

    fn schema(&mut self, ty: &Type, namespace: &str) -> String {
        match ty {
            Type::Plain(name) if self.rng.bool() => self.object(vec![("type", quoted(name))]),
            Type::Plain(name) => quoted(name),
            Type::Timestamp => self.object(vec![
                ("type", quoted("long")),
                ("logicalType", quoted("timestamp-millis")),
            ]),
            Type::Array(items) => {
                let items = self.schema(items, namespace);
                self.object(vec![("type", quoted("array")), ("items", items)])
            }
            Type::Map(values) => {
                let values = self.schema(values, namespace);
                self.object(vec![("type", quoted("map")), ("values", values)])
            }
            Type::Union(branches) => {
                let branches: Vec<String> = branches
                    .iter()
                    .map(|branch| self.schema(branch, namespace))
                    .collect();
                format!("[{}]", branches.join(", "))
            }
            Type::Named(index) => self.named(*index, namespace),
        }
    }

    fn named(&mut self, index: usize, namespace: &str) -> String {
        if !self.alone && !self.written.contains(&index) && self.rng.bool() {
            return self.definition(index, namespace);
        }
        let definition = &self.family.0[index];
        match definition.namespace == namespace && self.rng.bool() {
            true => quoted(&definition.name),
            false => quoted(&full(definition)),
        }
    }

    fn definition(&mut self, index: usize, enclosing: &str) -> String {
        self.written.insert(index);
        let definition = &self.family.0[index];
        let namespace = definition.namespace;
        let mut members = match self.rng.u8(..3) {
            0 if namespace == enclosing => vec![("name", quoted(&definition.name))],
            1 if !namespace.is_empty() => vec![("name", quoted(&full(definition)))],
            _ => vec![
                ("name", quoted(&definition.name)),
                ("namespace", quoted(namespace)),
            ],
        };
        let mut aliases: Vec<String> = definition
            .aliases
            .iter()
            .map(|alias| match alias.rsplit_once('.') {
                Some((own, short)) if own == namespace && self.rng.bool() => quoted(short),
                _ => quoted(alias),
            })
            .collect();
        self.rng.shuffle(&mut aliases);
        if !aliases.is_empty() || self.rng.bool() {
            members.push(("aliases", format!("[{}]", aliases.join(","))));
        }
        if let Some(property) = definition.property {
            members.push(("property", property.to_owned()));
        }
        match &definition.body {
            Body::Enum(symbols) => {
                let symbols: Vec<String> = symbols.iter().map(|symbol| quoted(symbol)).collect();
                members.push(("type", quoted("enum")));
                members.push(("symbols", format!("[{}]", symbols.join(","))));
                members.push(("default", quoted("UNKNOWN")));
            }
            Body::Fixed { size, decimal } => {
                members.push(("type", quoted("fixed")));
                members.push(("size", size.to_string()));
                if *decimal {
                    members.push(("logicalType", quoted("decimal")));
                    members.push(("precision", "5".into()));
                    if self.rng.bool() {
                        members.push(("scale", "0".into()));
                    }
                }
            }
            Body::Record(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|field| self.field(field, namespace))
                    .collect();
                members.push(("type", quoted("record")));
                members.push(("fields", format!("[{}]", fields.join(","))));
            }
        }
        self.object(members)
    }

    fn field(&mut self, field: &Field, namespace: &str) -> String {
        let mut members = vec![
            ("name", quoted(&field.name)),
            ("type", self.schema(&field.ty, namespace)),
        ];
        if let Some(default) = self.rng.choice(&field.default) {
            members.push(("default", (*default).to_owned()));
        }
        match field.descending {
            true => members.push(("order", quoted("descending"))),
            false if self.rng.bool() => members.push(("order", quoted("ascending"))),
            false => {}
        }
        if !field.aliases.is_empty() {
            let mut aliases: Vec<String> = field.aliases.iter().map(|it| quoted(it)).collect();
            self.rng.shuffle(&mut aliases);
            members.push(("aliases", format!("[{}]", aliases.join(","))));
        }
        self.object(members)
    }
}

pub(super) fn full(definition: &Definition) -> String {
    match definition.namespace {
        "" => definition.name.clone(),
        namespace => format!("{namespace}.{}", definition.name),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
