"""county_test.py BIDUI WORLD SOURCE_DIR: from five offices' files to flags, judged by the truth.

A county of 6,000 people is made, imported and compared as a data officer would. Held: every row has a fate, links and
flags agree with the simulated lives, a second run raises nothing new, the order of deliveries and the number of
processors change no byte, a person's number or name stands in no file of the workspace."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

BIDUI, WORLD, SOURCE = sys.argv[1:4]
# The run's files that must not depend on how the run came about; summary.json lists deliveries, report.html is drawn from
# the same data.
SAME = ("links.csv", "households.csv", "flags.csv", "model.json")


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: status {done.returncode}\n{done.stderr}"
    return done.stdout


def list_deliveries(world):
    lines = run(sys.executable, f"{SOURCE}/script/list_deliveries", world / "deliveries.json").splitlines()
    return [line.split("\t") for line in lines]


def fill(workspace, world, deliveries):
    run(BIDUI, "init", "-w", workspace, "--division", "340826")
    for source, as_of, coverage, *files in deliveries:
        report = json.loads(run(BIDUI, "import", "-w", workspace, "--source", source, "--as-of", as_of, "--coverage",
                                coverage, "--json", *(world / f for f in files)))
        for file in report["files"]:
            rows = file["rows"]
            assert rows["read"] == rows["loaded"] + rows["rejected"] + rows["skipped"], file
            assert rows["loaded"] > 0, file


def compare(workspace, *prefix):
    return workspace / "reports" / json.loads(run(*prefix, BIDUI, "compare", "-w", workspace, "--json"))["run"]


def check_truth(world, report):
    """The floors leave room for the few cases that 6,000 people have; bench/run prints the real figures."""
    judged = json.loads(run(sys.executable, "-B", f"{SOURCE}/bench/judge", world, report, "--json"))
    pairs = {p["sources"]: p for p in judged["pairs"]}
    for sources in ("poverty~civil", "allowance~civil", "relocation~civil", "death~civil", "housing~civil"):
        assert pairs[sources]["precision"] >= 0.99, pairs[sources]
        assert pairs[sources]["recall"] >= 0.97, pairs[sources]
    for household in judged["households"]:
        assert household["precision"] >= 0.97 and household["recall"] >= 0.97, household
    real = sum(f["real"] for f in judged["flags"])
    scored = sum(f["scored"] for f in judged["flags"])
    true = sum(f["true"] for f in judged["flags"])
    assert real > 50 and true >= 0.9 * real and true >= 0.9 * scored, (real, scored, true)
    exceptions = sum(f["exceptions"] for f in judged["flags"])
    flagged = sum(f["exceptions_flagged"] for f in judged["flags"])
    assert exceptions > 50 and flagged <= 0.05 * exceptions, (exceptions, flagged)


def check_probabilities(report):
    """Nobody is called one person by a link that is as likely false as true."""
    with open(report / "links.csv", encoding="utf-8-sig", newline="") as file:
        weak = [row for row in csv.DictReader(file) if row["decision"] == "link" and float(row["probability"]) < 0.5]
    assert not weak, len(weak)


def check_relatives(report):
    """Relatives live together and have numbers of their own, whatever chance pairs the candidates hold."""
    models = json.loads((report / "model.json").read_text(encoding="utf-8"))["models"]
    for name in ("poverty", "allowance"):
        comparisons = models[name]["model"]["comparisons"]
        address = comparisons["address"]["context 0"]
        near = sum(address[level]["relative"] for level in ("house", "group", "village", "other_house"))
        assert near > 0.8, (name, near)
        reissued = comparisons["id"]["context 0"]["reissued"]["relative"]
        assert reissued < 0.05, (name, reissued)


def check_nothing_new(first, second):
    assert (first / "links.csv").read_bytes() == (second / "links.csv").read_bytes()
    with open(second / "flags.csv", encoding="utf-8-sig", newline="") as file:
        statuses = {row["status"] for row in csv.DictReader(file)}
    assert statuses == {"same"}, statuses


def check_secrets(world, workspace):
    """Numbers and names of people, looked for in every file: nothing in reports is unmasked, nothing in the store plain."""
    with open(world / "truth" / "persons.csv", encoding="utf-8", newline="") as file:
        people = [p for p in csv.DictReader(file) if len(p["id_number"]) == 18][::40]
    numbers = {p["id_number"].encode() for p in people}
    names = {p["name"].encode() for p in people if len(p["name"]) > 2}
    for path in pathlib.Path(workspace).rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        found = [n for n in numbers if n in content]
        assert not found, f"{path.relative_to(workspace)} has {len(found)} ID numbers"
        if path.suffix in (".csv", ".json", ".html") or "db" in path.parts:
            found = [n for n in names if n in content]
            assert not found, f"{path.relative_to(workspace)} has {len(found)} names"


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        world, workspace, other = root / "world", root / "ws", root / "other"
        run(WORLD, "--people", 6000, "--seed", 5, "--out", world)
        deliveries = list_deliveries(world)
        fill(workspace, world, deliveries)
        first = compare(workspace)
        check_truth(world, first)
        check_probabilities(first)
        check_relatives(first)
        check_nothing_new(first, compare(workspace))
        check_secrets(world, workspace)

        fill(other, world, deliveries[::-1])
        one_processor = ("taskset", "-c", min(os.sched_getaffinity(0)))
        turned = compare(other, *one_processor)
        for name in SAME:
            assert (first / name).read_bytes() == (turned / name).read_bytes(), f"{name} depends on order or threads"

        household = next(row["subject"] for row in csv.DictReader(open(first / "flags.csv", encoding="utf-8-sig"))
                         if row["source"] == "poverty" and row["subject_kind"] == "household")
        shown = run(BIDUI, "lookup", "-w", workspace, "--household", f"poverty:{household}")
        assert "疑点" in shown and household in shown, shown
    print("ok")


main()
