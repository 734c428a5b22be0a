"""Times the EPANET engine on the supply side of a network case, flows given, cold start."""

import argparse
import csv
import json
import tempfile
import time
from pathlib import Path

import wntr
from wntr.epanet.toolkit import ENepanet


def write_inp(case, flows, path):
    """The supply side as a water network: Darcy–Weisbach, flows in litres per second."""
    nodes = {node["id"]: node for node in case["nodes"] if node["side"] == "supply"}
    master = next(s for s in case["sources"] if s["type"] == "pressure_slack")
    given = {}
    for source in case["sources"]:
        if source["type"] != "pressure_slack":
            given[source["supply_node"]] = given.get(source["supply_node"], 0.0) - source["mdot_kg_s"]
    for consumer in case["consumers"]:
        given[consumer["supply_node"]] = given.get(consumer["supply_node"], 0.0) + flows[consumer["id"]]
    lines = ["[JUNCTIONS]"]
    lines += [f"{i} {n['z']} {given.get(i, 0.0)}" for i, n in nodes.items() if i != master["supply_node"]]
    lines += ["[RESERVOIRS]", f"{master['supply_node']} {nodes[master['supply_node']]['z'] + 100.0}", "[PIPES]"]
    lines += [
        f"{p['id']} {p['from']} {p['to']} {p['length_m']} {p['inner_diameter_m'] * 1000} {p['roughness_mm']} 0 Open"
        for p in case["pipes"]
        if p["from"] in nodes
    ]
    lines += ["[OPTIONS]", "Units LPS", "Headloss D-W", "Viscosity 0.35", "Accuracy 0.000001", "Trials 200"]
    lines += ["[TIMES]", "Duration 0", "[END]", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case")
    parser.add_argument("consumers", help="consumers.csv with the flows, as `hukka simulate` writes it")
    parser.add_argument("--repeat", type=int, default=20)
    args = parser.parse_args()
    case = json.loads(Path(args.case).read_text(encoding="utf-8"))
    with open(args.consumers, encoding="utf-8") as file:
        flows = {row["consumer"]: float(row["mdot_kg_s"]) for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory() as folder:
        inp = Path(folder) / "supply.inp"
        write_inp(case, flows, inp)
        times = []
        for _ in range(args.repeat):
            engine = ENepanet()
            engine.ENopen(str(inp), str(inp.with_suffix(".rpt")), str(inp.with_suffix(".bin")))
            engine.ENopenH()
            start = time.process_time()
            engine.ENinitH(10)  # 10: forget the flows of the last run
            engine.ENrunH()
            times.append(time.process_time() - start)
            engine.ENcloseH()
            engine.ENclose()
    times.sort()
    print(json.dumps({
        "program": f"EPANET 2.2 (wntr {wntr.__version__})", "case": case["name"],
        "cpu_s_cold_median": times[len(times) // 2], "cpu_s_cold_min": times[0],
    }))


if __name__ == "__main__":
    main()
