"""Truth by the groups of the error sheet: whose a record is, and the false links and missed pairs of links.csv."""
import collections
import glob
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from files import read_table  # noqa: E402
from pairs import read_links, true_pairs  # noqa: E402

AGES = ((7, "00-06"), (18, "07-17"), (45, "18-44"), (60, "45-59"), (75, "60-74"), (200, "75+"))


class Count:
    def __init__(self):
        self.links = self.false = self.matches = self.missed = 0


def name_of(group):
    """What tells a group of the error sheet from the others of its dimension, here as in the truth."""
    if group["dimension"] == "township":
        return group["title"]
    return group["group"].lstrip("01") if group["dimension"] == "ethnicity" else group["group"]


def age_group(birth, year):
    age = year - int(birth[:4])
    return next(name for below, name in AGES if age < below)


def read_townships(world, titles, villages):
    """village -> the township before whose name it stands in most addresses of the civil registry."""
    path = glob.glob(os.path.join(world, "户籍*.csv"))[0]
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    return {village: max(titles, key=lambda title: text.count(title + village)) for village in villages if village}


class People:
    """The true groups of each person: township, age, ethnic group."""

    def __init__(self, run):
        year = int(run.summary["evaluation_date"][:4])
        titles = [g["title"] for g in run.summary["error_sheet"]["groups"]
                  if g["dimension"] == "township" and g["group"] != "~"]
        rows = list(read_table(os.path.join(run.world, "truth", "persons.csv"),
                               ("person_id", "birth", "people", "village")))
        townships = read_townships(run.world, titles, {village for _, _, _, village in rows})
        self.groups = {person: (("township", townships.get(village, "")), ("age", age_group(birth, year)),
                                ("ethnicity", people)) for person, birth, people, village in rows}

    def of(self, run, source, key):
        return self.groups.get(run.person(source, key), ())


def groups_of_pair(run, people, left, right, key):
    """The groups of a pair, its left record's key being `key`; repetitions within one source stand for themselves."""
    yield "sources", f"{left}~{right}"
    if left != right:
        yield "all", ""
        yield from people.of(run, left, key)


def true_counts(run, people):
    """(dimension, group) -> Count."""
    counts = collections.defaultdict(Count)
    links = read_links(run.report, run.truth, [])
    sources = run.truth.sources()
    for i, left in enumerate(sources):
        for right in sources[i:]:
            found = {pair for pair, decision in links.get((left, right), {}).items() if decision == "link"}
            true = {tuple(sorted(p)) if left == right else p for p in true_pairs(run.truth, left, right)}
            for pair in found:
                for group in groups_of_pair(run, people, left, right, pair[0]):
                    counts[group].links += 1
                    counts[group].false += pair not in true
            for pair in true:
                for group in groups_of_pair(run, people, left, right, pair[0]):
                    counts[group].matches += 1
                    counts[group].missed += pair not in found
    return counts
