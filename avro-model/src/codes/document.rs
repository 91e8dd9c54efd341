//! The table → the reference for people, in Markdown.

use super::{Category, Code};
use crate::diagnostic::Severity;

/// The families, by the first code of each.
const FAMILIES: [(&str, &str); 15] = [
    ("AVR001", "JSON"),
    ("AVR010", "Structure"),
    ("AVR020", "Names"),
    (
        "AVR030",
        "Unions, references, and what is defined or named twice",
    ),
    ("AVR040", "Enums"),
    ("AVR050", "Defaults"),
    ("AVR060", "Logical types"),
    ("AVR070", "Attributes"),
    ("AVR080", "Generated code"),
    ("AVR090", "Style and meaning"),
    ("AVR100", "Compatibility: data that cannot be read"),
    ("AVR110", "Compatibility: data that mean something else"),
    ("AVR120", "Breaking changes: JSON"),
    ("AVR130", "Breaking changes: Rust source"),
    ("AVR140", "History"),
];

const HEAD: &str = "\
<!-- Generated from the table of codes in avro-model. Do not edit: change the table. -->

# Diagnostics

A finding has a code that never changes its meaning, a severity, the place, and what to do.

- An **error** keeps the schema from being used. With leniency on, some are warnings: they say so.
- A **warning** says that a part of the schema is ignored or has no effect.
- A **lint** says that the schema is valid and means what it says, and that a better form is known.

Each rule is in a category, and a category holds those before it. **minimal** is what a build
shows: errors and warnings. **basic** adds what can fail readers or lead them astray. **standard**
adds what other languages, other teams and later versions stumble over; `lint` shows it. **extra**
is off unless asked for. `[lints]` in avro.toml switches a rule for all schemas:
`AVR043 = \"allow\"`, `\"warn\"` or `\"deny\"`.

## Exceptions

An exception to a lint or warning stands beside what it excepts, in the property `lint` of a
definition, a field, or any other schema object, and counts for all that is written inside that
object. Each code has its reason, which may not be empty. Errors have no exceptions, but for those
of AVR110 to AVR119: whether somebody minds another meaning, only people can know. Other
implementations take the property for metadata; it changes neither the canonical form nor the
identity of the schema.

```json
{
  \"type\": \"enum\", \"name\": \"Suit\", \"symbols\": [\"CLUBS\", \"DIAMONDS\", \"HEARTS\", \"SPADES\"],
  \"lint\": {\"allow\": {\"AVR043\": \"there are four suits for ever\"}}
}
```
";

/// The reference of all codes, as `docs/diagnostics.md` holds it.
#[must_use]
pub fn document() -> String {
    let mut text = HEAD.to_owned();
    let mut families = FAMILIES.iter().peekable();
    for code in Code::ALL {
        if let Some((_, family)) = families.next_if(|(first, _)| *first <= code.as_str()) {
            text.push_str(&format!("\n## {family}\n"));
        }
        text.push_str(&format!(
            "\n### {code}: {}\n\n{}",
            code.title(),
            code.explain()
        ));
    }
    text
}

impl Code {
    /// What the table says of the rule, in Markdown, without a heading: severity and category,
    /// why it is a rule, an example, and the fix.
    #[must_use]
    pub fn explain(self) -> String {
        format!(
            "{}\n\n{}\n\nExample:\n\n{}\nFix:\n\n{}",
            self.weight(),
            self.explanation(),
            block(self.example()),
            block(self.fix()),
        )
    }

    fn weight(self) -> String {
        let severity = match self.severity() {
            Severity::Error if self.is_tolerable_in_part() => {
                "Error; a warning where leniency finds a meaning"
            }
            Severity::Error if self.is_tolerable() => "Error; a warning with leniency on",
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Lint => "Lint",
        };
        let category = match self.category() {
            Category::Extra => "extra (off unless asked for)",
            category => category.as_str(),
        };
        format!("*{severity}. Category: {category}.*")
    }
}

/// A schema, or two versions of one, in a block; advice as it is.
fn block(text: &str) -> String {
    if text.starts_with(['{', '[', '/']) {
        format!("```json\n{text}\n```\n")
    } else {
        format!("{text}\n")
    }
}
