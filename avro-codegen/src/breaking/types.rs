//! Rust types as people write them: without the paths that generated code needs, and with paths
//! from the root of the generated tree.

use crate::config::MapType;
use crate::plan::NO_NAMESPACE;
use crate::plan::model::{Local, Ty};

/// A type as it stands in a module.
pub(super) fn shown(ty: &Ty, module: &[String]) -> String {
    let inner = |ty: &Ty| shown(ty, module);
    match ty {
        Ty::Unit => "()".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::F32 => "f32".to_owned(),
        Ty::F64 => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Bytes => "Vec<u8>".to_owned(),
        Ty::Array(size) => format!("[u8; {size}]"),
        Ty::Str => "&str".to_owned(),
        Ty::Slice => "&[u8]".to_owned(),
        Ty::Vec(items) => format!("Vec<{}>", inner(items)),
        Ty::Pairs(values) => format!("Vec<(&str, {})>", inner(values)),
        Ty::Option(some) => format!("Option<{}>", inner(some)),
        Ty::Boxed(boxed) => format!("Box<{}>", inner(boxed)),
        Ty::Map(MapType::BTree, values) => format!("BTreeMap<String, {}>", inner(values)),
        Ty::Map(MapType::Hash, values) => format!("HashMap<String, {}>", inner(values)),
        Ty::Local(local) => path(local, module),
        Ty::Runtime(path) => (*path).to_owned(),
        Ty::UtcTime => "DateTime<Utc>".to_owned(),
        Ty::Foreign(code) | Ty::ForeignView(code) => code.to_string(),
    }
}

/// The path of a generated type from the root of the tree.
fn path(local: &Local, module: &[String]) -> String {
    let kept = module.len().saturating_sub(local.up);
    let kept = module.iter().take(kept).cloned();
    let down = local.down.iter().map(ToString::to_string);
    let mut parts: Vec<String> = kept.chain(down).collect();
    // Its types are shown at the root.
    if parts.first().is_some_and(|first| first == NO_NAMESPACE) {
        parts.remove(0);
    }
    parts.push(local.name.to_string());
    if local.borrows {
        let last = parts.len() - 1;
        parts[last].push_str("<'_>");
    }
    parts.join("::")
}
