use proptest::prelude::*;

use super::*;
use crate::SchemaId;

type Key = (String, u32);
type Graph = BTreeMap<Key, Vec<Reference>>;

fn reference(name: &str, subject: &str, version: u32) -> Reference {
    Reference {
        name: name.into(),
        subject: subject.into(),
        version,
    }
}

/// What a graph holds under a key; the text is the key itself.
fn registered(graph: &Graph, (subject, version): &Key) -> Registered {
    let references = graph[&(subject.clone(), *version)].clone();
    let text = format!("{subject} version {version}");
    Registered::new(subject, SchemaId::new(1), *version, text).with_references(references)
}

/// The texts in the order in which the walk meets them.
fn walked(graph: &Graph, root: &[Reference]) -> Result<Vec<String>, RegistryError> {
    let mut walk = Walk::new(None, root.to_vec(), usize::MAX);
    while let Some(reference) = walk.next()? {
        let key = (reference.subject.clone(), reference.version);
        walk.found(reference, registered(graph, &key))?;
    }
    let texts = walk.into_texts();
    assert!(texts.iter().all(|(place, text)| **place == **text));
    Ok(texts.into_iter().map(|(place, _)| place).collect())
}

/// Confluent's rule, as plain as it can be written.
fn by_recursion(graph: &Graph, list: &[Reference], names: &mut Vec<String>, met: &mut Vec<String>) {
    for reference in list {
        if names.contains(&reference.name) {
            continue;
        }
        names.push(reference.name.clone());
        let place = format!("{} version {}", reference.subject, reference.version);
        if !met.contains(&place) {
            met.push(place);
        }
        let key = (reference.subject.clone(), reference.version);
        by_recursion(graph, &graph[&key], names, met);
    }
}

/// A few subjects at a few versions that refer to each other at random, in circles too. A name is
/// mostly the subject's, sometimes another one's.
fn graphs() -> impl Strategy<Value = (Graph, Vec<Reference>)> {
    let reference = (0..8_u32, 1..4_u32, 0..20_u32).prop_map(|(subject, version, name)| {
        let name = if name < 8 { name } else { subject };
        reference(&format!("n{name}"), &format!("s{subject}"), version)
    });
    let list = prop::collection::vec(reference, 0..5);
    prop::collection::vec(list, 25).prop_map(|mut lists| {
        let root = lists.pop().unwrap();
        let keys = (0..8).flat_map(|s| (1..4).map(move |version| (format!("s{s}"), version)));
        (keys.zip(lists).collect(), root)
    })
}

proptest! {
    #[test]
    fn walks_any_graph_as_confluents_clients_do((graph, root) in graphs()) {
        let mut met = Vec::new();
        by_recursion(&graph, &root, &mut Vec::new(), &mut met);
        prop_assert_eq!(walked(&graph, &root).unwrap(), met);
    }
}

/// A chain of so many schemas, each of which refers to the next.
fn chain(length: u32) -> (Graph, Vec<Reference>) {
    let link = |n: u32| reference(&format!("n{n}"), &format!("s{n}"), 1);
    let graph = (1..=length).map(|n| {
        let next = (n < length).then(|| link(n + 1));
        ((format!("s{n}"), 1), next.into_iter().collect())
    });
    (graph.collect(), vec![link(1)])
}

#[test]
fn a_thousand_names_are_walked_and_no_more() {
    let (graph, root) = chain(1000);
    assert_eq!(walked(&graph, &root).unwrap().len(), 1000);
    let (graph, root) = chain(1001);
    let error = walked(&graph, &root).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadReferences);
    assert!(
        error.to_string().contains("more than 1000 other schemas"),
        "{error}"
    );
    let wide: Vec<_> = (0..1000)
        .map(|n| reference(&format!("n{n}"), "s1", 1))
        .collect();
    let (graph, _) = chain(1);
    assert_eq!(walked(&graph, &wide).unwrap(), ["s1 version 1"]);
}

#[test]
fn all_texts_together_have_a_bound() {
    let (graph, root) = chain(3);
    let mut walk = Walk::new(None, root, "s1 version 1s2 version 1".len());
    let mut found = 0;
    let error = loop {
        let reference = walk.next().unwrap().expect("the third text is too much");
        let key = (reference.subject.clone(), reference.version);
        match walk.found(reference, registered(&graph, &key)) {
            Ok(()) => found += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), found), (ErrorKind::BadReferences, 2));
    assert!(
        error.to_string().contains("more than 24 bytes together"),
        "{error}"
    );
}

#[test]
fn a_subject_stands_in_the_context_of_who_refers_to_it() {
    let cases = [
        (None, "s", "s"),
        (Some("p"), "s", "s"),
        (Some(":.ctx:p"), "s", ":.ctx:s"),
        (Some(":.ctx:p"), ":.own:s", ":.own:s"),
        (Some(":.:p"), "s", "s"),
        (Some(":.ctx"), "s", "s"),
        (Some(":.größe:p:q"), "s:t", ":.größe:s:t"),
    ];
    for (parent, subject, expected) in cases {
        assert_eq!(
            in_context_of(parent, subject.to_owned()),
            expected,
            "{parent:?}"
        );
    }
    let graph = Graph::from([
        ((":.ctx:a".into(), 1), vec![reference("b", "b", 1)]),
        ((":.ctx:b".into(), 1), vec![]),
    ]);
    let met = walked(&graph, &[reference("a", ":.ctx:a", 1)]).unwrap();
    assert_eq!(met, [":.ctx:a version 1", ":.ctx:b version 1"]);
}
