//! Whole runs: order of files, self-contained texts, files on disk, hostile sizes.

use std::fs;
use std::path::{Path, PathBuf};

use avro_model::name::Fullname;
use avro_model::{
    SchemaSet, SourceMap, bundle, canonical, compile, compile_text, identity, load, render,
};

const FILES: [(&str, &str); 4] = [
    (
        "acme/order.avsc",
        r#"{"type": "record", "name": "Order", "namespace": "com.acme", "owner": "sales", "fields": [
            {"name": "total", "type": "com.bank.Money", "unit": "cent"},
            {"name": "lines", "type": {"type": "array", "items": "Line"}},
            {"name": "parent", "type": ["null", "Order"], "default": null}]}"#,
    ),
    (
        "acme/line.avsc",
        r#"{"type": "record", "name": "com.acme.Line", "fields": [
            {"name": "order", "type": ["null", "Order"]},
            {"name": "price", "type": {"type": "record", "name": "Price", "fields": [
                {"name": "money", "type": "com.bank.Money"},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["NET"], "default": "NET"}}]}},
            {"name": "kind", "type": "Kind"}]}"#,
    ),
    (
        "bank.avsc",
        r#"{"type": "fixed", "name": "Money", "namespace": "com.bank", "size": 8}"#,
    ),
    (
        "prices.avsc",
        r#"{"type": "map", "values": "com.acme.Price", "doc": "by sku"}"#,
    ),
];

fn compiled(files: &[(&str, &str)]) -> (SourceMap, SchemaSet, String) {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(*path, *text).unwrap();
    }
    let (set, found) = compile(&sources);
    let lines: Vec<_> = found
        .iter()
        .map(|finding| render::line(&sources, finding))
        .collect();
    (sources, set, lines.join("\n"))
}

/// Everything that a set says, as text.
fn dump(set: &SchemaSet) -> String {
    let types = set
        .types()
        .map(|(id, ty)| format!("{} {}", ty.fullname, bundle::of_type(set, id)));
    let roots = set
        .roots()
        .iter()
        .map(|root| format!("{} {}", root.stem, bundle::schema(set, root)));
    types.chain(roots).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let broken = [("x.avsc", "{"), ("y.avsc", r#"["Nothing", "Nothing"]"#)];
    let files = [&FILES[..], &broken[..]].concat();
    let (_, set, lines) = compiled(&files);
    let first = (dump(&set), lines);
    for turn in 1..files.len() {
        let mut files = files.clone();
        files.rotate_left(turn);
        files[..3].reverse();
        let (_, set, lines) = compiled(&files);
        assert_eq!((dump(&set), lines), first, "turn {turn}");
    }
}

#[test]
fn references_cross_files_in_both_directions() {
    let (_, set, lines) = compiled(&FILES);
    assert_eq!(lines, "");
    let names: Vec<_> = set.types().map(|(_, ty)| ty.fullname.to_string()).collect();
    assert_eq!(
        names,
        [
            "com.acme.Line",
            "com.acme.Price",
            "com.acme.Kind",
            "com.acme.Order",
            "com.bank.Money"
        ]
    );
}

#[test]
fn a_bundle_is_self_contained_and_keeps_attributes_in_order() {
    let (_, set, _) = compiled(&FILES);
    let order = set
        .find(&Fullname::parse("com.acme.Order").unwrap())
        .unwrap();
    assert_eq!(
        bundle::of_type(&set, order),
        concat!(
            r#"{"type":"record","name":"Order","namespace":"com.acme","owner":"sales","fields":["#,
            r#"{"name":"total","type":{"type":"fixed","name":"Money","namespace":"com.bank","size":8},"unit":"cent"},"#,
            r#"{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":["#,
            r#"{"name":"order","type":["null","Order"]},"#,
            r#"{"name":"price","type":{"type":"record","name":"Price","fields":["#,
            r#"{"name":"money","type":"com.bank.Money"},"#,
            r#"{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["NET"],"default":"NET"}}]}},"#,
            r#"{"name":"kind","type":"Kind"}]}}},"#,
            r#"{"name":"parent","type":["null","Order"],"default":null}]}"#,
        )
    );
    // Out of its namespace, a definition that inherited it says so.
    let prices = set
        .roots()
        .iter()
        .find(|root| root.stem == "prices")
        .unwrap();
    let text = bundle::schema(&set, prices);
    assert!(
        text.starts_with(r#"{"type":"map","values":{"type":"record","name":"Price","namespace":"com.acme","fields":["#),
        "{text}"
    );
    assert!(text.ends_with(r#","doc":"by sku"}"#), "{text}");
}

#[test]
fn bundles_compile_to_the_same_schemas() {
    let (_, set, _) = compiled(&FILES);
    for (id, ty) in set.types() {
        let text = bundle::of_type(&set, id);
        let again = compile_text(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let root = &again.only_root().unwrap().schema;
        assert_eq!(
            canonical::form(&again, root),
            canonical::form_of_type(&set, id)
        );
        assert_eq!(
            identity::of(&again, root),
            identity::of_type(&set, id),
            "{}",
            ty.fullname
        );
    }
}

#[test]
fn a_type_without_a_namespace_is_reached_from_inside_one() {
    let text = r#"["Z", {"type": "record", "name": "n.R", "fields": [
        {"name": "own", "type": {"type": "fixed", "name": "Z", "size": 1}},
        {"name": "other", "type": {"type": "fixed", "name": "Z", "namespace": "", "size": 2}}]}]"#;
    let set = compile_text(text).unwrap();
    let again = compile_text(&bundle::schema(&set, set.only_root().unwrap())).unwrap();
    assert_eq!(again.types().len(), 3);
    assert_eq!(
        identity::of(&set, &set.only_root().unwrap().schema),
        identity::of(&again, &again.only_root().unwrap().schema)
    );
}

#[test]
fn what_is_sound_is_kept() {
    let bad = (
        "acme/line.avsc",
        r#"{"type": "record", "name": "com.acme.Line", "fields": [{}]}"#,
    );
    let (_, set, lines) = compiled(&[FILES[0], bad, FILES[2]]);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    let names: Vec<_> = set.types().map(|(_, ty)| ty.fullname.as_str()).collect();
    assert_eq!(
        names,
        ["com.bank.Money"],
        "Order holds a Line and goes with it"
    );
    assert_eq!(set.roots().len(), 1);
}

#[test]
fn a_writers_schema_may_have_a_bad_default_and_nothing_else() {
    let field = |default| {
        format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "a", "type": "int", "default": {default}}}]}}"#
        )
    };
    assert!(compile_text(&field("\"x\"")).is_ok());
    let error = compile_text(r#"["int", "int"]"#).unwrap_err();
    assert_eq!(
        error.findings(),
        ["schema:1:9: error[AVR030]: the union of `schema` has two branches of type `int`"]
    );
}

