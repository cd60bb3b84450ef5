"""Limits of means and of functions of means by SciPy and statsmodels, ranking with ties and an exact median interval."""

import numpy as np
from statsmodels.regression.linear_model import WLS
from data import hash_rows
from number_cases import create_numbers
from scipy import stats
from sklearn import metrics as sk

LEVEL = 0.95


def interval_of(result):
    low, high = result.conf_int(alpha=1 - LEVEL)[0]
    return [float(low), float(high)]


def fit_mean(values, weight, groups=None):
    """A mean as a regression on a constant: HC1 and the cluster-robust errors are the linearised ones of a ratio."""
    model = WLS(values, np.ones(len(values)), weights=np.ones(len(values)) if weight is None else weight)
    if groups is None:
        return interval_of(model.fit(cov_type="HC1", use_t=True))
    return interval_of(model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True))


def fit_influence(statistic, weight, groups):
    """
    The infinitesimal jackknife: the slope in each unit's weight by central differences, then Student's t with units − 1.
    Davison and Hinkley (1997), section 2.7.
    """
    names = np.unique(groups)
    steps = np.array([np.where(groups == name, 1e-5, 0) for name in names])
    slopes = np.array([(statistic(weight * (1 + step)) - statistic(weight * (1 - step))) / 2e-5 for step in steps])
    n = len(names)
    error = np.sqrt(n / (n - 1) * (slopes**2).sum())
    half = stats.t.ppf((1 + LEVEL) / 2, n - 1) * error
    value = statistic(weight)
    return [float(value - half), float(value + half)]


def describe(name, truth, first, second, weight, cluster):
    rows = np.arange(len(truth))
    w = np.ones(len(truth)) if weight is None else weight
    groups = rows if cluster is None else cluster
    losses = {"mae": lambda p: np.abs(p - truth), "mse": lambda p: (p - truth) ** 2}
    found = {}
    for metric, loss in losses.items():
        found[metric] = {
            "one": fit_mean(loss(first), weight, cluster),
            "difference": fit_mean(loss(first) - loss(second), weight, cluster),
            "ratio": fit_mean(loss(first) - 0.75 * loss(second), weight, cluster),
        }
        if weight is None and cluster is None:
            classical = stats.ttest_1samp(loss(first), 0).confidence_interval(LEVEL)
            paired = stats.ttest_rel(loss(first), loss(second)).confidence_interval(LEVEL)
            found[metric]["classical"] = [float(classical.low), float(classical.high)]
            found[metric]["paired"] = [float(paired.low), float(paired.high)]
    smooth = {"rmse": sk.root_mean_squared_error, "r2": sk.r2_score, "explained-variance": sk.explained_variance_score}
    for metric, compute in smooth.items():
        of = lambda w, p: compute(truth, p, sample_weight=w)
        found[metric] = {
            "difference": fit_influence(lambda w: of(w, first) - of(w, second), w, groups),
            "ratio": fit_influence(lambda w: of(w, first) - 0.75 * of(w, second), w, groups),
        }
        if metric != "rmse":
            found[metric]["one"] = fit_influence(lambda w: of(w, first), w, groups)
    columns = {"truth": truth.tolist(), "predicted_0": first.tolist(), "predicted_1": second.tolist()}
    more = {"weight": weight, "cluster": cluster}
    return {"name": name, **columns, **{key: own.tolist() for key, own in more.items() if own is not None}, "limits": found}


def create_ties():
    """Queries of items with many equal scores; the ndcg averages over them, the average precision takes them together."""
    queries, items = 30, 9
    relevance = (hash_rows(queries * items, 5) % 9 - 5).clip(0).reshape(queries, items)
    relevance[:, 0] = np.maximum(relevance[:, 0], 1)
    score = (hash_rows(queries * items, 6) % 4).reshape(queries, items) / 4
    binary = (relevance > 0).astype(int)
    weight = (hash_rows(queries, 7) % 8 + 1) / 4
    numbers = {}
    for name, own in [("plain", None), ("weights", weight)]:
        numbers[name] = {
            "ndcg": sk.ndcg_score(relevance, score, sample_weight=own),
            "ndcg@1": sk.ndcg_score(relevance, score, k=1, sample_weight=own),
            "ndcg@4": sk.ndcg_score(relevance, score, k=4, sample_weight=own),
            "map": sk.label_ranking_average_precision_score(binary, score, sample_weight=own),
        }
    return {
        "query": np.repeat(np.arange(queries), items).tolist(),
        "relevance": relevance.ravel().tolist(),
        "score": score.ravel().tolist(),
        "weight": np.repeat(weight, items).tolist(),
        "metrics": {name: {key: float(value) for key, value in own.items()} for name, own in numbers.items()},
    }


def find_median_places(n, tail):
    """The largest place l with P(B <= l - 1) <= tail, B binomial with n and a half; 0 where there is none."""
    place = 0
    while stats.binom.cdf(place, n, 0.5) <= tail:
        place += 1
    return place


def create():
    truth, first, weight = create_numbers(120, 31)
    second = truth + (hash_rows(120, 44) % 301 - 140) / 32
    cluster = hash_rows(120, 45) % 17
    medians = [(n, tail) for n in [1, 5, 6, 20, 101, 1000, 50_000] for tail in [0.05, 0.025, 0.005, 1e-6, 1e-12]]
    return {
        "means": [
            describe("rows", truth, first, second, None, None),
            describe("weights", truth, first, second, weight, None),
            describe("clusters", truth, first, second, None, cluster),
            describe("weights and clusters", truth, first, second, weight, cluster),
        ],
        "ties": create_ties(),
        "medians": [{"n": n, "tail": tail, "place": find_median_places(n, tail)} for n, tail in medians],
    }
