//! Schemas as of a revision, read by the program `git`.
//!
//! Nothing is checked out. Files are called as Git calls them, `main:` and the path from the root
//! of the repository.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{fs, io};

use avro_codegen::{Config, Revision};
use avro_model::SourceMap;
use avro_model::load::{self, EXTENSIONS, check_path, covers};

use super::schemas;
use crate::stop::Stop;

/// Loads the schemas that the manifest names in that revision. Where there was no manifest yet, the
/// present one counts.
pub(super) fn load(
    revision: &str,
    config: &Config,
    sources: &mut SourceMap,
) -> Result<Revision, Stop> {
    let repository = Repository::open(revision, config.root())?;
    let listed = repository.files()?;
    let mut contents = Contents::open(&repository)?;
    let config = repository.manifest(config, &listed, &mut contents)?;
    let mut loaded = Vec::new();
    for (file, shown) in repository.inputs(&config, &listed) {
        check_path(&shown)?;
        let text = contents.read(file)?;
        loaded.push(load::add(sources, shown, text)?);
    }
    Ok(Revision {
        name: revision.to_owned(),
        files: schemas(&config, sources, loaded),
        config,
    })
}

/// A revision of the repository that a folder is in.
struct Repository {
    folder: PathBuf,
    commit: String,
    /// The root of the revision, as files are called: `main:`.
    root: PathBuf,
    /// The folder's path from there.
    prefix: String,
}

impl Repository {
    fn open(revision: &str, folder: &Path) -> Result<Self, Stop> {
        let here = Path::new(".");
        let folder = if folder.as_os_str().is_empty() {
            here
        } else {
            folder
        };
        let prefix = line(folder, &["rev-parse", "--show-prefix"])?;
        let wanted = format!("{revision}^{{commit}}");
        let commit = line(
            folder,
            &["rev-parse", "--verify", "--end-of-options", &wanted],
        )
        .map_err(|_| Stop::usage(format!("`{revision}` is no revision that Git knows here")))?;
        Ok(Self {
            folder: folder.to_owned(),
            commit,
            root: PathBuf::from(format!("{revision}:")),
            prefix,
        })
    }

    /// Every file, by its path from the root.
    fn files(&self) -> Result<Vec<String>, Stop> {
        let words = [
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            "--full-tree",
            &self.commit,
        ];
        let listed = output(&self.folder, &words)?;
        let files = listed
            .split(|&byte| byte == 0)
            .filter(|file| !file.is_empty());
        // A path that is no text is none that a manifest can name.
        let files = files.filter_map(|file| String::from_utf8(file.to_vec()).ok());
        Ok(files.collect())
    }

    /// The manifest of the revision.
    fn manifest(
        &self,
        config: &Config,
        listed: &[String],
        contents: &mut Contents,
    ) -> Result<Config, Stop> {
        let path = config.manifest_path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = format!("{}{name}", self.prefix);
        let text = match listed.contains(&file) {
            true => contents.read(&file)?,
            false => fs::read_to_string(path).map_err(|error| Stop::io("read", path, error))?,
        };
        Ok(Config::from_toml(self.root.join(file), &text)?)
    }

    /// The files that a manifest asks for, each with the path that it has for the manifest.
    fn inputs<'f>(&self, config: &Config, listed: &'f [String]) -> Vec<(&'f str, PathBuf)> {
        let inputs = config.inputs();
        let is_schema = |file: &&String| {
            let extension = Path::new(file.as_str()).extension();
            let extension = extension.and_then(|extension| extension.to_str());
            let hidden = file.split('/').any(|part| part.starts_with('.'));
            !hidden && extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
        };
        let shown = |file: &'f String| {
            let path = self.root.join(file);
            let shown = inputs.iter().find_map(|input| asked(input, &path))?;
            Some((file.as_str(), shown))
        };
        listed.iter().filter(is_schema).filter_map(shown).collect()
    }
}

