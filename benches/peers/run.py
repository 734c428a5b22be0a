"""Measures hukka beside its peers on this machine and prints one table in Markdown.

`make bench-peers` sets up the peers in an environment of their own and calls this. Every figure is
processor time, user and system, of one thread; peers are given the same case files.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "peers"
EXAMPLES = ROOT / "target" / "release" / "examples"
HUKKA = ROOT / "target" / "release" / "hukka"
PAIRS = 7
ONE_THREAD = {name: "1" for name in ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")}


def run(*command):
    """Run a command; return (stdout, processor seconds, peak megabytes)."""
    read, write = os.pipe()
    with open(WORK / "stderr.txt", "wb") as errors:
        child = subprocess.Popen([str(part) for part in command], stdout=write, stderr=errors,
                                 env=os.environ | ONE_THREAD, cwd=ROOT)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            output = pipe.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        errors = (WORK / "stderr.txt").read_text(errors="replace")
        raise RuntimeError(f"{command[0]} ended with {child.returncode}\n{errors[-2000:]}")
    return output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024.0


def answer(output):
    """The JSON object a peer script prints last."""
    return json.loads([line for line in output.splitlines() if line.startswith("{")][-1])


def network(rows, sizes, steps):
    for consumers, loops in sizes:
        case = WORK / f"town-{consumers}-{loops}.json"
        output, _, _ = run(EXAMPLES / "network_hydraulics", f"{consumers}:{loops}:{case}")
        ours_cold = hydraulics_seconds(output)
        _, ours, memory = run(EXAMPLES / "network_year", f"{consumers}:{loops}")
        peer = answer(run(sys.executable, HERE / "network_pandapipes.py", case, "--steps", steps)[0])
        name = f"{consumers:,} consumers, {loops} loops"
        if peer["outcome"] == "solved":
            note = f"{steps} hours solved, scaled" + (f"; {peer['failed_steps']} failed" if peer["failed_steps"] else "")
            rows.append((f"network year, {name}", peer["program"], peer["cpu_s_per_year"], ours, note))
        else:
            rows.append((f"network year, {name}", peer["program"], None, ours, peer["outcome"]))
        out = WORK / f"simulated-{consumers}-{loops}"
        _, ours_file, _ = run(HUKKA, "simulate", case, "--out", out, "--force")
        peer = answer(run(sys.executable, HERE / "network_epanet.py", case, out / "consumers.csv")[0])
        rows.append((f"hydraulics of one side, cold, {name}", peer["program"], peer["cpu_s_cold_median"], ours_cold, ""))
        rows.append((f"`hukka simulate`, file to files, {name}", "–", None, ours_file, f"{memory:.0f} MB for the year"))


def hydraulics_seconds(output):
    found = re.search(r"([\d.]+) ms from rest", output)
    if not found:
        raise RuntimeError(f"no time in: {output}")
    return float(found.group(1)) * 1e-3


def dispatch(rows):
    case = WORK / "park-year"
    run(EXAMPLES / "park_generate", case, 8760, 1, "lp")
    out = WORK / "dispatched"
    _, ours, memory = run(HUKKA, "dispatch", case, "--out", out, "--force")
    objective = json.loads((out / "summary.json").read_text())["objective_eur"]
    # Both drift with the machine: pairs, one after the other, and the median of their ratios.
    pairs = []
    for _ in range(PAIRS):
        _, through, _ = run(HUKKA, "dispatch", case, "--out", out, "--force", "--engine", "highs")
        peer = answer(run(sys.executable, HERE / "dispatch_highs.py", case)[0])
        pairs.append((through, peer["solve_cpu_s"]))
    middle = sorted(pairs, key=lambda pair: pair[0] / pair[1])[PAIRS // 2]
    for script in ("dispatch_highs.py", "dispatch_pypsa.py", "dispatch_oemof.py"):
        output, seconds, peer_memory = run(sys.executable, HERE / script, case)
        peer = answer(output)
        off = abs(peer["objective_eur"] / objective - 1.0)
        if script == "dispatch_highs.py":
            solve = peer["build_cpu_s"] + peer["solve_cpu_s"]
            rows.append(("dispatch year, the solver alone", peer["program"], solve, ours, f"objectives differ by {off:.1e}"))
            note = f"{middle[0] / middle[1]:.2f} times the bare solver, median of {PAIRS} pairs"
            rows.append(("dispatch year, ours through HiGHS", peer["program"], middle[1], middle[0], note))
        else:
            note = f"objectives differ by {off:.1e}; {peer_memory:.0f} MB against {memory:.0f} MB"
            rows.append(("dispatch year, whole process", peer["program"], seconds, ours, note))


DESIGNS = (  # place, consumers, sources, seed, mode, seconds
    ("grid", 100, 1, 21, "economic", 60), ("grid", 200, 1, 22, "economic", 60), ("grid", 200, 1, 22, "forced", 60),
    ("kotka", 1100, 1, 23, "forced", 60), ("helsinki", 350, 1, 24, "economic", 60), ("grid", 500, 2, 25, "economic", 60))


def design(rows):
    for place, consumers, sources, seed, mode, seconds in DESIGNS:
        case = WORK / f"design-{place}-{consumers}-{sources}.json"
        run(sys.executable, HERE / "design_cases.py", place, consumers, sources, seed, case)
        output, peer_cpu, _ = run(sys.executable, HERE / "design_milp.py", case, mode, seconds)
        peer = answer(output)
        found = {}
        for objective in ("lin", "cat"):
            out = WORK / "designed"
            _, cpu, _ = run(HUKKA, "design", case, "--objective", objective, "--mode", mode,
                            "--time-limit", seconds, "--out", out, "--force", "--quiet")
            found[objective] = json.loads((out / "summary.json").read_text()), cpu
        lin, ours = found["lin"]
        cat, cat_cpu = found["cat"]
        name = f"{place}, {consumers:,} consumers, {sources} source{'s' if sources > 1 else ''}, {mode}"
        shown = "no network" if peer["gap_on_cost"] is None else f"gap {100 * peer['gap_on_cost']:.2f} %"
        note = (f"{shown} against {100 * lin['gap_on_cost']:.3f} %; real sizes, which it has not: "
                f"{100 * cat['gap_on_cost']:.2f} % in {cat_cpu:.0f} CPU s")
        if peer["value_eur_a"] is not None and peer["value_eur_a"] < lin["value_eur_a"] - 1.0:
            note += f"; THE PEER'S VALUE IS BETTER by {lin['value_eur_a'] - peer['value_eur_a']:.0f} EUR/a"
        rows.append((f"design, {name}", f"plain MILP, {peer['program']}", peer_cpu, ours, note))


def table(rows):
    print("| task | peer | peer, CPU s | hukka, CPU s | ratio | note |")
    print("|---|---|---:|---:|---:|---|")
    for task, program, peer, ours, note in rows:
        shown = "–" if peer is None else f"{peer:.4g}"
        ratio = "–" if peer is None else f"{peer / ours:,.3g} ×"
        print(f"| {task} | {program} | {shown} | {ours:.4g} | {ratio} | {note} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=168, help="hours pandapipes solves, scaled to a year")
    parser.add_argument("--large", action="store_true", help="10,000 consumers too: half an hour")
    parser.add_argument("--only", choices=["network", "dispatch", "design"])
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    sizes = [(1000, 0), (1000, 20)] + ([(10000, 100)] if args.large else [])
    rows = []
    if args.only in (None, "network"):
        network(rows, sizes, args.steps)
    if args.only in (None, "dispatch"):
        dispatch(rows)
    if args.only in (None, "design"):
        design(rows)
    table(rows)


if __name__ == "__main__":
    main()
