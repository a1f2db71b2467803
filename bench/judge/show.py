"""Aligned text tables."""
from classes import LEAST_ALONE


def cell(value):
    if value is None:
        return "–"
    return f"{value:.5f}" if isinstance(value, float) else str(value)


def table(title, header, rows):
    """The first column left, the others right."""
    lines = [header] + [[cell(v) for v in row] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    text = [title] if title else []
    for line in lines:
        text.append("  " + "  ".join(v.ljust(w) if i == 0 else v.rjust(w)
                                     for i, (v, w) in enumerate(zip(line, widths))).rstrip())
    return "\n".join(text)


def class_table(title, rows):
    """Every class, the most missed first; the last column where recall of single errors is below what is asked for."""
    return table(title, ["class", "pairs", "missed", "recall", "alone", "recall alone", ""],
                 [[r["class"], r["total"], r["missed"], r["recall"], r["alone"], r["recall_alone"],
                   f"< {LEAST_ALONE}" if r["alone"] and r["recall_alone"] < LEAST_ALONE else ""] for r in rows])


def class_pair_table(title, rows, limit):
    shown = [r for r in rows if r["missed"]][:limit]
    return table(title, ["classes", "pairs", "missed", "recall"],
                 [[r["class"], r["total"], r["missed"], r["recall"]] for r in shown])


def counts(counter, limit=5):
    return ", ".join(f"{name} {n}" for name, n in list(counter.items())[:limit]) or "–"
