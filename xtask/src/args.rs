//! Command line words → what the tasks ask for: a flag, an option with a value, the next word.

use crate::Error;

/// The words of the command line that no task has taken yet.
#[derive(Debug)]
pub(crate) struct Args {
    rest: Vec<String>,
}

impl Args {
    /// The words after the program's name.
    pub(crate) fn from_env() -> Self {
        Self {
            rest: std::env::args().skip(1).collect(),
        }
    }

    /// Takes a flag, wherever it stands.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|word| word != name);
        self.rest.len() < before
    }

    /// Takes `--name VALUE` or `--name=VALUE`.
    ///
    /// # Errors
    ///
    /// If the option is there without a value.
    pub(crate) fn option(&mut self, name: &str) -> Result<Option<String>, Error> {
        let inline = format!("{name}=");
        let Some(at) = self
            .rest
            .iter()
            .position(|word| word == name || word.starts_with(&inline))
        else {
            return Ok(None);
        };
        let word = self.rest.remove(at);
        match word.strip_prefix(&inline) {
            Some(value) => Ok(Some(value.to_owned())),
            None if at < self.rest.len() => Ok(Some(self.rest.remove(at))),
            None => Err(format!("`{name}` needs a value").into()),
        }
    }

    /// Takes `--name NUMBER` or `--name=NUMBER`.
    ///
    /// # Errors
    ///
    /// If the option is there without a number.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u64>, Error> {
        let Some(value) = self.option(name)? else {
            return Ok(None);
        };
        let number = value.parse();
        number
            .map(Some)
            .map_err(|_| format!("`{name}` takes a number, not `{value}`").into())
    }

    /// Takes the next word that is no flag or option.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.rest.iter().position(|word| !word.starts_with('-'))?;
        Some(self.rest.remove(at))
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// If a word is left that nothing has asked for.
    pub(crate) fn finish(self) -> Result<(), Error> {
        match self.rest.first() {
            Some(word) => Err(format!("`{word}` is not understood here; see --help").into()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(words: &[&str]) -> Args {
        Args {
            rest: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    #[test]
    fn words_flags_and_options_are_taken_in_any_order() {
        let mut args = args(&["--check", "conformance", "--corpora", "a dir", "--only=x"]);
        assert!(args.flag("--check"));
        assert!(!args.flag("--check"));
        assert_eq!(args.option("--corpora").unwrap().as_deref(), Some("a dir"));
        assert_eq!(args.option("--only").unwrap().as_deref(), Some("x"));
        assert_eq!(args.word().as_deref(), Some("conformance"));
        args.finish().unwrap();
    }

    #[test]
    fn a_word_that_nobody_asked_for_is_an_error() {
        assert!(
            args(&["--chekc"])
                .finish()
                .unwrap_err()
                .to_string()
                .contains("--chekc")
        );
        assert!(args(&["--corpora"]).option("--corpora").is_err());
        assert_eq!(args(&["--seed", "7"]).number("--seed").unwrap(), Some(7));
        assert!(args(&["--seed=x"]).number("--seed").is_err());
    }
}
