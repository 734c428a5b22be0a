//! Watching and stopping long work without changing the interface of the work.

/// Hears how far a stage is, and may ask it to stop.
///
/// `()` watches nothing and never stops.
pub trait Observer: Send {
    /// `done` of `total` pieces of work are finished. Called from one thread only.
    fn progress(&mut self, done: usize, total: usize) {
        let _ = (done, total);
    }

    /// Whether to stop at the next safe point.
    fn should_stop(&mut self) -> bool {
        false
    }
}

impl Observer for () {}
