"""Comparisons a second of rapidfuzz on one core, over names as bench/micro/people.cpp makes them: one JSON object,
{kernel: rate}. Matrix: cdist, many against many, its fastest way; pairs: cpdist, one against one, as a linker needs it
(both without Python code per pair, but strings are Python's)."""
import json
import random
import time

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, OSA

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍华建国红玉"
LATIN = (("MARIA", "JOHN", "ANNA", "PETER", "JESSICA", "TOM", "EMILY"),
         ("SANT", "WEB", "CLARK", "MILL", "JOHN", "HARR", "MATTHEW"), ("ER", "SON", "S", "IS", "LEY", "FIELD"))
COUNT, ROUNDS = 4096, 5


def chinese(rng):
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2, 2))))


def latin(rng):
    return f"{rng.choice(LATIN[0])} {rng.choice(LATIN[1])}{rng.choice(LATIN[2])}"


def rate(count, work):
    """The best of ROUNDS, in processor time: other programs may be running."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return count / min(seconds)


def main():
    rng, rates = random.Random(20171120), {}
    for script, make in (("chinese", chinese), ("latin", latin)):
        names = [make(rng) for _ in range(COUNT)]
        left, right = names * 64, [n for k in range(1, 65) for n in names[k:] + names[:k]]
        for kernel, scorer in (("osa", OSA.normalized_similarity), ("jaro_winkler", JaroWinkler.normalized_similarity)):
            rates[f"{kernel} of {script} names, matrix"] = rate(
                COUNT * COUNT, lambda: process.cdist(names, names, scorer=scorer, workers=1))
            rates[f"{kernel} of {script} names, pairs"] = rate(
                len(left), lambda: process.cpdist(left, right, scorer=scorer, workers=1))
    print(json.dumps(rates))


if __name__ == "__main__":
    main()
