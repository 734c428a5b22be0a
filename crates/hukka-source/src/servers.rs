//! Power of the servers, hall by hall.

use crate::power::it_power;
use hukka_model::{DataCentre, Hall, Utilisation};
use hukka_units::{ElectricPower, Ratio, as_si};

/// Shares this close are the same.
const ROUNDING: f64 = 1e-9;

/// Servers of a year: what is installed, and what it draws hour by hour, watts.
pub(crate) struct Servers {
    pub(crate) installed: f64,
    pub(crate) power: Vec<f64>,
}

impl Servers {
    /// Servers with a share of the whole load present.
    ///
    /// The share is that of an operating year: every hall then has its own of that year. Between
    /// and beyond the years, halls keep the proportions of the last.
    pub(crate) fn of(centre: &DataCentre, fill: Ratio, steps: usize) -> Self {
        if centre.halls.is_empty() {
            let installed = centre.it_load.w() * fill.fraction();
            let mut power = vec![0.0; steps];
            let idle = centre.idle_share.fraction();
            add(&mut power, installed, idle, &centre.utilisation);
            return Self { installed, power };
        }
        let mut servers = Self {
            installed: 0.0,
            power: vec![0.0; steps],
        };
        for (hall, installed) in centre.halls.iter().zip(present(&centre.halls, fill)) {
            servers.installed += installed;
            let idle = hall.idle_share.fraction();
            add(&mut servers.power, installed, idle, &hall.utilisation);
        }
        servers
    }
}

fn add(power: &mut [f64], installed: f64, idle: f64, utilisation: &Utilisation) {
    match utilisation {
        Utilisation::Constant(u) => {
            let each = it_power(installed, idle, u.fraction());
            for sum in power {
                *sum += each;
            }
        }
        Utilisation::Hourly(values) => {
            for (sum, u) in power.iter_mut().zip(as_si(values)) {
                *sum += it_power(installed, idle, *u);
            }
        }
    }
}

/// Power installed in every hall when the whole is filled to a share, watts.
fn present(halls: &[Hall], fill: Ratio) -> Vec<f64> {
    let whole: f64 = halls.iter().map(|hall| hall.it_load.w()).sum();
    let years = halls.iter().map(|hall| hall.fill.len()).max().unwrap_or(1);
    let wanted = fill.fraction() * whole;
    let of_year = |year: usize| -> Vec<f64> { halls.iter().map(|h| in_year(h, year)).collect() };
    for year in 0..years {
        let loads = of_year(year);
        if (loads.iter().sum::<f64>() - wanted).abs() <= ROUNDING * whole {
            return loads;
        }
    }
    let mut loads = of_year(years - 1);
    let last: f64 = loads.iter().sum();
    if last > 0.0 {
        for load in &mut loads {
            *load *= wanted / last;
        }
    }
    loads
}

fn in_year(hall: &Hall, year: usize) -> f64 {
    let share = hall.fill.get(year).or(hall.fill.last());
    ElectricPower::w(hall.it_load) * share.map_or(0.0, |share| share.fraction())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hukka_model::sample;

    fn hall(id: &str, mw: f64, fill: &[f64], utilisation: f64) -> Hall {
        Hall {
            id: id.to_owned(),
            it_load: ElectricPower::from_mw(mw),
            fill: fill.iter().map(|f| Ratio::from_fraction(*f)).collect(),
            utilisation: Utilisation::Constant(Ratio::from_fraction(utilisation)),
            idle_share: Ratio::from_fraction(0.0),
        }
    }

    fn centre() -> DataCentre {
        DataCentre {
            it_load: ElectricPower::from_mw(10.0),
            halls: vec![
                hall("cloud", 6.0, &[1.0], 0.5),
                hall("training", 4.0, &[0.0, 0.5, 1.0], 0.9),
            ],
            ..sample::data_centre()
        }
    }

    fn power(fill: f64) -> f64 {
        Servers::of(&centre(), Ratio::from_fraction(fill), 3).power[1]
    }

    #[test]
    fn halls_fill_up_one_after_the_other() {
        assert!((power(0.6) - 3.0e6).abs() < 1e-3);
        assert!((power(0.8) - (3.0e6 + 1.8e6)).abs() < 1e-3);
        assert!((power(1.0) - (3.0e6 + 3.6e6)).abs() < 1e-3);
    }

    #[test]
    fn between_the_years_halls_keep_their_proportions() {
        assert!((power(0.5) - 0.5 * power(1.0)).abs() < 1e-3);
    }
}
