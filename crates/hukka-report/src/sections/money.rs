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
        format!(
            ", grants of {} % not yet taken off",
            percent(rules.grant_share.fraction())
        )
    } else {
        String::new()
    };
    format!(
        "Investment {}{grant}. Net present value {} over {} at {} % real interest{}; internal rate of return {irr}. All without value-added tax, in the money of the study's price year.",
        money(kpis.investment.eur()),
        money_signed(kpis.npv.eur()),
        count(rules.horizon_years as usize, "year", "years"),
        percent(rules.discount_rate.fraction()),
        residual(inputs),
    )
}

/// `, of which 3.5 M€ is the value left …; without it it is +0.1 M€`
fn residual(inputs: &Inputs<'_>) -> String {
    let kpis = &inputs.assessment.kpis;
    if kpis.npv_residual.eur() <= 0.0 {
        return String::new();
    }
    format!(
        ", of which {} is the value left in pipes and machines after year {}, discounted; without it the net present value is {}",
        in_unit_of(kpis.npv, kpis.npv_residual),
        inputs.study.money.horizon_years,
        in_unit_of(kpis.npv, kpis.npv - kpis.npv_residual),
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
        name: "Investment".to_owned(),
        pieces: vec![(0.0, at, colour::INK.to_owned(), money(at * 1e6))],
    });
    let mut table = Table::new("Investment, item by item")
        .text("Item")
        .text("Group")
        .number("Investment", "€")
        .number("Life", "a")
        .number("Upkeep", "€/a");
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
        table = table.noted("Machines that stand already cost their upkeep alone.");
    }
    let upkeep: Euro = items.iter().map(|item| item.upkeep_per_year).sum();
    table.total = Some(vec![
        "Total".to_owned(),
        String::new(),
        whole(inputs.design.investment().eur()),
        String::new(),
        whole(upkeep.eur()),
    ]);
    let title = "What has to be built, and what it costs";
    Figure {
        id: "capex".to_owned(),
        title: title.to_owned(),
        note: "Each bar starts where the one above ends.".to_owned(),
        keys: vec![],
        svg: spans("investment, M€", &all, None).finish(title, ""),
        table,
    }
}

fn payments(inputs: &Inputs<'_>) -> Table {
    let mut table = Table::new("Who pays whom in a year at full fill")
        .text("From")
        .text("To")
        .text("For")
        .number("Amount", "€/a");
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
    let mut table = Table::new("The year's money by party")
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
    table.total = Some(vec!["All".to_owned(), whole(all), whole(all), whole(0.0)]);
    table.noted("Before investment. What the heat company keeps pays for the investment; the savings of the data centre's own cooling are not a payment and stand in section 8 as PUE.")
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
    let mut plot = columns(
        frame,
        "money in a year, and sum of discounted net flows, M€",
        &bars,
        6,
    );
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
            &format!("sum {end}"),
            style,
        );
    }
    let mut table = Table::new("The heat company's money, year by year")
        .number("Year", "")
        .number("Data centre filled", "%")
        .number("Investment", "€")
        .number("Heat sold", "€")
        .number("Operating cost", "€")
        .number("Net", "€")
        .number("Discounted, summed", "€");
    cash_rows(inputs, &mut table);
    let key = |colour: &str, label: &str| Key {
        colour: colour.to_owned(),
        label: label.to_owned(),
    };
    let title = "Cash flow of the heat company over the years; year 0 is the year of building";
    Figure {
        id: "cash".to_owned(),
        title: title.to_owned(),
        note: String::new(),
        keys: vec![
            key(colour::ACCENT, "Heat sold (up)"),
            key("#c9ad84", "Operating cost (down)"),
            key(
                "#4b535b",
                "Investment and replacement (down), value left at the end (up)",
            ),
            key(colour::SUPPLY, "Sum of discounted net flows (line)"),
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
                "value left".to_owned(),
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
            "hardly any effect".to_owned(),
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
    let mut table = Table::new("Where the net present value would be zero, other inputs unchanged")
        .text("Input")
        .text("Unit")
        .number("In this study", "")
        .number("At zero NPV", "")
        .number("NPV, input −20 %", "€")
        .number("NPV, input +20 %", "€");
    for point in &points {
        let (low, high) = point.npv_low_high;
        table.push([
            capital(&point.name),
            if point.unit == "1" {
                "–".to_owned()
            } else {
                point.unit.clone()
            },
            short(point.base),
            point
                .at_zero_npv
                .map_or("none in the range searched".to_owned(), short),
            whole(low.eur()),
            whole(high.eur()),
        ]);
    }
    let title = "What moves the net present value: each input 20 % lower and higher";
    let name = format!("this study {}", money_signed(npv));
    Figure {
        id: "tornado".to_owned(),
        title: title.to_owned(),
        note: "Light: input 20 % lower. Dark: 20 % higher.".to_owned(),
        keys: vec![],
        svg: spans("net present value, M€", &all, Some((centre, &name))).finish(title, ""),
        table,
    }
}
