"""A million rows: only the numbers are written; the rows are made by the same formula where they are compared."""

import classification_cases
import number_cases
from data import create_binary

ROWS = 1_000_000


def create():
    truth, predicted, score, weight = create_binary(ROWS, 1, positives=0.1, levels=4096)
    found = {}
    for name, own in [("plain", None), ("weights", weight)]:
        found[name] = {
            **classification_cases.measure_answers(truth, predicted, own),
            **classification_cases.measure_positive(truth, predicted, own),
            **classification_cases.measure_score(truth, score, own),
            **classification_cases.measure_calibration(truth, classification_cases.stack_classes(score), own),
            **classification_cases.measure_cost(truth, predicted, own),
        }
    values, guesses, _ = number_cases.create_numbers(ROWS, 3)
    regression = number_cases.describe_numbers("", values, guesses, None)["metrics"]
    checks = {"positives": int(truth.sum()), "predictedPositives": int(predicted.sum()), "scoreSum": float(score.sum())}
    return {"rows": ROWS, "checks": checks, "binary": found, "regression": regression}
