//! Which points no other beats, and which of them to build.

use super::point::FrontierPoint;
use hukka_model::Study;
use hukka_units::grouped;

/// Net present values closer than this share of the investment are called equal.
const EQUAL_SHARE: f64 = 0.005;

/// The point to build.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Position among the points.
    pub point: usize,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// The next point of the front that saves more CO2, and what a tonne more costs there, €/t.
    pub next: Option<(usize, f64)>,
}

/// Marks the points of the front: feasible, and no feasible one is at least as cheap, covers as
/// much and saves as much CO2 while better in one of them. The study's own sizes are always
/// feasible.
pub(super) fn mark_front(points: &mut [FrontierPoint], own: usize) {
    if let Some(point) = points.get_mut(own) {
        point.is_feasible = true;
    }
    let front: Vec<bool> = points
        .iter()
        .map(|point| {
            point.is_feasible
                && !points
                    .iter()
                    .any(|other| other.is_feasible && beats(other, point))
        })
        .collect();
    for (point, is_on_front) in points.iter_mut().zip(front) {
        point.is_on_front = is_on_front;
    }
}

fn beats(a: &FrontierPoint, b: &FrontierPoint) -> bool {
    let no_worse = a.lcoh_eur_mwh <= b.lcoh_eur_mwh
        && a.share_covered >= b.share_covered
        && a.carbon_saved_t >= b.carbon_saved_t;
    let better = a.lcoh_eur_mwh < b.lcoh_eur_mwh
        || a.share_covered > b.share_covered
        || a.carbon_saved_t > b.carbon_saved_t;
    no_worse && better
}

/// The point of the front with the largest net present value; among equals, the one that saves
/// most CO2.
pub(super) fn recommend(study: &Study, points: &[FrontierPoint], own: usize) -> Recommendation {
    let front: Vec<usize> = (0..points.len())
        .filter(|n| points[*n].is_on_front)
        .collect();
    let npv = |n: usize| points[n].npv_eur;
    let best = front
        .iter()
        .copied()
        .max_by(|a, b| npv(*a).total_cmp(&npv(*b)).then(b.cmp(a)));
    let Some(best) = best else {
        return Recommendation {
            point: own,
            why: vec!["no point could be compared; the study's own sizes stay".to_owned()],
            next: None,
        };
    };
    let near = EQUAL_SHARE * points[best].investment_eur.abs();
    let chosen = front
        .iter()
        .copied()
        .filter(|n| npv(best) - npv(*n) <= near)
        .max_by(|a, b| {
            let carbon = |n: usize| points[n].carbon_saved_t;
            carbon(*a).total_cmp(&carbon(*b)).then(b.cmp(a))
        })
        .unwrap_or(best);
    let next = next_step(study, points, &front, chosen);
    Recommendation {
        point: chosen,
        why: reasons(points, (chosen, own), front.len(), next),
        next,
    }
}

/// The cheapest way from a point of the front to more CO2 saved: € a year per tonne a year.
fn next_step(
    study: &Study,
    points: &[FrontierPoint],
    front: &[usize],
    from: usize,
) -> Option<(usize, f64)> {
    let money = &study.money;
    let annuity = hukka_assess::annuity(
        money.discount_rate.fraction(),
        f64::from(money.horizon_years),
    );
    let here = &points[from];
    front
        .iter()
        .copied()
        .filter(|n| points[*n].carbon_saved_t > here.carbon_saved_t + 1e-6)
        .map(|n| {
            let cost = (here.npv_eur - points[n].npv_eur) * annuity;
            (n, cost / (points[n].carbon_saved_t - here.carbon_saved_t))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
}

fn reasons(
    points: &[FrontierPoint],
    (chosen, own): (usize, usize),
    front: usize,
    next: Option<(usize, f64)>,
) -> Vec<String> {
    let point = &points[chosen];
    let mut why = vec![format!(
        "{} net present value of the {} points that no other beats in cost, coverage and CO2: {}",
        if point.npv_eur < 0.0 {
            "no point pays; the smallest loss by"
        } else {
            "the largest"
        },
        front,
        meur(point.npv_eur)
    )];
    if chosen == own {
        why.push("it is the study's own choice of sizes".to_owned());
    } else {
        let study = &points[own];
        why.push(format!(
            "against the study's own sizes {} more, {} points of coverage and {} t of CO2 a year",
            meur(point.npv_eur - study.npv_eur),
            signed(100.0 * (point.share_covered - study.share_covered), 1),
            signed(point.carbon_saved_t - study.carbon_saved_t, 0),
        ));
    }
    match next {
        Some((n, cost)) => why.push(format!(
            "the cheapest step on saves {} t more a year for {} €/t beyond the price of carbon in the study",
            grouped(points[n].carbon_saved_t - point.carbon_saved_t, 0),
            grouped(cost.max(0.0), 0)
        )),
        None => why.push("no other point of the front saves more CO2".to_owned()),
    }
    why
}

fn meur(eur: f64) -> String {
    format!("{} M€", signed(eur / 1e6, 2))
}

/// A number with its sign.
fn signed(value: f64, digits: usize) -> String {
    let text = grouped(value.abs(), digits);
    if value < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}
