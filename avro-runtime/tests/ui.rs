//! What the compiler says where a generated type lacks something.

#[test]
fn the_compiler_names_the_setting() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
