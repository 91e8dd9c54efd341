//! Made-up schemas whose names, docs and values are what lints look for.
#![allow(
    clippy::approx_constant,
    reason = "numbers that clippy minds are what generated code is tested with"
)]

use fastrand::Rng;
use serde_json::{Value, json};

/// Names that clippy takes for placeholders; methods and types of the standard library; words that
/// promise a way of taking `self`; keywords; names of one letter, of digits, alike, of another script,
/// and such as end a comment, a string or an attribute.
const NAMES: [&str; 134] = [
    "foo",
    "bar",
    "baz",
    "quux",
    "tmp",
    "test",
    "data",
    "xxx",
    "foo1",
    "foo2",
    "add",
    "sub",
    "mul",
    "div",
    "rem",
    "neg",
    "not",
    "index",
    "deref",
    "drop",
    "hash",
    "cmp",
    "eq",
    "partial_cmp",
    "lt",
    "borrow",
    "as_ref",
    "as_mut",
    "clone",
    "default",
    "fmt",
    "from_iter",
    "from_str",
    "into_iter",
    "iter",
    "iter_mut",
    "next",
    "shl",
    "shr",
    "bitand",
    "is_new",
    "is_a",
    "as_b",
    "to_c",
    "into_d",
    "from_e",
    "to_string",
    "to_owned",
    "len",
    "is_empty",
    "new",
    "build",
    "builder",
    "get",
    "set",
    "with_x",
    "try_into",
    "try_from",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "match",
    "async",
    "gen",
    "try",
    "dyn",
    "abstract",
    "union",
    "macro_rules",
    "static",
    "a",
    "b",
    "c",
    "j",
    "l",
    "O",
    "I",
    "x",
    "y",
    "r",
    "p",
    "w",
    "value",
    "reader",
    "writer",
    "out",
    "error",
    "result",
    "_",
    "__",
    "_1",
    "_2",
    "_a",
    "__a__",
    "A_B_C",
    "a_b_c",
    "aB",
    "AB",
    "ABCDef",
    "HTTPServer",
    "itemA",
    "itemB",
    "Vec",
    "Option",
    "String",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Debug",
    "u8",
    "str",
    "i32",
    "bool",
    "std",
    "core",
    "topics",
    "no_namespace",
    "ß",
    "été",
    "日本",
    "naïve-name",
    "a b",
    "*/",
    "//",
    "'#",
    "`",
    "]]",
    "#![no_std]",
    "a  b",
];

const DOCS: [&str; 22] = [
    "",
    " ",
    "plain",
    "- a\nb",
    "1. a\n  b\n   c",
    "* a\n    * b\n       c",
    "> a\nb",
    "a:\n- b",
    "\ttabs\tin it",
    "`unclosed",
    "see foo_bar and SomeType and http://a.b/c_d",
    "[link] [a](b) [^1]",
    "[^1]: a note",
    "# Safety\n# Panics\n# Errors",
    "```\nfn main() {}\n```",
    "```rust\n#[test]\nfn a() {}\n```",
    "| a | b |\n|---|---|\n| c | d |",
    "a paragraph that goes on and on, and says nothing at all, so that it is longer than what anybody would read as the first of a documentation, twice over, with more to come\nand more",
    "ends with a backslash\\",
    "\n\nblank lines around\n\n",
    "Returns `x`. TODO: FIXME",
    "* / */ /* \u{202e}\u{0}\u{1b}",
];

const DOUBLES: [f64; 11] = [
    3.14,
    3.141_592_653_589_793,
    2.718_281_828,
    0.693_147_18,
    1.414_213_56,
    123_456_789.123_456_78,
    1e300,
    5e-324,
    -0.0,
    16_777_217.0,
    0.1,
];

const LONGS: [i64; 8] = [0, 1, -1, 1_000_000, 4_294_967_296, i64::MAX, i64::MIN, 255];

/// The files of one round, under names of the same kind. `foo.Main` is always there.
pub(crate) fn made_up(seed: u64) -> Vec<(String, String)> {
    let mut maker = Maker {
        rng: Rng::with_seed(seed),
        count: 0,
    };
    let mut files = vec![("foo.avsc".to_owned(), maker.main().to_string())];
    for number in 0..6 {
        let name = maker.one(&NAMES).replace('/', "_");
        let root = match number % 4 {
            0 => maker.union(1),
            1 => json!({"type": "map", "values": maker.schema(1)}),
            _ => maker.record(2),
        };
        files.push((format!("{number}/{name}.avsc"), root.to_string()));
    }
    files
}

struct Maker {
    rng: Rng,
    /// How many types have been named: no two have one fullname.
    count: usize,
}

