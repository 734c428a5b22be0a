"""A dispatch case as plain tables."""

import json
from pathlib import Path

import pandas as pd


def load(folder):
    """Read `hukka-dispatch-case/1` and return (case, series)."""
    folder = Path(folder)
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    return case, pd.read_csv(folder / "series.csv")


def heat_cost(unit, carbon_eur_t):
    """Cost of one MWh of heat beside electricity, EUR."""
    fuel = unit.get("fuel_price_eur_per_mwh", 0.0) + carbon_eur_t * unit.get("fuel_co2_t_per_mwh", 0.0)
    per_heat = {
        "boiler": lambda: 1.0 / unit["efficiency"],
        "chp_back_pressure": lambda: unit["power_to_heat"] / unit["electric_efficiency"],
    }.get(unit["kind"], lambda: 0.0)()
    return fuel * per_heat + unit.get("vom_eur_per_mwh_heat", 0.0)
