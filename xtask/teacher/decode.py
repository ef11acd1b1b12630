"""From scores to projective trees, tags and names."""

from dataclasses import dataclass

import numpy as np
import torch

from batches import batch, groups, pieces

LONGEST = 200


@dataclass
class Parse:
    tags: list
    heads: list
    relations: list
    names: list
    # Of each word: how sure its head, relation and tag are, together.
    sure: list


def parse(model, sentences, tokenizer, tags, relations, size=2500):
    """A parse of each sentence; None for those that are too long."""
    model.eval()
    split = [pieces(tokenizer, s.words) for s in sentences]
    out = [None] * len(sentences)
    items = [(len(p[0]), i) for i, p in enumerate(split) if len(p[0]) <= LONGEST]
    with torch.inference_mode():
        for group in groups(items, size):
            b = batch([sentences[i] for i in group], [split[i] for i in group])
            x = model.words(b)
            arcs = model.arc_scores(x, b).log_softmax(-1).numpy()
            tag_scores = model.tags(x[:, 1:]).softmax(-1)
            best_tags, sure_tags = tag_scores.argmax(-1).numpy(), tag_scores.amax(-1).numpy()
            name_scores = model.names(x[:, 1:])
            trees = [tree(arcs[at, : len(sentences[i].words) + 1, : len(sentences[i].words) + 1])
                     for at, i in enumerate(group)]
            of = [at for at, t in enumerate(trees) for _ in t]
            heads = [h for t in trees for h in t]
            words = [w + 1 for t in trees for w in range(len(t))]
            labels = model.labels.chosen(x[of, words], x[of, heads]).softmax(-1)
            best, sure_labels = pick(labels, relations, heads)
            start = 0
            for at, i in enumerate(group):
                n = len(sentences[i].words)
                part = slice(start, start + n)
                start += n
                sure = [float(np.exp(arcs[at, w + 1, trees[at][w]]) * sure_labels[part][w] * sure_tags[at, w])
                        for w in range(n)]
                out[i] = Parse([tags[t] for t in best_tags[at, :n]], trees[at], best[part],
                               names(name_scores[at, :, :n, :n].numpy()), sure)
    return out


def pick(labels, relations, heads):
    """The best relation of each word; `root` under the root and nowhere else."""
    root = relations.index("root")
    labels[:, root] = 0
    sure, best = labels.max(-1)
    best = ["root" if h == 0 else relations[b] for h, b in zip(heads, best.tolist())]
    return best, [1.0 if h == 0 else s for h, s in zip(heads, sure.tolist())]


def names(scores):
    """Stretches that score best as a name of some kind; none crosses another."""
    kinds, n = scores.argmax(0), scores.shape[-1]
    found = [(float(scores[kinds[a, b], a, b] - scores[0, a, b]), a, b, int(kinds[a, b]) - 1)
             for a, b in np.argwhere(np.triu(kinds) > 0).tolist()]
    kept = []
    for _, a, b, kind in sorted(found, reverse=True):
        if all(b < c or d < a or (c <= a and b <= d) or (a <= c and d <= b) for c, d, _ in kept):
            kept.append((a, b, kind))
    return sorted(kept)


def tree(scores):
    """Heads of the words, counted from 1: the best projective tree with one word under the root."""
    heads = scores[1:].argmax(-1).tolist()
    if is_tree(heads):
        return heads
    return eisner(scores)


def is_tree(heads):
    """Whether one word is under the root, nothing is circular and no arcs cross."""
    if heads.count(0) != 1:
        return False
    n = len(heads)
    for i in range(1, n + 1):
        at, steps = i, 0
        while at and steps <= n:
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    arcs = [(min(i, h), max(i, h)) for i, h in enumerate(heads, 1)]
    return not any(a < c < b < d for a, b in arcs for c, d in arcs)


def eisner(scores):
    """Eisner's algorithm (1996); the root has one dependent."""
    n = len(scores)
    s = scores.astype(np.float64).T.copy()  # s[head, dependent]
    s[0, :] -= 1000.0  # each arc from the root costs, so that there is one
    full = np.full((2, n, n), -np.inf)  # complete, head right (0) or left (1)
    half = np.full((2, n, n), -np.inf)
    full_at, half_at = np.zeros((2, n, n), int), np.zeros((n, n), int)
    for i in range(n):
        full[:, i, i] = 0
    for width in range(1, n):
        for i in range(n - width):
            j = i + width
            split = full[1, i, i:j] + full[0, i + 1 : j + 1, j]
            k = int(split.argmax())
            half_at[i, j] = i + k
            half[0, i, j] = split[k] + s[j, i] if i else -np.inf
            half[1, i, j] = split[k] + s[i, j]
            left = full[0, i, i:j] + half[0, i:j, j]
            k = int(left.argmax())
            full[0, i, j], full_at[0, i, j] = left[k], i + k
            right = half[1, i, i + 1 : j + 1] + full[1, i + 1 : j + 1, j]
            k = int(right.argmax())
            full[1, i, j], full_at[1, i, j] = right[k], i + 1 + k
    heads = [0] * n
    stack = [(0, n - 1, 1, True)]
    while stack:
        i, j, side, complete = stack.pop()
        if i == j:
            continue
        if complete:
            k = int(full_at[side, i, j])
            if side == 0:
                stack += [(i, k, 0, True), (k, j, 0, False)]
            else:
                stack += [(i, k, 1, False), (k, j, 1, True)]
        else:
            head, dependent = (j, i) if side == 0 else (i, j)
            heads[dependent] = head
            k = int(half_at[i, j])
            stack += [(i, k, 1, True), (k + 1, j, 0, True)]
    return heads[1:]
