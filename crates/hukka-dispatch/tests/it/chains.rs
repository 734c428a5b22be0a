//! Chains for the exact engine: random ones of every kind, the synthetic year, and the same chain
//! as a linear programme.

use hukka_dispatch::exact::{Chain, Ends, Grid, Series, SharedLimit, Store, Unit, ValueFunction};
use hukka_lp::{Bounds, Problem, Row};

/// Splitmix64: small, seeded, the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    fn series(&mut self, steps: usize, mut value: impl FnMut(&mut Self) -> f64) -> Series {
        Series::PerStep((0..steps).map(|_| value(self)).collect())
    }
}

/// Adds heat pumps that share one source, up to four, sometimes twins.
fn add_pumps(chain: &mut Chain, dice: &mut Dice, steps: usize) {
    let count = 1 + dice.below(4);
    let mut members = Vec::new();
    let mut total = 0.0;
    let mut last = 3.0;
    for _ in 0..count {
        let max = dice.between(2.0, 20.0);
        total += max;
        let base = if dice.chance(0.2) {
            last
        } else {
            dice.between(1.5, 6.0)
        };
        last = base;
        let swings = dice.chance(0.7);
        let cops: Vec<f64> = (0..steps)
            .map(|_| base * if swings { dice.between(0.8, 1.2) } else { 1.0 })
            .collect();
        let index = chain.units.len();
        let power = cops.iter().map(|cop| 1.0 / cop).collect::<Vec<_>>();
        members.push((
            index,
            Series::PerStep(power.iter().map(|e| 1.0 - e).collect()),
        ));
        let vom = [1.5, 1.5, dice.between(0.0, 4.0)][dice.below(3)];
        chain.units.push(Unit::with_electricity(max, vom, power));
    }
    let factor = dice.between(0.1, 2.0);
    let limit_mw = dice.series(steps, |d| {
        if d.chance(0.05) {
            0.0
        } else {
            0.7 * total * factor * d.between(0.7, 1.3)
        }
    });
    chain.limits.push(SharedLimit { members, limit_mw });
}

/// Adds boilers, electric boilers, CHP, extraction, solar, dump, sale and purchase, some of each.
fn add_units(chain: &mut Chain, dice: &mut Dice, steps: usize) {
    if dice.chance(0.8) {
        chain.units.push(Unit::heat_only(
            dice.between(10.0, 90.0),
            dice.between(35.0, 80.0),
        ));
    }
    if dice.chance(0.7) {
        let cost = dice.between(15.0, 60.0);
        chain
            .units
            .push(Unit::heat_only(dice.between(5.0, 40.0), cost));
    }
    if dice.chance(0.7) {
        let per_heat = [1.0, 1.0 / 0.98][dice.below(2)];
        chain.units.push(Unit::with_electricity(
            dice.between(5.0, 30.0),
            0.5,
            per_heat,
        ));
    }
    for _ in 0..dice.below(3) {
        let ratio = dice.between(0.2, 1.2);
        let fuel = dice.between(20.0, 60.0) * ratio / dice.between(0.3, 0.5);
        let max = dice.between(5.0, 40.0);
        chain
            .units
            .push(Unit::with_electricity(max, fuel + 3.0, -ratio));
    }
    if dice.chance(0.2) {
        let first = chain.units.len();
        let bounds = (dice.between(10.0, 40.0), dice.between(5.0, 40.0));
        let ratios = (dice.between(0.1, 0.25), dice.between(0.2, 0.6));
        let fuel = dice.between(30.0, 120.0);
        let (pair, limit) = Unit::extraction(first, bounds.0, bounds.1, fuel, ratios);
        chain.units.extend(pair);
        chain.limits.push(limit);
    }
    if dice.chance(0.3) {
        let solar = dice.series(steps, |d| d.between(-5.0, 15.0).max(0.0));
        chain.units.push(Unit::heat_only(solar, 0.0));
    }
    if dice.chance(0.4) {
        let cost = [0.0, 0.0, dice.between(0.0, 5.0)][dice.below(3)];
        chain
            .units
            .push(Unit::taking_heat(dice.between(5.0, 80.0), cost));
    }
    if dice.chance(0.2) {
        let price = dice.between(5.0, 60.0);
        chain
            .units
            .push(Unit::taking_heat(dice.between(1.0, 10.0), -price));
        let prices = dice.series(steps, |d| d.between(10.0, 90.0));
        chain
            .units
            .push(Unit::heat_only(dice.between(1.0, 10.0), prices));
    }
}

