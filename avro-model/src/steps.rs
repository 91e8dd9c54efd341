//! Counts what passes do, so that tests can hold their growth without a clock.
//!
//! Outside unit tests there is nothing to count with, and [`step`] is nothing.

#[cfg(test)]
thread_local! {
    static TAKEN: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts a step: a comparison, a visit, a look-up.
#[inline]
pub(crate) fn step() {
    steps(1);
}

/// Counts several steps at once.
#[inline]
pub(crate) fn steps(count: usize) {
    #[cfg(test)]
    TAKEN.with(|taken| taken.set(taken.get() + count as u64));
    #[cfg(not(test))]
    let _ = count;
}

/// A limit of work. Unit tests reach one that is 64 times lower, in less time.
pub(crate) const fn limit(steps: usize) -> usize {
    if cfg!(test) { steps / 64 } else { steps }
}

/// How many steps the work takes on this thread.
#[cfg(test)]
pub(crate) fn taken(work: impl FnOnce()) -> u64 {
    let before = TAKEN.with(std::cell::Cell::get);
    work();
    TAKEN.with(std::cell::Cell::get) - before
}
