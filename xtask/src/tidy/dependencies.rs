//! Which crate may depend on which: arrows point one way.
//!
//! A service that only consumes must compile neither a code generator, nor a command line parser,
//! nor an HTTP server, nor compression; and xtask must run while generated code is broken.

use std::collections::BTreeMap;

use crate::workspace::{Dependency, Package};

/// What a crate may use of the workspace, and the foreign crates that it must not force on others.
struct Rule {
    name: &'static str,
    /// Ordinary dependencies, optional ones included.
    uses: &'static [&'static str],
    /// Dependencies of the build script.
    build: &'static [&'static str],
    /// Foreign crates that only a feature may bring.
    not_by_default: &'static [&'static str],
}

const FILES: &[&str] = &[
    "avdl",
    "glob",
    "miette",
    "prettyplease",
    "proc-macro2",
    "quote",
    "syn",
];
const SERVICE: &[&str] = &[
    "axum",
    "bzip2",
    "clap",
    "flate2",
    "hyper",
    "lzma-rust2",
    "prettyplease",
    "proc-macro2",
    "quote",
    "schema_registry_converter",
    "snap",
    "syn",
    "zstd",
];

const RULES: &[Rule] = &[
    Rule {
        name: "avro-model",
        uses: &[],
        build: &[],
        not_by_default: FILES,
    },
    Rule {
        name: "avro-codegen",
        uses: &["avro-model"],
        build: &[],
        not_by_default: &["clap"],
    },
    Rule {
        name: "avro-derive",
        uses: &[],
        build: &[],
        not_by_default: &["clap"],
    },
    Rule {
        name: "avro-runtime",
        uses: &["avro-derive", "avro-model"],
        build: &[],
        not_by_default: SERVICE,
    },
    Rule {
        name: "avro-registry",
        uses: &["avro-model", "avro-runtime"],
        build: &[],
        not_by_default: SERVICE,
    },
    Rule {
        name: "avro-kafka",
        uses: &["avro-model", "avro-registry", "avro-runtime"],
        build: &[],
        not_by_default: SERVICE,
    },
    Rule {
        name: "cargo-avro",
        uses: &[
            "avro-codegen",
            "avro-model",
            "avro-registry",
            "avro-runtime",
        ],
        build: &[],
        not_by_default: &["axum", "hyper", "rdkafka"],
    },
    Rule {
        name: "generated-example",
        uses: &["avro-kafka", "avro-model", "avro-registry", "avro-runtime"],
        build: &["avro-codegen"],
        not_by_default: &[],
    },
    Rule {
        name: "avro-tests",
        uses: &[
            "avro-codegen",
            "avro-derive",
            "avro-kafka",
            "avro-model",
            "avro-registry",
            "avro-runtime",
        ],
        build: &["avro-codegen", "avro-model"],
        not_by_default: &[],
    },
    Rule {
        name: "avro-tests-edition-2018",
        uses: &["avro-runtime"],
        build: &["avro-codegen"],
        not_by_default: &[],
    },
    Rule {
        name: "avro-tests-edition-2021",
        uses: &["avro-runtime"],
        build: &["avro-codegen"],
        not_by_default: &[],
    },
    Rule {
        name: "xtask",
        uses: &["avro-codegen", "avro-model", "avro-runtime"],
        build: &[],
        not_by_default: &["clap"],
    },
];

/// The breaches, as sentences. Tests may use what they like, but nobody uses xtask, and xtask's
/// tests keep xtask's rule.
pub(super) fn check(packages: &[Package]) -> Vec<String> {
    let rules: BTreeMap<&str, &Rule> = RULES.iter().map(|rule| (rule.name, rule)).collect();
    let mut breaches = Vec::new();
    for package in packages {
        match rules.get(package.name.as_str()) {
            Some(rule) => breaches.extend(breaches_of(package, rule, packages)),
            None => breaches.push(format!(
                "{}: no rule says what this crate may depend on; add one to {}",
                package.name,
                file!().replace('\\', "/")
            )),
        }
    }
    breaches
}

