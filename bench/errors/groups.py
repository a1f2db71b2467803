"""Truth by the groups of the error sheet: false links and missed pairs of links.csv."""
import collections
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "judge"))
from files import read_table  # noqa: E402
from pairs import read_links, true_pairs  # noqa: E402

AGES = ((7, "00-06"), (18, "07-17"), (45, "18-44"), (60, "45-59"), (75, "60-74"), (200, "75+"))


class Count:
    def __init__(self):
        self.links = self.false = self.matches = self.missed = 0


def age_group(birth, year):
    age = year - int(birth[:4])
    return next(name for below, name in AGES if age < below)


def read_births(world):
    return dict(read_table(os.path.join(world, "truth", "persons.csv"), ("person_id", "birth")))


def groups_of(run, people, source, key):
    """The group of a record by its person's true age: nearly that of the record's own date. Houses have none."""
    person = run.person(source, key)
    if person not in people or source == "housing":
        return []
    return [("age", age_group(people[person], int(run.summary["evaluation_date"][:4])))]


def true_counts(run):
    """(dimension, group) -> Count."""
    people = read_births(run.world)
    counts = collections.defaultdict(Count)
    links = read_links(run.report, run.truth, [])
    sources = run.truth.sources()

    def each(left, right, key):
        yield "sources", f"{left}~{right}"
        if left != right:  # repetitions within one source stand for themselves
            yield "all", ""
            yield from groups_of(run, people, left, key)

    for i, left in enumerate(sources):
        for right in sources[i:]:
            found = {pair for pair, decision in links.get((left, right), {}).items() if decision == "link"}
            true = {tuple(sorted(p)) if left == right else p for p in true_pairs(run.truth, left, right)}
            for pair in found:
                for group in each(left, right, pair[0]):
                    counts[group].links += 1
                    counts[group].false += pair not in true
            for pair in true:
                for group in each(left, right, pair[0]):
                    counts[group].matches += 1
                    counts[group].missed += pair not in found
    return counts
