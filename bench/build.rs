//! Compiles what avro.toml names, as a user's crate would.

fn main() -> Result<(), avro_codegen::Error> {
    avro_codegen::compile()
}
