"""The table of bench/peers/run: rows as dicts, Markdown and JSON."""
import json
import os
import platform
from statistics import median

COLUMNS = ("precision", "recall", "f1", "best_f1")


def row(task, program, costs, judged, compared):
    """Medians of the runs; the quality is the last run's."""
    return {"task": task, "program": program, "runs": len(costs),
            **{name: judged[name] for name in (*COLUMNS, "true_pairs", "links", "false_links", "missed", "by_class")},
            "wall_s": median(c.seconds for c in costs), "user_s": median(c.user for c in costs),
            "system_s": median(c.system for c in costs), "peak_mib": median(c.peak_mib for c in costs),
            "pairs_compared": compared}


def failed_row(task, program, failure):
    return {"task": task, "program": program, "failure": failure}


def number(value, form):
    return "–" if value is None else format(value, form)


def table_row(row):
    if "failure" in row:
        return f"| {row['program']} | {row['failure']} |" + " |" * 7
    cells = [row["program"], *(number(row[c], ".5f") for c in COLUMNS), number(row["wall_s"], ".2f"),
             number(row["user_s"], ".2f"), number(row["peak_mib"], ".0f"), number(row["pairs_compared"], ",")]
    return "| " + " | ".join(cells) + " |"


def comparisons(rows):
    """What the goals ask for, from the measured rows only."""
    done = {r["program"]: r for r in rows if "failure" not in r}
    if "bidui" not in done:
        return []
    bidui, lines = done["bidui"], []
    if "floor" in done:
        floor = done["floor"]
        lines.append(f"bidui / floor: wall {bidui['wall_s'] / floor['wall_s']:.1f}, user time "
                     f"{bidui['user_s'] / max(floor['user_s'], .01):.1f} (goal: wall at most 3)")
    for name in ("splink", "splink-birth", "recordlinkage"):
        if name in done:
            peer = done[name]
            lines.append(f"{name} / bidui: wall {peer['wall_s'] / bidui['wall_s']:.1f}, user time "
                         f"{peer['user_s'] / max(bidui['user_s'], .01):.1f}, memory "
                         f"{peer['peak_mib'] / bidui['peak_mib']:.1f}")
    return lines


def cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cpu": cpu_model(), "cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory, 1),
            "load_at_the_end": round(os.getloadavg()[0], 1), "python": platform.python_version()}


def markdown(facts):
    m = facts["machine"]
    lines = [f"# Side by side: {facts['people']:,} people, seed {facts['seed']}", "",
             f"{m['cpu']}, {m['cores']} cores, {m['memory_gib']} GiB; load at the end {m['load_at_the_end']}. Whole "
             f"processes, medians of {facts['runs']} run(s), limit {facts['limit_s']:.0f} s. P, R and F1 at each "
             "program's own threshold, best F1 over all thresholds.", ""]
    for task in dict.fromkeys(r["task"] for r in facts["rows"]):
        rows = [r for r in facts["rows"] if r["task"] == task]
        lines += [f"## {task}", "", "| program | P | R | F1 | best F1 | wall s | user s | peak MiB | pairs compared |",
                  "|---" * 9 + "|", *map(table_row, rows), ""]
        lines += [f"- {line}" for line in comparisons(rows)] if not task.startswith("febrl") else []
        lines.append("")
    return "\n".join(lines)


def write(options, rows):
    os.makedirs(options.out, exist_ok=True)
    facts = {"people": options.people, "seed": options.seed, "runs": options.runs, "limit_s": options.limit,
             "machine": machine(), "rows": rows}
    with open(os.path.join(options.out, "table.json"), "w", encoding="utf-8") as file:
        json.dump(facts, file, ensure_ascii=False, indent=1)
    with open(os.path.join(options.out, "table.md"), "w", encoding="utf-8") as file:
        file.write(markdown(facts))
