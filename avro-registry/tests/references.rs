//! Schemas that refer to others, over HTTP: which of the others count, and what is asked for.

mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use avro_registry::{ErrorKind, HttpRegistry, SchemaId, SchemaRegistry};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use shelf::{Content, Held, Shelf};

type Reference = (String, String, u32);

fn reference(name: &str, subject: &str, version: u32) -> Reference {
    (name.into(), subject.into(), version)
}

/// A record with one field of each of these types.
fn record(name: &str, types: &[Value]) -> Value {
    let fields = types
        .iter()
        .zip(1..)
        .map(|(ty, n)| json!({"name": format!("f{n}"), "type": ty}));
    json!({"type": "record", "name": name, "fields": fields.collect::<Value>()})
}

fn fixed(name: &str, size: u32) -> Value {
    json!({"type": "fixed", "name": name, "size": size})
}

impl Content {
    fn put(&mut self, subject: &str, version: u32, text: &Value, references: &[Reference]) {
        let held = (text.to_string(), references.to_vec());
        self.versions.insert((subject.into(), version), held);
    }
}

/// What the client makes of a schema with these references, beside what the registry holds.
async fn whole(shelf: &Shelf, text: &Value, references: &[Reference]) -> Value {
    let text = asked(shelf, text, references, |builder| builder).await;
    serde_json::from_str(&text.unwrap()).unwrap()
}

async fn asked(
    shelf: &Shelf,
    text: &Value,
    references: &[Reference],
    set: impl Fn(avro_registry::HttpRegistryBuilder) -> avro_registry::HttpRegistryBuilder,
) -> Result<String, avro_registry::RegistryError> {
    {
        let mut content = shelf.content.lock().unwrap();
        content
            .ids
            .insert(1, (text.to_string(), references.to_vec()));
        content.asked.clear();
    }
    let registry = set(HttpRegistry::builder(&shelf.url())).build().unwrap();
    let text = registry.schema_by_id(SchemaId::new(1)).await?;
    avro_model::compile_text(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    Ok(text.to_string())
}

/// `a.Addr` at two versions, and `a.Order` and `a.Bill` that refer to one of them each.
async fn two_versions() -> (Shelf, Value, Value) {
    let shelf = Shelf::start().await;
    let (old, new) = (
        record("a.Addr", &[json!("string")]),
        record("a.Addr", &[json!("int")]),
    );
    {
        let mut content = shelf.content.lock().unwrap();
        content.put("addr", 1, &old, &[]);
        content.put("addr", 2, &new, &[]);
        for (name, version) in [("Order", 1), ("Bill", 2)] {
            let text = record(&format!("a.{name}"), &[json!("a.Addr")]);
            content.put(
                &name.to_lowercase(),
                1,
                &text,
                &[reference("a.Addr", "addr", version)],
            );
        }
    }
    (shelf, old, new)
}

#[tokio::test]
async fn one_name_at_two_versions_is_the_first_that_is_met() {
    let (shelf, old, new) = two_versions().await;
    let (order, bill) = (
        reference("a.Order", "order", 1),
        reference("a.Bill", "bill", 1),
    );
    let root = record("a.Root", &[json!("a.Order"), json!("a.Bill")]);
    for (list, addr) in [([&order, &bill], &old), ([&bill, &order], &new)] {
        let list = list.map(Clone::clone);
        let order = record("a.Order", std::slice::from_ref(addr));
        let expected = record("a.Root", &[order, record("a.Bill", &[json!("a.Addr")])]);
        assert_eq!(whole(&shelf, &root, &list).await, expected);
    }
}

#[tokio::test]
async fn a_direct_reference_counts_if_it_is_listed_before_an_indirect_one() {
    let (shelf, old, new) = two_versions().await;
    let (direct, order) = (
        reference("a.Addr", "addr", 2),
        reference("a.Order", "order", 1),
    );
    let root = record("a.Root", &[json!("a.Addr"), json!("a.Order")]);
    for (list, addr) in [([&direct, &order], new), ([&order, &direct], old)] {
        let list = list.map(Clone::clone);
        let expected = record("a.Root", &[addr, record("a.Order", &[json!("a.Addr")])]);
        assert_eq!(whole(&shelf, &root, &list).await, expected);
    }
}

#[tokio::test]
async fn what_was_deleted_since_is_asked_for_and_found() {
    let (shelf, old, _) = two_versions().await;
    let every = [("addr".to_owned(), 1), ("order".to_owned(), 1)];
    shelf.content.lock().unwrap().deleted.extend(every);
    let root = record("a.Root", &[json!("a.Order")]);
    let expected = record("a.Root", &[record("a.Order", &[old])]);
    assert_eq!(
        whole(&shelf, &root, &[reference("a.Order", "order", 1)]).await,
        expected
    );
    let asked = shelf.content.lock().unwrap().asked.clone();
    let expected = [
        "/schemas/ids/1",
        "/subjects/order/versions/1",
        "/subjects/addr/versions/1",
    ];
    assert_eq!(asked, expected.map(|path| format!("{path}?deleted=true")));
}

#[tokio::test]
async fn subjects_of_any_name_and_context_are_found() {
    let shelf = Shelf::start().await;
    let inner = fixed("a.Inner", 3);
    {
        let mut content = shelf.content.lock().unwrap();
        content.put(":.ctx:in ner/1", 1, &inner, &[]);
        let text = record("a.Outer", &[json!("a.Inner")]);
        // Without a context of its own, the inner subject is one of the outer subject's context.
        content.put(
            ":.ctx:outer",
            1,
            &text,
            &[reference("a.Inner", "in ner/1", 1)],
        );
    }
    let root = json!(["null", "a.Outer"]);
    let expected = json!(["null", record("a.Outer", &[inner])]);
    assert_eq!(
        whole(&shelf, &root, &[reference("a.Outer", ":.ctx:outer", 1)]).await,
        expected
    );
}

#[tokio::test]
async fn a_circle_is_a_type_that_holds_itself() {
    let shelf = Shelf::start().await;
    let (a, b) = (reference("a.A", "a", 1), reference("a.B", "b", 1));
    {
        let mut content = shelf.content.lock().unwrap();
        content.put(
            "a",
            1,
            &record("a.A", &[json!(["null", "a.B"])]),
            std::slice::from_ref(&b),
        );
        content.put(
            "b",
            1,
            &record("a.B", &[json!(["null", "a.A"])]),
            std::slice::from_ref(&a),
        );
    }
    let b = record("a.B", &[json!(["null", "a.A"])]);
    let expected = json!({"type": "array", "items": record("a.A", &[json!(["null", b])])});
    let root = json!({"type": "array", "items": "a.A"});
    assert_eq!(whole(&shelf, &root, &[a]).await, expected);
    assert_eq!(shelf.content.lock().unwrap().asked.len(), 3);
}

#[tokio::test]
async fn a_thousand_references_are_put_in_place() {
    let shelf = Shelf::start().await;
    let names: Vec<_> = (0..1001).map(|n| format!("a.T{n}")).collect();
    {
        let mut content = shelf.content.lock().unwrap();
        for (name, n) in names.iter().zip(1..) {
            content.put(name, 1, &fixed(name, n), &[]);
        }
    }
    let list = |count: usize| -> Vec<_> {
        names[..count]
            .iter()
            .map(|name| reference(name, name, 1))
            .collect()
    };
    let types: Vec<_> = names[..1000].iter().map(|name| json!(name)).collect();
    let root = record("a.Root", &types);
    let fixeds: Vec<_> = names[..1000]
        .iter()
        .zip(1..)
        .map(|(name, n)| fixed(name, n))
        .collect();
    assert_eq!(
        whole(&shelf, &root, &list(1000)).await,
        record("a.Root", &fixeds)
    );
    let error = asked(&shelf, &root, &list(1001), |builder| builder)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadReferences);
    let what = format!(
        "GET {}/schemas/ids/1?deleted=true: it leads to more than 1000 other schemas",
        shelf.url()
    );
    assert!(error.to_string().contains(&what), "{error}");
}

