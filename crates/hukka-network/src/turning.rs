//! Pipes of loops that are about to turn, where Newton's step may lead nowhere.
//!
//! A pipe with hardly any water brings cold water wherever it runs. Consumers there draw more, and
//! their water pulls the cold one along: up to the flow at which the pipe arrives warm, about its
//! conductance over the specific heat, more flow may ask for yet more. The pressure left around the
//! loop then has a hump over the flow, and Newton's method jumps about it. The hydraulics alone know
//! the way: where they and Newton's step disagree about the direction, the cooling is left out of the
//! step. Such steps grow while they go on in one direction and shrink when they turn round.

use crate::lanes::{Lanes, filled};
use crate::topology::Network;

/// Flow in units of conductance over specific heat below which a pipe may be suspected.
const SLOW: f64 = 2.0;
/// Specific heat for that, J/(kg K).
const SPECIFIC_HEAT: f64 = 4190.0;
/// Longest step of a suspected pipe, in shares of that flow.
const LONGEST: f64 = 0.25;
/// How much further a pipe goes that went the same way before, and one that has turned round.
const ONWARD: f64 = 2.0;
const BACK: f64 = 0.3;

/// A pipe of one hour whose step is looked at twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suspect {
    pub(crate) pipe: usize,
    pub(crate) lane: usize,
    /// Newton's step of its flow.
    pub(crate) newton: f64,
    /// The step with the cooling left out.
    pub(crate) held: f64,
}

/// What is known about the pipes in loops during the iteration of some hours.
#[derive(Debug, Clone)]
pub(crate) struct Turning<const L: usize> {
    /// Flow below which each pipe may be suspected, kg/s.
    slow: Vec<f64>,
    /// Flow at the last look, and whether it has turned since the start.
    flow: Vec<Lanes<L>>,
    has_turned: Vec<[bool; L]>,
    is_any_turned: bool,
    is_held: Vec<[bool; L]>,
    /// How far such steps go, signed as the last one went; 0 before the first.
    drive: Vec<Lanes<L>>,
}

impl<const L: usize> Turning<L> {
    pub(crate) fn new(network: &Network) -> Self {
        let pipes = network.tail.len();
        let slow = |conductance: &f64| SLOW * conductance / SPECIFIC_HEAT;
        Self {
            slow: network.conductance.iter().map(slow).collect(),
            flow: filled(pipes, 0.0),
            has_turned: vec![[false; L]; pipes],
            is_any_turned: false,
            is_held: vec![[false; L]; pipes],
            drive: filled(pipes, 0.0),
        }
    }

    /// Forgets the hours before.
    pub(crate) fn restart(&mut self) {
        self.flow.fill([0.0; L]);
        self.has_turned.fill([false; L]);
        self.drive.fill([0.0; L]);
        self.is_any_turned = false;
    }

    /// Notes the flow of a pipe.
    #[inline]
    pub(crate) fn look(&mut self, pipe: usize, flow: &Lanes<L>) {
        let (last, has_turned) = (&mut self.flow[pipe], &mut self.has_turned[pipe]);
        for l in 0..L {
            let turns = last[l] * flow[l] < 0.0;
            has_turned[l] |= turns;
            self.is_any_turned |= turns;
        }
        *last = *flow;
    }

    /// Slow pipes of hours that do not get on, and slow pipes that have turned already.
    pub(crate) fn suspects(&self, network: &Network, is_stuck: &[bool; L]) -> Vec<Suspect> {
        let mut suspects = Vec::new();
        if !self.is_any_turned && !is_stuck.contains(&true) {
            return suspects;
        }
        for &pipe in &network.cycles.pipes {
            for lane in 0..L {
                let is_slow = self.flow[pipe][lane].abs() <= self.slow[pipe];
                if is_slow && (is_stuck[lane] || self.has_turned[pipe][lane]) {
                    suspects.push(Suspect {
                        pipe,
                        lane,
                        newton: 0.0,
                        held: 0.0,
                    });
                }
            }
        }
        suspects
    }

    /// Whether the pipe is taken as not to cool the place it runs to.
    #[inline]
    pub(crate) fn is_held(&self, pipe: usize) -> &[bool; L] {
        &self.is_held[pipe]
    }

    pub(crate) fn hold(&mut self, suspect: &Suspect, is_held: bool) {
        self.is_held[suspect.pipe][suspect.lane] = is_held;
    }

    /// The step that a suspected pipe takes where hydraulics and Newton's step disagree.
    ///
    /// As far as the longer of both, times what the steps before tell, at most to the flow at which
    /// the pipe arrives warm.
    pub(crate) fn way_out(&mut self, suspect: &Suspect) -> Option<f64> {
        let (newton, held) = (suspect.newton, suspect.held);
        if newton * held > 0.0 {
            return None;
        }
        let drive = &mut self.drive[suspect.pipe][suspect.lane];
        let by = if *drive * held < 0.0 { BACK } else { ONWARD };
        let share = if drive.abs() > 0.0 {
            by * drive.abs()
        } else {
            1.0
        };
        *drive = share.copysign(held);
        let most = self.slow[suspect.pipe] * LONGEST;
        let size = (share * held.abs().max(newton.abs())).min(most);
        Some(size.copysign(held))
    }
}
