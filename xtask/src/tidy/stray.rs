//! What must not stay in the code: debug output, holes, tests switched off, silenced warnings.

use super::SourceFile;
use super::code;

/// What to look for, in code without blanks, and why it may not stay.
struct Ban {
    needles: &'static [&'static str],
    why: &'static str,
    allowed: fn(path: &str) -> bool,
}

const BANS: &[Ban] = &[
    Ban {
        needles: &["dbg!("],
        why: "stray debug output",
        allowed: nowhere,
    },
    Ban {
        needles: &["todo!(", "unimplemented!("],
        why: "a hole instead of code",
        allowed: nowhere,
    },
    Ban {
        needles: &["println!(", "eprintln!(", "print!(", "eprint!("],
        why: "a library prints; return it, or leave it to the caller",
        allowed: may_print,
    },
    Ban {
        needles: &["#[ignore"],
        why: "a test that does not run",
        allowed: nowhere,
    },
    Ban {
        needles: &["allow(dead_code", ",dead_code", "expect(dead_code"],
        why: "dead code: remove it",
        allowed: speaks_for_generated_code,
    },
    Ban {
        needles: &["allow(unsafe_code"],
        why: "unsafe code outside the places that ARCHITECTURE.md names",
        allowed: may_be_unsafe,
    },
];

const LIBRARIES: [&str; 6] = [
    "avro-model",
    "avro-codegen",
    "avro-derive",
    "avro-runtime",
    "avro-registry",
    "avro-kafka",
];

/// The breaches of one file, each with its line.
pub(super) fn check(file: &SourceFile) -> Vec<String> {
    if file.is_generated() {
        return Vec::new();
    }
    let bans = || BANS.iter().filter(|ban| !(ban.allowed)(&file.path));
    let code = code::only(&file.text);
    let mut breaches = Vec::new();
    for (line, number) in code.lines().zip(1..) {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        for ban in bans() {
            if let Some(needle) = ban.needles.iter().find(|needle| has(&line, needle)) {
                let what = needle.trim_start_matches(',');
                breaches.push(format!("{}:{number}: `{what}`: {}", file.path, ban.why));
            }
        }
    }
    breaches
}

/// Whether the needle stands there as a word of its own: `eprintln!(` is not `println!(`.
fn has(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let is_word = needle.starts_with(|c: char| c.is_alphanumeric());
        let before = line[..at].chars().next_back();
        !is_word || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn nowhere(_: &str) -> bool {
    false
}

/// Where generated code is emitted: it stands in users' crates, which use what they need of it.
fn speaks_for_generated_code(path: &str) -> bool {
    path.starts_with("avro-codegen/src/emit/")
}

/// The modules that ARCHITECTURE.md names under its invariants, and the test that sends what rdkafka's safe API cannot.
fn may_be_unsafe(path: &str) -> bool {
    path.starts_with("avro-runtime/src/raw/")
        || matches!(
            path,
            "avro-kafka/src/transport/librdkafka/headers.rs"
                | "avro-kafka/tests/transport/broker_in_process.rs"
        )
}

/// Everything but the libraries' own code; and the one file that speaks to Cargo.
fn may_print(path: &str) -> bool {
    let in_library = LIBRARIES.iter().any(|library| {
        path.strip_prefix(library)
            .is_some_and(|rest| rest.starts_with("/src/"))
    });
    !in_library || path == "avro-codegen/src/cargo.rs"
}

#[cfg(test)]
mod tests {
    use super::super::SourceFile;
    use super::check;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&SourceFile {
            path: path.into(),
            text: text.into(),
        })
    }

    #[test]
    fn each_ban_is_found_at_its_line() {
        for text in [
            "dbg!(x)",
            "todo!()",
            "unimplemented!()",
            "#[ignore]",
            "#[ignore = \"slow\"]",
            "#[allow(dead_code)]",
            "#[allow(unused, dead_code)]",
            "#![allow(unsafe_code)]",
            "println!(\"x\")",
            "let a = 1; std::eprintln! (\"x\")",
        ] {
            let breaches = found("avro-model/src/a.rs", &format!("fn a() {{}}\n{text}\n"));
            assert_eq!(breaches.len(), 1, "{text}: {breaches:?}");
            assert!(
                breaches[0].starts_with("avro-model/src/a.rs:2: `"),
                "{}",
                breaches[0]
            );
        }
    }

    #[test]
    fn comments_strings_and_other_words_are_no_breach() {
        for text in [
            "// dbg!(x)",
            "/// println!(\"x\")",
            "\"todo!()\"",
            "my_dbg!(x)",
            "write!(f)",
        ] {
            assert_eq!(
                found("avro-model/src/a.rs", text),
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    #[test]
    fn programs_may_print_and_libraries_may_not() {
        for path in [
            "xtask/src/main.rs",
            "avro-codegen/src/cargo.rs",
            "avro-model/tests/a.rs",
        ] {
            assert_eq!(found(path, "println!()"), Vec::<String>::new(), "{path}");
        }
        assert_eq!(found("avro-kafka/src/a.rs", "eprintln!()").len(), 1);
    }

    #[test]
    fn generated_files_are_held_against_their_generator() {
        let text = "// @generated by a program\n#[allow(dead_code)]";
        assert_eq!(
            found("avro-kafka/src/generated/avro.rs", text),
            Vec::<String>::new()
        );
    }
}
