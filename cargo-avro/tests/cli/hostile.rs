//! Names and texts of strangers, shown: whatever a command writes, no terminal, program or workflow
//! acts on it.

use std::fs;
use std::process::Command;

use crate::run::{Folder, Said, run};

/// What each of them does where it is not escaped: ends a line, moves the cursor, turns text.
const HOSTILE: [char; 8] = [
    '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{2028}', '\u{202e}',
];

/// What a command wrote, with none of the characters but its own line breaks.
#[track_caller]
fn check_seen(said: &Said) {
    for text in [&said.stdout, &said.stderr] {
        let hides = |c: &char| *c != '\n' && HOSTILE.contains(c);
        assert!(!text.chars().any(|c| hides(&c)), "{said:?}");
    }
}

/// As JSON and in avro.toml.
fn escaped(c: char) -> String {
    format!("\\u{:04x}", u32::from(c))
}

/// Schemas that have a character wherever one can stand; a lenient reader takes them.
fn schemas(c: char) -> [(&'static str, String); 2] {
    let c = escaped(c);
    let schema = |size: &str| {
        format!(
            r#"{{"type": "record", "name": "R{c}x", "doc": "d{c}::error::x", "fields": [
  {{"name": "f{c}x", "type": "string", "default": "{c}", "aliases": ["a{c}x"]}},
  {{"name": "g", "type": {{"type": "enum", "name": "E{c}x", "symbols": ["S{c}x", "T"]}}}},
  {{"name": "h", "type": {{"type": "fixed", "name": "F{c}x", "size": {size}}}}},
  {{"name": "i", "type": "R{c}y"}}]}}"#
        )
    };
    let sound = schema("2").replace(&format!("\"R{c}y\""), "\"int\"");
    [("wrong.avsc", schema("0")), ("sound.avsc", sound)]
}

#[test]
fn schemas_act_on_nothing() {
    for c in HOSTILE {
        let [(wrong, text), (sound, other)] = schemas(c);
        let folder = Folder::new("hostile-schemas")
            .file(wrong, &text)
            .file(sound, &other)
            .file("changed.avsc", &other.replace("\"size\": 2", "\"size\": 3"));
        for format in ["text", "json", "github"] {
            for words in [
                "check wrong.avsc",
                "check wrong.avsc --lenient",
                "lint sound.avsc --lenient",
                "check wrong.avsc --color always",
                "compat --new changed.avsc --previous sound.avsc --lenient",
                "diff sound.avsc changed.avsc",
                "fingerprint sound.avsc --lenient --type nothing",
                "bundle wrong.avsc --type nothing --lenient",
            ] {
                let said = folder.run(&format!("{words} --format {format}"));
                // Colours are ours; what else there is beside them is not.
                let coloured = words.contains("always") && format == "text";
                let stdout = match coloured {
                    true => without_colours(&said.stdout),
                    false => said.stdout.clone(),
                };
                check_seen(&Said { stdout, ..said });
            }
        }
    }
}

/// Text without `ESC [ … m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (colour, rest) = part.split_once('m').unwrap_or(("?", part));
        let is_colour = colour.chars().all(|c| c.is_ascii_digit() || c == ';');
        assert!(is_colour, "{text:?}");
        plain.push_str(rest);
    }
    plain
}

#[test]
fn a_workflow_sees_only_our_commands() {
    let folder = Folder::new("hostile-github").file(
        "a.avsc",
        r#"{"type": "record", "name": "R", "fields": [
  {"name": "a\n::stop-commands::x\n", "type": "strin\r\n::error::x"}]}"#,
    );
    let said = folder.run("check a.avsc --format github");
    for line in said.stdout.lines() {
        assert!(line.starts_with("::error file=a.avsc,line="), "{line}");
    }
    assert_eq!(said.stderr, "");
}

#[test]
fn schemas_are_printed_letter_for_letter() {
    let folder = Folder::new("hostile-exact").file("a.avsc", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"doc\": \"\u{9b}\u{202e}\u{7f}\"}");
    folder.run("bundle a.avsc").is(
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"],\"doc\":\"\u{9b}\u{202e}\u{7f}\"}\n",
        "",
        0,
    );
}

