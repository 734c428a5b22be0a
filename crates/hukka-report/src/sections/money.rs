//! Section 7: money.

use crate::charts::{Bar, Span, columns, spans};
use crate::colour;
use crate::document::Block;
use crate::figure::{Figure, Key, Table};
use crate::inputs::Inputs;
use crate::label;
use crate::number::{count, money, money_signed, percent, short, whole};
use crate::sections::worth;
use crate::svg::Frame;
use crate::texts::{fill, say};
use hukka_model::{BreakEven, CapexItem, Party};
use hukka_units::{Money as Euro, Ratio, grouped};

/// Section 7, without the owners' accounts.
pub(crate) fn blocks(inputs: &Inputs<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::text(sentence(inputs)), Block::figure(capex(inputs))];
    blocks.extend(worth::ranges(inputs).map(Block::table));
    blocks.push(Block::table(parties(inputs)));
    blocks.push(Block::folded(payments(inputs)));
    let has_years = !inputs.assessment.cash_flow.is_empty();
    blocks.extend(has_years.then(|| Block::figure(cash(inputs))));
    let has_sides = !inputs.assessment.break_evens.is_empty();
    blocks.extend(worth::blocks(inputs));
    blocks.extend(has_sides.then(|| Block::open_figure(tornado(inputs))));
    blocks.extend(worth::terms(inputs));
    blocks
}

fn sentence(inputs: &Inputs<'_>) -> String {
    let kpis = &inputs.assessment.kpis;
    let rules = &inputs.study.money;
    let irr = kpis.irr.map_or("none".to_owned(), |irr| {
        format!("{} %", percent(irr.fraction()))
    });
    let grant = if rules.grant_share > Ratio::ZERO {
        fill(
            "money.grants-of-not-yet-taken",
            &[&percent(rules.grant_share.fraction())],
        )
    } else {
        String::new()
    };
    fill(
        "money.investment-net-present-value-over",
        &[
            &money(kpis.investment.eur()),
            &grant,
            &money_signed(kpis.npv.eur()),
            &count(rules.horizon_years as usize, "year", "years"),
            &percent(rules.discount_rate.fraction()),
            &residual(inputs),
            &irr,
        ],
    )
}

/// `, of which 3.5 M€ is the value left …; without it it is +0.1 M€`
fn residual(inputs: &Inputs<'_>) -> String {
    let kpis = &inputs.assessment.kpis;
    if kpis.npv_residual.eur() <= 0.0 {
        return String::new();
    }
    fill(
        "money.of-which-is-the-value",
        &[
            &in_unit_of(kpis.npv, kpis.npv_residual),
            &inputs.study.money.horizon_years,
            &in_unit_of(kpis.npv, kpis.npv - kpis.npv_residual),
        ],
    )
}

/// An amount in millions where the one it belongs to is: `−0.3 M€`.
fn in_unit_of(whole: Euro, amount: Euro) -> String {
    if whole.eur().abs() < 999_500.0 || amount.eur().abs() >= 999_500.0 {
        return money(amount.eur());
    }
    format!("{} M€", grouped(amount.meur(), 1))
}

/// Groups in the order they first appear, with their sum; what stands already is in none.
fn groups(items: &[CapexItem]) -> Vec<(&str, f64)> {
    let mut groups: Vec<(&str, f64)> = Vec::new();
    for item in items.iter().filter(|item| !is_standing(item)) {
        match groups.iter_mut().find(|group| group.0 == item.group) {
            Some(group) => group.1 += item.amount.eur(),
            None => groups.push((&item.group, item.amount.eur())),
        }
    }
    groups
}

