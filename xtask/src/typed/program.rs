//! The crate around generated types.

use std::path::Path;

use crate::Error;
use crate::peer::Peer;
use crate::process;
use crate::scratch::{Manifest, ScratchCrate};
use crate::workspace::{Workspace, cargo};

/// The program: it answers each line of standard input, a question in JSON, with a line of JSON.
const MAIN: &str = include_str!("../../typed/main.rs");

/// Without debug information it is compiled faster.
const REST: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"

[profile.dev]
debug = false
incremental = false
";

/// What is generated from one schema, in a module of its own.
pub(crate) struct Module {
    pub(crate) code: String,
    /// The way to the type that reads, from the module on.
    pub(crate) root: String,
}

/// Writes the crate, compiles it in the repository's own target folder, and starts the program;
/// its types go by the numbers of the modules. The last part of the folder is the crate's name.
///
/// # Errors
///
/// If a file cannot be written, or what is generated does not compile.
pub(crate) fn start(
    folder: &Path,
    modules: &[Module],
    workspace: &Workspace,
) -> Result<Peer, Error> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let manifest = Manifest {
        name: &name,
        runtime_features: &["jiff", "time"],
        rest: REST,
    };
    let scratch = ScratchCrate::new(folder, &manifest, workspace)?;
    let mut main = MAIN.to_owned();
    let mut types = String::new();
    for (index, module) in modules.iter().enumerate() {
        scratch.put(&format!("src/schema_{index:03}.rs"), &module.code)?;
        main.push_str(&format!("mod schema_{index:03};\n"));
        types.push_str(&format!(
            "    read::<schema_{index:03}::{}>,\n",
            module.root
        ));
    }
    main.push_str(&format!(
        "\n/// What reads the data of each schema.\nstatic READERS: [Read; {}] = [\n{types}];\n",
        modules.len()
    ));
    scratch.put("src/main.rs", &main)?;
    let cargo = |command: &str| {
        let mut cargo = cargo();
        cargo
            .args([command, "--quiet", "--target-dir"])
            .arg(&workspace.target)
            .current_dir(folder);
        cargo
    };
    process::run(&mut cargo("build"))?;
    Peer::start(&mut cargo("run"))
}
