"""Solves a dispatch case (LP, one store) with oemof-solph and HiGHS."""

import json
import logging
import sys
import time
import warnings

import pandas as pd
from dispatch_case import heat_cost, load
from importlib.metadata import version
from oemof import solph

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def build(case, series):
    hours = case["step_h"]
    index = pd.date_range("2025-01-01", periods=len(series) + 1, freq=pd.Timedelta(hours=hours))
    system = solph.EnergySystem(timeindex=index, infer_last_interval=False)
    heat, power, source, fuel = (solph.Bus(label=f"{name} bus") for name in ("heat", "power", "source", "fuel"))
    grid, price = case["grid"], series["electricity_price_eur_per_mwh"]
    flow, cmp = solph.Flow, solph.components
    system.add(heat, power, source, fuel)
    system.add(
        cmp.Sink("demand", inputs={heat: flow(nominal_capacity=1, fix=series["heat_demand_mw"])}),
        cmp.Source("buy", outputs={power: flow(
            nominal_capacity=grid["max_buy_mw"], variable_costs=price + grid["buy_fee_eur_per_mwh"])}),
        cmp.Sink("sell", inputs={power: flow(
            nominal_capacity=grid["max_sell_mw"], variable_costs=-(price - grid["sell_fee_eur_per_mwh"]))}),
        cmp.Source("unserved", outputs={heat: flow(variable_costs=case["unserved_heat_penalty_eur_per_mwh"])}),
        cmp.Source("fuel market", outputs={fuel: flow()}),
        cmp.Source("available", outputs={source: flow(nominal_capacity=1, max=series["dc_heat_available_mw"])}),
    )
    for unit in case["units"]:
        cost, most = heat_cost(unit, case["co2_price_eur_per_t"]), unit["max_heat_mw"]
        out = {heat: flow(nominal_capacity=most, variable_costs=cost)}
        if unit["kind"] == "heat_pump":
            cop = series[unit["cop_column"]]
            system.add(cmp.Converter(unit["id"], inputs={power: flow(), source: flow()}, outputs=out,
                                     conversion_factors={power: 1 / cop, source: 1 - 1 / cop, heat: 1}))
        elif unit["kind"] == "electric_boiler":
            system.add(cmp.Converter(unit["id"], inputs={power: flow()}, outputs=out,
                                     conversion_factors={power: 1 / unit["efficiency"], heat: 1}))
        elif unit["kind"] == "chp_back_pressure":
            system.add(cmp.Converter(unit["id"], inputs={fuel: flow()}, outputs=out | {power: flow()},
                                     conversion_factors={fuel: 1, heat: 1, power: unit["power_to_heat"]}))
        else:
            system.add(cmp.Source(unit["id"], outputs=out))
    store = case["storage"]
    system.add(cmp.GenericStorage(
        "tank", inputs={heat: flow(nominal_capacity=store["max_charge_mw"])},
        outputs={heat: flow(nominal_capacity=store["max_discharge_mw"])}, nominal_capacity=store["capacity_mwh"],
        loss_rate=store["loss_fraction_per_h"], inflow_conversion_factor=store["charge_efficiency"],
        outflow_conversion_factor=store["discharge_efficiency"], balanced=True, initial_storage_level=None))
    return system


def main():
    case, series = load(sys.argv[1])
    start = time.process_time()
    model = solph.Model(build(case, series))
    built = time.process_time()
    model.solve(solver="highs", solver_io=None)
    solph.processing.results(model)
    print(json.dumps({
        "program": f"oemof-solph {version('oemof.solph')}", "objective_eur": float(model.objective()),
        "build_cpu_s": built - start, "solve_cpu_s": time.process_time() - built,
    }))


if __name__ == "__main__":
    main()