/// Whether it stands already: nothing to pay for but its upkeep.
fn is_standing(item: &CapexItem) -> bool {
    item.amount.eur() <= 0.0
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn capex(inputs: &Inputs<'_>) -> Figure {
    let items = &inputs.design.capex;
    let mut at = 0.0;
    let mut all: Vec<Span> = groups(items)
        .into_iter()
        .map(|(group, eur)| {
            let from = at;
            at += eur / 1e6;
            Span {
                name: capital(group),
                pieces: vec![(from, at, colour::ACCENT.to_owned(), money(eur))],
            }
        })
        .collect();
    all.push(Span {
        name: say("money.investment").to_owned(),
        pieces: vec![(0.0, at, colour::INK.to_owned(), money(at * 1e6))],
    });
    let mut table = Table::new(say("money.investment-item-by-item"))
        .text(say("money.item"))
        .text(say("money.group"))
        .number(say("money.investment"), "€")
        .number(say("money.life"), "a")
        .number(say("money.upkeep"), "€/a");
    for item in items {
        let unless_standing = |text: String| {
            if is_standing(item) {
                "–".to_owned()
            } else {
                text
            }
        };
        table.push([
            item.name.clone(),
            item.group.clone(),
            unless_standing(whole(item.amount.eur())),
            unless_standing(grouped(item.life.a(), 0)),
            whole(item.upkeep_per_year.eur()),
        ]);
    }
    if items.iter().any(is_standing) {
        table = table.noted(say("money.machines-that-stand-already-cost"));
    }
    let upkeep: Euro = items.iter().map(|item| item.upkeep_per_year).sum();
    table.total = Some(vec![
        say("money.total").to_owned(),
        String::new(),
        whole(inputs.design.investment().eur()),
        String::new(),
        whole(upkeep.eur()),
    ]);
    let title = say("money.what-has-to-be-built");
    Figure {
        id: "capex".to_owned(),
        title: title.to_owned(),
        note: say("money.each-bar-starts-where-the").to_owned(),
        keys: vec![],
        svg: spans(say("money.investment-m"), &all, None).finish(title, ""),
        table,
    }
}

fn payments(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new(say("money.who-pays-whom-in-a"))
        .text(say("money.from"))
        .text(say("money.to"))
        .text(say("money.for"))
        .number(say("money.amount"), "€/a");
    for payment in &inputs.assessment.payments {
        table.push([
            label::party(payment.from).to_owned(),
            label::party(payment.to).to_owned(),
            payment.what.clone(),
            whole(payment.amount.eur()),
        ]);
    }
    table
}

/// What every party pays and receives in a year; the last row shows that money is conserved.
fn parties(inputs: &Inputs<'_>) -> Table {
    const ALL: [Party; 9] = [
        Party::HeatCompany,
        Party::DataCentre,
        Party::Customers,
        Party::ElectricityMarket,
        Party::ElectricityGrid,
        Party::FuelSuppliers,
        Party::State,
        Party::Contractors,
        Party::Municipality,
    ];
    let mut table = Table::new(say("money.the-year-s-money-by"))
        .text("Party")
        .number("Receives", "€/a")
        .number("Pays", "€/a")
        .number("Balance", "€/a");
    let payments = &inputs.assessment.payments;
    let sum = |accept: &dyn Fn(&hukka_model::Payment) -> bool| -> f64 {
        payments
            .iter()
            .filter(|p| accept(p))
            .map(|p| p.amount.eur())
            .sum()
    };
    for party in ALL {
        let received = sum(&|p| p.to == party);
        let paid = sum(&|p| p.from == party);
        if received != 0.0 || paid != 0.0 {
            table.push([
                label::party(party).to_owned(),
                whole(received),
                whole(paid),
                whole(received - paid),
            ]);
        }
    }
    let all = sum(&|_| true);
    table.total = Some(vec![
        say("money.all").to_owned(),
        whole(all),
        whole(all),
        whole(0.0),
    ]);
    table.noted(say("money.before-investment-what-the-heat"))
}

fn cash(inputs: &Inputs<'_>) -> Figure {
    let years = &inputs.assessment.cash_flow;
    let bars: Vec<Bar> = years
        .iter()
        .map(|year| Bar {
            mark: year.year.to_string(),
            pieces: vec![
                (year.revenue.meur(), colour::ACCENT.to_owned()),
                (-year.operating_cost.meur(), "#c9ad84".to_owned()),
                (-year.investment.meur(), "#4b535b".to_owned()),
            ],
        })
        .collect();
    let frame = Frame {
        height: 300.0,
        right: 130.0,
        ..Frame::default()
    };
    let mut plot = columns(frame, say("money.money-in-a-year-and"), &bars, 6);
    let line: Vec<(f64, f64)> = years
        .iter()
        .enumerate()
        .map(|(i, year)| (i as f64 + 0.5, year.cumulative_discounted.meur()))
        .collect();
    plot.line(
        &line,
        &format!(r#"stroke="{}" stroke-width="2.2""#, colour::SUPPLY),
    );
    for point in &line {
        let at = plot.at(point.0, point.1);
        plot.canvas
            .circle(at, 2.6, &format!(r#"fill="{}""#, colour::SUPPLY));
    }
    if let Some(last) = line.last() {
        let at = plot.at(last.0, last.1);
        let end = money_signed(last.1 * 1e6);
        let style = r#"class="name""#;
        let start = crate::svg::Anchor::Start;
        plot.canvas.text(
            (at.0 + 22.0, at.1 + 4.0),
            start,
            &fill("money.sum", &[&end]),
            style,
        );
    }
    let mut table = Table::new(say("money.the-heat-company-s-money"))
        .number(say("money.year"), "")
        .number(say("money.data-centre-filled"), "%")
        .number(say("money.investment"), "€")
        .number(say("money.heat-sold"), "€")
        .number(say("money.operating-cost"), "€")
        .number(say("money.net"), "€")
        .number(say("money.discounted-summed"), "€");
    cash_rows(inputs, &mut table);
    let key = |colour: &str, label: &str| Key {
        colour: colour.to_owned(),
        label: label.to_owned(),
    };
    let title = say("money.cash-flow-of-the-heat");
    Figure {
        id: "cash".to_owned(),
        title: title.to_owned(),
        note: String::new(),
        keys: vec![
            key(colour::ACCENT, say("money.heat-sold-up")),
            key("#c9ad84", say("money.operating-cost-down")),
            key(
                "#4b535b",
                say("money.investment-and-replacement-down-value"),
            ),
            key(colour::SUPPLY, say("money.sum-of-discounted-net-flows")),
        ],
        svg: plot.canvas.finish(title, ""),
        table,
    }
}

/// The years, and the value left after the last one as a row of its own.
fn cash_rows(inputs: &Inputs<'_>, table: &mut Table) {
    let kpis = &inputs.assessment.kpis;
    let years = &inputs.assessment.cash_flow;
    let left = kpis.value_left;
    let is_left = left.eur() > 0.0;
    for (i, year) in years.iter().enumerate() {
        let is_last = i + 1 == years.len() && is_left;
        let (value, present) = if is_last {
            (left, kpis.npv_residual)
        } else {
            (Euro::ZERO, Euro::ZERO)
        };
        table.push([
            year.year.to_string(),
            percent(year.fill.fraction()),
            whole((year.investment + value).eur()),
            whole(year.revenue.eur()),
            whole(year.operating_cost.eur()),
            whole((year.net - value).eur()),
            whole((year.cumulative_discounted - present).eur()),
        ]);
        if is_last {
            table.push([
                say("money.value-left").to_owned(),
                String::new(),
                whole(-left.eur()),
                String::new(),
                String::new(),
                whole(left.eur()),
                whole(year.cumulative_discounted.eur()),
            ]);
        }
    }
}

fn reach(point: &BreakEven, npv: f64) -> f64 {
    let (low, high) = point.npv_low_high;
    (low.eur() - npv).abs().max((high.eur() - npv).abs())
}

/// Both sides of one bar; a side too short to see carries no text.
fn sides(point: &BreakEven, npv: f64, widest: f64) -> Span {
    let centre = npv / 1e6;
    let is_seen = |end: Euro| (end.eur() - npv).abs() > 0.005 * widest;
    let piece = |end: Euro, colour: &str, sign: &str| {
        let text = if is_seen(end) {
            format!("{sign}20 %: {}", money_signed(end.eur()))
        } else {
            String::new()
        };
        (centre, end.meur(), colour.to_owned(), text)
    };
    let (low, high) = point.npv_low_high;
    let mut pieces = vec![piece(low, "#8cc4c6", "−"), piece(high, colour::ACCENT, "+")];
    if (low.eur() - npv) * (high.eur() - npv) > 0.0 {
        pieces.sort_by(|a, b| (b.1 - centre).abs().total_cmp(&(a.1 - centre).abs()));
        pieces[1].3.clear();
    }
    if !is_seen(low) && !is_seen(high) {
        pieces = vec![(
            centre,
            centre,
            colour::GREY.to_owned(),
            say("money.hardly-any-effect").to_owned(),
        )];
    }
    Span {
        name: capital(&point.name),
        pieces,
    }
}

fn tornado(inputs: &Inputs<'_>) -> Figure {
    let npv = inputs.assessment.kpis.npv.eur();
    let mut points: Vec<&BreakEven> = inputs.assessment.break_evens.iter().collect();
    points.sort_by(|a, b| reach(b, npv).total_cmp(&reach(a, npv)));
    let centre = npv / 1e6;
    let widest = points.first().map_or(0.0, |point| reach(point, npv));
    let all: Vec<Span> = points
        .iter()
        .map(|point| sides(point, npv, widest))
        .collect();
    let mut table = Table::new(say("money.where-the-net-present-value"))
        .text(say("money.input"))
        .text(say("money.unit"))
        .number(say("money.in-this-study"), "")
        .number(say("money.at-zero-npv"), "")
        .number(say("money.npv-input-20-2"), "€")
        .number(say("money.npv-input-20"), "€");
    for point in &points {
        let (low, high) = point.npv_low_high;
        table.push([
            capital(&point.name),
            if point.unit == "1" {
                "–".to_owned()
            } else {
                point.unit.replace("EUR", "€")
            },
            short(point.base),
            point
                .at_zero_npv
                .map_or(say("money.none-in-the-range-searched").to_owned(), short),
            whole(low.eur()),
            whole(high.eur()),
        ]);
    }
    let title = say("money.what-moves-the-net-present");
    let name = fill("money.this-study", &[&money_signed(npv)]);
    Figure {
        id: "tornado".to_owned(),
        title: title.to_owned(),
        note: say("money.light-input-20-lower-dark").to_owned(),
        keys: vec![],
        svg: spans(
            say("money.net-present-value-m"),
            &all,
            Some((centre, &name)),
        )
        .finish(title, ""),
        table,
    }
}
