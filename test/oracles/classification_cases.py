"""Metrics of classes by scikit-learn; None where it has no number (its own nan, or a warning and a stand-in)."""

import warnings

import numpy as np
from data import create_binary, create_multiclass
from scipy import stats
from sklearn import metrics as sk
from sklearn.preprocessing import label_binarize


# By the true class, then by the predicted one.
COSTS = [[0, 1], [5.5, 0.25]]


def measure(compute):
    """The number, or None where scikit-learn warns that it stands in for one that is not defined."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = float(compute())
        except (Warning, ValueError):
            return None
    return value if np.isfinite(value) else None


def measure_answers(truth, predicted, weight):
    own = {"sample_weight": weight}
    found = {
        "accuracy": lambda: sk.accuracy_score(truth, predicted, **own),
        "balanced-accuracy": lambda: sk.balanced_accuracy_score(truth, predicted, **own),
        "mcc": lambda: sk.matthews_corrcoef(truth, predicted, **own),
        "cohen-kappa": lambda: sk.cohen_kappa_score(truth, predicted, **own),
    }
    for average in ["macro", "micro", "weighted"]:
        more = {"average": average, "zero_division": np.nan, **own}
        found[f"{average}-precision"] = lambda more=more: sk.precision_score(truth, predicted, **more)
        found[f"{average}-recall"] = lambda more=more: sk.recall_score(truth, predicted, **more)
        found[f"{average}-f1"] = lambda more=more: sk.f1_score(truth, predicted, **more)
        found[f"{average}-f-beta@2"] = lambda more=more: sk.fbeta_score(truth, predicted, beta=2, **more)
    return {name: measure(compute) for name, compute in found.items()}


def measure_positive(truth, predicted, weight):
    more = {"zero_division": np.nan, "sample_weight": weight}
    return {
        "precision": measure(lambda: sk.precision_score(truth, predicted, **more)),
        "recall": measure(lambda: sk.recall_score(truth, predicted, **more)),
        "f1": measure(lambda: sk.f1_score(truth, predicted, **more)),
        "f-beta@0.5": measure(lambda: sk.fbeta_score(truth, predicted, beta=0.5, **more)),
        "specificity": measure(lambda: sk.recall_score(truth, predicted, pos_label=0, **more)),
    }


def measure_score(truth, score, weight):
    both = len(set(truth)) > 1
    own = {"sample_weight": weight}
    return {
        "roc-auc": measure(lambda: sk.roc_auc_score(truth, score, **own)) if both else None,
        "average-precision": measure(lambda: sk.average_precision_score(truth, score, **own)),
        "log-loss": measure(lambda: sk.log_loss(truth, score, labels=[0, 1], **own)),
        "brier": measure(lambda: np.average((score - truth) ** 2, weights=weight)),
    }


def measure_scores(truth, score, weight):
    labels = list(range(score.shape[1]))
    own = {"sample_weight": weight}
    one_hot = label_binarize(truth, classes=labels)
    every = {"multi_class": "ovr", "labels": labels, **own}
    pairs = {"multi_class": "ovo", "labels": labels}
    found = {
        "log-loss": lambda: sk.log_loss(truth, score, labels=labels, **own),
        "brier": lambda: np.average(((score - one_hot) ** 2).sum(axis=1), weights=weight),
        "roc-auc-ovr": lambda: sk.roc_auc_score(truth, score, average="macro", **every),
        "roc-auc-ovr-weighted": lambda: sk.roc_auc_score(truth, score, average="weighted", **every),
        "macro-average-precision": lambda: sk.average_precision_score(one_hot, score, average="macro", **own),
    }
    if weight is None:
        found["roc-auc-ovo"] = lambda: sk.roc_auc_score(truth, score, average="macro", **pairs)
        found["roc-auc-ovo-weighted"] = lambda: sk.roc_auc_score(truth, score, average="weighted", **pairs)
    return {name: measure(compute) for name, compute in found.items()}


def measure_top(truth, score, weight, k):
    """Over rows where no score ties the k-th: the order of equal scores is scikit-learn's own affair."""
    labels = list(range(score.shape[1]))
    return {f"top-k-accuracy@{k}": measure(lambda: sk.top_k_accuracy_score(truth, score, k=k, labels=labels, sample_weight=weight))}


