//! What the manifest demands of a schema.

use avro_model::compat::Mode;

use crate::config::{Config, Topic};
use crate::plan::Choices;

/// What a schema owes to its deployed versions: all that is demanded of it. Its own override
/// demands, and every topic that sets a mode; the manifest's `mode` is for where neither does.
pub(super) fn mode(config: &Config, choices: &Choices, name: &str) -> Mode {
    let own = choices.of(name).compatibility;
    let topics: Vec<Option<Mode>> = topics_of(config, name)
        .map(|topic| topic.compatibility)
        .collect();
    let is_open = topics.is_empty() || topics.contains(&None);
    let unset = (own.is_none() && is_open).then_some(config.compatibility.mode);
    let demands = own.into_iter().chain(topics.into_iter().flatten());
    demands.chain(unset).fold(Mode::None, Mode::and)
}

/// The topics whose values may be of this schema.
pub(super) fn topics(config: &Config, name: &str) -> Vec<String> {
    topics_of(config, name)
        .map(|topic| topic.name.value.clone())
        .collect()
}

fn topics_of<'c>(config: &'c Config, name: &'c str) -> impl Iterator<Item = &'c Topic> {
    config
        .topics
        .iter()
        .filter(move |topic| topic.values.iter().any(|value| value.value == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::History;
    use crate::plan;

    /// The mode of `Order` under this manifest.
    #[track_caller]
    fn check(manifest: &str, expected: Mode) {
        let config = Config::from_toml("avro.toml", manifest).unwrap();
        let text = r#"{"type": "fixed", "name": "Order", "size": 2}"#;
        let set = avro_model::compile_text(text).unwrap();
        let mut findings = Vec::new();
        let choices = plan::choose(&config, &set, &History::default(), &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(mode(&config, &choices, "Order"), expected, "{manifest}");
    }

    const OVERRIDE: &str = "[[override]]\nselect = \"Order\"\ncompatibility = ";

    fn topic(name: &str, mode: &str) -> String {
        format!("[[topic]]\nname = \"{name}\"\nvalue = \"Order\"\n{mode}\n")
    }

    #[test]
    fn the_mode_is_backward_unless_set() {
        check("", Mode::Backward);
        check("[compatibility]\nmode = \"FORWARD\"", Mode::Forward);
        check(&format!("{OVERRIDE}\"NONE\""), Mode::None);
        check(&topic("a", ""), Mode::Backward);
        let full = "compatibility = \"FULL_TRANSITIVE\"";
        check(&topic("a", full), Mode::FullTransitive);
    }

    #[test]
    fn all_that_is_demanded_counts() {
        let forward = "compatibility = \"FORWARD\"";
        check(&topic("a", forward), Mode::Forward);
        let both = topic("a", forward) + &topic("b", "");
        check(&both, Mode::Full);
        let none = "compatibility = \"NONE\"";
        check(&(topic("a", none) + &topic("b", none)), Mode::None);
        check(&(topic("a", none) + &topic("b", forward)), Mode::Forward);
        let own = format!("{OVERRIDE}\"BACKWARD_TRANSITIVE\"\n");
        check(&(own.clone() + &topic("a", "")), Mode::BackwardTransitive);
        check(&(own + &topic("a", forward)), Mode::FullTransitive);
    }

    #[test]
    fn the_last_override_counts() {
        check(
            &format!("{OVERRIDE}\"FULL\"\n{OVERRIDE}\"FORWARD\""),
            Mode::Forward,
        );
    }
}
