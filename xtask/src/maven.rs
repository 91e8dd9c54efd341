//! Maven Central → jars in a folder that is kept from run to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Error;
use crate::process;

/// The plugin that fetches, with its version, so that every machine uses the same.
const PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

/// A library: group, artifact, version.
pub(crate) type Artifact<'a> = (&'a str, &'a str, &'a str);

/// Fetches libraries and what they depend on, unless they are there: the folder of the jars.
///
/// # Errors
///
/// If Maven is missing or fails.
pub(crate) fn jars(dist: &Path, name: &str, libraries: &[Artifact<'_>]) -> Result<PathBuf, Error> {
    fetch(dist, name, |maven, folder| {
        let pom = folder.join("pom.xml");
        fs::write(&pom, pom_text(libraries))?;
        maven
            .arg("--file")
            .arg(pom)
            .arg(format!("{PLUGIN}:copy-dependencies"))
            .arg("-DincludeScope=runtime")
            .arg(format!("-DoutputDirectory={}", folder.display()));
        Ok(())
    })
}

/// Fetches an archive and unpacks it, unless it is there: the folder.
///
/// # Errors
///
/// If Maven is missing or fails.
pub(crate) fn unpacked(dist: &Path, name: &str, artifact: &str) -> Result<PathBuf, Error> {
    fetch(dist, name, |maven, folder| {
        maven
            .arg(format!("{PLUGIN}:unpack"))
            .arg(format!("-Dartifact={artifact}"))
            .arg(format!("-DoutputDirectory={}", folder.display()));
        Ok(())
    })
}

/// Fetches into a folder beside its place and renames it, so that half a download never counts.
fn fetch(
    dist: &Path,
    name: &str,
    prepare: impl FnOnce(&mut Command, &Path) -> Result<(), Error>,
) -> Result<PathBuf, Error> {
    let place = dist.join(name);
    if place.exists() {
        return Ok(place);
    }
    require_maven()?;
    eprintln!("fetching {name} from Maven Central");
    let partial = dist.join(format!("{name}.partial"));
    let told = |error| format!("{}: {error}", partial.display());
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(told)?;
    }
    fs::create_dir_all(&partial).map_err(told)?;
    let mut maven = Command::new("mvn");
    maven
        .args(["--batch-mode", "--quiet"])
        .current_dir(&partial);
    prepare(&mut maven, &partial)?;
    process::run(&mut maven)?;
    fs::rename(&partial, &place).map_err(told)?;
    Ok(place)
}

fn require_maven() -> Result<(), Error> {
    let asked = Command::new("mvn")
        .arg("-version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match asked {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            Err(format!("`mvn -version` fails ({status}); does Maven find a Java?").into())
        }
        Err(error) => Err(format!(
            "`mvn` does not run ({error}); Debian and Ubuntu: apt-get install maven"
        )
        .into()),
    }
}

/// A project that only depends on these.
fn pom_text(libraries: &[Artifact<'_>]) -> String {
    let dependency = |(group, artifact, version): &Artifact<'_>| {
        format!(
            "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
             <version>{version}</version></dependency>\n"
        )
    };
    let dependencies: String = libraries.iter().map(dependency).collect();
    format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  \
         <modelVersion>4.0.0</modelVersion>\n  \
         <groupId>local</groupId><artifactId>fetched</artifactId><version>1</version>\n  \
         <dependencies>\n{dependencies}  </dependencies>\n</project>\n"
    )
}