def compute_calibration(truth, score, weight, adaptive):
    """
    Naeini et al. (2015) with 15 bins of the top score, which scikit-learn has not: of equal width and closed on the right, or of
    equally many rows, equal scores in the bin of the first of them. Of k top scores that tie, a right one is right by 1/k.
    """
    rows = np.arange(len(truth))
    top = score.max(axis=1)
    right = (score[rows, truth] == top) / (score == top[:, None]).sum(axis=1)
    first = stats.rankdata(top, method="min") - 1
    bins = first * 15 // len(rows) if adaptive else np.digitize(top, np.linspace(0, 1, 16), right=True)
    own = np.ones(len(rows)) if weight is None else weight
    return float(sum(abs((own * (right - top))[bins == one].sum()) for one in np.unique(bins)) / own.sum())


def measure_calibration(truth, score, weight):
    return {
        "ece": compute_calibration(truth, score, weight, False),
        "adaptive-ece": compute_calibration(truth, score, weight, True),
    }


def measure_cost(truth, predicted, weight):
    return {"cost": float(np.average(np.array(COSTS)[truth, predicted], weights=weight))}


def stack_classes(score):
    return np.stack([1 - score, score], axis=1)


def describe_binary(name, truth, predicted, score, weight):
    numbers = {
        **measure_answers(truth, predicted, weight),
        **measure_positive(truth, predicted, weight),
        **measure_score(truth, score, weight),
        **measure_calibration(truth, stack_classes(score), weight),
        **measure_cost(truth, predicted, weight),
    }
    columns = {"truth": truth.tolist(), "predicted": predicted.tolist(), "score": score.tolist()}
    return {"name": name, **columns, **({} if weight is None else {"weight": weight.tolist()}), "metrics": numbers}


def describe_multiclass(name, truth, predicted, score, weight):
    numbers = {
        **measure_answers(truth, predicted, weight),
        **measure_scores(truth, score, weight),
        **measure_calibration(truth, score, weight),
    }
    columns = {"truth": truth.tolist(), "predicted": predicted.tolist(), "scores": score.tolist()}
    return {"name": name, **columns, **({} if weight is None else {"weight": weight.tolist()}), "metrics": numbers}


def create():
    truth, predicted, score, weight = create_binary(240, 1)
    rare = create_binary(300, 5, positives=0.03)
    binary = [
        describe_binary("scores with ties", truth, predicted, score, None),
        describe_binary("weights", truth, predicted, score, weight),
        describe_binary("a rare class", *rare[:3], None),
        describe_binary("a rare class with weights", *rare),
        describe_binary("all scores equal", truth, np.ones_like(truth), np.full(len(truth), 0.75), None),
        describe_binary("no positive row", truth[truth == 0], predicted[truth == 0], score[truth == 0], None),
        describe_binary("no negative row", truth[truth == 1], predicted[truth == 1], score[truth == 1], None),
        describe_binary("nothing predicted positive", truth, np.zeros_like(truth), score / 2, None),
        describe_binary("one row", np.array([1]), np.array([1]), np.array([0.75]), None),
        describe_binary("two rows", np.array([1, 0]), np.array([0, 0]), np.array([0.25, 0.5]), None),
    ]
    multiclass = []
    for classes in [3, 5]:
        rows = create_multiclass(260, classes, 20 * classes)
        multiclass.append(describe_multiclass(f"{classes} classes", *rows[:3], None))
        multiclass.append(describe_multiclass(f"{classes} classes with weights", *rows))
    truth, predicted, score, _ = create_multiclass(260, 4, 7)
    here = truth != 3
    multiclass.append(describe_multiclass("a class without a row", truth[here], predicted[here], score[here], None))
    for k in [1, 2, 3]:
        ordered = np.sort(score, axis=1)
        apart = ordered[:, 4 - k] > ordered[:, 3 - k]
        case = describe_multiclass(f"top {k} of 4", truth[apart], predicted[apart], score[apart], None)
        multiclass.append({**case, "metrics": measure_top(truth[apart], score[apart], None, k)})
    return {"costs": COSTS, "binary": binary, "multiclass": multiclass}