/// A file as an input of a manifest calls it, if that asks for it: `proj/../shared/a.avsc`.
fn asked(input: &Path, file: &Path) -> Option<PathBuf> {
    match file.strip_prefix(plain(input)) {
        Ok(rest) if rest.as_os_str().is_empty() => Some(input.to_owned()),
        Ok(rest) => Some(input.join(rest)),
        Err(_) => covers(input, file).then(|| file.to_owned()),
    }
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// What files hold: one program answers for all of them.
struct Contents {
    commit: String,
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Drop for Contents {
    fn drop(&mut self) {
        // It waits for questions that nobody asks; if it has ended already, so much the better.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Contents {
    fn open(repository: &Repository) -> Result<Self, Stop> {
        let mut child = git(&repository.folder, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(cannot_run)?;
        let (ask, answer) = (child.stdin.take(), child.stdout.take());
        let pipes = ask.zip(answer);
        let (ask, answer) = pipes.ok_or_else(|| Stop::usage("git has no stdin and stdout"))?;
        Ok(Self {
            commit: repository.commit.clone(),
            child,
            ask,
            answer: BufReader::new(answer),
        })
    }

    fn read(&mut self, file: &str) -> Result<String, Stop> {
        let read = self.bytes(file).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| io::Error::other(error.utf8_error()))
        });
        read.map_err(|error| Stop::io("read", Path::new(file), error))
    }

    /// Asks for `<commit>:<file>`, and reads `<id> blob <size>`, the content and a line's end.
    fn bytes(&mut self, file: &str) -> io::Result<Vec<u8>> {
        if file.contains('\n') {
            return Err(io::Error::other("a name with a line's end"));
        }
        writeln!(self.ask, "{}:{file}", self.commit)?;
        self.ask.flush()?;
        let mut header = String::new();
        self.answer.read_line(&mut header)?;
        let size = header.split_whitespace().nth(2);
        let size = size.and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(header.trim().to_owned()))?;
        let mut bytes = Vec::new();
        self.answer.by_ref().take(size).read_to_end(&mut bytes)?;
        self.answer.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

/// The only line that Git prints.
fn line(folder: &Path, words: &[&str]) -> Result<String, Stop> {
    let printed = output(folder, words)?;
    Ok(String::from_utf8_lossy(&printed)
        .trim_end_matches(['\r', '\n'])
        .to_owned())
}

/// What Git prints; its complaint, if it has one.
fn output(folder: &Path, words: &[&str]) -> Result<Vec<u8>, Stop> {
    let done = git(folder, words).output().map_err(cannot_run)?;
    match done.status.success() {
        true => Ok(done.stdout),
        false => {
            let said = String::from_utf8_lossy(&done.stderr);
            Err(Stop::usage(format!("git: {}", said.trim())))
        }
    }
}

fn git(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(words);
    command
}

fn cannot_run(error: io::Error) -> Stop {
    Stop::usage(format!("cannot run git: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_the_manifest_calls_it() {
        let asked = |input: &str, file: &str| {
            asked(Path::new(input), Path::new(file)).map(|path| path.display().to_string())
        };
        for (input, file, expected) in [
            (
                "main:/schemas",
                "main:/schemas/a.avsc",
                Some("main:/schemas/a.avsc"),
            ),
            ("main:/a.avsc", "main:/a.avsc", Some("main:/a.avsc")),
            (
                "main:/p/../shared",
                "main:/shared/a.avsc",
                Some("main:/p/../shared/a.avsc"),
            ),
            ("main:/p/.", "main:/p/a.avsc", Some("main:/p/./a.avsc")),
            (
                "main:/s/**/*.avsc",
                "main:/s/t/a.avsc",
                Some("main:/s/t/a.avsc"),
            ),
            ("main:/schemas", "main:/schema/a.avsc", None),
            ("main:/schemas", "main:/other/schemas/a.avsc", None),
        ] {
            assert_eq!(asked(input, file).as_deref(), expected, "{input} {file}");
        }
    }
}
