//! Avro's JSON encoding (specification, "JSON Encoding"): what other implementations of Avro write
//! and read as JSON.
//!
//! A union's value is `null` bare, else `{"branch": value}` with the fullname of a named type and
//! the type's own name of another. Bytes and fixed are strings with a character for each byte, from
//! U+0000 to U+00FF; a logical type is written as the type below it: a decimal as its bytes, a
//! timestamp as its number. NaN and the infinities, which the encoding does not mention, are the
//! strings `"NaN"`, `"Infinity"` and `"-Infinity"`, as in Java.
//!
//! A float is written with the shortest digits that give it back, with a fraction or an exponent.
//! Java picks digits and exponents by other rules (`1.0E10`), as every language has its own:
//! compare values, not texts.
//!
//! Read is what is written, with keys in any order. A missing field takes its schema's default. A
//! key that is no field's is an error: it is a slip of the pen, or the text is one of another schema.
//! So is a key that is there twice. (Java 1.12 skips a key that is no field's, refuses a missing field,
//! and of equal keys takes the first.)

use super::Form;
use super::whole::functions;

functions!(Form::Avro, "Avro's JSON encoding");
