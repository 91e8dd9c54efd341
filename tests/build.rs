//! Compiles every folder of `goldens` into a module of the crate's own, through the library's API;
//! and once more with every switch on, with the list of all types.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

#[path = "src/case.rs"]
mod case;

fn main() -> Result<(), Box<dyn error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for input in [
        "goldens",
        "../avro.toml",
        "../avro.lock",
        "../avro-history",
        "../schemas",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    let mut modules = String::new();
    let mut switched = String::new();
    let mut types = String::new();
    for case in case::all(&root)? {
        let name = &case.name;
        let text = only_file(case.generate()?)?;
        write(&out.join(format!("{name}.rs")), &text)?;
        writeln!(
            modules,
            "/// The case `{name}`.\npub {}",
            module(name, name)
        )?;
        let config = case.config()?.json(true).serde(true);
        let text = only_file(config.generate(&case.sources(&config)?)?)?;
        // Types of other cases are the switched ones too.
        let text = text.replace("crate::cases::", "crate::switched::");
        write(&out.join(format!("{name}_switched.rs")), &text)?;
        let module = module(name, &format!("{name}_switched"));
        writeln!(switched, "pub(crate) {module}")?;
        for path in types_in(&text) {
            writeln!(types, "$check!({name}::{path});")?;
        }
    }
    write(&out.join("cases.rs"), &modules)?;
    write(&out.join("switched.rs"), &switched)?;
    let every_type = format!("macro_rules! every_type {{\n($check:ident) => {{\n{types}}};\n}}\n");
    write(&out.join("every_type.rs"), &every_type)?;
    Ok(())
}

fn only_file(output: avro_codegen::Output) -> Result<String, &'static str> {
    match output.files.as_slice() {
        [file] => Ok(file.text.clone()),
        _ => Err("one file per case"),
    }
}

fn module(name: &str, file: &str) -> String {
    format!("mod {name} {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/{file}.rs\"));\n}}")
}

/// The paths of the types with a schema in a formatted file.
fn types_in(text: &str) -> Vec<String> {
    let mut modules: Vec<(usize, &str)> = Vec::new();
    let mut types = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        // What is in a private module is shown outside.
        let public = code.strip_prefix("pub mod ");
        let private = code.strip_prefix("mod ").map(|_| "");
        if let Some(module) = public.or(private).filter(|_| code.ends_with('{')) {
            modules.retain(|(outer, _)| *outer < indent);
            modules.push((indent, module.trim_end_matches(" {")));
        } else if let Some((_, ty)) = code
            .strip_suffix(" {")
            .filter(|code| code.starts_with("impl"))
            .and_then(|code| code.split_once("::AvroSchema for "))
        {
            modules.retain(|(outer, _)| *outer < indent);
            let modules = modules.iter().map(|(_, name)| *name);
            let path = modules.filter(|name| !name.is_empty()).chain([ty]);
            types.push(path.collect::<Vec<_>>().join("::"));
        }
    }
    types
}

fn write(path: &Path, text: &str) -> Result<(), std::io::Error> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}
