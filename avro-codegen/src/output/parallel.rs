//! Work that is shared by all processors.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

/// Items that a thread takes at once: enough that taking them costs nothing.
const AT_ONCE: usize = 8;

/// What becomes of each item, in the order of the items, whichever thread worked on it. `worker`
/// makes what a thread works with.
pub(super) fn map<T: Sync, R: Send, W: FnMut(&T) -> R>(
    items: &[T],
    worker: impl Fn() -> W + Sync,
) -> Vec<R> {
    let batches: Vec<&[T]> = items.chunks(AT_ONCE).collect();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(batches.len());
    if threads <= 1 {
        return items.iter().map(worker()).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut work = worker();
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = batches.get(number) else {
                return done;
            };
            done.push((number, batch.iter().map(&mut work).collect::<Vec<R>>()));
        }
    };
    let mut done: Vec<(usize, Vec<R>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| thread.join());
        done.flat_map(|done| done.unwrap_or_else(|panic| panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for count in [0, 1, 7, 8, 9, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = map(&items, || |item: &usize| item * 2);
            assert_eq!(doubled, (0..count).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic = "the 500th"]
    fn a_panic_is_passed_on() {
        let items: Vec<usize> = (0..1000).collect();
        map(&items, || |item: &usize| assert!(*item != 500, "the 500th"));
    }
}
