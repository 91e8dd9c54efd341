//! The table of findings: a stable code for each rule, with its explanation, an example and the fix.
//!
//! A code never changes its meaning and is never used again. Gaps are room for a family's next rules.

use std::fmt;

use crate::diagnostic::Severity;

/// What the table says of a [`Code`].
struct Entry {
    code: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
    example: &'static str,
    fix: &'static str,
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal
        explanation $explanation:literal example $example:literal fix $fix:literal)+) => {
        /// A rule. Shown as `AVR` and three digits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($code, ": ", $title)] $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$name => &Entry {
                        code: $code,
                        severity: Severity::$severity,
                        title: $title,
                        explanation: $explanation,
                        example: $example,
                        fix: $fix,
                    },)+
                }
            }
        }
    };
}

impl Code {
    /// The code as people write it: `AVR001`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.entry().code
    }

    /// The rule in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.entry().title
    }

    /// Why it is a rule.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// A schema, or a part of one, that breaks the rule.
    #[must_use]
    pub const fn example(self) -> &'static str {
        self.entry().example
    }

    /// The same with the mistake put right, or what to do.
    #[must_use]
    pub const fn fix(self) -> &'static str {
        self.entry().fix
    }

    /// How much a finding weighs unless told otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.entry().severity
    }

    /// The code with this text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

