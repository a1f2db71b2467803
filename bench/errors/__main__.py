"""python3 bench/errors [--programs build/release/bin] [--folder DIR] [--worlds N] [--draws N] [--size N] [--people N]

How far the error sheet's estimates lie from the truth on generated worlds, and how often the intervals of simulated
reviews hold it. Worlds alternate between usual errors and four times as many. A reviewer here is always right."""
import argparse
import collections
import csv
import json
import os
import tempfile

from groups import People, groups_of_pair, name_of, true_counts
from world_run import WorldRun, call

SHOWN = {"ethnicity": 10}  # links from which a group is judged; of the other dimensions OTHERS_SHOWN
OTHERS_SHOWN = 200
KINDS = {"all": "all together", "sources": "a pair of sources", "township": "a township", "age": "an age group",
         "ethnicity": "an ethnic group"}


def is_judged(group):
    return group["links"] >= SHOWN.get(group["dimension"], OTHERS_SHOWN)


def print_estimates(run, people, name):
    """The model's estimates beside the truth, group by group."""
    truth = true_counts(run, people)
    print(f"\n{name}: the model's own estimates (no review)")
    print(f"  {'group':34}{'links':>7}{'false: est.':>12}{'true':>7}{'missed %: at least':>20}{'at most':>9}{'true':>8}")
    inside = above = ranged = 0
    for group in run.summary["error_sheet"]["groups"]:
        count = truth.get((group["dimension"], name_of(group)))
        if count is None or not is_judged(group):
            continue
        low, high = group["missed_rate_at_least"], group["missed_rate_at_most"]
        true = count.missed / count.matches
        if high is not None:
            ranged += 1
            inside += low <= true <= high
            above += true > high
        label = f"{group['dimension']} {name_of(group)}"
        print(f"  {label:34}{group['links']:>7}{group['false_links']:>12.1f}{count.false:>7}{100 * low:>20.2f}"
              f"{'' if high is None else format(100 * high, '.2f'):>9}{100 * true:>8.2f}")
    print(f"  true missed rate within the model's two figures: {inside} of {ranged}, above both: {above}")


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
        rows.writerow(["样本", "序号", "判断"])
        for number, (left, right) in enumerate(sample["pairs"], 1):
            rows.writerow([sample["sample"], number, "same" if is_same(run, left, right) else "different"])
    call(run.bidui, "review", "import", file.name, "-w", run.workspace, "--sample", sample["sample"], "--as", person)
    os.unlink(file.name)
    return json.loads(call(run.bidui, "review", "report", "-w", run.workspace, "--sample", sample["sample"], "--json"))


def true_errors(run, people, census):
    """group -> [false links, missed pairs] of the whole population of reviews: the answers to every pair of it."""
    errors = collections.defaultdict(lambda: [0, 0])
    linked = read_linked(run)
    for left, right in census["pairs"]:
        same = is_same(run, left, right)
        link = (left, right) in linked
        if same == link:
            continue
        source, key = left.split(":", 1)
        for group in groups_of_pair(run, people, source, right.split(":", 1)[0], key):
            errors[group][0 if link else 1] += 1
    return errors


def read_linked(run):
    with open(os.path.join(run.report, "links.csv"), encoding="utf-8", newline="") as file:
        return {(f"{r['left_source']}:{r['left_key']}", f"{r['right_source']}:{r['right_key']}")
                for r in csv.DictReader(file) if r["decision"] == "link"}


class Coverage:
    """How often intervals held the truth, and apart those where there was any error: from nothing, 0 is held."""

    def __init__(self):
        self.held = self.draws = self.held_any = self.any = 0
        self.width = self.error = 0.0

    def add(self, estimate, truth, base):
        held = estimate["low"] - 1e-9 <= truth <= estimate["high"] + 1e-9
        self.draws += 1
        self.held += held
        self.any += truth > 0
        self.held_any += held and truth > 0
        self.width += (estimate["high"] - estimate["low"]) / base
        self.error += abs(estimate["value"] - truth) / base

    def line(self):
        any_error = f"{self.held_any} of {self.any} = {100 * self.held_any / self.any:.1f} %" if self.any else "none"
        return (f"{self.held:>5} of {self.draws:<5} = {100 * self.held / self.draws:5.1f} %   with any error "
                f"{any_error:24} mean width {100 * self.width / self.draws:6.2f} points   mean error "
                f"{100 * self.error / self.draws:5.2f} points")


def simulate_reviews(run, people, options, coverage):
    truth = true_errors(run, people, draw(run, 10**9, 0))
    for seed in range(1, options.draws + 1):
        report = answer(run, draw(run, options.size, seed, "source" if options.by_source else "weight"))
        for group in report["groups"]:
            name = name_of(group)
            if group["dimension"] not in KINDS or name == "~" or not is_judged(group):
                continue
            false, missed = truth[group["dimension"], name]
            kind = KINDS[group["dimension"]]
            coverage[kind, "false links"].add(group["false_links"], false, group["links"])
            coverage[kind, "missed pairs"].add(group["missed_pairs"], missed, group["links"])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", default=os.path.join(here, "..", "..", "build", "release", "bin"))
    parser.add_argument("--folder", default=None, help="keep worlds and workspaces here")
    parser.add_argument("--worlds", type=int, default=4)
    parser.add_argument("--first-seed", type=int, default=100, help="of the worlds")
    parser.add_argument("--draws", type=int, default=25, help="simulated reviews per world")
    parser.add_argument("--size", type=int, default=300, help="pairs per review")
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--by-source", action="store_true", help="strata by weight and pair of sources")
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp(prefix="bidui_errors_")
    coverage = collections.defaultdict(Coverage)
    for world in range(options.worlds):
        errors = 4 if world % 2 else 1
        seed = options.first_seed + world
        run = WorldRun(options.programs, os.path.join(folder, f"w{seed}"), options.people, seed, errors)
        people = People(run)
        print_estimates(run, people, f"world {world + 1} (seed {seed}, errors x {errors})")
        simulate_reviews(run, people, options, coverage)
    print(f"\n95 % intervals of reviews of {options.size} pairs that hold the truth:")
    for (kind, what), found in sorted(coverage.items()):
        print(f"  {what:13} {kind:18} {found.line()}")


if __name__ == "__main__":
    main()
