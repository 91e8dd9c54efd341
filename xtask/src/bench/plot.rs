//! Time for each element by how many there are, as a table with bars: what is level is linear.

use super::results::{Row, Unit};
use super::tables::table;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The rows whose contestants are sizes.
pub(super) fn of_growth(rows: &[Row]) -> String {
    let mut text = String::new();
    for rows in rows.chunk_by(|a, b| sizes(a) == sizes(b)) {
        let mut columns = sizes(&rows[0]);
        columns.push("plot");
        let named: Vec<(String, Vec<String>)> = rows.iter().filter_map(line).collect();
        let lines = named.iter().map(|(name, cells)| (&**name, cells.clone()));
        text += &table(&columns, lines);
        text += "\n";
    }
    text
}

fn sizes(row: &Row) -> Vec<&str> {
    row.entries.iter().map(|entry| &*entry.name).collect()
}

fn line(row: &Row) -> Option<(String, Vec<String>)> {
    let each: Vec<f64> = row
        .per_element()?
        .into_iter()
        .map(|(_, each)| each)
        .collect();
    let most = each.iter().copied().max_by(f64::total_cmp)?;
    let bar = |each: &f64| BARS[((each / most * 8.0).ceil() as usize).clamp(1, 8) - 1];
    let mut cells: Vec<String> = each.iter().map(|each| Unit::Ns.shown(*each)).collect();
    cells.push(each.iter().map(bar).collect());
    Some((format!("{}, {}", row.record, row.what), cells))
}
