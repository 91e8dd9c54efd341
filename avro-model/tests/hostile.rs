//! What strangers name and write: paths that are refused, and forms of findings that show what they
//! quote and do nothing else.

use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::load::{LoadError, add, load};
use avro_model::render::{self, Finding};
use avro_model::source::Span;
use avro_model::{SourceMap, codes::Code, escape};

/// Characters that act on the text around them, and that a file system takes in a name.
const ACTIVE: [char; 12] = [
    '\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{2028}', '\u{2029}', '\u{202e}',
    '\u{2066}', '\u{1}',
];

/// Those, and characters that cannot be seen.
fn hostile() -> impl Iterator<Item = char> {
    ACTIVE
        .into_iter()
        .chain(['\0', '\u{200b}', '\u{feff}', '\u{61c}'])
}

#[track_caller]
fn check_refused(error: &LoadError, character: char) {
    let LoadError::ActiveCharacter {
        character: found, ..
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!(*found, character);
    let message = error.to_string();
    assert!(!message.contains(escape::is_invisible), "{message:?}");
    let spelled = character.escape_default().to_string();
    let code_point = format!("U+{:04X}", u32::from(character));
    for part in [&*spelled, &*code_point, "rename the file or folder"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_text_from_elsewhere_has_a_path_that_shows() {
    for character in ACTIVE {
        let mut sources = SourceMap::new();
        let path = format!("main:/schemas/a{character}pub fn pwned() {{}}/a.avsc");
        check_refused(&add(&mut sources, path, "{}").unwrap_err(), character);
        assert_eq!(sources.iter().count(), 0);
    }
    let mut sources = SourceMap::new();
    add(&mut sources, "<stdin>", "{}").unwrap();
    assert_eq!(sources.iter().count(), 1);
}

/// Windows has no such names.
#[cfg(unix)]
mod on_disk {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// An empty folder of the test's own.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn files_and_folders_are_refused_however_they_are_found() {
        let root = folder("hostile-paths");
        for (number, character) in ACTIVE.into_iter().enumerate() {
            let root = root.join(number.to_string());
            let inside = root.join("folder").join(format!("a{character}b"));
            let named = root.join("file").join(format!("a{character}.avsc"));
            write(&inside.join("a.avsc"), "\"int\"");
            write(&named, "\"int\"");
            for path in [
                root.join("folder"),
                root.join("folder/**/*.avsc"),
                root.join("file"),
                root.join("file/*.avsc"),
                inside.clone(),
                inside.join("*.avsc"),
                named,
            ] {
                check_refused(&load(&[path]).unwrap_err(), character);
            }
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_is_not_read_has_any_name() {
        let root = folder("hostile-beside");
        write(&root.join("a.avsc"), "\"int\"");
        write(&root.join("Icon\r"), "");
        write(&root.join("notes\n/readme.txt"), "");
        assert_eq!(load(&[&root]).unwrap().iter().count(), 1);
        fs::remove_dir_all(root).unwrap();
    }

    #[cfg(feature = "idl")]
    #[test]
    fn an_import_is_refused_too() {
        let root = folder("hostile-import");
        for character in ['\u{1b}', '\u{202e}', '\u{85}'] {
            let name = format!("a{character}b.avsc");
            write(
                &root.join(&name),
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
            );
            let idl = format!("import schema \"../{name}\";\nrecord R {{ int a; }}\n");
            write(&root.join("in/main.avdl"), &idl);
            check_refused(&load(&[root.join("in")]).unwrap_err(), character);
        }
        fs::remove_dir_all(root).unwrap();
    }
}

/// A finding that quotes a character at every place that a finding has: path, message, label, note,
/// and the line concerned.
fn quoting(character: char) -> (SourceMap, Diagnostic) {
    let quoted = format!("a{character}b");
    let mut sources = SourceMap::new();
    let file = sources
        .add(format!("{quoted}.avsc"), format!("\"{quoted}\"\n"))
        .unwrap();
    let place = Span {
        file,
        start: 0,
        end: 1,
    };
    let found = Diagnostic::new(Code::BadName, place, format!("`{quoted}` is no name"))
        .label(quoted.clone())
        .note(format!("rename `{quoted}`"));
    (sources, found)
}

#[test]
fn a_form_of_a_finding_shows_what_it_quotes_and_does_no_more() {
    let plain = quoting('x');
    let shown = |(sources, found): &(SourceMap, Diagnostic), color: bool| {
        let finding = Finding::new(sources, found);
        let mut all = Diagnostics::new();
        all.push(found.clone());
        [
            render::line(sources, found),
            render::text(sources, &all, color),
            render::json([&finding]),
            render::github([&finding]),
        ]
    };
    let escapes = |text: &str| text.matches('\u{1b}').count();
    for color in [false, true] {
        let expected = shown(&plain, color);
        for character in hostile() {
            let shown = shown(&quoting(character), color);
            for (form, (text, plain)) in shown.iter().zip(&expected).enumerate() {
                let is_own = |c: char| matches!(c, '\n' | '\t' | '\u{1b}');
                let hides = |c: char| escape::is_invisible(c) && !is_own(c);
                assert!(
                    !text.contains(hides),
                    "{character:?}, form {form}: {text:?}"
                );
                assert_eq!(
                    escapes(text),
                    escapes(plain),
                    "{character:?}, form {form}: {text:?}"
                );
                // A line break inside the text and the note makes lines; inside anything else none.
                let more = match (form, character) {
                    (1, '\n') => 2,
                    _ => 0,
                };
                let lines = text.lines().count();
                assert!(
                    (plain.lines().count()..=plain.lines().count() + more).contains(&lines),
                    "{character:?}, form {form}: {text}"
                );
            }
        }
    }
}

#[test]
fn a_note_may_have_lines() {
    let (sources, found) = quoting('x');
    let found = found.note("one\ntwo");
    let finding = Finding::new(&sources, &found);
    assert!(render::text_of(&sources, &found, false).contains("one\n"));
    assert!(render::github([&finding]).ends_with("one%0Atwo\n"));
}
