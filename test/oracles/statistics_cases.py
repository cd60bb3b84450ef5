"""Limits, tests and corrections from SciPy and statsmodels; Tango's limits and sums over trinomials from their definitions."""

import numpy as np
from data import hash_rows
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

TAILS = [0.05, 0.025, 0.005]


def list_normal():
    tails = [0.4, 0.1, 0.05, 0.01, 1e-4, 1e-10, 1e-17, 1e-62, 1e-200, 1e-300]
    return [{"tail": t, "z": float(stats.norm.isf(t))} for t in tails]


def list_binomial():
    cases = [(0, 5, 0.3), (3, 10, 0.05), (60, 100, 0.5), (400, 1000, 0.3), (980, 1000, 0.9), (5, 1_000_000, 1e-7)]
    cases += [(520_000, 1_000_000, 0.5), (150, 1000, 0.01), (37, 37, 0.2)]
    return [
        {"x": x, "n": n, "p": p, "upper": float(stats.binom.sf(x - 1, n, p)), "lower": float(stats.binom.cdf(x, n, p))}
        for x, n, p in cases
    ]


def list_proportions():
    found = []
    for x, n in [(81, 263), (0, 10), (10, 10), (1, 10), (5, 50), (3, 1_000_000), (900_000, 1_000_000), (1, 1)]:
        for tail in TAILS:
            wilson = proportion_confint(x, n, alpha=2 * tail, method="wilson")
            exact = proportion_confint(x, n, alpha=2 * tail, method="beta")
            found.append({"x": x, "n": n, "tail": tail, "wilson": [*map(float, wilson)], "exact": [*map(float, exact)]})
    return found


def list_mcnemar():
    found = []
    for b, c in [(121, 59), (5, 15), (0, 0), (0, 7), (1000, 900)]:
        two_sided = mcnemar([[0, b], [c, 0]], exact=True).pvalue if b + c else 1.0
        above = stats.binom.sf(b - 1, b + c, 0.5)
        below = stats.binom.cdf(b, b + c, 0.5)
        found.append({"b": b, "c": c, "twoSided": float(two_sided), "above": float(above), "below": float(below)})
    return found


def find_second(b, c, n, difference):
    """The q that maximises the likelihood of b, c and n - b - c, given p - q = difference, by search and not by formula."""

    def loss(q):
        p, rest = q + difference, 1 - 2 * q - difference
        terms = [(b, p), (c, q), (n - b - c, rest)]
        return -sum(count * np.log(max(share, 1e-300)) for count, share in terms if count > 0)

    low, high = max(0, -difference), (1 - difference) / 2
    inner = optimize.minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-15}).x
    return min([low, high, inner], key=loss)


def list_tango():
    """Tango (1998): the differences at which the score statistic is z, from the likelihood itself."""
    found = []
    for b, c, n in [(0, 0, 100), (5, 3, 100), (0, 1, 44), (50, 60, 1000), (14, 2, 32), (1, 0, 10), (500, 640, 20_000)]:
        for tail in TAILS:
            z = stats.norm.isf(tail)

            def excess(difference, sign):
                q = find_second(b, c, n, difference)
                spread = np.sqrt(max(n * (2 * q + difference - difference**2), 1e-300))
                return (b - c - n * difference) / spread - sign * z

            estimate = (b - c) / n
            low = optimize.brentq(excess, -1 + 1e-12, estimate, args=(1,), xtol=1e-15)
            high = optimize.brentq(excess, estimate, 1 - 1e-12, args=(-1,), xtol=1e-15)
            found.append({"b": b, "c": c, "n": n, "tail": tail, "low": low, "high": high})
    return found


def list_trinomial():
    """P(B - C >= s), summed over all pairs."""
    found = []
    cases = [(0, 20, 0.1, 0.2), (5, 50, 0.05, 0.02), (-3, 50, 0.0, 0.02), (10, 40, 0.3, 0.7), (30, 60, 0.1, 0.1)]
    cases += [(60, 400, 0.05, 0.1), (150, 1000, 0.02, 0.03), (-20, 500, 0.1, 0.07), (1, 900, 0.04, 0.041), (250, 300, 0.2, 0.1)]
    for s, n, p, q in cases:
        total = 0.0
        for c in range(n + 1):
            total += stats.binom.pmf(c, n, q) * stats.binom.sf(s + c - 1, n - c, min(1, p / (1 - q)))
        found.append({"s": s, "n": n, "p": p, "q": q, "tail": float(total)})
    return found


def list_unpaired():
    found = []
    for x1, n1, x2, n2 in [(56_000, 70_000, 48_000, 80_000), (90_000, 200_000, 30_000, 200_000)]:
        for tail in TAILS:
            low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=2 * tail)
            found.append({"x1": x1, "n1": n1, "x2": x2, "n2": n2, "tail": tail, "low": float(low), "high": float(high)})
    return found


def list_means():
    first = np.array([((37 * i) % 101) / 10 for i in range(50)])
    second = np.array([((53 * i) % 97) / 9 + 0.3 for i in range(20)])
    found = []
    for tail in [*TAILS, 1e-6]:
        level = 1 - 2 * tail
        one = stats.ttest_1samp(first, 0).confidence_interval(level)
        two = stats.ttest_ind(first, second, equal_var=False).confidence_interval(level)
        paired = stats.ttest_rel(first[:20], second).confidence_interval(level)
        found.append(
            {"tail": tail, "mean": [*map(float, one)], "welch": [*map(float, two)], "paired": [*map(float, paired)]}
        )
    return found


def list_corrections():
    found = []
    lists = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.9, 1.0, 0.0], [1e-60, 0.3, 1e-60]]
    lists += [[float(p) for p in hash_rows(8, salt) % 4096 / 8192] for salt in range(6)]
    for p in lists:
        holm = multipletests(p, method="holm")[1]
        hochberg = multipletests(p, method="fdr_bh")[1]
        found.append({"p": p, "holm": [*map(float, holm)], "benjaminiHochberg": [*map(float, hochberg)]})
    return found


def create():
    return {
        "normal": list_normal(),
        "binomial": list_binomial(),
        "proportions": list_proportions(),
        "mcnemar": list_mcnemar(),
        "tango": list_tango(),
        "trinomial": list_trinomial(),
        "unpaired": list_unpaired(),
        "means": list_means(),
        "corrections": list_corrections(),
    }
