//! Plan → formatted code, a part at a time and several at once.

use avro_model::schema::SchemaSet;

use super::{layout, parallel};
use crate::emit::{self, Emitter, Kind, Part};
use crate::error::Error;
use crate::plan::model::Plan;

/// What the printer puts before a module's items, and behind them.
const INDENT: &str = "    ";

/// The code of a plan behind this header.
pub(super) fn text(plan: &Plan, set: &SchemaSet, header: String) -> Result<String, Error> {
    let parts = emit::parts(plan);
    let texts = parallel::map(&parts, || {
        let emitter = Emitter::new(plan, set);
        move |part: &Part<'_>| formatted(&emitter, part)
    });
    let lengths = texts.iter().flatten().map(String::len);
    let mut code = header;
    code.reserve(lengths.sum::<usize>() + texts.len());
    let mut is_first = true;
    for (part, text) in parts.iter().zip(texts) {
        // Items stand apart; nothing stands apart from the braces around it.
        if is_first || !matches!(part.kind, Kind::Close) && !code.ends_with("{\n") {
            code.push('\n');
        }
        is_first = false;
        code.push_str(&text?);
    }
    Ok(code)
}

/// A part as it stands in the file, so many modules deep.
fn formatted(emitter: &Emitter<'_>, part: &Part<'_>) -> Result<String, Error> {
    let depth = part.depth;
    match part.kind {
        Kind::Close => Ok(format!("{}}}\n", INDENT.repeat(depth))),
        Kind::Open(_) => {
            let text = printed(emitter, part)?;
            let open = text.strip_suffix("}\n").unwrap_or(&text);
            Ok(format!("{open}\n"))
        }
        _ => Ok(layout::spaced(&printed(emitter, part)?)),
    }
}

/// Prints a part inside of modules, for the printer breaks lines by how deep they stand, and takes
/// the modules away.
fn printed(emitter: &Emitter<'_>, part: &Part<'_>) -> Result<String, Error> {
    let tokens = emitter.tokens(part);
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| {
        let tokens = emitter.tokens(part);
        Error::bug(format!("generated code does not parse: {error}\n{tokens}"))
    })?;
    for _ in 0..part.depth {
        let items = std::mem::take(&mut file.items);
        let mut module: syn::ItemMod = syn::parse_quote!(
            mod m {}
        );
        module.content = Some((syn::token::Brace::default(), items));
        file.items.push(syn::Item::Mod(module));
    }
    let text = prettyplease::unparse(&file);
    let (mut opened, mut closed) = (String::new(), String::new());
    for depth in 0..part.depth {
        opened += &format!("{}mod m {{\n", INDENT.repeat(depth));
        closed = format!("{}}}\n{closed}", INDENT.repeat(depth));
    }
    let inside = text.strip_prefix(opened.as_str());
    let inside = inside.and_then(|text| text.strip_suffix(closed.as_str()));
    inside.map(str::to_owned).ok_or_else(|| {
        Error::bug(format!(
            "a part is printed without the modules around it: {text}"
        ))
    })
}
