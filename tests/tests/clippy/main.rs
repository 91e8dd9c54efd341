//! Generated code under clippy's default and pedantic sets: clean, whatever the schema says.
//!
//! All of it becomes one crate in the target folder, which `cargo clippy` looks at; without clippy the
//! test fails. The crate compiles, so that names of files and folders are no code either.

mod krate;
mod schemas;

use avro_codegen::{Config, SubjectNames};
use avro_model::SourceMap;

use krate::Crate;

/// The rounds: by default, with everything switched on, and with as little as can be.
fn configs() -> [(&'static str, Config); 3] {
    let manifest = |text: &str| Config::from_toml("avro.toml", text).unwrap();
    [
        ("plain", manifest("lenient = true\n")),
        (
            "switched",
            manifest(
                "lenient = true\njson = true\nserde = true\n[logical-types]\ntimestamp = \"jiff\"\n",
            ),
        ),
        (
            "bare",
            manifest(
                "lenient = true\njson = true\nviews = false\nbuilders = false\n\
                 [[override]]\nselect = \"**\"\nmap = \"hash\"\nsized-blocks = true\ninline = false\n\
                 non-exhaustive = true\n",
            ),
        ),
    ]
}

fn generate(config: &Config, files: &[(String, String)]) -> String {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path, text.as_str()).unwrap();
    }
    let output = config.generate(&sources);
    let output = output.unwrap_or_else(|error| panic!("{}", error.render(false)));
    output.files.into_iter().map(|file| file.text).collect()
}

/// The schema of the workspace, which asks for nothing unusual, without the groups of lints that
/// schemas may make necessary: what is written is as clippy wants it by default.
fn without_groups() -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../avro.toml");
    let config = Config::load(root).unwrap().json(true).serde(true);
    let output = config.generate(&config.load_sources().unwrap()).unwrap();
    let text: String = output.files.into_iter().map(|file| file.text).collect();
    ["complexity", "perf", "style", "suspicious"]
        .iter()
        .fold(text, |text, group| {
            let line = format!("    clippy::{group},\n");
            assert!(text.contains(&line), "{group}");
            text.replace(&line, "")
        })
}

#[test]
fn generated_code_is_clean_whatever_the_schema_says() {
    let mut code = Crate::new("clippy");
    for (seed, (name, config)) in (0..).zip(configs()) {
        let topics = ["foo", "r", "new", "_"].iter();
        let config = topics.fold(config, |config, topic| {
            config.topic(topic, &["foo.Main"], None, SubjectNames::TopicName)
        });
        code.module(name, &generate(&config, &schemas::made_up(seed)));
    }
    code.module("four_systems", &without_groups());
    code.check();
}

/// In memory a source may have any path. Loaded from a disk, these are refused.
#[test]
fn no_path_is_code() {
    let ends = [
        "\n", "\r\n", "\r", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}",
    ];
    for end in ends.iter().chain(&["\u{202e}", "\u{2066}", "*/", "\u{0}"]) {
        let path = format!("a{end}pub fn pwned() {{}}{end}/b.avsc");
        let text = generate(&Config::new(), &[(path, "\"int\"".to_owned())]);
        let hides = |c: char| c != '\n' && avro_model::escape::is_invisible(c);
        assert!(!text.contains(hides), "{text}");
        let code = text.lines().filter(|line| !line.starts_with("//"));
        assert!(!code.collect::<String>().contains("pwned"), "{text}");
    }
}