fn breaches_of<'a>(
    package: &'a Package,
    rule: &'a Rule,
    members: &'a [Package],
) -> impl Iterator<Item = String> + 'a {
    package.dependencies.iter().filter_map(move |dependency| {
        let name = dependency.name.as_str();
        let is_member = members.iter().any(|member| member.name == name);
        let allowed = match dependency.kind.as_deref() {
            None if is_member => rule.uses.contains(&name),
            None => dependency.optional || !rule.not_by_default.contains(&name),
            Some("build") if is_member => rule.build.contains(&name),
            Some("dev") if is_member => {
                name != "xtask" && (rule.name != "xtask" || rule.uses.contains(&name))
            }
            Some(_) => true,
        };
        (!allowed).then(|| breach(&package.name, dependency))
    })
}

fn breach(package: &str, dependency: &Dependency) -> String {
    let kind = dependency
        .kind
        .as_deref()
        .map(|kind| format!(" ({kind})"))
        .unwrap_or_default();
    format!(
        "{package} depends on {}{kind}, against the direction of dependencies",
        dependency.name
    )
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::workspace::{Dependency, Package};

    fn package(name: &str, dependencies: &[(&str, Option<&str>, bool)]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|&(name, kind, optional)| Dependency {
                name: name.into(),
                kind: kind.map(Into::into),
                optional,
            })
            .collect();
        Package {
            name: name.into(),
            dependencies,
        }
    }

    /// How many breaches there are if `name` has this dependency.
    fn breaches(name: &str, dependency: (&str, Option<&str>, bool)) -> usize {
        let other = package(dependency.0, &[]);
        let is_member =
            dependency.0.starts_with("avro-") || ["cargo-avro", "xtask"].contains(&dependency.0);
        let mut packages = vec![package(name, &[dependency])];
        packages.extend(is_member.then_some(other));
        check(&packages).len()
    }

    #[test]
    fn arrows_point_one_way() {
        assert_eq!(breaches("avro-codegen", ("avro-model", None, false)), 0);
        assert_eq!(breaches("avro-model", ("avro-codegen", None, false)), 1);
        assert_eq!(
            breaches("avro-kafka", ("avro-codegen", Some("build"), false)),
            1
        );
        assert_eq!(
            breaches("generated-example", ("avro-codegen", Some("build"), false)),
            0
        );
        assert_eq!(
            breaches("generated-example", ("avro-codegen", None, false)),
            1
        );
        assert_eq!(
            breaches("avro-runtime", ("avro-codegen", Some("dev"), false)),
            0
        );
        assert_eq!(breaches("avro-tests", ("xtask", Some("dev"), false)), 1);
        assert_eq!(breaches("xtask", ("avro-kafka", Some("dev"), false)), 1);
        assert_eq!(breaches("cargo-avro", ("avro-codegen", None, false)), 0);
        assert_eq!(breaches("cargo-avro", ("avro-kafka", None, false)), 1);
        assert_eq!(breaches("avro-codegen", ("cargo-avro", None, false)), 1);
    }

    #[test]
    fn heavy_crates_come_by_feature_only() {
        assert_eq!(breaches("avro-registry", ("axum", None, false)), 1);
        assert_eq!(breaches("avro-registry", ("axum", None, true)), 0);
        assert_eq!(breaches("avro-registry", ("axum", Some("dev"), false)), 0);
        let converter = "schema_registry_converter";
        assert_eq!(breaches("avro-registry", (converter, None, false)), 1);
        assert_eq!(breaches("avro-registry", (converter, None, true)), 0);
        assert_eq!(breaches("avro-runtime", ("zstd", None, false)), 1);
        assert_eq!(breaches("avro-runtime", ("zstd", None, true)), 0);
    }

    #[test]
    fn a_new_crate_needs_a_rule() {
        let found = check(&[package("avro-new", &[])]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("avro-new") && found[0].contains("dependencies.rs"));
    }
}
