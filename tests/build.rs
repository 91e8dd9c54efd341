//! Compiles every folder of `goldens` into a module of the crate's own, through the library's API.

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
    let mut private = String::new();
    for case in case::all(&root)? {
        let output = case.generate()?;
        let [file] = output.files.as_slice() else {
            return Err("one file per case".into());
        };
        write(&out.join(format!("{}.rs", case.name)), &file.text)?;
        let module = format!(
            "mod {0} {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/{0}.rs\"));\n}}",
            case.name
        );
        writeln!(modules, "/// The case `{}`.\npub {module}", case.name)?;
        writeln!(private, "{module}")?;
    }
    write(&out.join("cases.rs"), &modules)?;
    write(&out.join("private.rs"), &private)?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), std::io::Error> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}
