"""Times pandapipes on a network case: one warm solve, and a bare loop scaled to a year."""

import argparse
import json
import math
import time
import warnings

import pandapipes as pp
from pandapipes_net import load

warnings.filterwarnings("ignore")


def solve(net, friction, limit):
    pp.pipeflow(
        net, mode="bidirectional", friction_model=friction, use_numba=True,
        max_iter_hyd=limit, max_iter_therm=limit, max_iter_bidirect=limit,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case")
    parser.add_argument("--steps", type=int, default=168, help="hours solved, scaled to 8,760")
    parser.add_argument("--friction", default="nikuradse", help="nikuradse is its default and fastest")
    parser.add_argument("--max-iterations", type=int, default=100)
    args = parser.parse_args()
    net, case = load(args.case)
    answer = {"program": f"pandapipes {pp.__version__}", "case": case["name"], "friction": args.friction}
    try:
        solve(net, args.friction, args.max_iterations)  # compiles and warms up
    except Exception as error:  # the peer raises many kinds when it does not converge
        answer["outcome"] = f"not solved: {type(error).__name__}"
        print(json.dumps(answer))
        return
    heat = net.heat_consumer["qext_w"].to_numpy().copy()
    failed = 0
    start = time.process_time()
    for step in range(args.steps):
        # a smooth day and week between a third and all of the load
        share = 0.66 + 0.24 * math.sin(step * 2 * math.pi / 24) + 0.10 * math.sin(step * 2 * math.pi / 168)
        net.heat_consumer["qext_w"] = heat * share
        try:
            solve(net, args.friction, args.max_iterations)
        except Exception:
            failed += 1
    per_step = (time.process_time() - start) / args.steps
    answer |= {
        "outcome": "solved", "steps": args.steps, "failed_steps": failed,
        "cpu_s_per_step": per_step, "cpu_s_per_year": per_step * 8760,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
