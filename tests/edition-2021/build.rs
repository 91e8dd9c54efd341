//! As in a user's crate: avro.toml beside it says what to compile.

fn main() -> Result<(), avro_codegen::Error> {
    avro_codegen::compile()
}