impl Maker {
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(..of.len())]
    }

    /// Names of members, no two alike.
    fn names(&mut self, count: usize) -> Vec<&'static str> {
        let mut names = NAMES.to_vec();
        self.rng.shuffle(&mut names);
        names.truncate(count);
        names
    }

    /// Every name as a field: more than a function should take, more flags than a struct should have.
    fn main(&mut self) -> Value {
        let fields = NAMES.iter().enumerate().map(|(number, name)| {
            let mut field = match number % 3 {
                0 => json!({"type": "boolean"}),
                _ => self.field(0),
            };
            field["name"] = json!(name);
            field
        });
        let fields: Vec<Value> = fields.collect();
        json!({"type": "record", "name": "Main", "namespace": "foo", "fields": fields})
    }

    fn record(&mut self, depth: usize) -> Value {
        let count = self.one(&[0, 1, 2, 5, 9]);
        let names = self.names(count);
        let fields = names.into_iter().map(|name| {
            let mut field = self.field(depth);
            field["name"] = json!(name);
            field
        });
        let fields: Vec<Value> = fields.collect();
        self.named(json!({"type": "record", "fields": fields}))
    }

    /// A schema with a name, and mostly with a namespace: in a third of all cases its own.
    fn named(&mut self, mut schema: Value) -> Value {
        self.count += 1;
        let name = self.one(&NAMES);
        let namespace = match self.rng.u8(..3) {
            0 => format!("n{}", self.count),
            1 => format!("{name}.{name}.n{}.{name}", self.count),
            _ => format!("{}.n{}", self.one(&NAMES), self.count),
        };
        schema["name"] = json!(name);
        schema["namespace"] = json!(namespace);
        schema["doc"] = json!(self.one(&DOCS));
        schema
    }

    /// A field without its name, often with a default.
    fn field(&mut self, depth: usize) -> Value {
        let doc = self.one(&DOCS);
        let mut field = match self.rng.u8(..9) {
            0 => json!({"type": "double", "default": self.one(&DOUBLES)}),
            1 => {
                json!({"type": "float", "default": self.one(&[3.14, 0.1, 2.718, 1e30, 16_777_216.0])})
            }
            2 => json!({"type": "long", "default": self.one(&LONGS)}),
            3 => json!({"type": "string", "default": self.one(&NAMES)}),
            4 => json!({"type": "bytes", "default": "\u{0}\u{ff}\"\\"}),
            5 => {
                json!({"type": {"type": "array", "items": "long"}, "default": self.one(&[&[][..], &[1_000_000, 2]])})
            }
            6 => json!({"type": ["null", self.branch(depth)], "default": null}),
            _ => json!({"type": self.schema(depth)}),
        };
        field["doc"] = json!(doc);
        field
    }

    /// A schema that a union may have: any but a union, and but null.
    fn branch(&mut self, depth: usize) -> Value {
        loop {
            let schema = self.schema(depth);
            if !schema.is_array() {
                return schema;
            }
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        let plain = [
            "boolean", "int", "long", "float", "double", "bytes", "string",
        ];
        if depth == 0 {
            return json!(self.one(&plain));
        }
        match self.rng.u8(..12) {
            0 => self.record(depth - 1),
            1 => self.enumeration(),
            2 => {
                let size = self.one(&[0, 1, 4, 16, 5000]);
                self.named(json!({"type": "fixed", "size": size}))
            }
            3 => self.union(depth - 1),
            4 => json!({"type": "array", "items": self.schema(depth - 1)}),
            5 => {
                json!({"type": "array", "items": {"type": "map", "values": ["null", {"type": "array", "items": self.schema(depth - 1)}]}})
            }
            6 => json!({"type": "map", "values": self.schema(depth - 1)}),
            7 => json!({"type": "long", "logicalType": "timestamp-millis"}),
            8 => json!({"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}),
            9 => json!({"type": "string", "logicalType": "uuid"}),
            _ => json!(self.one(&plain)),
        }
    }

    /// Symbols alike at their ends, or any names.
    fn enumeration(&mut self) -> Value {
        let symbols: Vec<String> = match self.rng.u8(..3) {
            0 => (0..4).map(|number| format!("FOO_{number}")).collect(),
            1 => (0..4).map(|number| format!("A{number}_ERROR")).collect(),
            _ => self.names(6).into_iter().map(str::to_owned).collect(),
        };
        let default = symbols[0].clone();
        self.named(json!({"type": "enum", "symbols": symbols, "default": default}))
    }

    fn union(&mut self, depth: usize) -> Value {
        let mut branches = vec![
            json!("null"),
            json!("string"),
            json!("long"),
            json!("boolean"),
        ];
        branches.truncate(self.one(&[0, 1, 2, 4]));
        branches.push(self.record(depth.min(1)));
        branches.push(self.named(json!({"type": "fixed", "size": 3000})));
        branches.push(self.enumeration());
        json!(branches)
    }
}
