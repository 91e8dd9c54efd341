//! The table itself, one entry per rule, in the order of the codes.

use super::{Category, Entry};
use crate::diagnostic::Severity;

codes! {
    JsonSyntax "AVR001" Error Minimal "malformed JSON"
        explanation "A schema is JSON text. Comments (`//` and `/* */`) are accepted, as Java's parser accepts them; nothing else beyond RFC 8259 is."
        example r#"{"type": "array" "items": "int"}"#
        fix r#"{"type": "array", "items": "int"}"#
    TrailingComma "AVR002" Error Minimal "trailing comma"
        explanation "JSON allows no comma behind the last item of an array or object."
        example r#"{"type": "array", "items": "int",}"#
        fix r#"{"type": "array", "items": "int"}"#
    DuplicateKey "AVR003" Error Minimal "repeated key in a JSON object"
        explanation "Parsers disagree on which of two equal keys counts, so the schema means different things in different languages."
        example r#"{"type": "fixed", "name": "A", "name": "B", "size": 2}"#
        fix r#"{"type": "fixed", "name": "A", "size": 2}"#
    TooDeep "AVR004" Error Minimal "JSON nested too deep"
        explanation "Nesting is limited, so that no input can exhaust the stack."
        example "more than 512 arrays and objects inside each other"
        fix "define inner types by themselves and refer to them by name"

    ByteOrderMark "AVR005" Error Minimal "byte order mark before the schema"
        explanation "JSON has no byte order mark (RFC 8259, section 8.1), and the parsers of Java, Python, Go and Rust refuse a text that begins with one."
        example "a file that an editor has saved as \"UTF-8 with BOM\""
        fix "save it as UTF-8 without a byte order mark"

    IdlSyntax "AVR006" Error Minimal "malformed Avro IDL"
        explanation "An `.avdl` file is read as Avro's own tools read it: what it names, it defines or imports; its defaults fit their types. What those tools only warn of is a warning."
        example "record Order { strin id; }"
        fix "record Order { string id; }"

    NotASchema "AVR010" Error Minimal "a JSON value that is no schema"
        explanation "A schema is a string (the name of a type), an object with the attribute `type`, or an array (a union)."
        example r#"{"type": "array", "items": 3}"#
        fix r#"{"type": "array", "items": "int"}"#
    MissingAttribute "AVR011" Error Minimal "required attribute missing"
        explanation "A record has a name and fields, an enum a name and symbols, a fixed a name and a size, an array items, a map values, a field a name and a type."
        example r#"{"type": "map"}"#
        fix r#"{"type": "map", "values": "string"}"#
    WrongAttribute "AVR012" Error Minimal "attribute with a value of the wrong kind"
        explanation "The specification says which kind of JSON value each attribute has."
        example r#"{"type": "enum", "name": "Suit", "symbols": "HEARTS"}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"]}"#
    NestedType "AVR013" Error Minimal "schema where a type name belongs"
        explanation "In a schema object `type` is the name of a type. Only the `type` of a field is a schema; an object around another schema means nothing."
        example r#"{"type": {"type": "int"}}"#
        fix r#"{"type": "int"}"#
    BadSize "AVR014" Error Minimal "invalid size of a fixed"
        explanation "The size is a number of bytes: an integer from 0 to 2147483647."
        example r#"{"type": "fixed", "name": "Hash", "size": "16"}"#
        fix r#"{"type": "fixed", "name": "Hash", "size": 16}"#
    BadOrder "AVR015" Error Minimal "invalid order of a field"
        explanation "A field's order is `ascending`, `descending` or `ignore`."
        example r#"{"name": "id", "type": "int", "order": "up"}"#
        fix r#"{"name": "id", "type": "int", "order": "ascending"}"#
    IgnoredDoc "AVR016" Warning Minimal "documentation that is no string"
        explanation "`doc` is a string; every implementation ignores anything else."
        example r#"{"name": "id", "type": "int", "doc": true}"#
        fix r#"{"name": "id", "type": "int", "doc": "the key"}"#

    UnquotableName "AVR017" Error Minimal "name with a quote, a backslash or a control character"
        explanation "A bad name as in AVR020, and more than leniency lets pass: written out in quotes, in JSON or in code, it would not be what it is."
        example r#"{"type": "fixed", "name": "blood\ntype", "size": 2}"#
        fix r#"{"type": "fixed", "name": "blood_type", "size": 2}"#
    NullAttribute "AVR018" Warning Minimal "attribute that is null"
        explanation "The specification has a string or an array there. Null counts as if the attribute were not there, and what is published leaves it out: Java refuses null for `aliases` and `order`, fastavro for the default of an enum. A `doc` that is null says nothing and is let pass."
        example r#"{"name": "id", "type": "int", "aliases": null}"#
        fix r#"{"name": "id", "type": "int"}"#
    NullNamespace "AVR019" Error Minimal "namespace that is null within another"
        explanation "The specification has a string there. Java and Python's avro read null as if the attribute were not there: the type is in the namespace around it. fastavro reads the null namespace. So the type has two names. A lenient run reads it as Java does, and what is published leaves it out."
        example r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "hash", "type": {"type": "fixed", "name": "Hash", "namespace": null, "size": 8}}]}"#
        fix r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 8}}]}"#

    BadName "AVR020" Error Minimal "invalid name"
        explanation "Names of types and fields, and symbols of enums, match [A-Za-z_][A-Za-z0-9_]*. A type's name may be a fullname: such names with dots between."
        example r#"{"type": "fixed", "name": "blood-type", "size": 2}"#
        fix r#"{"type": "fixed", "name": "blood_type", "size": 2}"#
    BadNamespace "AVR021" Error Minimal "invalid namespace"
        explanation "A namespace is a sequence of names with dots between; the empty string is the null namespace."
        example r#"{"type": "fixed", "name": "Hash", "namespace": "com.my-company", "size": 2}"#
        fix r#"{"type": "fixed", "name": "Hash", "namespace": "com.my_company", "size": 2}"#
    UndefinedName "AVR022" Error Minimal "reference to a type that is not defined"
        explanation "A name stands for one of the eight primitive types or for a type defined in one of the given files. Without a dot it is looked for in the namespace of the definition around it."
        example r#"{"type": "array", "items": "Mony"}"#
        fix r#"{"type": "array", "items": "com.acme.Money"}"#
    DuplicateDefinition "AVR023" Error Minimal "type defined more than once"
        explanation "A fullname has one definition. Within a file it stands once. Other files may repeat it, in other words too, if it says the same: the same fields, symbols, size, defaults, aliases, order and custom properties, of types with the same fullnames. Of two definitions that differ, nobody can say which is meant."
        example r#"[{"type": "fixed", "name": "A", "size": 1}, {"type": "fixed", "name": "A", "size": 2}]"#
        fix r#"[{"type": "fixed", "name": "A", "size": 1}, {"type": "fixed", "name": "B", "size": 2}]"#
    DuplicateField "AVR024" Error Minimal "field defined more than once"
        explanation "The fields of a record have different names."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "a", "type": "long"}]}"#
        fix "rename or remove one of the two"
    BadAlias "AVR025" Lint Standard "alias that is no name"
        explanation "The specification takes any string for an alias, so that a reader can call data by the bad name that they were written under. Java refuses such an alias of a type. If no data have the name, it is a mistake."
        example r#"{"name": "id", "type": "int", "aliases": ["order-id"]}"#
        fix r#"{"name": "id", "type": "int", "aliases": ["order_id"]}"#
    PrimitiveName "AVR026" Error Minimal "name of a primitive type used for a definition"
        explanation "null, boolean, int, long, float, double, bytes and string have no namespace, and a type of that name in the null namespace could never be referred to."
        example r#"{"type": "fixed", "name": "int", "size": 4}"#
        fix r#"{"type": "fixed", "name": "Int4", "size": 4}"#
    PrimitiveShortName "AVR027" Warning Minimal "name of a primitive type used inside a namespace"
        explanation "The specification reserves the names of the primitive types in every namespace. Parsers accept the definition, but its short name keeps meaning the primitive type."
        example r#"{"type": "fixed", "name": "com.acme.int", "size": 4}"#
        fix r#"{"type": "fixed", "name": "com.acme.Int4", "size": 4}"#
    IgnoredNamespace "AVR028" Warning Minimal "namespace beside a fullname"
        explanation "A name with a dot is a fullname, and the attribute `namespace` is ignored."
        example r#"{"type": "fixed", "name": "com.acme.Hash", "namespace": "org.other", "size": 2}"#
        fix r#"{"type": "fixed", "name": "com.acme.Hash", "size": 2}"#
    NullNamespaceReference "AVR029" Lint Basic "reference that leaves its namespace"
        explanation "The name is not defined in the namespace around it and was found in the null namespace. Java's parser looks there too; the specification does not."
        example r#"[{"type": "fixed", "name": "Hash", "size": 8}, {"type": "record", "name": "com.acme.R", "fields": [{"name": "hash", "type": "Hash"}]}]"#
        fix "give the type a namespace and refer to it by its fullname"

    DuplicateBranch "AVR030" Error Minimal "union with two branches of one type"
        explanation "A union holds each unnamed type once, whatever its items, values or logical type, and each named type once."
        example r#"["long", {"type": "long", "logicalType": "timestamp-millis"}]"#
        fix "keep one of the two, or wrap one in a record"
    NestedUnion "AVR031" Error Minimal "union inside a union"
        explanation "A union may not directly contain a union."
        example r#"["null", ["int", "string"]]"#
        fix r#"["null", "int", "string"]"#

    ContestedReference "AVR032" Error Minimal "name that Java takes for another type"
        explanation "A name without a dot belongs to the namespace around it, and the type of that name there is defined further down. Java looks only at what is defined already, and finds the type of the null namespace: the two write different data."
        example r#"[{"type": "fixed", "name": "Hash", "size": 8}, {"type": "record", "name": "com.acme.R", "fields": [{"name": "a", "type": "Hash"}, {"name": "b", "type": {"type": "fixed", "name": "Hash", "size": 16}}]}]"#
        fix r#"[{"type": "fixed", "name": "Hash", "size": 8}, {"type": "record", "name": "com.acme.R", "fields": [{"name": "a", "type": "com.acme.Hash"}, {"name": "b", "type": {"type": "fixed", "name": "Hash", "size": 16}}]}]"#
    ReferenceByOrder "AVR033" Lint Basic "name whose meaning depends on the order of files in Java"
        explanation "A name without a dot belongs to the namespace around it. A type of that name is also in the null namespace, and Java takes that one if it has not read the other yet."
        example "a.avsc that names Hash inside com.acme, b.avsc that defines com.acme.Hash, and c.avsc that defines Hash"
        fix "write the fullname, or give the type without a namespace one"
    UseBeforeDefinition "AVR034" Lint Standard "use of a name before its definition"
        explanation "The specification has a name defined before it is used. Java 1.12 and this compiler read it in any order; Python, Go, Rust and Java before 1.12 do not. What is registered is in the right order, however the file is written."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "F"}, {"name": "b", "type": {"type": "fixed", "name": "F", "size": 2}}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": {"type": "fixed", "name": "F", "size": 2}}, {"name": "b", "type": "F"}]}"#

    RepeatedDefinition "AVR035" Lint Basic "definition repeated in another file"
        explanation "Two files define the type in the same way. That is accepted, since a schema that was exported for a registry holds every type that it uses; the copies can drift apart. Documentation may differ: that of the first file, in the order of paths, is generated and published."
        example "a.avsc and b.avsc that both define com.acme.Money"
        fix "define the type in one file and refer to it by its fullname"

    AliasClash "AVR036" Lint Basic "alias that is a name in another file"
        explanation "The alias is also the name or an alias of a type in another file. A reader that knows both and goes by it may take the data of one for the other."
        example "a.avsc that defines com.acme.Cost with the alias Price, and b.avsc that defines com.acme.Price"
        fix "give each old name to one type only"
    IdleAlias "AVR037" Warning Minimal "alias without effect"
        explanation "The alias is the name itself, or listed twice."
        example r#"{"name": "id", "type": "int", "aliases": ["id"]}"#
        fix r#"{"name": "id", "type": "int"}"#

    DuplicateAlias "AVR038" Warning Minimal "alias that more than one thing answers to"
        explanation "The specification has aliases be as unique as names, and parsers do not ask: this one is also the name or an alias of another field of the record, or of another type in the file. A reader that goes by it takes the data of one for the other."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "int", "aliases": ["a"]}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "int"}]}"#

    DuplicateSymbol "AVR041" Error Minimal "symbol listed more than once"
        explanation "The symbols of an enum are different."
        example r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS", "HEARTS"]}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"]}"#
    UnknownEnumDefault "AVR042" Error Minimal "enum default that is no symbol"
        explanation "The default of an enum is one of its symbols: a reader takes it for a symbol that it does not know."
        example r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"], "default": "UNKNOWN"}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS", "UNKNOWN"], "default": "UNKNOWN"}"#
    EnumWithoutDefault "AVR043" Lint Basic "enum without a default"
        explanation "A reader whose enum has no default fails on the first datum with a symbol that was added later."
        example r#"{"type": "enum", "name": "TaskType", "symbols": ["BUILD", "DEPLOY"]}"#
        fix r#"{"type": "enum", "name": "TaskType", "symbols": ["BUILD", "DEPLOY", "UNKNOWN"], "default": "UNKNOWN"}"#

    DefaultMismatch "AVR050" Error Minimal "default that does not fit its type"
        explanation "A field's default is a JSON value of the field's type: an integer in range for int and long, a string with characters up to U+00FF for bytes and fixed, a symbol for an enum, a value of any branch for a union. The texts \"NaN\", \"Infinity\" and \"-Infinity\" are values of float and double, as Java writes them. Java 1.12 reads them on a field whose type is float or double, and not inside a union, an array, a map or a record's value."
        example r#"{"name": "retries", "type": "int", "default": "3"}"#
        fix r#"{"name": "retries", "type": "int", "default": 3}"#
    EndlessDefault "AVR051" Error Minimal "default that never ends"
        explanation "The default leaves out a field whose own default leads back to it, so no value can be made."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R", "default": {}}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"], "default": null}]}"#
    UnknownDefaultField "AVR052" Warning Minimal "default with a field that the record does not have"
        explanation "The member is ignored. A union takes the first branch that fits, and a record fits whatever members there are besides its fields: another branch may have been meant."
        example r#"{"name": "at", "type": {"type": "record", "name": "P", "fields": []}, "default": {"x": 1}}"#
        fix r#"{"name": "at", "type": {"type": "record", "name": "P", "fields": []}, "default": {}}"#

    DefaultOfLaterBranch "AVR053" Lint Standard "default that is not of the union's first branch"
        explanation "Since version 1.12 the specification lets a default be a value of any branch. Before, it had to be one of the first branch: tools before 1.12 refuse it, and some refuse it to this day."
        example r#"{"name": "limit", "type": ["null", "int"], "default": 10}"#
        fix r#"{"name": "limit", "type": ["int", "null"], "default": 10}"#
    OptionalWithoutDefault "AVR054" Lint Standard "optional field without a default"
        explanation "The field may be null, and still a reader fails on data that were written without it, and a writer must name it. Null as the default lets the field be added and removed in both directions."
        example r#"{"name": "note", "type": ["null", "string"]}"#
        fix r#"{"name": "note", "type": ["null", "string"], "default": null}"#
    TextForNull "AVR055" Warning Minimal "text \"null\" as a default where null is meant"
        explanation "In quotes, null is a text of four letters. Since version 1.12 the default of a union is a value of any branch, so that the text is taken for the string."
        example r#"{"name": "note", "type": ["null", "string"], "default": "null"}"#
        fix r#"{"name": "note", "type": ["null", "string"], "default": null}"#

    InvalidLogicalType "AVR060" Warning Minimal "invalid logical type"
        explanation "The specification has a logical type ignored if it annotates the wrong type or its parameters are invalid: values are those of the plain type."
        example r#"{"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 4}"#
        fix r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#
    UnknownLogicalType "AVR061" Lint Basic "unknown logical type that resembles a known one"
        explanation "Unknown logical types are ignored. This one may be a typing error: it resembles one that can annotate the type."
        example r#"{"type": "long", "logicalType": "timestamp-milisec"}"#
        fix r#"{"type": "long", "logicalType": "timestamp-millis"}"#
    MisspelledLogicalType "AVR062" Warning Minimal "misspelled logical type"
        explanation "Unknown logical types are ignored: values are those of the plain type. This one is the name of a logical type that can annotate the type, but for one letter, upper case, or an underscore in place of a hyphen."
        example r#"{"type": "long", "logicalType": "timestamp_millis"}"#
        fix r#"{"type": "long", "logicalType": "timestamp-millis"}"#

    MisplacedLogicalType "AVR070" Warning Minimal "logical type on the field instead of in the type"
        explanation "A logical type annotates a schema and belongs into the object of the type. On a field it is ignored without a word: values are those of the plain type."
        example r#"{"name": "created_at", "type": "long", "logicalType": "timestamp-millis"}"#
        fix r#"{"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}"#
    MisplacedDefault "AVR071" Warning Minimal "default inside the type instead of on the field"
        explanation "A default belongs to a field. Inside a type it is ignored without a word, but for an enum, where it is the symbol taken for unknown ones."
        example r#"{"name": "currency", "type": {"type": "string", "default": "USD"}}"#
        fix r#"{"name": "currency", "type": "string", "default": "USD"}"#

    MisplacedAttribute "AVR072" Warning Minimal "attribute that has no effect in this place"
        explanation "`order` and `aliases` belong to a field, `aliases` and `namespace` to the definition of a record, enum or fixed. Elsewhere they are ignored without a word."
        example r#"{"name": "id", "type": {"type": "long", "order": "descending"}}"#
        fix r#"{"name": "id", "type": "long", "order": "descending"}"#
    MisspelledAttribute "AVR073" Lint Standard "attribute that resembles a known one"
        explanation "An attribute that the specification does not know is a custom property and has no effect. This one may be a typing error."
        example r#"{"name": "id", "type": "long", "defaultt_": 0}"#
        fix r#"{"name": "id", "type": "long", "default": 0}"#
    UnknownAttribute "AVR074" Lint Extra "custom property"
        explanation "The specification permits further attributes as metadata. Switch this on where every one of them is to be a decision."
        example r#"{"name": "id", "type": "long", "owner": "sales"}"#
        fix r#"{"name": "id", "type": "long"}"#
    IdleException "AVR075" Warning Minimal "exception that excepts nothing"
        explanation "The property `lint` is an object with the member `allow`, whose keys are codes of lints and warnings and whose values are the reasons. An exception without a reason, or of a code that does not exist or is an error, has no effect."
        example r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"], "lint": {"allow": {"AVR043": ""}}}"#
        fix r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS"], "lint": {"allow": {"AVR043": "there are four suits for ever"}}}"#
    AttributeTypo "AVR076" Warning Minimal "misspelled attribute"
        explanation "An attribute that the specification does not know is a custom property and has no effect. This one is the name of an attribute that may stand there and does not, but for one letter or upper case, and has a value that the attribute could have."
        example r#"{"name": "id", "type": "long", "defualt": 0}"#
        fix r#"{"name": "id", "type": "long", "default": 0}"#

    NameClash "AVR080" Lint Basic "names that become one in Rust"
        explanation "Two names differ in Avro and are equal in Rust's spelling. The earlier keeps its name and the later gets a number."
        example r#"fields "fooBar" and "foo_bar""#
        fix "choose the Rust name of one of them in avro.toml"
    NoDatum "AVR081" Lint Standard "type that no datum can have"
        explanation "A record that always holds itself has no finite datum, and an enum without symbols or a union without branches has none at all. The specification allows them, and a lint says so. There is no Rust type for them: where code is generated, this is an error."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R"}]}"#
        fix r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": ["null", "R"]}]}"#
    AmbiguousUnion "AVR082" Lint Standard "union that other languages cannot map"
        explanation "Two branches hold values that Python, JavaScript or Java's generic classes cannot tell apart: both are a number, a text, bytes or an object there. A writer in such a language picks a branch by chance, or needs a wrapper around each value."
        example r#"{"name": "count", "type": ["int", "long"]}"#
        fix r#"{"name": "count", "type": "long"}"#
    ForeignClash "AVR083" Lint Standard "names that become one in another language"
        explanation "Generators follow their language's spelling, in which the two names are one: fields become `fooBar` in Java, `FooBar` in Go, `foo_bar` in Rust and Python. Java's file names do not tell upper from lower case everywhere, either."
        example r#"{"type": "record", "name": "R", "fields": [{"name": "fooBar", "type": "int"}, {"name": "foo_bar", "type": "int"}]}"#
        fix "rename one of the two, and keep the old name as its alias"

    TypeNameStyle "AVR090" Lint Standard "type name that is not in UpperCamelCase"
        explanation "Types of all the languages that generate code from schemas begin with a capital letter and have no underscores."
        example r#"{"type": "fixed", "name": "order_hash", "size": 16}"#
        fix r#"{"type": "fixed", "name": "OrderHash", "size": 16, "aliases": ["order_hash"]}"#
    FieldNameStyle "AVR091" Lint Standard "field name in a style of its own"
        explanation "Field names are in snake_case or in lowerCamelCase, all fields of one record in the same."
        example r#"{"name": "OrderID", "type": "long"}"#
        fix r#"{"name": "order_id", "type": "long", "aliases": ["OrderID"]}"#
    SymbolStyle "AVR092" Lint Standard "symbol in a style of its own"
        explanation "All symbols of an enum are in one style: UPPER_CASE, lower_case or UpperCamelCase."
        example r#"{"type": "enum", "name": "State", "symbols": ["OPEN", "Half_open", "UNKNOWN"], "default": "UNKNOWN"}"#
        fix r#"{"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "UNKNOWN"], "default": "UNKNOWN"}"#
    NamespaceStyle "AVR093" Lint Standard "namespace missing or not in lower case"
        explanation "A namespace becomes a package or module, which is in lower case; a type without one collides with everybody else's, and cannot be referred to from inside a namespace."
        example r#"{"type": "fixed", "name": "com.Acme.Hash", "size": 16}"#
        fix r#"{"type": "fixed", "name": "com.acme.Hash", "size": 16}"#
    MissingDoc "AVR094" Lint Standard "missing documentation"
        explanation "A schema is a contract between teams that may never meet: what a type and each of its fields mean stands in `doc`, and generators pass it on."
        example r#"{"type": "fixed", "name": "com.acme.Hash", "size": 16}"#
        fix r#"{"type": "fixed", "name": "com.acme.Hash", "size": 16, "doc": "MD5 of the document's bytes."}"#

    FloatMoney "AVR095" Lint Standard "amount of money as float or double"
        explanation "Binary fractions cannot hold most decimal ones: sums drift, and 0.1 + 0.2 is not 0.3."
        example r#"{"name": "unit_price", "type": "double"}"#
        fix r#"{"name": "unit_price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}"#
    TextTime "AVR096" Lint Standard "point in time or date as a string"
        explanation "Every language parses texts in its own way, and no reader checks them. A logical type is shorter, has one meaning, and is a proper time in generated code."
        example r#"{"name": "created_at", "type": "string"}"#
        fix r#"{"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}"#
    BareTime "AVR097" Lint Standard "point in time or date as a bare number"
        explanation "Nothing says whether the number counts seconds, milliseconds or days. A logical type does."
        example r#"{"name": "created_at", "type": "long"}"#
        fix r#"{"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}"#
    TextUuid "AVR098" Lint Standard "UUID as a plain string"
        explanation "The logical type `uuid` says what the text is, and gives generated code a type for it; the data stay the same."
        example r#"{"name": "order_uuid", "type": "string"}"#
        fix r#"{"name": "order_uuid", "type": {"type": "string", "logicalType": "uuid"}}"#

    NameMismatch "AVR100" Error Minimal "name that the other version does not know"
        explanation "Named types are read as each other if their names are equal, the namespace aside, or if the reader's has the writer's fullname among its aliases. Aliases of the writer's schema do not count, so a renamed type can be read and is not read by the versions before it. A field that answers, by name and aliases, to several of the writer's is refused too. Java's name for it is NAME_MISMATCH."
        example r#"// deployed
{"type": "fixed", "name": "com.acme.Hash", "size": 16}
// now
{"type": "fixed", "name": "com.acme.Digest", "size": 16}"#
        fix r#"// now
{"type": "fixed", "name": "com.acme.Digest", "size": 16, "aliases": ["com.acme.Hash"]}"#
    FixedSizeMismatch "AVR101" Error Minimal "fixed of another size"
        explanation "Nothing in the data says how long a fixed is, so that its size is part of its meaning. Java's name for it is FIXED_SIZE_MISMATCH."
        example r#"// deployed
{"type": "fixed", "name": "com.acme.Hash", "size": 16}
// now
{"type": "fixed", "name": "com.acme.Hash", "size": 32}"#
        fix "keep the size, and add a field with a fixed of another name"
    MissingEnumSymbols "AVR102" Error Minimal "symbols that the reader does not know"
        explanation "A reader whose enum has no default fails on a symbol that it does not know. Java's name for it is MISSING_ENUM_SYMBOLS."
        example r#"// deployed
{"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "CLOSED"]}
// now
{"type": "enum", "name": "State", "symbols": ["OPEN", "CLOSED"]}"#
        fix "keep the symbols; to add some, give the enum a default first, and add them when no reader is left without it"
    MissingDefault "AVR103" Error Minimal "field without a default that the other version does not write"
        explanation "Where data have no value for a field, a reader takes its default. A field without one can be added only for new readers of new data, and removed only if the old readers have a default for it. Java's name for it is READER_FIELD_MISSING_DEFAULT_VALUE."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}"#
        fix r#"// now
{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string", "default": ""}]}"#
    TypeMismatch "AVR104" Error Minimal "type that cannot be read as the other"
        explanation "int is read as long, float and double, long as float and double, float as double, string and bytes as each other; nothing else changes its type. Java's name for it is TYPE_MISMATCH."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#
        fix "keep the type, and add a field of the new type under another name"
    MissingUnionBranch "AVR105" Error Minimal "union without a branch for what is written"
        explanation "Every branch of the writer's union must be read by some branch of the reader's. Where one of the same name is there and does not fit, what is wrong inside it is reported instead. Java's name for it is MISSING_UNION_BRANCH."
        example r#"// deployed
["null", "string", "long"]
// now
["null", "string"]"#
        fix "keep the branch; to add one, let the readers know it before anybody writes it"

    DecimalScaleChanged "AVR110" Error Minimal "decimal with its point elsewhere"
        explanation "The scale of a decimal stands in the schema and not in the data. Registries compare base types alone and let it change; a reader that does not rescale is wrong by powers of ten."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 4}}]}"#
        fix "keep the scale, and add a field for the other"
    DecimalPrecisionChanged "AVR111" Error Minimal "decimal with fewer or more digits"
        explanation "With fewer digits, numbers that were written do not fit any more. With more, which is a warning, all of them fit; but the specification matches decimals only if precision and scale are equal, and some readers refuse others."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#
        fix "keep the precision, or add a field for the other"
    TimeUnitChanged "AVR112" Error Minimal "time counted in another unit"
        explanation "Milliseconds and microseconds are the same long to a registry. A reader that does not convert is wrong by a factor of a thousand."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"#
        fix "keep the unit, and add a field for the other"
    LocalTimestampChanged "AVR113" Error Minimal "instant and local time read as each other"
        explanation "A timestamp is an instant; a local timestamp is what a clock on a wall shows, wherever that is. To take one for the other is to invent a time zone."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "local-timestamp-millis"}}]}"#
        fix "keep the logical type, and add a field for the other"
    LogicalTypeChanged "AVR114" Error Minimal "another logical type on the same data"
        explanation "The two stand on the same base type and mean different things. A registry compares the base types alone."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "day", "type": {"type": "int", "logicalType": "date"}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "day", "type": {"type": "int", "logicalType": "time-millis"}}]}"#
        fix "keep the logical type, and add a field for the other"
    LogicalTypeAdded "AVR115" Warning Minimal "logical type put on its base type"
        explanation "The data are the same. A reader that has the logical type takes them for more than the writers before it have promised, which is right if all of them have always written so; and only people can know that. A reader before it sees numbers, bytes or text, as ever."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": "long"}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#
        fix "make sure that every writer has always written it so, and say so in an exception beside the schema"
    LogicalTypeRemoved "AVR116" Warning Minimal "logical type taken off its base type"
        explanation "The data are the same. A reader without the logical type sees numbers, bytes or text without their meaning, and a reader before it takes what is written for what nobody promises any more."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": "long"}]}"#
        fix "keep the logical type unless the readers give the data their meaning themselves"
    SymbolSwallowed "AVR117" Error Minimal "symbol that becomes the enum's default"
        explanation "A reader takes a symbol that it does not know for the default of its enum, without an error. That is what the default is for when symbols are added; where they are taken away, or where readers act on the default, data change their meaning."
        example r#"// deployed
{"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "UNKNOWN"], "default": "UNKNOWN"}
// now
{"type": "enum", "name": "State", "symbols": ["OPEN", "UNKNOWN"], "default": "UNKNOWN"}"#
        fix r#"// now
{"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "UNKNOWN"], "default": "UNKNOWN"}"#

    JsonFieldRenamed "AVR120" Error Minimal "field under another key in JSON"
        explanation "JSON goes by the names of fields, and aliases do not count: a reader misses the field, or takes its default and says nothing."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": "long"}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long", "aliases": ["sum"]}]}"#
        fix "keep the name, or send no JSON between the two versions"
    JsonFieldMissing "AVR121" Error Minimal "field without a default that JSON of the other version lacks"
        explanation "Readers of JSON take a field's default for a key that is missing, and refuse the value if there is none."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": []}
