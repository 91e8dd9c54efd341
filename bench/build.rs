//! Compiles `schemas/` as a user's crate would.

fn main() -> Result<(), avro_codegen::Error> {
    avro_codegen::compile_schemas(&["schemas"])
}
