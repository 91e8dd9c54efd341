//! The servers' files under the `dist` folder, from Maven Central.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::maven;

/// The version of Kafka.
pub(super) const KAFKA: &str = "4.1.0";

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
/// The broker, its `StorageTool`, and a logger: without one it would die in silence.
///
/// # Errors
///
/// If Maven is missing or fails.
pub(super) fn kafka(dist: &Path) -> Result<PathBuf, Error> {
    let libraries = [
        ("org.apache.kafka", "kafka_2.13", KAFKA),
        ("org.apache.kafka", "kafka-tools", KAFKA),
        ("org.slf4j", "slf4j-simple", "1.7.36"),
    ];
    maven::jars(dist, &format!("kafka-{KAFKA}"), &libraries)
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
    Ok(maven::unpacked(dist, &name, &artifact)?.join(release.jar))
}