// now
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long"}]}"#
        fix r#"// now
{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long", "default": 0}]}"#
    JsonSymbolUnknown "AVR122" Error Minimal "symbol that readers of JSON do not know"
        explanation "The default of an enum stands for unknown symbols in binary data, where schemas are resolved. Readers of JSON have their own schema alone and refuse the symbol."
        example r#"// deployed
{"type": "enum", "name": "State", "symbols": ["OPEN", "HALF_OPEN", "UNKNOWN"]}
// now
{"type": "enum", "name": "State", "symbols": ["OPEN", "UNKNOWN"], "default": "UNKNOWN"}"#
        fix "keep the symbols"
    JsonFormChanged "AVR123" Error Minimal "value in another form in JSON"
        explanation "What can be read as the other in binary data may be a number here and a text there: bytes are base64 in plain JSON, logical types such as timestamps and decimals are texts."
        example r#"// deployed
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": "long"}]}
// now
{"type": "record", "name": "Order", "fields": [{"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#
        fix "keep the type, and add a field of the new one under another name"
    JsonBranchRenamed "AVR124" Error Minimal "branch under another name in Avro JSON"
        explanation "In Avro JSON a union's value stands in an object whose key is the branch: the fullname of a named type, else the type. Namespaces count, a promoted number changes its branch, and a value that is not in a union stands by itself."
        example r#"// deployed
["null", "int"]
// now
["null", "long"]"#
        fix "keep names and types of the branches, or send no Avro JSON between the two versions"

    RustTypeRemoved "AVR130" Error Minimal "generated type that is gone"
        explanation "A type has the name and the module of its schema, and views, builders and unions are named after it. Code that names it does not compile any more."
        example "shop.Order is called shop.Purchase now"
        fix "keep the Rust name with `rust-name` in avro.toml, or raise the crate's major version (of 0.x, the x)"
    RustFieldRemoved "AVR131" Error Minimal "field of a generated struct that is gone"
        explanation "Code that names the field does not compile any more."
        example "the field `sum` of shop.Order is called `total` now"
        fix "keep the Rust name with `rust-name` in avro.toml, or raise the crate's major version (of 0.x, the x)"
    RustTypeChanged "AVR132" Error Minimal "field or payload of another Rust type"
        explanation "A wider number, a null that is allowed now, a logical type: what data survive is another type in Rust."
        example "the field `count` was an int and is a long"
        fix "raise the crate's major version (of 0.x, the x), or keep the type with a codec of your own"
    RustFieldAdded "AVR133" Error Minimal "field added to a struct that can be built as a whole"
        explanation "Fields of generated structs are public. Code that builds the struct with all its fields, or matches all of them, does not compile any more; code that uses the builder does."
        example "shop.Order has a new field with a default"
        fix "raise the crate's major version (of 0.x, the x); where types are to grow, let them be `non-exhaustive` in avro.toml"
    RustVariantAdded "AVR134" Error Minimal "variant added to an enum that can be matched as a whole"
        explanation "Code that matches all variants does not compile any more."
        example "the enum shop.State has a new symbol"
        fix "raise the crate's major version (of 0.x, the x); where enums are to grow, let them be `non-exhaustive` in avro.toml"
    RustVariantRemoved "AVR135" Error Minimal "variant of a generated enum that is gone"
        explanation "Code that names the variant does not compile any more."
        example "the enum shop.State has lost a symbol"
        fix "raise the crate's major version (of 0.x, the x)"
    RustTraitLost "AVR136" Error Minimal "trait that a generated type does not implement any more"
        explanation "A type derives what all its fields have: `Copy`, `Eq` and `Hash` where they do, `Default` where all fields have defaults, `From` where a payload's type is the only one of its kind."
        example "a field of type double was added: the struct is not `Eq` any more"
        fix "raise the crate's major version (of 0.x, the x)"
    RustFunctionChanged "AVR137" Error Minimal "way to make a generated type that is another one"
        explanation "`new` takes the fields that have no default, in their order, if there are four at most. A type that becomes `non-exhaustive` has its builder alone."
        example "a field without a default was added: `new` takes one more"
        fix "give the field a default, or raise the crate's major version (of 0.x, the x)"

    StrayVersion "AVR140" Error Minimal "file in the history that is no version"
        explanation "The history holds the deployed versions of each schema as `<fullname>/<n>.avsc`, counted from 1 without leading zeros, and nothing else with that extension."
        example "avro-history/com.acme.Order/latest.avsc"
        fix "name the file after its version, or move it out of the history"
    VersionChanged "AVR141" Error Minimal "deployed version that was changed"
        explanation "Data were written with it, and schema registries hold it as it was. Its text, line ends aside, has another SHA-256 than avro.lock says."
        example "avro-history/com.acme.Order/1.avsc, edited"
        fix "restore the file; a change is a new version, which `cargo avro freeze` records"
    VersionNotLocked "AVR142" Error Minimal "deployed version that avro.lock does not list"
        explanation "avro.lock lists every version with its SHA-256 and its identity, so that none changes unnoticed. This file was put there by hand, or the two were not committed together."
        example "avro-history/com.acme.Order/2.avsc, and avro.lock ends with version 1"
        fix "`cargo avro freeze --adopt` lists it, if it holds what was deployed"
    VersionMissing "AVR143" Error Minimal "deployed version that is not there"
        explanation "avro.lock lists a version whose file is not in the history."
        example "avro.lock lists version 2, and avro-history/com.acme.Order/2.avsc is not there"
        fix "restore the file"
    VersionGap "AVR144" Error Minimal "gap in the numbers of the versions"
        explanation "Versions are counted from 1 and none is taken away: data of each may still be read."
        example "avro-history/com.acme.Order/1.avsc and 3.avsc"
        fix "restore the version that is missing, or number them without a gap"
    VersionOfAnotherName "AVR145" Error Minimal "deployed version of another schema"
        explanation "The folder is named after the schema whose versions it holds: by its fullname, or by the stem of its file if it has no name."
        example "avro-history/com.acme.Order/1.avsc defines com.acme.Invoice"
        fix "move the file into the folder of its own name"
    UnreadableVersion "AVR146" Error Minimal "deployed version that cannot be read"
        explanation "Each version is read by itself, and leniently: mistakes that leave the binary form of data in no doubt are let pass. It must hold every type that it names."
        example "avro-history/com.acme.Order/1.avsc refers to com.acme.Money and does not define it"
        fix "put the whole of what was deployed there, as a schema registry shows it"
    MalformedLock "AVR147" Error Minimal "avro.lock that cannot be read"
        explanation "`cargo avro freeze` writes it, and people merge it at most."
        example "avro.lock with the marks of a merge conflict"
        fix "restore it, or delete it and let `cargo avro freeze --adopt` write it anew, if nothing in the history was changed"
    IdentityChanged "AVR148" Error Minimal "deployed version with another identity than avro.lock says"
        explanation "The identity is the SHA-256 of the canonical form with the logical types. The text is what it was, so avro.lock was edited, or another version of the compiler reads the schema in another way."
        example "avro.lock with an identity that was edited"
        fix "restore avro.lock"
    SchemaGone "AVR149" Error Minimal "deployed schema that no schema defines any more"
        explanation "Its data may still be in the topics, and nothing here can read them. If it was renamed, nothing compares the new name with the versions before it."
        example "avro-history/com.acme.Order/1.avsc, and no schema defines com.acme.Order"
        fix "give the type under its new name the old one as an alias; or, if nobody reads or writes it any more, set its compatibility to NONE in avro.toml"
}
