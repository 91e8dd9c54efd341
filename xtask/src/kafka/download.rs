//! Maven Central → the servers' files under the `dist` folder, kept from run to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::process;
use crate::Error;

/// The version of Kafka.
pub(super) const KAFKA: &str = "4.1.0";

/// The plugin that fetches, with its version, so that every machine uses the same.
const PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

/// A release of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RegistryRelease {
    pub(super) version: &'static str,
    /// The oldest Java that it runs on.
    pub(super) java: u32,
    /// The jar in its folder that starts it.
    pub(super) jar: &'static str,
}

/// The registry's releases, the preferred one first.
pub(super) const REGISTRY: [RegistryRelease; 2] = [
    RegistryRelease {
        version: "3.3.3",
        java: 21,
        jar: "quarkus-run.jar",
    },
    RegistryRelease {
        version: "2.6.13.Final",
        java: 17,
        jar: "apicurio-registry-app-2.6.13.Final-runner.jar",
    },
];

/// Fetches Kafka unless it is there: the folder of its jars.
///
/// # Errors
///
/// If Maven is missing or fails.
pub(super) fn kafka(dist: &Path) -> Result<PathBuf, Error> {
    fetch(dist, &format!("kafka-{KAFKA}"), |maven, folder| {
        let pom = folder.join("pom.xml");
        fs::write(&pom, pom_text())?;
        maven
            .arg("--file")
            .arg(pom)
            .arg(format!("{PLUGIN}:copy-dependencies"))
            .arg("-DincludeScope=runtime")
            .arg(format!("-DoutputDirectory={}", folder.display()));
        Ok(())
    })
}

/// Fetches the registry unless it is there: the jar that starts it.
///
/// # Errors
///
/// If Maven is missing or fails.
pub(super) fn registry(dist: &Path, release: RegistryRelease) -> Result<PathBuf, Error> {
    let version = release.version;
    let artifact = format!("io.apicurio:apicurio-registry-app:{version}:tar.gz:all");
    let name = format!("apicurio-registry-{version}");
    let folder = fetch(dist, &name, |maven, folder| {
        maven
            .arg(format!("{PLUGIN}:unpack"))
            .arg(format!("-Dartifact={artifact}"))
            .arg(format!("-DoutputDirectory={}", folder.display()));
        Ok(())
    })?;
    Ok(folder.join(release.jar))
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

/// Kafka's broker, its `StorageTool`, and a logger: without one it would die in silence.
fn pom_text() -> String {
    let dependency = |group: &str, artifact: &str, version: &str| {
        format!(
            "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
             <version>{version}</version></dependency>\n"
        )
    };
    [
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  \
         <modelVersion>4.0.0</modelVersion>\n  \
         <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version>\n  \
         <dependencies>\n"
            .to_owned(),
        dependency("org.apache.kafka", "kafka_2.13", KAFKA),
        dependency("org.apache.kafka", "kafka-tools", KAFKA),
        dependency("org.slf4j", "slf4j-simple", "1.7.36"),
        "  </dependencies>\n</project>\n".to_owned(),
    ]
    .concat()
}