/// A thousand records that refer to one another at random, as deep as it comes.
#[tokio::test]
async fn a_tangle_of_a_thousand_references_is_put_in_place() {
    let shelf = Shelf::start().await;
    let name = |n: u32| format!("r.S{n}");
    for n in 0..1000 {
        let others = [(n * 7 + 3) % 1000, (n * 13 + 11) % 1000, (n + 1) % 1000];
        let references = others.map(|other| (other, 1));
        let list = others.map(|other| reference(&name(other), &name(other), 1));
        let text = text(&name(n), n, &references, None);
        shelf.content.lock().unwrap().put(&name(n), 1, &text, &list);
    }
    let root = json!({"type": "array", "items": "r.S0"});
    let whole = whole(&shelf, &root, &[reference("r.S0", "r.S0", 1)]).await;
    assert_eq!(
        whole.to_string().matches(r#""type":"record""#).count(),
        1000
    );
}

#[tokio::test]
async fn all_that_a_schema_refers_to_has_the_bound_of_an_answer() {
    let shelf = Shelf::start().await;
    // Three texts that refer to one another, of 1,000 bytes and some each.
    let link = |n: u32| reference(&format!("a.T{n}"), "s", n);
    let mut together = 0;
    for n in 1..=3 {
        let types = (n < 3).then(|| json!(format!("a.T{}", n + 1)));
        let mut text = record(&format!("a.T{n}"), types.as_slice());
        text["doc"] = "x".repeat(1000).into();
        together += text.to_string().len();
        let list: Vec<_> = (n < 3).then(|| link(n + 1)).into_iter().collect();
        shelf.content.lock().unwrap().put("s", n, &text, &list);
    }
    let root = record("a.Root", &[json!("a.T1")]);
    let list = [link(1)];
    let answers = |most: usize| asked(&shelf, &root, &list, move |it| it.max_answer_bytes(most));
    assert!(answers(together).await.is_ok());
    let error = answers(together - 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadReferences);
    let what = format!("more than {} bytes together", together - 1);
    assert!(error.to_string().contains(&what), "{error}");
}

#[tokio::test]
async fn a_graph_that_is_no_schema_says_what_is_missing() {
    let (shelf, ..) = two_versions().await;
    let root = record("a.Root", &[json!("a.Order"), json!("a.Gone")]);
    let list = [reference("a.Order", "order", 1)];
    let error = asked(&shelf, &root, &list, |it| it).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadReferences);
    assert!(
        error.to_string().contains("`a.Gone`, which is not defined"),
        "{error}"
    );
    let list = [reference("a.Gone", "gone", 7)];
    let error = asked(&shelf, &root, &list, |it| it).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SubjectNotFound);
    assert!(
        error
            .to_string()
            .contains("/subjects/gone/versions/7?deleted=true"),
        "{error}"
    );
}

