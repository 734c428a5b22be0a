"""Solves the LP of a dispatch case through HiGHS alone: the lower bound of any modelling framework."""

import json
import sys
import time

import highspy
import numpy as np
from dispatch_case import heat_cost, load


class Columns:
    """Column-wise arrays of one LP, filled block by block."""

    def __init__(self):
        self.cost, self.upper, self.entries = [], [], []
        self.count = 0

    def block(self, cost, upper, entries):
        """One column per step; `entries` are (rows, values) pairs."""
        first, steps = self.count, len(upper)
        self.cost.append(np.broadcast_to(cost, steps))
        self.upper.append(upper)
        self.entries += [(first + np.arange(steps), rows, np.broadcast_to(v, steps)) for rows, v in entries]
        self.count += steps


def build(case, series):
    steps, hours = len(series), case["step_h"]
    heat, power, source, level = (k * steps + np.arange(steps) for k in range(4))
    columns, grid = Columns(), case["grid"]
    price = series["electricity_price_eur_per_mwh"].to_numpy()
    for unit in case["units"]:
        cost, entries = heat_cost(unit, case["co2_price_eur_per_t"]), [(heat, 1.0)]
        if unit["kind"] == "heat_pump":
            cop = series[unit["cop_column"]].to_numpy()
            entries += [(power, -1.0 / cop), (source, 1.0 - 1.0 / cop)]
        elif unit["kind"] == "electric_boiler":
            entries += [(power, -1.0 / unit["efficiency"])]
        elif unit["kind"] == "chp_back_pressure":
            entries += [(power, unit["power_to_heat"])]
        columns.block(hours * cost, np.full(steps, unit["max_heat_mw"]), entries)
    store = case["storage"]
    keep = (1.0 - store["loss_fraction_per_h"]) ** hours
    columns.block(0.0, np.full(steps, store["max_charge_mw"]),
                  [(heat, -1.0), (level, -hours * store["charge_efficiency"])])
    columns.block(0.0, np.full(steps, store["max_discharge_mw"]),
                  [(heat, 1.0), (level, hours / store["discharge_efficiency"])])
    columns.block(0.0, np.full(steps, store["capacity_mwh"]), [(level, 1.0), (np.roll(level, -1), -keep)])
    columns.block(hours * (price + grid["buy_fee_eur_per_mwh"]), np.full(steps, grid["max_buy_mw"]), [(power, 1.0)])
    columns.block(-hours * (price - grid["sell_fee_eur_per_mwh"]), np.full(steps, grid["max_sell_mw"]), [(power, -1.0)])
    columns.block(hours * case["unserved_heat_penalty_eur_per_mwh"], np.full(steps, np.inf), [(heat, 1.0)])
    demand, available = series["heat_demand_mw"].to_numpy(), series["dc_heat_available_mw"].to_numpy()
    zero = np.zeros(steps)
    lower = np.concatenate([demand, zero, np.full(steps, -np.inf), zero])
    return columns, lower, np.concatenate([demand, zero, available, zero])


def main():
    case, series = load(sys.argv[1])
    start = time.process_time()
    columns, lower, upper = build(case, series)
    column, row, value = (np.concatenate(part) for part in zip(*columns.entries))
    order = np.lexsort((row, column))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns.count, len(lower)
    lp.col_cost_, lp.col_upper_ = np.concatenate(columns.cost), np.concatenate(columns.upper)
    lp.col_lower_, lp.row_lower_, lp.row_upper_ = np.zeros(columns.count), lower, upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(column[order], np.arange(columns.count + 1))
    lp.a_matrix_.index_, lp.a_matrix_.value_ = row[order], value[order]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    built = time.process_time()
    solver.run()
    print(json.dumps({
        "program": f"HiGHS {solver.version()}", "objective_eur": solver.getInfo().objective_function_value,
        "build_cpu_s": built - start, "solve_cpu_s": time.process_time() - built,
    }))


if __name__ == "__main__":
    main()
