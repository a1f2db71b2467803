"""A generated world in a workspace, compared: what the scripts of this folder work on."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from truth import Truth  # noqa: E402

COUNTY = "340826"


def call(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **options).stdout


class WorldRun:
    """Makes FOLDER/world and FOLDER/workspace unless they are there, and compares once."""

    def __init__(self, programs, folder, people, seed, errors):
        self.bidui = os.path.join(programs, "bidui")
        self.world, self.workspace = os.path.join(folder, "world"), os.path.join(folder, "workspace")
        self.report = os.path.join(self.workspace, "reports", "R0001")
        if not os.path.exists(os.path.join(self.report, "summary.json")):
            os.makedirs(folder, exist_ok=True)
            call(os.path.join(programs, "bidui-world"), "--people", people, "--seed", seed, "--errors", errors, "--out",
                 self.world)
            call(self.bidui, "init", "-w", self.workspace, "--division", COUNTY)
            self._import()
            call(self.bidui, "compare", "-w", self.workspace)
        with open(os.path.join(self.report, "summary.json"), encoding="utf-8") as file:
            self.summary = json.load(file)
        self.truth = Truth(self.world)

    def _import(self):
        with open(os.path.join(self.world, "deliveries.json"), encoding="utf-8") as file:
            entries = json.load(file)
        deliveries = {}
        for entry in entries:
            key = entry["source"], entry["as_of"], entry.get("coverage") or COUNTY
            deliveries.setdefault(key, []).append(os.path.join(self.world, entry["file"]))
        for (source, as_of, coverage), files in deliveries.items():
            call(self.bidui, "import", "-w", self.workspace, "--source", source, "--as-of", as_of, "--coverage",
                 coverage, *files)

    def person(self, source, key):
        """The person of a record, "" where it has none."""
        return self.truth.records[source].get(key, ("", ""))[0]
