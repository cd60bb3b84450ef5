"""Splits data/penguins.csv into data/train.csv and data/test.csv.

The split is fixed: within each species and sex, birds are ordered by the SHA-256 of a seed and their id, and the
first 30 % go to the test set. Birds of unknown sex all go to the training set, because the test set is judged by sex.
Running this again writes the same bytes.
"""

import csv
import hashlib

SEED = "penguins-2026"
TEST_SHARE = 0.3


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rank(row):
    return hashlib.sha256((SEED + ":" + row["id"]).encode("utf-8")).hexdigest()


def choose_test_ids(rows):
    """The ids of the test set: the same share of every species and sex."""
    groups = {}
    for row in rows:
        if row["sex"]:
            groups.setdefault((row["species"], row["sex"]), []).append(row)
    chosen = set()
    for group in groups.values():
        group.sort(key=rank)
        chosen.update(row["id"] for row in group[: round(TEST_SHARE * len(group))])
    return chosen


def main():
    rows = read_rows("data/penguins.csv")
    test_ids = choose_test_ids(rows)
    write_rows("data/train.csv", [row for row in rows if row["id"] not in test_ids])
    write_rows("data/test.csv", [row for row in rows if row["id"] in test_ids])


if __name__ == "__main__":
    main()
