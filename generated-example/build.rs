//! Compiles the schemas that `avro.toml` at the workspace root names.

fn main() -> Result<(), avro_codegen::Error> {
    avro_codegen::compile()
}
