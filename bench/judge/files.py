"""Reading what a world and a run left on disk. Anything missing is refused with its name, never read as empty."""
import csv
import json
import os
import sys


class Refused(Exception):
    """A file is missing or is not what the contracts say; the message is for the user."""


def read_table(path, columns):
    """Yields tuples of the named columns of a CSV file. Raises Refused for a missing file, a missing column or a
    row with too few fields. Other columns are ignored, so that a file may grow."""
    if not os.path.isfile(path):
        raise Refused(f"{path}: no such file")
    csv.field_size_limit(sys.maxsize)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, None)
        if header is None:
            raise Refused(f"{path}: empty, not even a header")
        missing = [c for c in columns if c not in header]
        if missing:
            raise Refused(f"{path}: no column {', '.join(missing)} (has {', '.join(header)})")
        places = [header.index(c) for c in columns]
        for row in rows:
            if len(row) < len(header):
                raise Refused(f"{path}: line {rows.line_num} has {len(row)} fields, the header has {len(header)}")
            yield tuple(row[i] for i in places)


def read_json(path):
    if not os.path.isfile(path):
        raise Refused(f"{path}: no such file")
    with open(path, encoding="utf-8") as file:
        try:
            return json.load(file)
        except json.JSONDecodeError as error:
            raise Refused(f"{path}: not JSON: {error}") from error
