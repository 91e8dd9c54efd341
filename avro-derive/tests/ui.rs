//! What the derive says about mistakes, on the pinned toolchain: one message each, at the
//! attribute, and none that only follows from another.
//!
//! After an intended change: `TRYBUILD=overwrite cargo test -p avro-derive --test ui`.

#[test]
fn mistakes_are_reported_at_their_attributes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
