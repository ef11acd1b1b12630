"""Sentences as tensors."""

import torch

from corpus import case, in_capitals, suffix


def pieces(tokenizer, words):
    """Word pieces of a sentence, and the first and last of each word."""
    ids, first, last = [101], [], []
    for encoding in tokenizer.encode_batch([w.lower() for w in words], add_special_tokens=False):
        first.append(len(ids))
        ids.extend(encoding.ids[:8] or [100])
        last.append(len(ids) - 1)
    return ids + [102], first, last


def groups(items, size):
    """Groups of items of like length: pairs of a length and an item, about `size` pieces in a group."""
    out, group = [], []
    for length, item in sorted(items, key=lambda pair: pair[0]):
        if group and (len(group) + 1) * length > size:
            out.append(group)
            group = []
        group.append(item)
    return out + [group] if group else out


def pad(rows, value=0):
    width = max(map(len, rows))
    return torch.tensor([list(r) + [value] * (width - len(r)) for r in rows])


def batch(sentences, split, forms=None):
    """The inputs of sentences; `split` gives their pieces, `forms` other words and whether in capitals."""
    forms = forms or [(s.words, in_capitals(s.words)) for s in sentences]
    ids, first, last = zip(*split)
    lengths = torch.tensor([len(s.words) for s in sentences])
    width = int(lengths.max())
    ids = pad(ids, -1)
    return {
        "mask": ids >= 0,
        "ids": ids.clamp(min=0),
        "first": pad(first),
        "last": pad(last),
        "case": pad([[case(w, capitals) for w in words] for words, capitals in forms], 4),
        "suffix": pad([[suffix(w) for w in words] for words, _ in forms]),
        "lengths": lengths,
        "words": torch.arange(width)[None] < lengths[:, None],
        "heads_allowed": torch.arange(width + 1)[None] <= lengths[:, None],
    }