fn random_grid(dice: &mut Dice, steps: usize) -> Grid {
    let factor = dice.between(1.0, 8.0);
    let shift = if dice.chance(0.5) {
        0.0
    } else {
        dice.between(-200.0, 100.0)
    };
    let flat = dice.chance(0.1);
    let prices: Vec<f64> = (0..steps)
        .map(|_| {
            shift
                + factor
                    * if flat {
                        40.0
                    } else {
                        dice.between(-10.0, 80.0)
                    }
        })
        .collect();
    let spread = [0.0, 20.0, dice.between(0.0, 60.0)][dice.below(3)];
    let fee = spread * dice.unit();
    let limit = |dice: &mut Dice| match dice.below(4) {
        0 => 0.0,
        1 => dice.between(1.0, 15.0),
        2 => dice.between(10.0, 60.0),
        _ => 500.0,
    };
    Grid {
        buy_eur_mwh: prices.iter().map(|p| p + fee).collect::<Vec<_>>().into(),
        sell_eur_mwh: prices
            .iter()
            .map(|p| p + fee - spread)
            .collect::<Vec<_>>()
            .into(),
        max_buy_mw: limit(dice).into(),
        max_sell_mw: limit(dice).into(),
    }
}

fn random_store(dice: &mut Dice) -> Store {
    let capacity = match dice.below(5) {
        0 => 0.0,
        1 => dice.between(1.0, 30.0),
        2 => 600.0,
        3 => dice.between(30.0, 800.0),
        _ => dice.between(2e3, 2e4),
    };
    let efficiency = |dice: &mut Dice| [1.0, 0.99, dice.between(0.6, 1.0)][dice.below(3)];
    let power = |dice: &mut Dice| [40.0, 0.0, dice.between(1.0, 80.0)][dice.below(12).min(2)];
    let loss_per_h = match dice.below(4) {
        0 => 0.0,
        1 => 6e-4,
        2 => dice.between(0.0, 0.05),
        _ => dice.between(0.0, 0.002),
    };
    let ends = match dice.below(5) {
        0 => {
            let start_mwh = capacity * dice.unit();
            let worth = dice.between(0.0, 60.0);
            let pieces = [
                (capacity * 0.3, -worth),
                (capacity * 0.4, -worth * 0.5),
                (capacity * 0.3, 0.0),
            ];
            let end = ValueFunction::new(0.0, 0.0, &pieces).unwrap();
            Ends::From { start_mwh, end }
        }
        1 => Ends::From {
            start_mwh: capacity * dice.unit(),
            end: ValueFunction::between(0.0, capacity),
        },
        _ => Ends::Cyclic,
    };
    Store {
        capacity_mwh: capacity.into(),
        max_charge_mw: power(dice).into(),
        max_discharge_mw: power(dice).into(),
        charge_efficiency: efficiency(dice),
        discharge_efficiency: efficiency(dice),
        loss_per_h,
        ends,
    }
}

/// A chain of a seed: any park, any window of 1 to 48 steps (sometimes up to 300), any price.
pub(crate) fn random(seed: u64) -> Chain {
    let dice = &mut Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5bf0_3635);
    let steps = match dice.below(10) {
        0 => 1,
        1 => 2 + dice.below(3),
        2 => 49 + dice.below(250),
        _ => 1 + dice.below(48),
    };
    let step_h = match dice.below(4) {
        0 => vec![0.25; steps],
        1 => (0..steps)
            .map(|_| [0.25, 0.5, 1.0][dice.below(3)])
            .collect(),
        _ => vec![1.0; steps],
    };
    let mut chain = Chain {
        step_h,
        demand_mw: Vec::new(),
        unserved_eur_mwh: Some([1000.0, 1000.0, dice.between(50.0, 300.0)][dice.below(3)]),
        units: Vec::new(),
        limits: Vec::new(),
        grid: Some(random_grid(dice, steps)),
        store: None,
    };
    for _ in 0..dice.below(3) {
        add_pumps(&mut chain, dice, steps);
    }
    add_units(&mut chain, dice, steps);
    if dice.chance(0.25) {
        for unit in &mut chain.units {
            if dice.chance(0.3) {
                let share = dice.between(0.0, 0.5);
                let least: Vec<f64> = (0..steps).map(|t| share * unit.max_mw.at(t)).collect();
                *unit = unit.clone().at_least(least);
            }
        }
    }
    let capacity: f64 = chain
        .units
        .iter()
        .filter(|unit| unit.heat > 0.0)
        .map(|unit| unit.max_mw.at(0))
        .sum();
    let level = dice.between(0.2, 1.3);
    let wide = dice.chance(0.3);
    chain.demand_mw = (0..steps)
        .map(|_| {
            let swing = if wide {
                dice.between(0.0, 1.8)
            } else {
                dice.between(0.8, 1.2)
            };
            (capacity + 1.0) * level * swing
        })
        .collect();
    if dice.chance(0.9) {
        chain.store = Some(random_store(dice));
    }
    chain
}

/// The chain as a linear programme, with the constant of its objective.
pub(crate) struct Programme {
    pub(crate) problem: Problem,
    pub(crate) constant: f64,
}

