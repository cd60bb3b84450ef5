"""Metrics of numbers and of orders by scikit-learn."""

import numpy as np
from classification_cases import measure
from data import hash_rows
from sklearn import metrics as sk


def create_numbers(count, salt):
    truth = (hash_rows(count, salt) % 2001 - 1000) / 16
    predicted = truth + (hash_rows(count, salt + 1) % 401 - 180) / 32
    return truth, predicted, (hash_rows(count, salt + 2) % 24 + 1) / 8


def describe_numbers(name, truth, predicted, weight):
    own = {"sample_weight": weight}
    error = np.abs(truth - predicted)
    width = (hash_rows(len(truth), 91) % 128) / 32
    low, high = predicted - width, predicted + width / 2
    numbers = {
        "mae": measure(lambda: sk.mean_absolute_error(truth, predicted, **own)),
        "mse": measure(lambda: sk.mean_squared_error(truth, predicted, **own)),
        "rmse": measure(lambda: sk.root_mean_squared_error(truth, predicted, **own)),
        "r2": measure(lambda: sk.r2_score(truth, predicted, force_finite=False, **own)),
        "explained-variance": measure(lambda: sk.explained_variance_score(truth, predicted, force_finite=False, **own)),
        "pinball@0.1": measure(lambda: sk.mean_pinball_loss(truth, predicted, alpha=0.1, **own)),
        "pinball@0.9": measure(lambda: sk.mean_pinball_loss(truth, predicted, alpha=0.9, **own)),
        "median-absolute-error": measure(lambda: sk.median_absolute_error(truth, predicted, **own)),
        "interval-coverage": measure(lambda: np.average((low <= truth) & (truth <= high), weights=weight)),
    }
    if (truth != 0).all():
        numbers["mape"] = measure(lambda: sk.mean_absolute_percentage_error(truth, predicted, **own))
        half = (np.abs(truth) + np.abs(predicted)) / 2
        numbers["smape"] = measure(lambda: np.average(error / half, weights=weight))
    columns = {"truth": truth.tolist(), "predicted": predicted.tolist(), "low": low.tolist(), "high": high.tolist()}
    return {"name": name, **columns, **({} if weight is None else {"weight": weight.tolist()}), "metrics": numbers}


def rank(relevance, score, k):
    """What scikit-learn has no name for, without ties: the places of the relevant items, from 1."""
    order = np.argsort(-score)
    hits = relevance[order] > 0
    places = np.flatnonzero(hits) + 1
    inside = places[places <= k]
    precision = np.arange(1, len(inside) + 1) / inside if len(inside) else np.array([])
    return {
        "mrr": 1 / places[0] if len(places) else None,
        "recall": len(inside) / len(places) if len(places) else None,
        "precision": precision.sum() / min(len(places), k) if len(places) else None,
    }


def create_ranking():
    queries, items = 40, 8
    relevance = (hash_rows(queries * items, 77) % 11 - 6).clip(0).reshape(queries, items)
    relevance[:, 0] = np.maximum(relevance[:, 0], 1)
    score = np.stack([(np.arange(items) * 37 + q * 11) % 61 + relevance[q] * 5 for q in range(queries)]) / 64
    score += np.arange(items) / 4096
    all_items = [rank(relevance[q], score[q], items) for q in range(queries)]
    three = [rank(relevance[q], score[q], 3) for q in range(queries)]
    binary = (relevance > 0).astype(int)
    numbers = {
        "ndcg": sk.ndcg_score(relevance, score),
        "ndcg@3": sk.ndcg_score(relevance, score, k=3),
        "map": sk.label_ranking_average_precision_score(binary, score),
        "map@3": np.mean([of["precision"] for of in three]),
        "mrr": np.mean([of["mrr"] for of in all_items]),
        "recall-at@3": np.mean([of["recall"] for of in three]),
    }
    columns = {"query": np.repeat(np.arange(queries), items).tolist(), "relevance": relevance.ravel().tolist()}
    return {**columns, "score": score.ravel().tolist(), "metrics": {name: float(value) for name, value in numbers.items()}}


def create():
    truth, predicted, weight = create_numbers(220, 3)
    same = np.full(20, 2.5)
    return {
        "regression": [
            describe_numbers("plain", truth, predicted, None),
            describe_numbers("weights", truth, predicted, weight),
            describe_numbers("an even number of rows", truth[:31], predicted[:31], None),
            describe_numbers("ties", np.round(truth / 8), np.round(predicted / 8), None),
            describe_numbers("labels that do not vary", same, same + np.arange(20) / 8, None),
            describe_numbers("one row", truth[:1], predicted[:1], None),
            describe_numbers("all right", truth, truth, None),
            describe_numbers("digits far from the point", truth + 2**24, predicted + 2**24, None),
        ],
        "ranking": [create_ranking()],
    }
