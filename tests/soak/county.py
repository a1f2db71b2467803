"""A made-up county, its deliveries, and `bidui` run on them; shared by the parts of script/soak."""
import csv
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "soak"
BIN = ROOT / "build" / "release" / "bin"
DIVISION = "340826"  # the county that bidui-world simulates


def make_world(people, seed, *more):
    """The directory of a world; made once for the same arguments."""
    place = WORK / "-".join(["world", str(people), str(seed), *(m.strip("-") for m in more)])
    if not (place / "done").exists():
        subprocess.run([BIN / "bidui-world", "--people", str(people), "--seed", str(seed), *more,
                        "--out", place], check=True, stdout=subprocess.DEVNULL)
        (place / "done").touch()
    return place


def list_deliveries(world):
    """(source, as_of, coverage, files) of each delivery."""
    lines = subprocess.run([ROOT / "script" / "list_deliveries", world / "deliveries.json"],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    cells = [line.split("\t") for line in lines]
    return [(c[0], c[1], c[2], [str(world / f) for f in c[3:]]) for c in cells]


def import_command(workspace, delivery, *more):
    source, as_of, coverage, files = delivery
    return [BIN / "bidui", "import", "-w", workspace, "--source", source, "--as-of", as_of,
            "--coverage", coverage, *more, *files]


def run(command, **options):
    """Finished process; its language is English, so that messages can be told apart."""
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env=os.environ | {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"},
                          **options)


def init(workspace):
    run([BIN / "bidui", "init", "-w", workspace, "--division", DIVISION], check=True)


def outcome(report):
    """What a run says, without what differs between runs of the same data: its number, times, and the
    states of flags (new, same)."""
    said = {}
    for name in ["links.csv", "households.csv", "model.json"]:
        said[name] = (report / name).read_text(encoding="utf-8")
    with open(report / "flags.csv", encoding="utf-8-sig", newline="") as file:
        said["flags.csv"] = [{k: v for k, v in row.items() if k != "status"} for row in csv.DictReader(file)]
    summary = json.loads((report / "summary.json").read_text(encoding="utf-8"))
    said["deliveries"] = sorted(json.dumps(d, sort_keys=True) for d in summary["deliveries"])
    return said


def compare(workspace, prefix=()):
    """The outcome of `bidui compare`."""
    done = run([*prefix, BIN / "bidui", "compare", "-w", workspace, "--json"])
    if done.returncode != 0:
        raise RuntimeError(f"compare ended with {done.returncode}: {done.stderr[-500:]}")
    return outcome(pathlib.Path(workspace) / "reports" / json.loads(done.stdout)["run"])


def difference(a, b):
    """The names of what differs."""
    return [name for name in a if a[name] != b[name]]


def note(table, part, result, words):
    with open(table, "a", encoding="utf-8") as file:
        file.write(f"{part}\t{result}\t{words}\n")
    print(f"{part}: {result}: {words}", flush=True)
