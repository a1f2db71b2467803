"""python3 bench/errors [--programs build/release/bin] [--folder DIR] [--worlds N] [--draws N] [--size N] [--people N]

How far the error sheet's estimates lie from the truth on generated worlds, and how often the intervals of simulated
reviews hold it. Worlds alternate between usual errors and four times as many. A reviewer here is always right."""
import argparse
import collections
import csv
import json
import os
import tempfile

from groups import true_counts
from world_run import WorldRun, call

SHOWN = 200  # links from which a group's line is printed


def print_estimates(run, name):
    """The model's estimates beside the truth, group by group."""
    truth = true_counts(run)
    print(f"\n{name}: the model's own estimates (no review)")
    print(f"  {'group':34}{'links':>7}{'false: est.':>12}{'true':>7}{'missed %: at least':>20}{'at most':>9}{'true':>8}")
    inside = ranged = 0
    for group in run.summary["error_sheet"]["groups"]:
        count = truth.get((group["dimension"], group["group"]))
        if count is None or group["links"] < SHOWN:
            continue
        low, high = group["missed_rate_at_least"], group["missed_rate_at_most"]
        true = count.missed / count.matches
        if high is not None:
            ranged += 1
            inside += low <= true <= high
        label = f"{group['dimension']} {group['group']}"
        print(f"  {label:34}{group['links']:>7}{group['false_links']:>12.1f}{count.false:>7}{100 * low:>20.2f}"
              f"{'' if high is None else format(100 * high, '.2f'):>9}{100 * true:>8.2f}")
    print(f"  true missed rate within the model's range: {inside} of {ranged}")


def is_same(run, left, right):
    person = run.person(*left.split(":", 1))
    return person != "" and person == run.person(*right.split(":", 1))


def draw(run, size, seed, strata="weight"):
    return json.loads(call(run.bidui, "review", "sample", "-w", run.workspace, "--size", size, "--seed", seed,
                           "--strata", strata, "--json"))


def answer(run, sample, person="truth"):
    """Imports the true answers of a sample; gives the report."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="", delete=False) as file:
        rows = csv.writer(file)
        rows.writerow(["序号", "判断", "左方来源"])
        for number, (left, right) in enumerate(sample["pairs"], 1):
            rows.writerow([number, "same" if is_same(run, left, right) else "different", ""])
    call(run.bidui, "review", "import", file.name, "-w", run.workspace, "--sample", sample["sample"], "--as", person)
    os.unlink(file.name)
    return json.loads(call(run.bidui, "review", "report", "-w", run.workspace, "--sample", sample["sample"], "--json"))


def by_group(report):
    return {(g["dimension"], g["group"]): g for g in report["groups"]}


def source_counts(run, census):
    """(false links, missed pairs) of the whole population of reviews, by all and by pair of sources: the answers to
    every pair give the truth, the numbers of links come from the report."""
    counts = collections.defaultdict(lambda: [0, 0])
    linked = read_linked(run)
    for left, right in census["pairs"]:
        same = is_same(run, left, right)
        link = (left, right) in linked
        if same == link:
            continue
        sources = left.split(":", 1)[0] + "~" + right.split(":", 1)[0]
        for group in (("all", ""), ("sources", sources)):
            counts[group][0 if link else 1] += 1
    return counts


def read_linked(run):
    with open(os.path.join(run.report, "links.csv"), encoding="utf-8", newline="") as file:
        return {(f"{r['left_source']}:{r['left_key']}", f"{r['right_source']}:{r['right_key']}")
                for r in csv.DictReader(file) if r["decision"] == "link"}


class Coverage:
    def __init__(self):
        self.held, self.draws, self.width, self.error, self.base = 0, 0, 0.0, 0.0, 0.0

    def add(self, estimate, truth, base):
        self.draws += 1
        self.held += estimate["low"] - 1e-9 <= truth <= estimate["high"] + 1e-9
        self.width += (estimate["high"] - estimate["low"]) / base
        self.error += abs(estimate["value"] - truth) / base

    def line(self):
        return (f"{self.held:>5} of {self.draws:<5} = {100 * self.held / self.draws:5.1f} %   mean width "
                f"{100 * self.width / self.draws:6.2f} points   mean error {100 * self.error / self.draws:5.2f} points")


def simulate_reviews(run, options, coverage):
    truth = source_counts(run, draw(run, 10**9, 0))
    for seed in range(1, options.draws + 1):
        strata = "source" if options.by_source else "weight"
        for group, found in by_group(answer(run, draw(run, options.size, seed, strata))).items():
            if found["links"] < SHOWN or group[0] not in ("all", "sources"):
                continue
            false, missed = truth[group]
            kind = "all together" if group[0] == "all" else "a pair of sources"
            coverage[kind, "false links"].add(found["false_links"], false, found["links"])
            coverage[kind, "missed pairs"].add(found["missed_pairs"], missed, found["links"])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", default=os.path.join(here, "..", "..", "build", "release", "bin"))
    parser.add_argument("--folder", default=None, help="keep worlds and workspaces here")
    parser.add_argument("--worlds", type=int, default=4)
    parser.add_argument("--draws", type=int, default=25, help="simulated reviews per world")
    parser.add_argument("--size", type=int, default=300, help="pairs per review")
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--by-source", action="store_true", help="strata by weight and pair of sources")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp(prefix="bidui_errors_")
    coverage = collections.defaultdict(Coverage)
    for world in range(options.worlds):
        errors = 4 if world % 2 else 1
        name = f"world {world + 1} (seed {100 + world}, errors x {errors})"
        run = WorldRun(options.programs, os.path.join(folder, f"w{world}"), options.people, 100 + world, errors)
        print_estimates(run, name)
        simulate_reviews(run, options, coverage)
    print(f"\n95 % intervals of reviews of {options.size} pairs that hold the truth:")
    for (kind, what), found in sorted(coverage.items()):
        print(f"  {what:13} {kind:18} {found.line()}")


if __name__ == "__main__":
    main()
