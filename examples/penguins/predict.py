"""Predicts the species of every bird in data/test.csv with out/model.json. Python's standard library only.

Reads   out/model.json, data/test.csv (the id and the features; the species may as well not be there)
Writes  out/predictions.csv  id, predicted, and a probability for each species
"""

import csv
import json
import os

from train import compute_probabilities, prepare


def main():
    with open("out/model.json", encoding="utf-8") as file:
        model = json.load(file)
    columns = ["id"] + [part["feature"] for part in model["preparation"]]
    with open("data/test.csv", newline="", encoding="utf-8") as file:
        birds = [{column: row[column] for column in columns} for row in csv.DictReader(file)]

    os.makedirs("out", exist_ok=True)
    with open("out/predictions.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "predicted"] + ["p_" + name.lower() for name in model["classes"]])
        for bird in birds:
            probabilities = compute_probabilities(model["weights"], prepare(bird, model["preparation"]))
            predicted = model["classes"][probabilities.index(max(probabilities))]
            writer.writerow([bird["id"], predicted] + ["{:.9f}".format(p) for p in probabilities])


if __name__ == "__main__":
    main()
