//! Money beside the heat company's cash flow: of each year's worth, of every party, by ranges.

mod capex;
mod parties;

use crate::cash_flow::Ventures;
use crate::finance::internal_rate_of_return;
use hukka_model::{CashFlowYear, MoneyAccount, NominalYear, nominal_rate};
use hukka_units::{Money, Ratio};

/// The account of a study.
pub(crate) fn account(ventures: &Ventures<'_>, rows: &[CashFlowYear]) -> MoneyAccount {
    let rules = &ventures.inputs.study.money;
    let nominal_rate = nominal_rate(rules.discount_rate, rules.inflation);
    let nominal = nominal_years(rows, rules.inflation, nominal_rate);
    let flows: Vec<f64> = nominal.iter().map(|year| year.net.eur()).collect();
    let gains = parties::gains(ventures, rows);
    MoneyAccount {
        real_rate: rules.discount_rate,
        nominal_rate,
        inflation: rules.inflation,
        capital: rules.capital,
        growth: rules.growth,
        nominal_irr: internal_rate_of_return(&flows, nominal_rate.fraction())
            .map(Ratio::from_fraction),
        nominal,
        price_band: parties::price_band(ventures, &gains),
        together_npv: gains.together_npv,
        largest_residual: gains.largest_residual(),
        parties: gains.parties,
        together: gains.together,
        capex: capex::ranges(ventures.inputs),
    }
}

/// The company's years in the money of each year.
///
/// `flow_nominal[n] = flow[n] (1 + π)^n`, discounted at `(1 + r)(1 + π) − 1`, so that present
/// values are those of real money.
fn nominal_years(rows: &[CashFlowYear], inflation: Ratio, rate: Ratio) -> Vec<NominalYear> {
    let mut cumulative = Money::ZERO;
    rows.iter()
        .map(|row| {
            let years = f64::from(row.year);
            let level = (1.0 + inflation.fraction()).powf(years);
            let net = row.net * level;
            cumulative += net / (1.0 + rate.fraction()).powf(years);
            NominalYear {
                year: row.year,
                price_level: Ratio::from_fraction(level),
                investment: row.investment * level,
                revenue: row.revenue * level,
                operating_cost: row.operating_cost * level,
                net,
                cumulative_discounted: cumulative,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Bench;
    use hukka_model::{GrantGiver, Party};
    use hukka_units::{EnergyPrice, Money, Ratio};

    fn dear(mut bench: Bench) -> Bench {
        bench.study.data_centres[0].heat_price = EnergyPrice::from_eur_mwh(7.0);
        bench.study.money.grant_share = Ratio::from_percent(15.0);
        bench.study.money.inflation = Ratio::from_percent(2.0);
        bench.study.money.growth.electricity = Ratio::from_percent(1.0);
        bench.study.money.growth.fuel[0] = Ratio::from_percent(2.0);
        bench.study.money.growth.carbon = Ratio::from_percent(3.0);
        bench.study.money.growth.heat = Ratio::from_percent(0.5);
        bench.study.money.growth.source_heat = Ratio::from_percent(-1.0);
        for source in &mut bench.sources {
            source
                .cooling_saved_per_heat
                .fill(Ratio::from_fraction(0.1));
        }
        bench
    }

    #[test]
    fn the_parties_sum_to_the_whole_to_the_cent() {
        for giver in [GrantGiver::State, GrantGiver::Municipality] {
            for bench in [Bench::new(), Bench::against_existing_plant()] {
                let mut bench = dear(bench);
                bench.study.money.grant_giver = giver;
                bench.refresh_objective();
                let money = bench.assess().money;
                assert_eq!(money.parties.len(), 4);
                for (year, whole) in money.together.iter().enumerate() {
                    let sum: Money = money.parties.iter().map(|p| p.flows[year]).sum();
                    assert!((sum - *whole).eur().abs() < 0.005, "year {year}");
                }
                let npv: Money = money.parties.iter().map(|p| p.npv).sum();
                assert!((npv - money.together_npv).eur().abs() < 0.005);
                assert!(money.largest_residual.eur() < 0.005);
                let town = money
                    .parties
                    .iter()
                    .find(|p| p.party == Party::Municipality);
                let given = town.unwrap().npv.eur();
                assert_eq!(given < -1.0, giver == GrantGiver::Municipality, "{given}");
            }
        }
    }

    #[test]
    fn nominal_money_has_the_present_value_of_real_money() {
        let bench = dear(Bench::new());
        let assessment = bench.assess();
        let money = &assessment.money;
        let (last, real) = (
            money.nominal.last().unwrap(),
            assessment.cash_flow.last().unwrap(),
        );
        let (a, b) = (
            last.cumulative_discounted.eur(),
            real.cumulative_discounted.eur(),
        );
        assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{a} {b}");
        assert!((last.price_level.fraction() - 1.02_f64.powi(20)).abs() < 1e-12);
        let (nominal, irr) = (money.nominal_irr.unwrap(), assessment.kpis.irr.unwrap());
        let expected = (1.0 + irr.fraction()) * 1.02 - 1.0;
        assert!((nominal.fraction() - expected).abs() < 1e-9);
    }

    #[test]
    fn dearer_electricity_every_year_is_felt_from_the_second_year_on() {
        let level = Bench::new();
        let mut rising = Bench::new();
        rising.study.money.growth.electricity = Ratio::from_percent(3.0);
        let (a, b) = (level.assess().cash_flow, rising.assess().cash_flow);
        assert!((a[1].operating_cost - b[1].operating_cost).eur().abs() < 1e-9);
        let market = level.book().market().eur();
        for year in [2_usize, 20] {
            let more = (b[year].operating_cost - a[year].operating_cost).eur();
            let growth = 1.03_f64.powi(i32::try_from(year).unwrap() - 1) - 1.0;
            assert!(
                (more - market * growth).abs() < 1e-6 * market,
                "{year}: {more}"
            );
        }
    }

    #[test]
    fn at_the_splitting_price_both_owners_gain_the_same() {
        let bench = dear(Bench::against_existing_plant());
        let band = bench.assess().money.price_band.unwrap();
        let mut split = dear(Bench::against_existing_plant());
        split.study.money.growth.source_heat = Ratio::ZERO;
        let own = split.assess().money.price_band.unwrap();
        split.study.data_centres[0].heat_price = own.splitting;
        let money = split.assess().money;
        let npv = |party: Party| {
            let of = money.parties.iter().find(|p| p.party == party);
            of.unwrap().npv.eur()
        };
        let (company, centre) = (npv(Party::HeatCompany), npv(Party::DataCentre));
        assert!((company - centre).abs() < 1e-3, "{company} {centre}");
        assert!((company + centre - own.joint_gain.eur()).abs() < 1e-3);
        assert!(band.least < band.most);
    }

    #[test]
    fn every_new_item_has_a_range_with_a_source() {
        for range in Bench::new().assess().money.capex {
            assert!(range.low_high.0 < range.amount && range.amount < range.low_high.1);
            assert!(!range.source.is_empty());
        }
    }
}