/// The rows of the store's content and, if it closes, of the first step.
struct Contents {
    rows: Vec<Row>,
    keep: Vec<f64>,
}

pub(crate) fn programme(chain: &Chain) -> Programme {
    let mut problem = Problem::new();
    let steps = chain.steps();
    let heat: Vec<Row> = chain
        .demand_mw
        .iter()
        .map(|&demand| problem.add_row(Bounds::equal(demand)))
        .collect();
    let limits: Vec<Vec<Row>> = chain
        .limits
        .iter()
        .map(|limit| {
            (0..steps)
                .map(|t| problem.add_row(Bounds::at_most(limit.limit_mw.at(t))))
                .collect()
        })
        .collect();
    for t in 0..steps {
        let hours = chain.step_h[t];
        let electricity = chain
            .grid
            .as_ref()
            .map(|_| problem.add_row(Bounds::equal(0.0)));
        for (i, unit) in chain.units.iter().enumerate() {
            let mut entries = vec![(heat[t], unit.heat)];
            if let Some(row) = electricity {
                entries.push((row, unit.electricity.at(t)));
            }
            for (limit, rows) in chain.limits.iter().zip(&limits) {
                for (member, factor) in &limit.members {
                    if *member == i {
                        entries.push((rows[t], factor.at(t)));
                    }
                }
            }
            let bounds = Bounds::between(unit.min_mw.at(t), unit.max_mw.at(t));
            problem.add_column(hours * unit.cost_eur_mwh.at(t), bounds, &entries);
        }
        if let (Some(grid), Some(row)) = (&chain.grid, electricity) {
            let most = Bounds::between(0.0, grid.max_buy_mw.at(t));
            problem.add_column(hours * grid.buy_eur_mwh.at(t), most, &[(row, -1.0)]);
            let most = Bounds::between(0.0, grid.max_sell_mw.at(t));
            problem.add_column(-hours * grid.sell_eur_mwh.at(t), most, &[(row, 1.0)]);
        }
        if let Some(price) = chain.unserved_eur_mwh {
            problem.add_column(hours * price, Bounds::at_least(0.0), &[(heat[t], 1.0)]);
        }
    }
    let constant = chain
        .store
        .as_ref()
        .map_or(0.0, |store| add_store(&mut problem, chain, store, &heat));
    Programme { problem, constant }
}

fn add_store(problem: &mut Problem, chain: &Chain, store: &Store, heat: &[Row]) -> f64 {
    let steps = chain.steps();
    let keep: Vec<f64> = chain
        .step_h
        .iter()
        .map(|hours| (1.0 - store.loss_per_h).powf(*hours))
        .collect();
    let before = match &store.ends {
        Ends::Cyclic => 0.0,
        Ends::From { start_mwh, .. } => keep[0] * start_mwh,
    };
    let rows = (0..steps)
        .map(|t| problem.add_row(Bounds::equal(if t == 0 { before } else { 0.0 })))
        .collect();
    let contents = Contents { rows, keep };
    for (t, &balance) in heat.iter().enumerate() {
        let hours = chain.step_h[t];
        let charged = -hours * store.charge_efficiency;
        let most = Bounds::between(0.0, store.max_charge_mw.at(t));
        problem.add_column(0.0, most, &[(balance, -1.0), (contents.rows[t], charged)]);
        let taken = hours / store.discharge_efficiency;
        let most = Bounds::between(0.0, store.max_discharge_mw.at(t));
        problem.add_column(0.0, most, &[(balance, 1.0), (contents.rows[t], taken)]);
    }
    add_contents(problem, store, &contents)
}

fn add_contents(problem: &mut Problem, store: &Store, contents: &Contents) -> f64 {
    let steps = contents.rows.len();
    let mut constant = 0.0;
    for t in 0..steps {
        let room = Bounds::between(0.0, store.capacity_mwh.at(t));
        let is_last = t + 1 == steps;
        let mut entries = vec![(contents.rows[t], 1.0)];
        match &store.ends {
            Ends::Cyclic if steps == 1 => entries[0].1 -= contents.keep[0],
            Ends::Cyclic => {
                let next = (t + 1) % steps;
                entries.push((contents.rows[next], -contents.keep[next]));
            }
            Ends::From { .. } if !is_last => {
                entries.push((contents.rows[t + 1], -contents.keep[t + 1]));
            }
            Ends::From { end, .. } => {
                let (from, _) = end.range();
                constant = end.cost_at(from).unwrap();
                let row = problem.add_row(Bounds::equal(from));
                entries.push((row, 1.0));
                for (width, slope) in end.pieces() {
                    problem.add_column(slope, Bounds::between(0.0, width), &[(row, -1.0)]);
                }
            }
        }
        problem.add_column(0.0, room, &entries);
    }
    constant
}
