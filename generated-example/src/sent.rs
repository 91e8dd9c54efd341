//! What both consumers of a run share: what was sent, how to wait for it, and a group of their own.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long a consumer waits for the next message before the rest counts as lost.
pub(crate) const SILENCE: Duration = Duration::from_secs(30);

/// How long a consumer waits after an error that passes.
pub(crate) const PAUSE: Duration = Duration::from_millis(200);

/// Where each event was written, by partition and offset: its position in the file.
pub(crate) type Sent = BTreeMap<(i32, i64), usize>;

/// A consumer group that no other run has, so that none goes on where another stopped.
pub(crate) fn group(of: &str) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos());
    format!("generated-example-{of}-{}-{now}", std::process::id())
}