/// The subjects and versions that a schema refers to, and perhaps a fixed that it defines.
type Node = (Vec<(u32, u32)>, Option<u32>);

/// A graph of eight subjects at three versions. Each text defines a record with a field for each
/// of its references, and perhaps, inside, a fixed that other texts define in another size.
fn graphs() -> impl Strategy<Value = Vec<Node>> {
    let list = prop::collection::vec((0..8_u32, 1..4_u32), 0..5);
    prop::collection::vec((list, prop::option::of(0..3_u32)), 25)
}

/// The text of the `n`th schema of a graph.
fn text(name: &str, n: u32, references: &[(u32, u32)], fixed_in: Option<u32>) -> Value {
    let names = references
        .iter()
        .map(|(subject, _)| format!("r.S{subject}"));
    let names: BTreeSet<_> = names.collect();
    let mut types: Vec<_> = fixed_in
        .iter()
        .map(|it| fixed(&format!("r.F{it}"), n + 1))
        .collect();
    types.extend(names.iter().map(|name| json!(["null", name])));
    record(name, &types)
}

/// Confluent's rule in its plainest form: what each name means, in the order in which it is met.
fn meaning(
    (text, list): &Held,
    versions: &BTreeMap<(String, u32), Held>,
    taken: &mut BTreeSet<String>,
    meant: &mut BTreeMap<String, Value>,
) {
    let text: Value = serde_json::from_str(text).unwrap();
    for ty in text["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| &field["type"])
    {
        if let Some(name) = ty["name"].as_str() {
            meant.entry(name.to_owned()).or_insert_with(|| ty.clone());
        }
    }
    let name = text["name"].as_str().unwrap().to_owned();
    meant.entry(name).or_insert(text);
    for (name, subject, version) in list {
        if taken.insert(name.clone()) {
            meaning(
                &versions[&(subject.clone(), *version)],
                versions,
                taken,
                meant,
            );
        }
    }
}

/// The type of a name, with each type at its first use.
fn spelt(name: &str, meant: &BTreeMap<String, Value>, used: &mut BTreeSet<String>) -> Value {
    if !used.insert(name.to_owned()) {
        return name.into();
    }
    let mut ty = meant[name].clone();
    for field in ty
        .get_mut("fields")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let ty = &mut field["type"];
        if let Some(inner) = ty[1].as_str().map(str::to_owned) {
            ty[1] = spelt(&inner, meant, used);
        } else if let Some(inner) = ty["name"].as_str().map(str::to_owned) {
            *ty = spelt(&inner, meant, used);
        }
    }
    ty
}

/// The schema in the canonical form, which spells a name in one way.
fn form(schema: &Value) -> String {
    let set = avro_model::compile_text(&schema.to_string()).unwrap();
    avro_model::canonical::form(&set, &set.only_root().unwrap().schema)
}

#[test]
fn any_graph_is_read_as_confluents_clients_read_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let shelf = runtime.block_on(Shelf::start());
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(200)
    };
    let outcome = TestRunner::new(config).run(&graphs(), |graph| {
        let list = |references: &[(u32, u32)]| -> Vec<_> {
            let list = references.iter().map(|&(subject, version)| {
                reference(&format!("r.S{subject}"), &format!("s{subject}"), version)
            });
            list.collect()
        };
        let mut content = Content::default();
        for ((references, fixed_in), n) in graph[..24].iter().zip(0..) {
            let (subject, version) = (n / 3, n % 3 + 1);
            let text = text(&format!("r.S{subject}"), n, references, *fixed_in);
            content.put(&format!("s{subject}"), version, &text, &list(references));
        }
        let (references, fixed_in) = &graph[24];
        let root = (text("r.Root", 24, references, *fixed_in), list(references));
        let held = (root.0.to_string(), root.1.clone());
        let mut meant = BTreeMap::new();
        meaning(&held, &content.versions, &mut BTreeSet::new(), &mut meant);
        let expected = spelt("r.Root", &meant, &mut BTreeSet::new());
        *shelf.content.lock().unwrap() = content;
        let whole = runtime.block_on(whole(&shelf, &root.0, &root.1));
        prop_assert_eq!(form(&whole), form(&expected));
        Ok(())
    });
    outcome.unwrap();
}
