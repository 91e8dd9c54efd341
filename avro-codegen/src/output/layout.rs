//! Empty lines between items, as people put them and the printer does not.

/// What the first line of an item, or of its docs and attributes, begins with.
const STARTS: [&str; 8] = [
    "///",
    "#[",
    "impl",
    "pub const ",
    "pub ",
    "fn ",
    "const ",
    "type ",
];

/// Puts an empty line between items; constants and types that follow one another stay together.
pub(super) fn spaced(code: &str) -> String {
    let mut spaced = String::with_capacity(code.len() + code.len() / 16);
    // By indentation: what the item began with that stands there last.
    let mut started: Vec<(usize, &str)> = Vec::new();
    let mut before = "";
    for line in code.lines() {
        let depth = indent(line);
        let start = start(line);
        if let Some(start) = start {
            let last = last_at(&mut started, depth);
            if ends_item(before, depth) && !(last == Some(start) && stays(start)) {
                spaced.push('\n');
            }
            started.push((depth, start));
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn start(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    STARTS.into_iter().find(|start| line.starts_with(start))
}

/// Takes what began last at this depth, and forgets what stood deeper.
fn last_at<'a>(started: &mut Vec<(usize, &'a str)>, depth: usize) -> Option<&'a str> {
    while started.last().is_some_and(|(at, _)| *at > depth) {
        started.pop();
    }
    started
        .pop_if(|(at, _)| *at == depth)
        .map(|(_, start)| start)
}

/// Whether a line ends an item whose next begins at `depth`. The last line of a constant may stand
/// deeper than its first.
fn ends_item(line: &str, depth: usize) -> bool {
    let text = line.trim_start();
    if text.starts_with("//") {
        return false;
    }
    let here = indent(line) == depth;
    let closes = text.ends_with(';') && !text.starts_with("use ");
    (here && (text.starts_with('}') || text.ends_with("{}") || closes))
        || (indent(line) > depth && closes)
}

fn stays(start: &str) -> bool {
    matches!(start, "const " | "type ")
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        assert_eq!(spaced(code), expected);
    }

    #[test]
    fn items_stand_apart() {
        check(
            "const _: () = f(1);\n/// Docs.\npub struct A(pub i32);\nimpl Empty for A {}\nimpl B for A {\n    fn b() {\n        1;\n    }\n    fn c() {}\n}\n",
            "const _: () = f(1);\n\n/// Docs.\npub struct A(pub i32);\n\nimpl Empty for A {}\n\nimpl B for A {\n    fn b() {\n        1;\n    }\n\n    fn c() {}\n}\n",
        );
    }

    #[test]
    fn constants_stay_together_and_apart_from_the_rest() {
        check(
            "impl A {\n    const B: u8 = 1;\n    const C: u8 =\n        2;\n    const D: &[u8] = &[\n        3,\n    ];\n    type E = F;\n    type G = H;\n    fn i() {}\n}\n",
            "impl A {\n    const B: u8 = 1;\n    const C: u8 =\n        2;\n    const D: &[u8] = &[\n        3,\n    ];\n\n    type E = F;\n    type G = H;\n\n    fn i() {}\n}\n",
        );
        check(
            "    pub const A: u8 = 1;\n    const B: u8 = 1;\n    /// Docs.\n    pub fn c() {}\n",
            "    pub const A: u8 = 1;\n\n    const B: u8 = 1;\n\n    /// Docs.\n    pub fn c() {}\n",
        );
    }

    #[test]
    fn docs_attributes_fields_and_bodies_are_not_taken_apart() {
        for code in [
            "/// Docs.\n#[derive(Clone)]\npub struct A {\n    /// Docs.\n    pub b: u8,\n    pub c: u8,\n}\n",
            "/// let a = b;\n/// fn c() {}\npub struct A;\n",
            "fn a() {\n    use b as c;\n    const D: u8 = 1;\n    let e = f(\n        1,\n    );\n    g()\n}\n",
        ] {
            check(code, code);
        }
    }
}
