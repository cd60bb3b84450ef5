"""Trains a multinomial logistic regression on data/train.csv by gradient descent. Python's standard library only.

Reads   params.yaml, data/train.csv
Writes  out/model.json     classes, features, how to fill and scale them, weights (rounded to 10 digits)
        out/history.jsonl  one line an epoch: step, loss, accuracy

A checkpoint is written every few epochs to the folder that MODELGATE_CHECKPOINTS names (out/checkpoints without it).
A run that was killed goes on from there and comes to the same model; a finished run removes its checkpoint.
Sums are exactly rounded (math.fsum), so the order of additions and the version of Python do not change the result.
"""

import csv
import hashlib
import json
import math
import os
import random
import statistics

CLASSES = ["Adelie", "Chinstrap", "Gentoo"]
# Neither the island nor the sex: see "Training data" in MODEL_CARD.md.
FEATURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
DIGITS = 10


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def write_text(path, text):
    """Writes a file whole or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(path + ".part", path)


def parse_params(text):
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    pairs = (line.split(":", 1) for line in lines if line)
    return {name.strip(): float(value) for name, value in pairs}


def compute_preparation(rows):
    """For each feature the median that fills gaps, and the mean and spread that scale it. From training rows only."""
    preparation = []
    for feature in FEATURES:
        known = [float(row[feature]) for row in rows if row[feature]]
        preparation.append(
            {
                "feature": feature,
                "fill": statistics.median(known),
                "mean": round(statistics.fmean(known), DIGITS),
                "spread": round(statistics.pstdev(known), DIGITS),
            }
        )
    return preparation


def prepare(row, preparation):
    """The inputs of the model for one bird, with a leading 1 for the intercept."""
    inputs = [1.0]
    for part in preparation:
        value = float(row[part["feature"]]) if row[part["feature"]] else part["fill"]
        inputs.append((value - part["mean"]) / part["spread"])
    return inputs


def compute_probabilities(weights, inputs):
    scores = [math.fsum(w * x for w, x in zip(row, inputs)) for row in weights]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def run_epoch(weights, rows, targets, params):
    """One step of gradient descent over all rows. Returns the new weights, and loss and accuracy of the old ones."""
    outputs = [compute_probabilities(weights, inputs) for inputs in rows]
    count = len(rows)
    hits = [1 for output, target in zip(outputs, targets) if output.index(max(output)) == target]
    loss = math.fsum(-math.log(max(output[target], 1e-15)) for output, target in zip(outputs, targets)) / count
    moved = []
    for kind, row in enumerate(weights):
        errors = [output[kind] - (1.0 if target == kind else 0.0) for output, target in zip(outputs, targets)]
        gradient = [math.fsum(e * inputs[i] for e, inputs in zip(errors, rows)) / count for i in range(len(row))]
        penalty = [0.0] + [params["l2"] * weight for weight in row[1:]]
        moved.append([w - params["learning-rate"] * (g + p) for w, g, p in zip(row, gradient, penalty)])
    return moved, loss, len(hits) / count


def read_checkpoint(path, key):
    """The state of a killed run on the same data, parameters and code, or None."""
    if not os.path.exists(path):
        return None
    state = json.loads(read_bytes(path).decode("utf-8"))
    return state if state["key"] == key else None


def start_state(key, params):
    generator = random.Random(int(params["seed"]))
    weights = [[generator.uniform(-0.01, 0.01) for _ in range(len(FEATURES) + 1)] for _ in CLASSES]
    return {"key": key, "epoch": 0, "weights": weights, "history": []}


def main():
    sources = [read_bytes(path) for path in ("params.yaml", "data/train.csv", __file__)]
    key = hashlib.sha256(b"\0".join(sources)).hexdigest()
    params = parse_params(sources[0].decode("utf-8"))
    table = list(csv.DictReader(sources[1].decode("utf-8").splitlines()))
    preparation = compute_preparation(table)
    rows = [prepare(row, preparation) for row in table]
    targets = [CLASSES.index(row["species"]) for row in table]

    checkpoint = os.path.join(os.environ.get("MODELGATE_CHECKPOINTS", "out/checkpoints"), "state.json")
    state = read_checkpoint(checkpoint, key)
    if state:
        print("resuming after epoch {}".format(state["epoch"]), flush=True)
    else:
        state = start_state(key, params)

    write_text("out/history.jsonl", "".join(json.dumps(point) + "\n" for point in state["history"]))
    with open("out/history.jsonl", "a", encoding="utf-8", newline="\n") as history:
        while state["epoch"] < params["epochs"]:
            state["weights"], loss, accuracy = run_epoch(state["weights"], rows, targets, params)
            state["epoch"] += 1
            point = {"step": state["epoch"], "loss": round(loss, 6), "accuracy": round(accuracy, 6)}
            state["history"].append(point)
            history.write(json.dumps(point) + "\n")
            history.flush()
            if state["epoch"] % params["checkpoint-every"] == 0:
                write_text(checkpoint, json.dumps(state))
                print("epoch {step}: loss {loss}, accuracy {accuracy}".format(**point), flush=True)

    weights = [[round(weight, DIGITS) for weight in row] for row in state["weights"]]
    model = {"classes": CLASSES, "preparation": preparation, "weights": weights}
    write_text("out/model.json", json.dumps(model, indent=2) + "\n")
    if os.path.exists(checkpoint):
        os.remove(checkpoint)


if __name__ == "__main__":
    main()
