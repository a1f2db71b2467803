"""clean_file_test.py BIDUI WORLD: a civil registry without one duplicate is compared with itself.

A file without duplicates has no matches to learn from. Left free, the model took the people of one police station, or of
one household, for one person: thousands of possible links, each nearly certain. Held: no link, hardly any possible one."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

BIDUI, WORLD = sys.argv[1:3]
PEOPLE = 20000

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    subprocess.run([WORLD, "--pair", "--people", str(PEOPLE), "--seed", "11", "--out", folder], check=True,
                   capture_output=True)
    done = subprocess.run([BIDUI, "link", folder / "right.csv", "--out", folder / "links.csv", "--json"], check=True,
                          capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert report["left"]["rows"] == PEOPLE, report["left"]
    assert report["links"] == 0, report["links"]
    with open(folder / "links.csv", encoding="utf-8", newline="") as file:
        sure = [row for row in csv.DictReader(file) if float(row["probability"]) > 0.99]
    assert len(sure) <= PEOPLE / 2000, f"{len(sure)} pairs of two people called one with more than 99 %"
    assert report["possible"] <= PEOPLE / 100, report["possible"]
    for kind, pairs in report["keys"].items():
        assert pairs["implied_pairs"] == pairs["met_pairs"] + pairs["skipped_pairs"], kind
