//! Packages of Python from PyPI, in environments of their own below the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::process;

/// Makes an environment with these packages unless there is one; the path of its Python.
///
/// The packages are lines of a requirements file. All of them are pinned and none brings another
/// one, so that a run of today and one of next year have the same packages.
///
/// # Errors
///
/// If the machine has no Python, or a package cannot be installed.
pub(crate) fn environment(place: &Path, requirements: &str) -> Result<PathBuf, Error> {
    let python = place.join("bin/python");
    // Written last, so that half of an environment never counts, nor one of other packages.
    let stamp = place.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(python);
    }
    eprintln!("installing {} from PyPI", packages(requirements).join(", "));
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(place);
    process::run(&mut venv)
        .map_err(|error| format!("{error}\n(Debian and Ubuntu: apt-get install python3-venv)"))?;
    let list = place.join("requirements.txt");
    fs::write(&list, requirements)?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--requirement",
    ])
    .arg(&list);
    process::run(&mut pip)?;
    fs::write(&stamp, requirements)?;
    Ok(python)
}

/// The lines that name packages.
fn packages(requirements: &str) -> Vec<&str> {
    let lines = requirements.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::packages;

    #[test]
    fn comments_are_no_packages() {
        let requirements = "# Why.\n\na==1\n  b==2.0 \n";
        assert_eq!(packages(requirements), ["a==1", "b==2.0"]);
    }

    #[test]
    fn every_package_of_the_repository_is_pinned() {
        let interop = include_str!("../interop/requirements.txt");
        assert!(!packages(interop).is_empty());
        for package in packages(interop) {
            assert!(package.contains("=="), "{package}");
        }
    }
}
