//! `Config::freeze` and `Config::adopt` on a project's folder: what is recorded, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use avro_codegen::{Config, Frozen, Recorded};

/// A project with these schemas, and nothing deployed.
struct Project {
    root: PathBuf,
}

impl Project {
    fn new(name: &str, manifest: &str, schemas: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("freeze")
            .join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        let project = Self { root };
        project.write("avro.toml", &format!("schemas = [\"schemas\"]\n{manifest}"));
        for (path, text) in schemas {
            project.write(&format!("schemas/{path}"), text);
        }
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn config(&self) -> Config {
        Config::load(self.root.join("avro.toml")).unwrap()
    }

    /// What is recorded, as `name n`.
    fn freeze(&self, names: &[&str]) -> Result<Vec<String>, String> {
        let frozen = self.config().freeze(names, false);
        frozen
            .map(|frozen| brief(&frozen.recorded))
            .map_err(|error| error.render(false))
    }

    fn force(&self, names: &[&str]) -> Frozen {
        self.config().freeze(names, true).unwrap()
    }

    /// Whether a build goes through, or what it says.
    fn build(&self) -> Result<(), String> {
        let config = self.config();
        let generated = config.generate(&config.load_sources().unwrap());
        generated.map(drop).map_err(|error| error.render(false))
    }

    /// Every file of the history, and the lock.
    fn deployed(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.root.join("avro-history")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push(path),
                }
            }
        }
        let shown = |path: &PathBuf| {
            let parts = path.strip_prefix(&self.root).unwrap().iter();
            let parts: Vec<_> = parts.map(|part| part.to_str().unwrap()).collect();
            parts.join("/")
        };
        let mut files: Vec<String> = files.iter().map(shown).collect();
        files.sort();
        files
    }
}

fn brief(recorded: &[Recorded]) -> Vec<String> {
    recorded
        .iter()
        .map(|version| format!("{} {}", version.name, version.number))
        .collect()
}

const MONEY: &str = "// In the smallest unit.\n{\"type\": \"record\", \"name\": \"shop.Money\", \"owner\": \"sales\", \"fields\": [{\"name\": \"cents\", \"type\": \"long\"}]}";
const ORDER: &str = "{\"namespace\": \"shop\", \"name\": \"Order\", \"type\": \"record\", \"fields\": [\n  {\"type\": \"long\", \"name\": \"id\", \"doc\": \"Identifies the order among all orders of this shop, from the first to the last.\"},\n  {\"name\": \"total\", \"type\": \"Money\"}, {\"name\": \"paid\", \"type\": [\"null\", \"Money\"], \"default\": null}]}";
const TOPIC: &str = "[[topic]]\nname = \"orders\"\nvalue = \"shop.Order\"\n";

fn shop(name: &str) -> Project {
    let schemas = [("Money.avsc", MONEY), ("Order.avsc", ORDER)];
    Project::new(name, TOPIC, &schemas)
}

fn recorded(names: &[&str]) -> Result<Vec<String>, String> {
    Ok(names.iter().map(|&name| name.to_owned()).collect())
}

/// Self-contained, every attribute in its order, laid out as people write schemas.
#[test]
fn a_version_is_the_whole_schema_as_it_is_written() {
    let shop = shop("whole");
    assert_eq!(shop.freeze(&[]), recorded(&["shop.Order 1"]));
    let text = shop.read("avro-history/shop.Order/1.avsc");
    let expected = r#"{
  "namespace": "shop",
  "name": "Order",
  "type": "record",
  "fields": [
    {
      "type": "long",
      "name": "id",
      "doc": "Identifies the order among all orders of this shop, from the first to the last."
    },
    {
      "name": "total",
      "type": {
        "type": "record",
        "name": "shop.Money",
        "owner": "sales",
        "fields": [{"name": "cents", "type": "long"}]
      }
    },
    {"name": "paid", "type": ["null", "Money"], "default": null}
  ]
}
"#;
    assert_eq!(text, expected);
    let lock = shop.read("avro.lock");
    assert!(
        lock.contains("\n[[schema]]\nname = \"shop.Order\"\nversion = 1\nsha256 = \""),
        "{lock}"
    );
    assert_eq!(shop.deployed(), ["avro-history/shop.Order/1.avsc"]);
    assert_eq!(shop.build(), Ok(()));
}

#[test]
fn what_is_deployed_already_is_not_recorded_again() {
    let shop = shop("again");
    shop.freeze(&[]).unwrap();
    let (text, lock) = (
        shop.read("avro-history/shop.Order/1.avsc"),
        shop.read("avro.lock"),
    );
    // Blanks and comments are no change, an attribute is one: a registry holds it.
    shop.write("schemas/Money.avsc", &MONEY.replace(": ", ":  "));
    let frozen = shop.config().freeze(&["shop.Order"], false).unwrap();
    assert_eq!(
        (frozen.recorded, frozen.unchanged),
        (Vec::new(), vec!["shop.Order".to_owned()])
    );
    assert_eq!(shop.read("avro.lock"), lock);
    shop.write("schemas/Money.avsc", &MONEY.replace("sales", "books"));
    assert_eq!(shop.freeze(&[]), recorded(&["shop.Order 2"]));
    assert_eq!(shop.read("avro-history/shop.Order/1.avsc"), text);
    assert_eq!(shop.build(), Ok(()));
}

