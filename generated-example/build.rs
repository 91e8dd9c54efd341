//! Compiles the schemas that `avro.toml` at the workspace root names.

fn main() {
    avro_codegen::compile().unwrap();
}
