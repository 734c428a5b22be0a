//! Several networks, each chosen at its own cost of heat; the one that earns most is kept.

use crate::built::{Built, feeds};
use crate::choose::{self, Choice, Grounds, Wanted};
use crate::climate::Climate;
use crate::consumers::hourly;
use crate::findings::Findings;
use crate::ground::{Ground, Wish};
use crate::layout::Layout;
use crate::load::{Feed, Load};
use crate::market::{Screened, screen};
use crate::route_bound::{self, RouteBound};
use crate::search::Effort;
use crate::stage::{Inputs, Options};
use hukka_model::UnconnectedConsumer;
use hukka_numerics::Observer;

/// Losses assumed before the network is known, share of heat sold.
const FIRST_LOSS: f64 = 0.1;
/// Costs of heat tried between the mean and the boilers'.
const STEPS: u32 = 6;
/// Rounds in which the marginal cost of the best network so far is tried.
const MARGINAL_ROUNDS: usize = 2;
/// Rounds of halving around the best cost so far.
const HALVINGS: usize = 2;
/// Costs of heat nearer than this share of the mean are the same.
const NEAR: f64 = 0.003;
/// Times sizes of pipes and heat pumps are matched.
const SIZINGS: usize = 3;

/// What every candidate rests on.
pub(crate) struct Search<'a> {
    pub(crate) inputs: &'a Inputs<'a>,
    pub(crate) ground: &'a Ground,
    pub(crate) loads: &'a [Load],
    pub(crate) climate: &'a Climate,
    pub(crate) candidates: &'a (Vec<usize>, Vec<UnconnectedConsumer>),
    pub(crate) wishes: &'a [Wish],
}

/// A network and what it earns.
struct Tried {
    heat_cost: f64,
    /// `None` when nobody pays at that cost.
    choice: Option<Choice>,
    heat: f64,
    /// Yearly result, EUR.
    result: f64,
}

impl Tried {
    fn connected(&self) -> &[usize] {
        self.choice.as_ref().map_or(&[], |choice| &choice.connected)
    }
}

/// Heat of some consumers in every hour with a first guess of the losses, watts.
pub(crate) fn rough_load(inputs: &Inputs<'_>, consumers: &[usize]) -> Vec<f64> {
    hourly(inputs.demand, consumers, inputs.study.axis.len())
        .iter()
        .map(|q| q * (1.0 + FIRST_LOSS))
        .collect()
}

