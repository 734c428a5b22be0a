//! Both owners' money hour by hour, item by item.

use super::study::{Answer, Centre, Setting};
use hukka_model::{AccountItem, AccountKind, Fuel, OwnerAccount, Party, UnitKind};
use hukka_units::{EnergyPrice, HeatEnergy, Money};

/// Money by kind and hour, EUR.
type Items = Vec<(AccountKind, bool, Vec<f64>)>;

/// The books of the heat company and of each data centre.
pub(super) struct Books {
    company: Items,
    /// Heat sold, MWh.
    sold: f64,
    /// Items and heat drawn, MWh, by centre.
    centres: Vec<(Items, f64)>,
}

impl Books {
    /// Writes down every hour of an answer.
    pub(super) fn keep(setting: &Setting<'_>, answer: &Answer) -> Self {
        let (received, sold) = sales(setting, answer);
        let mut company = vec![(AccountKind::HeatSold, true, received)];
        let mut centres = Vec::with_capacity(setting.centres.len());
        let mut bought = vec![0.0; setting.hours()];
        for (c, centre) in setting.centres.iter().enumerate() {
            let drawn: Vec<f64> = (0..setting.hours())
                .map(|t| setting.drawn(&answer.operation, centre, t))
                .collect();
            let paid = times(&drawn, &answer.prices[c]);
            for (sum, paid) in bought.iter_mut().zip(&paid) {
                *sum += paid;
            }
            let items = centre_items(setting, centre, &drawn, paid);
            centres.push((items, drawn.iter().sum()));
        }
        company.push((AccountKind::SourceHeat, false, bought));
        if answer.lacking > 0.0 {
            let unpaid = minimum(setting, answer);
            company.push((AccountKind::MinimumVolume, false, unpaid.clone()));
            // The contract names one volume: the first data centre's book takes the payment.
            if let Some((items, _)) = centres.first_mut() {
                items.push((AccountKind::MinimumVolume, true, unpaid));
            }
        }
        company.extend(running(setting, answer));
        Self {
            company,
            sold,
            centres,
        }
    }
}