#[test]
fn a_breach_is_recorded_only_by_force() {
    let shop = shop("force");
    shop.freeze(&["shop.Order", "shop.Money"]).unwrap();
    let lock = shop.read("avro.lock");
    shop.write("schemas/Money.avsc", &MONEY.replace("long", "string"));
    assert!(shop.build().unwrap_err().contains("error[AVR104]"));
    assert!(shop.freeze(&[]).unwrap_err().contains("error[AVR104]"));
    assert!(
        shop.freeze(&["shop.Order"])
            .unwrap_err()
            .contains("error[AVR104]")
    );
    assert_eq!(shop.read("avro.lock"), lock);
    assert_eq!(shop.deployed().len(), 2);
    assert_eq!(
        brief(&shop.force(&[]).recorded),
        ["shop.Money 2", "shop.Order 2"]
    );
    assert_eq!(shop.build(), Ok(()));
}

/// One schema's breach does not keep another from being recorded.
#[test]
fn only_what_is_recorded_is_judged() {
    let shop = shop("judged");
    let fixed =
        |size| format!("{{\"type\": \"fixed\", \"name\": \"shop.Hash\", \"size\": {size}}}");
    shop.write("schemas/Hash.avsc", &fixed(2));
    shop.freeze(&["shop.Order", "shop.Hash"]).unwrap();
    shop.write("schemas/Hash.avsc", &fixed(3));
    shop.write("schemas/Money.avsc", &MONEY.replace("sales", "books"));
    assert_eq!(shop.freeze(&["shop.Order"]), recorded(&["shop.Order 2"]));
    assert!(shop.freeze(&[]).unwrap_err().contains("error[AVR101]"));
}

#[test]
fn a_schema_without_a_name_is_recorded_under_that_of_its_file() {
    let project = Project::new(
        "unnamed",
        "",
        &[("amounts.avsc", "{\"type\": \"array\", \"items\": \"long\"}")],
    );
    assert_eq!(project.freeze(&["amounts"]), recorded(&["amounts 1"]));
    assert_eq!(project.build(), Ok(()));
    project.write(
        "schemas/amounts.avsc",
        "{\"type\": \"array\", \"items\": \"int\"}",
    );
    assert!(project.build().unwrap_err().contains("error[AVR104]"));
}

#[test]
fn what_is_not_there_is_not_recorded() {
    let shop = shop("unknown");
    assert_eq!(
        shop.freeze(&["shop.Oder"]),
        Err("no schema defines `shop.Oder`; did you mean `shop.Order`?".to_owned())
    );
    let bare = Project::new("bare", "", &[("Money.avsc", MONEY)]);
    assert!(
        bare.freeze(&[])
            .unwrap_err()
            .contains("name the schemas to record")
    );
    assert_eq!(bare.freeze(&["shop.Money"]), recorded(&["shop.Money 1"]));
    assert!(
        bare.deployed()
            .contains(&"avro-history/shop.Money/1.avsc".to_owned())
    );
}

/// What is in doubt is not added to, forced or not.
#[test]
fn a_history_that_was_changed_takes_nothing() {
    let shop = shop("doubt");
    shop.freeze(&[]).unwrap();
    let text = shop.read("avro-history/shop.Order/1.avsc");
    shop.write(
        "avro-history/shop.Order/1.avsc",
        &text.replace("sales", "books"),
    );
    let forced = shop.config().freeze(&[] as &[&str], true).unwrap_err();
    assert!(forced.render(false).starts_with("error[AVR141]"));
    let adopted = shop.config().adopt().unwrap_err();
    assert!(adopted.render(false).starts_with("error[AVR141]"));
}

/// A version that another tool has deployed is listed as it is, mistakes included.
#[test]
fn a_version_that_was_put_there_by_hand_is_adopted() {
    let shop = shop("adopted");
    let deployed = ORDER.replace("\"Money\"", "{\"type\": \"long\", \"logicalType\": 3,}");
    let deployed = deployed.replacen("{\"type\": \"long\", \"logicalType\": 3,}]", "\"long\"]", 1);
    shop.write("avro-history/shop.Order/1.avsc", &deployed);
    assert!(shop.build().unwrap_err().starts_with("error[AVR142]"));
    let adopted = shop.config().adopt().unwrap();
    assert_eq!(brief(&adopted), ["shop.Order 1"]);
    assert!(shop.build().unwrap_err().starts_with("error[AVR104]"));
    assert_eq!(shop.config().adopt().unwrap(), []);
    assert_eq!(shop.read("avro-history/shop.Order/1.avsc"), deployed);

    shop.write("avro-history/shop.Order/3.avsc", &deployed);
    let gap = shop.config().adopt().unwrap_err();
    assert!(gap.render(false).starts_with("error[AVR144]"), "{gap:?}");
    shop.write("avro-history/shop.Money/1.avsc", "{\"type\": \"record\"}");
    let unreadable = shop.config().adopt().unwrap_err();
    assert!(
        unreadable.render(false).starts_with("error[AVR146]"),
        "{unreadable:?}"
    );
}