impl Search<'_> {
    /// The network with the best yearly result of those chosen at different costs of heat.
    ///
    /// A consumer must earn what its heat costs more, which lies between the mean cost (all heat
    /// from the data centre is there for the taking) and the boilers' (it is used up). Each
    /// network is sized, screened and paid for in full; the result is heat sold at the study's
    /// price less running cost, annuities and upkeep, at the fill of the sources given.
    pub(crate) fn best(&self, options: &Options, observer: &mut impl Observer) -> Choice {
        let study = self.inputs.study;
        let everyone = self.screened(&self.candidates.0, 1.0);
        let feeds = feeds(study, &everyone, self.climate);
        let effort = Effort {
            rounds: options.rounds,
            sweeps: options.sweeps,
            kicks: options.kicks,
        };
        let quick = Effort { kicks: 0, ..effort };
        let mean = everyone.mean_cost();
        if study.design.connect_all {
            return self.choose_anyway(mean, &feeds, effort, observer);
        }
        let mut tried: Vec<Tried> = Vec::new();
        let mut attempt = |tried: &mut Vec<Tried>, heat_cost: f64, effort: Effort| {
            let is_near = |t: &Tried| (t.heat_cost - heat_cost).abs() < NEAR * mean;
            let is_known = effort.kicks == 0 && tried.iter().any(is_near);
            if !(is_known || observer.should_stop()) {
                tried.push(self.attempt(heat_cost, &feeds, effort, observer));
            }
        };
        for cost in self.ladder(mean) {
            attempt(&mut tried, cost, quick);
        }
        for _ in 0..MARGINAL_ROUNDS {
            if let Some(best) = self.leader(&tried) {
                let marginal = self.marginal(tried[best].connected());
                attempt(&mut tried, marginal, quick);
            }
        }
        for _ in 0..HALVINGS {
            let best = self.leader(&tried);
            for cost in best.map_or_else(Vec::new, |best| beside(&tried, best)) {
                attempt(&mut tried, cost, quick);
            }
        }
        if let Some(best) = self.leader(&tried) {
            let cost = tried[best].heat_cost;
            attempt(&mut tried, cost, effort);
        }
        let best = self
            .leader(&tried)
            .and_then(|best| tried.swap_remove(best).choice);
        best.unwrap_or_else(|| self.choose_anyway(mean, &feeds, effort, observer))
    }

    /// How much better another choice of streets and consumers could be at most.
    pub(crate) fn bound(&self, choice: &Choice) -> Option<RouteBound> {
        let feeds = vec![Feed::default(); self.inputs.study.data_centres.len()];
        let grounds = self.grounds(choice.heat_cost, &feeds);
        let wanted = Wanted {
            eligible: &self.candidates.0,
            wishes: self.wishes,
        };
        route_bound::of(&grounds, &wanted, choice)
    }

    /// Costs of heat to try: from that of a first few (all from the data centre) to that of the
    /// last ones (from boilers), and the mean if all were connected.
    fn ladder(&self, mean: f64) -> Vec<f64> {
        const FEW: f64 = 0.01;
        let everyone = &self.candidates.0;
        let low = self.screened(everyone, FEW).mean_cost();
        let price = self.inputs.study.prices.heat.si();
        let high = self.marginal(everyone).min(price).max(low);
        let step = (high - low) / f64::from(STEPS);
        let steps = (0..=STEPS).map(|k| low + f64::from(k) * step);
        core::iter::once(mean).chain(steps).collect()
    }

    /// The network of a choice, pipes and heat pumps sized for each other.
    pub(crate) fn layout(&self, choice: &Choice) -> Layout {
        let Inputs { study, demand, .. } = *self.inputs;
        let mut layout = Layout::new(study, demand, self.ground, choice);
        layout.describe_existing(study);
        let mut feeds = vec![Feed::default(); study.data_centres.len()];
        layout.size(study, self.loads, self.climate, &feeds);
        for _ in 0..SIZINGS {
            if !layout.has_source_away() {
                break;
            }
            feeds = self.built(&layout).feeds();
            let before = layout.sizes();
            layout.size(study, self.loads, self.climate, &feeds);
            if layout.sizes() == before {
                break;
            }
        }
        layout
    }

    fn built<'b>(&'b self, layout: &'b Layout) -> Built<'b> {
        Built {
            inputs: self.inputs,
            climate: self.climate,
            loads: self.loads,
            layout,
        }
    }

    fn grounds<'b>(&'b self, heat_cost: f64, feeds: &'b [Feed]) -> Grounds<'b> {
        Grounds {
            study: self.inputs.study,
            demand: self.inputs.demand,
            ground: self.ground,
            loads: self.loads,
            climate: self.climate,
            heat_cost,
            feeds,
        }
    }

    /// A network to be judged, be it one that pays for nobody.
    fn choose_anyway(
        &self,
        heat_cost: f64,
        feeds: &[Feed],
        effort: Effort,
        observer: &mut impl Observer,
    ) -> Choice {
        let grounds = self.grounds(heat_cost, feeds);
        choose::choose(&grounds, self.candidates, (self.wishes, effort), observer)
    }

    fn attempt(
        &self,
        heat_cost: f64,
        feeds: &[Feed],
        effort: Effort,
        observer: &mut impl Observer,
    ) -> Tried {
        let grounds = self.grounds(heat_cost, feeds);
        let choice = choose::who_pays(&grounds, self.candidates, (self.wishes, effort), observer);
        let (heat, result) = choice.as_ref().map_or((0.0, 0.0), |choice| {
            let layout = self.layout(choice);
            let (design, result) = self.built(&layout).design(&mut Findings::default());
            (design.connected_heat.si(), result)
        });
        Tried {
            heat_cost,
            choice,
            heat,
            result,
        }
    }

    /// The best of those tried; when none earns anything, of those with enough heat to be judged.
    fn leader(&self, tried: &[Tried]) -> Option<usize> {
        let demand = self.inputs.demand;
        let all: f64 = self
            .candidates
            .0
            .iter()
            .map(|&c| demand.consumers[c].annual().si())
            .sum();
        let rank = |t: &Tried| t.result > 0.0 || t.heat >= choose::LEAST_SHARE * all;
        (0..tried.len())
            .filter(|&k| tried[k].choice.is_some())
            .max_by(|&x, &y| {
                let (a, b) = (&tried[x], &tried[y]);
                rank(a)
                    .cmp(&rank(b))
                    .then(a.result.total_cmp(&b.result))
                    .then(y.cmp(&x))
            })
    }

    fn screened(&self, consumers: &[usize], scale: f64) -> Screened {
        let mut load = rough_load(self.inputs, consumers);
        for q in &mut load {
            *q *= scale;
        }
        screen(self.inputs.study, self.inputs.sources, self.climate, &load)
    }

    /// What a little more heat of the same shape costs, EUR per joule made.
    fn marginal(&self, consumers: &[usize]) -> f64 {
        const SPAN: f64 = 0.1;
        let more = self.screened(consumers, 1.0 + SPAN);
        let less = self.screened(consumers, 1.0 - SPAN);
        let heat = more.heat - less.heat;
        if heat > 0.0 {
            (more.cost() - less.cost()) / heat
        } else {
            0.0
        }
    }
}

/// Costs of heat halfway to the next ones tried below and above.
fn beside(tried: &[Tried], best: usize) -> Vec<f64> {
    let here = tried[best].heat_cost;
    let costs = || tried.iter().map(|t| t.heat_cost);
    let below = costs()
        .filter(|c| *c < here)
        .fold(f64::NEG_INFINITY, f64::max);
    let above = costs().filter(|c| *c > here).fold(f64::INFINITY, f64::min);
    [below, above]
        .into_iter()
        .filter(|c| c.is_finite())
        .map(|c| f64::midpoint(here, c))
        .collect()
}