fn times(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

/// Volume not drawn, at the price of the last hour and booked in it.
fn minimum(setting: &Setting<'_>, answer: &Answer) -> Vec<f64> {
    let mut unpaid = vec![0.0; setting.hours()];
    let price = answer.prices.first().and_then(|prices| prices.last());
    if let (Some(last), Some(price)) = (unpaid.last_mut(), price) {
        *last = answer.lacking * price;
    }
    unpaid
}

fn centre_items(setting: &Setting<'_>, centre: &Centre, drawn: &[f64], paid: Vec<f64>) -> Items {
    let mut items = vec![
        (AccountKind::SourceHeat, true, paid),
        (AccountKind::SavedCooling, true, times(drawn, &centre.saved)),
    ];
    if setting.supply > 0.0 {
        let cost = drawn.iter().map(|heat| heat * setting.supply).collect();
        items.push((AccountKind::HeatSupply, false, cost));
    }
    items
}

/// Heat sold: what the network delivers less what could not be supplied, EUR by hour and MWh.
fn sales(setting: &Setting<'_>, answer: &Answer) -> (Vec<f64>, f64) {
    let price = setting.inputs.study.prices.heat.eur_mwh();
    let delivered = &setting.inputs.network.hourly.heat_delivered;
    let unserved = &answer.operation.unserved;
    let sold: Vec<f64> = delivered
        .iter()
        .zip(unserved)
        .map(|(heat, unserved)| heat.mw() - unserved)
        .collect();
    let received = sold.iter().map(|heat| heat * price).collect();
    (received, sold.iter().sum())
}

/// What running the park costs, but for heat bought.
fn running(setting: &Setting<'_>, answer: &Answer) -> Items {
    use AccountKind::{
        BoilerElectricity, Carbon, Fuel as Burnt, HeatPumpElectricity, NetworkElectricity,
        Unserved, Upkeep,
    };
    let hours = setting.hours();
    let kinds = [
        HeatPumpElectricity,
        BoilerElectricity,
        NetworkElectricity,
        Burnt,
        Carbon,
        Upkeep,
        Unserved,
    ];
    let mut sums: Items = kinds
        .iter()
        .map(|kind| (*kind, false, vec![0.0; hours]))
        .collect();
    let mut add = |kind: AccountKind, t: usize, eur: f64| {
        if let Some((_, _, sum)) = sums.iter_mut().find(|(own, _, _)| *own == kind) {
            sum[t] += eur;
        }
    };
    let inputs = setting.inputs;
    for (unit, heat) in setting.park.units.iter().zip(&answer.operation.heat) {
        let (kind, upkeep, fuel) = match unit.kind {
            UnitKind::HeatPump(i) => {
                let pump = &inputs.design.heat_pumps[i];
                (HeatPumpElectricity, pump.variable_upkeep, Fuel::Electricity)
            }
            UnitKind::Boiler(i) => {
                let boiler = &inputs.design.boilers[i];
                (BoilerElectricity, boiler.variable_upkeep, boiler.fuel)
            }
        };
        let study = inputs.study;
        let price = study.prices.fuel[fuel.index()].eur_mwh();
        let carbon = study.emissions.fuel[fuel.index()].kg_mwh() * study.prices.carbon.si();
        for (t, heat) in heat.iter().enumerate() {
            add(kind, t, heat * unit.electricity[t] * setting.electricity[t]);
            add(Burnt, t, heat * unit.fuel * price);
            add(Carbon, t, heat * unit.fuel * carbon);
            add(Upkeep, t, heat * upkeep.eur_mwh());
        }
    }
    for (t, power) in inputs.network.hourly.pump_power.iter().enumerate() {
        add(NetworkElectricity, t, power.mw() * setting.electricity[t]);
    }
    for (t, unserved) in answer.operation.unserved.iter().enumerate() {
        add(Unserved, t, unserved * setting.park.unserved_price);
    }
    sums.retain(|(_, _, sum)| sum.iter().any(|eur| *eur != 0.0));
    sums
}

/// The accounts: the heat company, then the data centres.
pub(super) fn accounts(setting: &Setting<'_>, books: Books) -> Vec<OwnerAccount> {
    let company = account(Party::HeatCompany, None, books.company, books.sold);
    let centres = setting.centres.iter().zip(books.centres);
    let centres = centres.map(|(centre, (items, drawn))| {
        let id = setting.inputs.sources[centre.source].id.clone();
        account(Party::DataCentre, Some(id), items, drawn)
    });
    std::iter::once(company).chain(centres).collect()
}

fn account(party: Party, data_centre: Option<String>, items: Items, mwh: f64) -> OwnerAccount {
    let hours = items.first().map_or(0, |(_, _, hourly)| hourly.len());
    let mut net_hourly = vec![0.0; hours];
    let mut both = [0.0, 0.0];
    let mut written = Vec::with_capacity(items.len());
    for (kind, is_received, hourly) in items {
        let sign = if is_received { 1.0 } else { -1.0 };
        for (net, eur) in net_hourly.iter_mut().zip(&hourly) {
            *net += sign * eur;
        }
        let year: f64 = hourly.iter().sum();
        both[usize::from(!is_received)] += year;
        written.push(AccountItem {
            kind,
            is_received,
            hourly: money(&hourly),
            year: Money::from_eur(year),
        });
    }
    let [received, paid] = both;
    let net = received - paid;
    let energy = HeatEnergy::from_mwh(mwh);
    let per = |eur: f64| EnergyPrice::from_eur_mwh(eur / mwh);
    OwnerAccount {
        party,
        data_centre,
        items: written,
        received: Money::from_eur(received),
        paid: Money::from_eur(paid),
        net: Money::from_eur(net),
        net_hourly: money(&net_hourly),
        energy,
        per_heat: (mwh > 1e-6).then(|| [per(received), per(paid), per(net)]),
    }
}

fn money(eur: &[f64]) -> Vec<Money> {
    eur.iter().copied().map(Money::from_eur).collect()
}
