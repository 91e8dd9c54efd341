//! The generated types of many schemas, and a program around them that reads data.

use avro_codegen::{Config, TimeTypes, UuidTypes};

use super::case::{ROOT, Subject};
use crate::Error;
use crate::oracle::peer::Peer;
use crate::oracle::reference::Types;
use crate::process;
use crate::schema::source;
use crate::scratch::{Manifest, ScratchCrate};
use crate::workspace::{Workspace, cargo};

/// The program: it answers each line of standard input, a question in JSON, with a line of JSON.
const MAIN: &str = include_str!("../../../oracle/generated/main.rs");

/// Without debug information it is compiled faster.
const REST: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"

[profile.dev]
debug = false
incremental = false
";

/// Generates the types, compiles the program in the repository's own target folder, and starts it.
///
/// # Errors
///
/// If a schema is not generated, or what is generated does not compile.
pub(super) fn start(subjects: &[Subject], workspace: &Workspace) -> Result<Peer, Error> {
    let folder = workspace.target.join("oracle/generated");
    let manifest = Manifest {
        name: "avro-oracle-generated",
        runtime_features: &["jiff", "time"],
        rest: REST,
    };
    let scratch = ScratchCrate::new(&folder, &manifest, workspace)?;
    let mut main = MAIN.to_owned();
    for (index, subject) in subjects.iter().enumerate() {
        let code = generated(subject)?;
        scratch.put(&format!("src/schema_{index:03}.rs"), &code)?;
        main.push_str(&format!("mod schema_{index:03};\n"));
    }
    let types = (0..subjects.len())
        .map(|index| format!("    read::<schema_{index:03}::{}::{}>,\n", ROOT.0, ROOT.1));
    let types: String = types.collect();
    main.push_str(&format!(
        "\n/// What reads the data of each schema.\nstatic READERS: [Read; {}] = [\n{types}];\n",
        subjects.len()
    ));
    scratch.put("src/main.rs", &main)?;
    let cargo = |command: &str| {
        let mut cargo = cargo();
        cargo
            .args([command, "--quiet", "--target-dir"])
            .arg(&workspace.target)
            .current_dir(&folder);
        cargo
    };
    process::run(&mut cargo("build"))?;
    Peer::start(&mut cargo("run"))
}

fn generated(subject: &Subject) -> Result<String, Error> {
    let text = subject.text();
    let told = |error: String| format!("seed {} is not generated: {error}\n{text}", subject.seed);
    let timestamp = match subject.types {
        Types::Chrono => TimeTypes::Chrono,
        Types::Jiff => TimeTypes::Jiff,
        Types::Time => TimeTypes::Time,
        Types::Raw | Types::Dynamic => TimeTypes::Raw,
    };
    let uuid = match subject.types {
        Types::Raw | Types::Dynamic => UuidTypes::Raw,
        _ => UuidTypes::Uuid,
    };
    let config = Config::new().timestamp(timestamp).uuid(uuid);
    let output = config.generate(&source(&text).map_err(told)?);
    let output = output.map_err(|error| told(error.to_string()))?;
    Ok(output.files.into_iter().map(|file| file.text).collect())
}