#[test]
fn folders_are_read_in_order_and_hidden_files_are_not() {
    let folder = std::env::temp_dir().join(format!("avro-model-load-{}", std::process::id()));
    for path in [
        "b/x.avsc",
        "a.avsc",
        ".hidden/y.avsc",
        "b/.z.avsc",
        "b/readme.md",
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "\"int\"").unwrap();
    }
    let paths = [
        folder.clone(),
        folder.join("a.avsc"),
        folder.join("b/readme.md"),
    ];
    let loaded = load::load(&paths).unwrap();
    let found: Vec<_> = loaded
        .iter()
        .map(|(_, source)| source.path().strip_prefix(&folder).unwrap())
        .collect();
    assert_eq!(found, ["a.avsc", "b/readme.md", "b/x.avsc"].map(Path::new));

    fs::write(folder.join("a.avsc"), b"\"\xff\"").unwrap();
    let error = load::load(&[&folder]).unwrap_err().to_string();
    assert!(
        error.ends_with("a.avsc is not UTF-8 text at byte 1: save it in that encoding"),
        "{error}"
    );
    fs::remove_dir_all(&folder).unwrap();
    assert!(load::load(&[&folder]).is_err());
}

/// A link under another name is a file of its own: a schema without a name is called like its file.
#[test]
fn a_file_is_read_once_whatever_paths_lead_to_it() {
    let folder = std::env::temp_dir().join(format!("avro-model-same-{}", std::process::id()));
    fs::create_dir_all(folder.join("b")).unwrap();
    fs::write(folder.join("a.avsc"), "\"int\"").unwrap();
    let paths = ["b/../a.avsc", "a.avsc", "./a.avsc", "", "*.avsc"].map(|path| folder.join(path));
    let read = |paths: &[PathBuf]| {
        let loaded = load::load(paths).unwrap();
        let paths = loaded.iter().map(|(_, source)| source.path().to_owned());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(read(&paths), [folder.join("a.avsc")]);
    assert_eq!(read(&paths[..1]), [folder.join("b/../a.avsc")]);
    assert!(load::is_same_file(&paths[0], &paths[1]));
    assert!(!load::is_same_file(&folder.join("b/a.avsc"), &paths[1]));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("a.avsc"), folder.join("c.avsc")).unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("b/back")).unwrap();
        let paths = ["", "b/back/a.avsc"].map(|path| folder.join(path));
        let expected = ["a.avsc", "c.avsc"].map(|name| folder.join(name));
        assert_eq!(read(&paths), expected);
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What a glob finds is what the same folder would give, in any folder.
#[test]
fn globs_find_files_and_say_when_they_find_none() {
    let name = format!("avro-model-[glob]*-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    for path in [
        "v1/a.avsc",
        "v1/b.json",
        "v2/deep/c.avsc",
        "v2/.d.avsc",
        "[x].avsc",
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "\"int\"").unwrap();
    }
    let found = |globs: &[&str]| {
        let paths: Vec<_> = globs.iter().map(|glob| folder.join(glob)).collect();
        let loaded = load::load(&paths).map_err(|error| error.to_string())?;
        let found = loaded.iter().map(|(_, source)| {
            let path = source.path().strip_prefix(&folder).unwrap();
            path.to_str().unwrap().to_owned()
        });
        Ok::<_, String>(found.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(
        found(&["**/*.avsc"]).unwrap(),
        "[x].avsc v1/a.avsc v2/deep/c.avsc"
    );
    assert_eq!(found(&["v?/*"]).unwrap(), "v1/a.avsc v1/b.json");
    assert_eq!(found(&["v1", "v1/*.avsc"]).unwrap(), "v1/a.avsc");
    assert_eq!(found(&["[x].avsc"]).unwrap(), "[x].avsc");
    let error = found(&["v1/*.avdl"]).unwrap_err();
    assert!(
        error.starts_with("no file matches ") && error.ends_with("v1/*.avdl"),
        "{error}"
    );
    let error = found(&["v1/***"]).unwrap_err();
    assert!(error.contains("no glob either"), "{error}");
    fs::remove_dir_all(&folder).unwrap();
}

/// Runs with the stack that the depth limit promises to suffice.
fn in_one_mebibyte(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn the_deepest_json_fits_the_stack() {
    in_one_mebibyte(|| {
        let arrays = |depth: usize| format!("{}\"int\"{}", "[".repeat(depth), "]".repeat(depth));
        let deepest = format!(
            r#"{{"type": "array", "items": "int", "own": {}}}"#,
            arrays(511)
        );
        let set = compile_text(&deepest).unwrap();
        assert_eq!(
            bundle::schema(&set, set.only_root().unwrap()),
            deepest.replace(' ', "")
        );
        let error = compile_text(&arrays(513)).unwrap_err();
        assert!(error.findings()[0].contains("AVR004"), "{error}");
        assert!(compile_text(&arrays(100_000)).is_err());
        // Items in items: every pass recurses.
        let items = r#"{"type": "array", "items": "#.repeat(512);
        let text = format!("{items}\"int\"{}", "}".repeat(512));
        let set = compile_text(&text).unwrap();
        let form = canonical::form(&set, &set.only_root().unwrap().schema);
        assert_eq!(form, text.replace(' ', ""));
        // Needless objects, which a lenient run reads through.
        let wrapped = r#"{"type": "#.repeat(512);
        let text = format!("{wrapped}\"int\"{}", "}".repeat(512));
        assert!(compile_text(&text).is_ok());
        // Records in records, and their defaults.
        let open = |n: usize| {
            format!(r#"{{"type": "record", "name": "R{n}", "fields": [{{"name": "f", "type": "#)
        };
        let records: String = (0..170).map(open).collect();
        let text = format!(r#"{records}"int"{}"#, r#", "default": {}}]}"#.repeat(170));
        assert!(compile_text(&text).is_ok());
    });
}

#[test]
fn a_chain_of_references_is_as_long_as_it_likes() {
    in_one_mebibyte(|| {
        let link = |n: usize| {
            format!(
                r#"{{"type": "record", "name": "R{n}", "fields": [{{"name": "next", "type": "R{}"}}]}}"#,
                n + 1
            )
        };
        let links: Vec<_> = (0..20_000).map(link).collect();
        let text = format!(
            r#"[{}, {{"type": "fixed", "name": "R20000", "size": 1}}]"#,
            links.join(", ")
        );
        let set = compile_text(&text).unwrap();
        let root = set.only_root().unwrap();
        assert!(
            canonical::form(&set, &root.schema).starts_with(r#"[{"name":"R0","type":"record""#)
        );
        assert!(bundle::schema(&set, root).ends_with(r#","R19999","R20000"]"#));
    });
}

#[test]
fn defaults_cannot_ask_for_more_than_a_schema_may() {
    let record = |n: usize| {
        let inner = if n == 0 {
            "int".to_owned()
        } else {
            format!("R{}", n - 1)
        };
        let default = if n == 0 { "0" } else { "{}" };
        let field =
            |name| format!(r#"{{"name": "{name}", "type": "{inner}", "default": {default}}}"#);
        format!(
            r#"{{"type": "record", "name": "R{n}", "fields": [{}, {}]}}"#,
            field("a"),
            field("b")
        )
    };
    let records: Vec<_> = (0..40).map(record).collect();
    let (_, _, lines) = compiled(&[("r.avsc", &format!("[{}]", records.join(", ")))]);
    assert!(
        lines.contains("stands for more values than a schema may ask for"),
        "{lines}"
    );
}
