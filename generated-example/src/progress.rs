//! How far each system is, shown on a terminal and nowhere else.

use indicatif::{ProgressBar, ProgressStyle};

/// The bar of one system.
pub(crate) fn bar(system: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_prefix(system);
    if let Ok(style) = ProgressStyle::with_template("{prefix:<18} {msg:<8} {bar:30} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

/// Begins a stage that goes through all the events.
pub(crate) fn start(bar: &ProgressBar, stage: &'static str, events: usize) {
    bar.set_length(events as u64);
    bar.set_position(0);
    bar.set_message(stage);
}
