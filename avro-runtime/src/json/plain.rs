//! Plain JSON: the form of peers without a schema, and the fallback where Avro cannot be used.
//!
//! A union other than `["null", T]` is written as the bare value of its branch if that is read
//! back as the same branch, else as `{"branch": value}` with the branch's name. Read are both: an
//! object whose only key is the name of a branch that its value fits is that branch; else the
//! first branch that fits counts, every key known and every field without a default present.
//! Outside unions unknown keys are skipped. A missing field takes its schema's default. A key that is
//! there twice is an error.

use super::Form;
use super::whole::functions;

functions!(Form::Plain, "plain JSON");
