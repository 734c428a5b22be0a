//! How boldly the solver steps.

/// How hours are attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Full steps, and not many: for hours side by side, where most need few.
    Brisk,
    /// Full steps, mixed where they are not exact, shortened when idle.
    Normal,
    /// Short plain steps, many of them: the last resort.
    Patient,
}

/// Iterations after which hours side by side are left to be solved one by one.
const BRISK_ITERATIONS: usize = 30;

/// Iterations in which loops and draws are stepped together, at first.
const JOINT_ITERATIONS: usize = 20;

impl Pace {
    /// Whether an iteration steps loops and draws together: quick, but where a pipe is about to
    /// turn the step may jump to and fro; loops and draws in turn then get there.
    pub(crate) fn is_joint(self, iteration: usize) -> bool {
        self != Self::Patient && iteration <= JOINT_ITERATIONS
    }

    /// Limit of the iterations.
    pub(crate) const fn max_iterations(self, asked: usize) -> usize {
        match self {
            Self::Brisk => BRISK_ITERATIONS,
            Self::Normal => asked,
            Self::Patient => 10 * asked,
        }
    }
}

/// Shortens the steps while they do not get nearer, as happens where shares of joining flows
/// shift a lot; Newton steps in a tree are never shortened for long.
pub(crate) struct Damping {
    pub(crate) pace: Pace,
    pub(crate) share: f64,
    best: f64,
    idle: u32,
    looks: u32,
    last: f64,
    is_stuck: bool,
}

impl Damping {
    pub(crate) const fn new(pace: Pace) -> Self {
        let share = match pace {
            Pace::Brisk | Pace::Normal => 1.0,
            Pace::Patient => 0.15,
        };
        Self {
            pace,
            share,
            best: f64::INFINITY,
            idle: 0,
            looks: 0,
            last: f64::INFINITY,
            is_stuck: false,
        }
    }

    /// The steps have just been shortened.
    pub(crate) const fn is_lost(&self) -> bool {
        self.idle == 0 && self.share < 1.0
    }

    /// The last step has not come much nearer, although the first ones are over.
    pub(crate) const fn is_stuck(&self) -> bool {
        self.is_stuck
    }

    pub(crate) fn heed(&mut self, change: f64) {
        self.looks += 1;
        self.is_stuck = self.looks >= 3 && change > 0.2 * self.last && change > 1e-7;
        self.last = change;
        if self.pace == Pace::Patient {
            return;
        }
        if change < 0.9 * self.best {
            self.best = change;
            self.idle = 0;
            self.share = (1.5 * self.share).min(1.0);
            return;
        }
        self.idle += 1;
        if self.idle >= 8 {
            self.share = (0.5 * self.share).max(0.1);
            self.best = change;
            self.idle = 0;
        }
    }
}
