"""Metrics between groups by fairlearn, and from its rates where it has no name for them."""

import numpy as np
from classification_cases import compute_calibration, stack_classes
from data import create_binary, hash_rows
from fairlearn import metrics as fair
from sklearn.metrics import precision_score, recall_score


def describe(name, truth, predicted, group, weight, score=None):
    own = {"sensitive_features": group, "sample_weight": weight}
    shares = {}
    for metric, function in [("equal-opportunity", recall_score), ("predictive-parity", precision_score)]:
        frame = fair.MetricFrame(
            metrics=function,
            y_true=truth,
            y_pred=predicted,
            sensitive_features=group,
            sample_params=None if weight is None else {"sample_weight": weight},
        )
        shares[f"{metric}-difference"] = float(frame.difference())
        shares[f"{metric}-ratio"] = float(frame.ratio())
    numbers = {
        "demographic-parity-difference": float(fair.demographic_parity_difference(truth, predicted, **own)),
        "demographic-parity-ratio": float(fair.demographic_parity_ratio(truth, predicted, **own)),
        "equalized-odds-difference": float(fair.equalized_odds_difference(truth, predicted, **own)),
        "equalized-odds-ratio": float(fair.equalized_odds_ratio(truth, predicted, **own)),
        **shares,
    }
    columns = {"truth": truth.tolist(), "predicted": predicted.tolist(), "group": list(map(str, group))}
    if score is not None:
        columns["score"] = score.tolist()
        numbers["calibration-difference"] = measure_gap(truth, score, group, weight)
    return {"name": name, **columns, **({} if weight is None else {"weight": weight.tolist()}), "metrics": numbers}


def measure_gap(truth, score, group, weight):
    """Calibration by group, which fairlearn has no name for."""
    errors = []
    for name in np.unique(group):
        here = group == name
        own = None if weight is None else weight[here]
        errors.append(compute_calibration(truth[here], stack_classes(score[here]), own, False))
    return max(errors) - min(errors)


def create():
    # The user guide of fairlearn, common_fairness_metrics.rst.
    truth = np.array([0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    predicted = np.array([0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0])
    guide = np.array("b b a b b c c c a a c a b c c b c c".split())
    rows = create_binary(400, 31, positives=0.35)
    group = np.array(["a", "b", "c", "d"])[hash_rows(400, 40) % 4]
    return {
        "cases": [
            describe("the user guide", truth, predicted, guide, None),
            describe("four groups", rows[0], rows[1], group, None, rows[2]),
            describe("four groups with weights", rows[0], rows[1], group, np.ceil(rows[3]), rows[2]),
        ]
    }
