"""Counts of found and missed by error class and by pairs of classes."""
from collections import Counter
from itertools import combinations

CLEAN = "(clean)"


def split(errors):
    return [e for e in errors.split("|") if e]


def labels(*error_texts):
    """The sorted classes of all the given records together; [CLEAN] where there is none."""
    return sorted({e for text in error_texts for e in split(text)}) or [CLEAN]


class ClassTally:
    """Recall by class: add(classes, found) for each true pair."""

    def __init__(self):
        self.total, self.found = Counter(), Counter()

    def add(self, classes, found):
        names = list(classes) + [" + ".join(pair) for pair in combinations(classes, 2)]
        self.total.update(names)
        if found:
            self.found.update(names)

    def rows(self, pairs):
        """Dicts for single classes or for pairs of classes, most misses first."""
        rows = [{"class": name, "total": n, "missed": n - self.found[name], "recall": self.found[name] / n}
                for name, n in self.total.items() if (" + " in name) == pairs]
        return sorted(rows, key=lambda r: (-r["missed"], r["class"]))

    def to_json(self):
        return {"by_class": self.rows(False), "by_class_pair": self.rows(True)}


def share(part, whole):
    """None where there is nothing to divide by: shown as "–", never as 0 or 1."""
    return part / whole if whole else None


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision and recall else None
