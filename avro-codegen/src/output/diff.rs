//! Two texts → the lines around their first difference.

/// How many lines of each text are shown.
const LINES: usize = 6;

/// The first lines that differ, those of the old text with `-` and of the new one with `+`.
pub(super) fn short(old: &str, new: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let before = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let rest = old.len().min(new.len()) - before;
    let after = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(old, new)| old == new)
        .count();
    let mut shown = format!("@@ line {} @@", before + 1);
    for (mark, lines) in [('-', &old), ('+', &new)] {
        let changed = lines.get(before..lines.len() - after).unwrap_or_default();
        for line in changed.iter().take(LINES) {
            shown.push_str(&format!("\n{mark}{line}"));
        }
        if changed.len() > LINES {
            shown.push_str(&format!("\n{mark}… {} more lines", changed.len() - LINES));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn the_lines_that_differ_are_shown() {
        assert_eq!(short("a\nb\nc", "a\nx\ny\nc"), "@@ line 2 @@\n-b\n+x\n+y");
        assert_eq!(short("a\n", "a\nb\n"), "@@ line 2 @@\n+b");
        assert_eq!(short("a\na\n", "a\n"), "@@ line 2 @@\n-a");
    }

    #[test]
    fn long_changes_are_cut() {
        let old: String = (0..20).map(|n| format!("old {n}\n")).collect();
        assert!(short(&old, "").ends_with("-old 5\n-… 14 more lines"));
    }
}