#[test]
fn data_act_on_nothing() {
    let folder = Folder::new("hostile-data").file("a.avsc", "\"string\"");
    folder
        .pipe("08c29b324a\n06e280ae\n027f\n", "decode --writer a.avsc")
        .is("\"\\u009b2J\"\n\"\\u202e\"\n\"\\u007f\"\n", "", 0);
    for c in HOSTILE {
        check_seen(&folder.pipe(&format!("{c}0\n"), "decode --writer a.avsc"));
        check_seen(&folder.pipe(&format!("{{\"{c}\": 1}}\n"), "encode --schema a.avsc"));
    }
}

#[test]
fn words_of_the_command_line_act_on_nothing() {
    let folder = Folder::new("hostile-words");
    for c in HOSTILE {
        for word in [
            format!("--a{c}b"),
            format!("a{c}b.avsc"),
            format!("a{c}b/*.avsc"),
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-avro"));
            command.current_dir(folder.path(".")).args(["check", &word]);
            let said = run(&mut command, "");
            assert_eq!(said.code, 2, "{said:?}");
            check_seen(&said);
        }
    }
}

/// Windows has no such names.
#[cfg(unix)]
mod names {
    use super::*;

    #[test]
    fn files_and_folders_are_refused() {
        for c in HOSTILE {
            for path in [
                format!("schemas/a{c}b.avsc"),
                format!("schemas/a{c}b/a.avsc"),
            ] {
                let folder = Folder::new("hostile-names").file(&path, "\"int\"");
                let said = folder.run("check schemas");
                let place = escape(&path, c);
                let number = u32::from(c);
                said.is(
                    "",
                    &format!(
                        "error: the path {place} has the character U+{number:04X}, which can end a \
                         line or change what a terminal shows: rename the file or folder\n"
                    ),
                    2,
                );
                for format in ["json", "github"] {
                    check_seen(&folder.run(&format!("check schemas --format {format}")));
                }
                let folder =
                    folder.file("avro.toml", "schemas = [\"schemas\"]\noutput = \"out\"\n");
                let said = folder.run("generate");
                assert_eq!(said.code, 2);
                check_seen(&said);
                assert!(!folder.path("out").exists());
            }
        }
    }

    fn escape(path: &str, c: char) -> String {
        path.replace(c, &c.escape_default().to_string())
    }

    #[test]
    fn paths_in_a_manifest_are_refused_at_their_place() {
        for c in HOSTILE {
            for key in ["output", "history"] {
                let manifest = format!("schemas = [\"schemas\"]\n{key} = \"a{}b\"\n", escaped(c));
                let folder = Folder::new("hostile-manifest")
                    .file("schemas/a.avsc", "\"int\"")
                    .file("avro.toml", &manifest);
                for words in ["check", "generate", "freeze a"] {
                    let said = folder.run(words);
                    assert_eq!(said.code, 1, "{said:?}");
                    check_seen(&said);
                    assert!((said.stdout + &said.stderr).contains("avro.toml:2:"));
                }
                assert_eq!(fs::read_dir(folder.path(".")).unwrap().count(), 3);
            }
        }
    }

    #[test]
    fn names_that_git_has_are_refused() {
        for c in HOSTILE {
            let folder = Folder::new("hostile-git")
                .file("avro.toml", "schemas = [\"schemas\"]\n")
                .file(
                    "schemas/a.avsc",
                    r#"{"type": "fixed", "name": "A", "size": 2}"#,
                )
                .file(&format!("schemas/b{c}b.avsc"), "\"int\"");
            let git = |words: &[&str]| {
                let mut command = Command::new("git");
                for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
                    command.env_remove(name);
                }
                let author = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
                command
                    .current_dir(folder.path("."))
                    .args(author)
                    .args(words);
                assert_eq!(run(&mut command, "").code, 0);
            };
            git(&["init", "-q"]);
            git(&["add", "."]);
            git(&["commit", "-q", "-m", "a"]);
            fs::remove_file(folder.path(&format!("schemas/b{c}b.avsc"))).unwrap();
            let said = folder.run("breaking --against git:HEAD");
            assert_eq!(said.code, 2, "{said:?}");
            check_seen(&said);
            let number = format!("U+{:04X}", u32::from(c));
            assert!(said.stderr.contains("HEAD:/schemas/b"), "{said:?}");
            assert!(said.stderr.contains(&number), "{said:?}");
            // What Git says of a revision.
            let revision = format!("git:no{c}such");
            let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-avro"));
            command.current_dir(folder.path("."));
            command.args(["breaking", "--against", &revision]);
            check_seen(&run(&mut command, ""));
        }
    }
}