codes! {
    JsonSyntax "AVR001" Error "malformed JSON"
        explanation "A schema is JSON text. Comments (`//` and `/* */`) are accepted, as Java's parser accepts them; nothing else beyond RFC 8259 is."
        example r#"{"type": "array" "items": "int"}"#
        fix r#"{"type": "array", "items": "int"}"#
    TrailingComma "AVR002" Error "trailing comma"
        explanation "JSON allows no comma behind the last item of an array or object."
        example r#"{"type": "array", "items": "int",}"#
        fix r#"{"type": "array", "items": "int"}"#
    DuplicateKey "AVR003" Error "repeated key in a JSON object"
        explanation "Parsers disagree on which of two equal keys counts, so the schema means different things in different languages."
        example r#"{"type": "fixed", "name": "A", "name": "B", "size": 2}"#
        fix r#"{"type": "fixed", "name": "A", "size": 2}"#
    TooDeep "AVR004" Error "JSON nested too deep"
        explanation "Nesting is limited, so that no input can exhaust the stack."
        example "more than 512 arrays and objects inside each other"
        fix "define inner types by themselves and refer to them by name"

    NotASchema "AVR010" Error "a JSON value that is no schema"
        explanation "A schema is a string (the name of a type), an object with the attribute `type`, or an array (a union)."
        example r#"{"type": "array", "items": 3}"#
        fix r#"{"type": "array", "items": "int"}"#
    MissingAttribute "AVR011" Error "required attribute missing"
        explanation "A record has a name and fields, an enum a name and symbols, a fixed a name and a size, an array items, a map values, a field a name and a type."
        example r#"{"type": "map"}"#
        fix r#"{"type": "map", "values": "string"}"#
    WrongAttribute "AVR012" Error "attribute with a value of the wrong kind"
        explanation "The specification says which kind of JSON value each attribute has."
        example r#"{"type": "enum", "name": "Suit", "symbols": "HEARTS"}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"]}"#
    NestedType "AVR013" Error "schema where a type name belongs"
        explanation "In a schema object `type` is the name of a type. Only the `type` of a field is a schema; an object around another schema means nothing."
        example r#"{"type": {"type": "int"}}"#
        fix r#"{"type": "int"}"#
    BadSize "AVR014" Error "invalid size of a fixed"
        explanation "The size is a number of bytes: an integer from 0 to 2147483647."
        example r#"{"type": "fixed", "name": "Hash", "size": "16"}"#
        fix r#"{"type": "fixed", "name": "Hash", "size": 16}"#
    BadOrder "AVR015" Error "invalid order of a field"
        explanation "A field's order is `ascending`, `descending` or `ignore`."
        example r#"{"name": "id", "type": "int", "order": "up"}"#
        fix r#"{"name": "id", "type": "int", "order": "ascending"}"#
    IgnoredDoc "AVR016" Warning "documentation that is no string"
        explanation "`doc` is a string; every implementation ignores anything else."
        example r#"{"name": "id", "type": "int", "doc": true}"#
        fix r#"{"name": "id", "type": "int", "doc": "the key"}"#

    BadName "AVR020" Error "invalid name"
        explanation "Names of types and fields, and symbols of enums, match [A-Za-z_][A-Za-z0-9_]*. A type's name may be a fullname: such names with dots between."
        example r#"{"type": "fixed", "name": "blood-type", "size": 2}"#
        fix r#"{"type": "fixed", "name": "blood_type", "size": 2}"#
    BadNamespace "AVR021" Error "invalid namespace"
        explanation "A namespace is a sequence of names with dots between; the empty string is the null namespace."
        example r#"{"type": "fixed", "name": "Hash", "namespace": "com.my-company", "size": 2}"#
        fix r#"{"type": "fixed", "name": "Hash", "namespace": "com.my_company", "size": 2}"#
    UndefinedName "AVR022" Error "reference to a type that is not defined"
        explanation "A name stands for one of the eight primitive types or for a type defined in one of the given files. Without a dot it is looked for in the namespace of the definition around it."
        example r#"{"type": "array", "items": "Mony"}"#
        fix r#"{"type": "array", "items": "com.acme.Money"}"#
    DuplicateDefinition "AVR023" Error "type defined more than once"
        explanation "A fullname has one definition. Files may repeat a definition word for word; two that differ cannot be told apart."
        example r#"[{"type": "fixed", "name": "A", "size": 1}, {"type": "fixed", "name": "A", "size": 2}]"#
        fix r#"[{"type": "fixed", "name": "A", "size": 1}, {"type": "fixed", "name": "B", "size": 2}]"#
    DuplicateField "AVR024" Error "field defined more than once"
        explanation "The fields of a record have different names."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "a", "type": "long"}]}"#
        fix "rename or remove one of the two"
    BadAlias "AVR025" Error "invalid alias"
        explanation "An alias of a type is a name or a fullname, an alias of a field is a name."
        example r#"{"name": "id", "type": "int", "aliases": ["order-id"]}"#
        fix r#"{"name": "id", "type": "int", "aliases": ["order_id"]}"#
    PrimitiveName "AVR026" Error "name of a primitive type used for a definition"
        explanation "null, boolean, int, long, float, double, bytes and string have no namespace, and a type of that name in the null namespace could never be referred to."
        example r#"{"type": "fixed", "name": "int", "size": 4}"#
        fix r#"{"type": "fixed", "name": "Int4", "size": 4}"#
    PrimitiveShortName "AVR027" Warning "name of a primitive type used inside a namespace"
        explanation "The specification reserves the names of the primitive types in every namespace. Parsers accept the definition, but its short name keeps meaning the primitive type."
        example r#"{"type": "fixed", "name": "com.acme.int", "size": 4}"#
        fix r#"{"type": "fixed", "name": "com.acme.Int4", "size": 4}"#
    IgnoredNamespace "AVR028" Warning "namespace beside a fullname"
        explanation "A name with a dot is a fullname, and the attribute `namespace` is ignored."
        example r#"{"type": "fixed", "name": "com.acme.Hash", "namespace": "org.other", "size": 2}"#
        fix r#"{"type": "fixed", "name": "com.acme.Hash", "size": 2}"#
    NullNamespaceReference "AVR029" Lint "reference that leaves its namespace"
        explanation "The name is not defined in the namespace around it and was found in the null namespace. Java's parser looks there too; the specification does not."
        example r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "hash", "type": "Hash"}]} where Hash has no namespace"#
        fix "give the type a namespace and refer to it by its fullname"

    DuplicateBranch "AVR030" Error "union with two branches of one type"
        explanation "A union holds each unnamed type once, whatever its items, values or logical type, and each named type once."
        example r#"["long", {"type": "long", "logicalType": "timestamp-millis"}]"#
        fix "keep one of the two, or wrap one in a record"
    NestedUnion "AVR031" Error "union inside a union"
        explanation "A union may not directly contain a union."
        example r#"["null", ["int", "string"]]"#
        fix r#"["null", "int", "string"]"#

    RepeatedDefinition "AVR035" Lint "definition repeated in another file"
        explanation "Two files define the type in the same words. That is accepted; the copies can drift apart."
        example "a.avsc and b.avsc that both define com.acme.Money"
        fix "define the type in one file and refer to it by its fullname"

    DuplicateSymbol "AVR041" Error "symbol listed more than once"
        explanation "The symbols of an enum are different."
        example r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS", "HEARTS"]}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"]}"#
    UnknownEnumDefault "AVR042" Error "enum default that is no symbol"
        explanation "The default of an enum is one of its symbols: a reader takes it for a symbol that it does not know."
        example r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"], "default": "UNKNOWN"}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS", "UNKNOWN"], "default": "UNKNOWN"}"#
    EnumWithoutDefault "AVR043" Lint "enum without a default"
        explanation "A reader whose enum has no default fails on the first datum with a symbol that was added later."
        example r#"{"type": "enum", "name": "TaskType", "symbols": ["BUILD", "DEPLOY"]}"#
        fix r#"{"type": "enum", "name": "TaskType", "symbols": ["BUILD", "DEPLOY", "UNKNOWN"], "default": "UNKNOWN"}"#

    DefaultMismatch "AVR050" Error "default that does not fit its type"
        explanation "A field's default is a JSON value of the field's type: an integer in range for int and long, a string with characters up to U+00FF for bytes and fixed, a symbol for an enum, a value of any branch for a union."
        example r#"{"name": "retries", "type": "int", "default": "3"}"#
        fix r#"{"name": "retries", "type": "int", "default": 3}"#
    EndlessDefault "AVR051" Error "default that never ends"
        explanation "The default leaves out a field whose own default leads back to it, so no value can be made."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R", "default": {}}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"], "default": null}]}"#
    UnknownDefaultField "AVR052" Warning "default with a field that the record does not have"
        explanation "The member is ignored."
        example r#"{"name": "at", "type": {"type": "record", "name": "P", "fields": []}, "default": {"x": 1}}"#
        fix r#"{"name": "at", "type": {"type": "record", "name": "P", "fields": []}, "default": {}}"#

    InvalidLogicalType "AVR060" Warning "invalid logical type"
        explanation "The specification has a logical type ignored if it annotates the wrong type or its parameters are invalid: values are those of the plain type."
        example r#"{"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 4}"#
        fix r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#
    UnknownLogicalType "AVR061" Lint "unknown logical type that resembles a known one"
        explanation "Unknown logical types are ignored. This one looks like a typing error."
        example r#"{"type": "long", "logicalType": "timestamp-milis"}"#
        fix r#"{"type": "long", "logicalType": "timestamp-millis"}"#

    MisplacedLogicalType "AVR070" Warning "logical type on the field instead of in the type"
        explanation "A logical type annotates a schema and belongs into the object of the type. On a field it is ignored without a word: values are those of the plain type."
        example r#"{"name": "created_at", "type": "long", "logicalType": "timestamp-millis"}"#
        fix r#"{"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}"#
    MisplacedDefault "AVR071" Warning "default inside the type instead of on the field"
        explanation "A default belongs to a field. Inside a type it is ignored without a word, but for an enum, where it is the symbol taken for unknown ones."
        example r#"{"name": "currency", "type": {"type": "string", "default": "USD"}}"#
        fix r#"{"name": "currency", "type": "string", "default": "USD"}"#

    NameClash "AVR080" Lint "names that become one in Rust"
        explanation "Two names differ in Avro and are equal in Rust's spelling. The earlier keeps its name and the later gets a number."
        example r#"fields "fooBar" and "foo_bar""#
        fix "choose the Rust name of one of them in avro.toml"
    NoDatum "AVR081" Lint "type that no datum can have"
        explanation "A record that always holds itself has no finite datum, and an enum without symbols has none at all."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R"}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"]}]}"#
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_in_order() {
        let texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(texts.is_sorted_by(|a, b| a < b), "{texts:?}");
    }

    #[test]
    fn a_code_is_found_by_its_text() {
        assert_eq!(Code::parse("AVR070"), Some(Code::MisplacedLogicalType));
        assert_eq!(Code::parse("AVR999"), None);
    }

    #[test]
    fn every_entry_says_something() {
        for code in Code::ALL {
            for text in [code.title(), code.explanation(), code.example(), code.fix()] {
                assert!(!text.is_empty(), "{code}");
            }
            assert!(!code.title().ends_with('.'), "{code}");
        }
    }
}
