//! The money of `summary.json`: real and nominal, by party, by ranges; break-evens and risks.

use crate::label;
use hukka_model::{
    BreakEven, CapexRange, MoneyAccount, NominalYear, PriceBand, Risk, UncertaintyResult,
};
use hukka_units::{Money, Ratio};
use serde_json::{Map, Value, json};

/// Interest, price paths, every party, the price of the heat, ranges of the investment.
pub(super) fn money(account: &MoneyAccount) -> Value {
    let growth = &account.growth;
    json!({
        "real_rate": account.real_rate.fraction(),
        "nominal_rate": account.nominal_rate.fraction(),
        "inflation": account.inflation.fraction(),
        "capital": account.capital.map(|capital| json!({
            "debt_share": capital.debt_share.fraction(),
            "debt_interest": capital.debt_interest.fraction(),
            "equity_return": capital.equity_return.fraction(),
            "weighted_cost_nominal": capital.nominal().fraction(),
        })),
        "growth": {
            "electricity": growth.electricity.fraction(),
            "fuel": growth.fuel.map(Ratio::fraction),
            "carbon": growth.carbon.fraction(),
            "heat": growth.heat.fraction(),
            "source_heat": growth.source_heat.fraction(),
        },
        "irr_nominal": account.nominal_irr.map(Ratio::fraction),
        "nominal": account.nominal.iter().map(nominal).collect::<Vec<_>>(),
        "parties": account.parties.iter().map(|party| json!({
            "party": label::party(party.party),
            "npv_eur": party.npv.eur(),
            "flows_eur": eur(&party.flows),
            "basis": party.basis,
        })).collect::<Vec<_>>(),
        "together": {
            "npv_eur": account.together_npv.eur(),
            "flows_eur": eur(&account.together),
            "largest_residual_eur": account.largest_residual.eur(),
        },
        "price_band": account.price_band.as_ref().map(band),
        "capex": account.capex.iter().map(capex).collect::<Vec<_>>(),
    })
}

fn eur(flows: &[Money]) -> Vec<f64> {
    flows.iter().map(|flow| flow.eur()).collect()
}

fn nominal(year: &NominalYear) -> Value {
    json!({
        "year": year.year,
        "price_level": year.price_level.fraction(),
        "investment_eur": year.investment.eur(),
        "revenue_eur": year.revenue.eur(),
        "operating_cost_eur": year.operating_cost.eur(),
        "net_eur": year.net.eur(),
        "cumulative_discounted_eur": year.cumulative_discounted.eur(),
    })
}

fn band(band: &PriceBand) -> Value {
    json!({
        "present_heat_mwh": band.present_heat.mwh(),
        "joint_gain_eur": band.joint_gain.eur(),
        "in_study_eur_per_mwh": band.in_study.eur_mwh(),
        "least_eur_per_mwh": band.least.eur_mwh(),
        "most_eur_per_mwh": band.most.eur_mwh(),
        "splitting_eur_per_mwh": band.splitting.eur_mwh(),
    })
}

fn capex(item: &CapexRange) -> Value {
    json!({
        "name": item.name,
        "group": item.group,
        "amount_eur": item.amount.eur(),
        "low_eur": item.low_high.0.eur(),
        "high_eur": item.low_high.1.eur(),
        "source": item.source,
        "currency_year": item.currency_year,
    })
}

/// Each input alone: value at which the net present value is zero, and its swing.
pub(super) fn break_evens(points: &[BreakEven]) -> Vec<Value> {
    points
        .iter()
        .map(|point| {
            json!({
                "name": point.name,
                "unit": point.unit,
                "base": point.base,
                "at_zero_npv": point.at_zero_npv,
                "npv_at_minus_20_percent_eur": point.npv_low_high.0.eur(),
                "npv_at_plus_20_percent_eur": point.npv_low_high.1.eur(),
            })
        })
        .collect()
}

/// What may go wrong.
pub(super) fn risks(risks: &[Risk]) -> Vec<Value> {
    risks
        .iter()
        .map(|risk| {
            json!({
                "key": risk.key,
                "event": risk.event,
                "likelihood": risk.likelihood,
                "npv_change_eur": risk.npv_change.map(Money::eur),
                "basis": risk.basis,
                "answer": risk.answer,
                "owner": label::party(risk.owner),
            })
        })
        .collect()
}

/// Spreads of the figures, what moves them, single questions.
pub(super) fn uncertainty(result: &UncertaintyResult) -> Value {
    let figures: Map<String, Value> = result
        .figures
        .iter()
        .map(|figure| {
            let at = figure.p10_p50_p90;
            let value = json!({
                "label": figure.label,
                "base": figure.base,
                "samples": figure.samples,
                "p10": at.map(|p| p.0),
                "p50": at.map(|p| p.1),
                "p90": at.map(|p| p.2),
            });
            (figure.name.clone(), value)
        })
        .collect();
    json!({
        "samples": result.samples,
        "seed": result.seed,
        "probability_of_negative_npv": result.loss_probability.fraction(),
        "figures": figures,
        "tornado": result.tornado.iter().map(|bar| json!({
            "input": bar.input,
            "rank_correlation_with_npv": bar.correlation,
            "npv_at_lowest_fifth_eur": bar.npv_low_high.map(|ends| ends.0.eur()),
            "npv_at_highest_fifth_eur": bar.npv_low_high.map(|ends| ends.1.eur()),
        })).collect::<Vec<_>>(),
        "matrix": {
            "rows": result.matrix.rows,
            "columns": result.matrix.columns,
            "npv_eur": result.matrix.npv.iter().map(|row| eur(row)).collect::<Vec<_>>(),
        },
        "what_ifs": result.what_ifs.iter().map(|answer| json!({
            "id": answer.id,
            "question": answer.question,
            "assumes": answer.assumes,
            "npv_change_eur": answer.npv_change.map(Money::eur),
            "extra_cost_eur_per_year": answer.extra_cost.map(Money::eur),
            "unserved_on_coldest_day_mwh": answer.unserved_on_coldest_day_mwh,
            "unserved_mwh": answer.unserved_mwh,
        })).collect::<Vec<_>>(),
    })
}
