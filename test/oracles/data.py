"""Rows from whole-number formulas, so that they are the same in every language. Scores are multiples of a power of two."""

import numpy as np


def hash_rows(count, salt):
    """Numbers of 31 bits, one a row: multiplied and folded twice."""
    value = (np.arange(count, dtype=np.int64) * 2654435761 + salt * 40503) % 2**31
    value = (value ^ (value >> 15)) * 1103515245 % 2**31
    return (value ^ (value >> 13)) * 12345 % 2**31


def create_binary(count, salt, positives=0.4, levels=64):
    """Labels, scores with ties, predictions at a half, and weights in eighths. The scores know half of the truth."""
    truth = (hash_rows(count, salt) % 1000 < 1000 * positives).astype(int)
    noise = hash_rows(count, salt + 1) % levels
    shift = truth * (levels // 4)
    score = np.clip((noise * 3 // 4 + shift + 1) / levels, 1 / levels, 1 - 1 / levels)
    weight = (hash_rows(count, salt + 2) % 24 + 1) / 8
    return truth, (score > 0.5).astype(int), score, weight


def create_multiclass(count, classes, salt):
    """Labels, predictions and scores that sum to 1 exactly, in sixty-fourths. The last class is rare."""
    draw = hash_rows(count, salt) % (4 * classes - 3)
    truth = np.minimum(draw // 4, classes - 1)
    parts = np.stack([hash_rows(count, salt + 10 + at) % 9 + 1 for at in range(classes)], axis=1)
    parts[np.arange(count), truth] += hash_rows(count, salt + 3) % 12
    score = np.floor(64 * parts / parts.sum(axis=1, keepdims=True)) / 64
    score[np.arange(count), score.argmax(axis=1)] += 1 - score.sum(axis=1)
    weight = (hash_rows(count, salt + 2) % 24 + 1) / 8
    return truth, score.argmax(axis=1), score, weight
