"""Labels raw sentences: python label.py TEACHER RAW OUT [MINUTES]

Stops after so many minutes; the sentences come in an order that mixes all sources.
"""

import hashlib
import sys
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

import corpus
from decode import parse
from model import Teacher
from train import folder

# How much of each source is read: of old wire copy and general news a part is enough.
SHARES = {"muc4": 0.45, "insightcrime": 0.45}
# Least mean sureness of a sentence's words, and of its worst.
MEAN, WORST = 0.78, 0.03


def chance(s):
    """A number below one that follows from the sentence's key."""
    return int(hashlib.sha256(s.comments[0].encode()).hexdigest()[:8], 16) / 2**32


def taken(s):
    source = s.comments[1]
    share = next((v for k, v in SHARES.items() if k in source), 1)
    return chance(s) < share


def rows(s, p):
    out = list(s.comments)
    for i, word in enumerate(s.words):
        upos, xpos, feats = p.tags[i].split()
        out.append(f"{i + 1}\t{word}\t_\t{upos}\t{xpos}\t{feats}\t{p.heads[i]}\t{p.relations[i]}\t_\t_")
    return "\n".join(out) + "\n\n"


def main(teacher, raw, out, minutes):
    torch.set_num_threads(1)
    saved = torch.load(teacher, weights_only=True)
    tags, relations = saved["tags"], saved["relations"]
    model = Teacher(folder(), len(tags), len(relations), len(corpus.KINDS))
    model.load_state_dict(saved["model"])
    tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    sentences = sorted((s for s in corpus.read(raw) if taken(s)), key=lambda s: hashlib.sha256(
        s.comments[0].encode()).hexdigest()[8:])
    started, read, kept, words = time.time(), 0, 0, 0
    with open(out, "w", encoding="utf-8") as file:
        for at in range(0, len(sentences), 2000):
            if time.time() - started > 60 * minutes:
                break
            some = sentences[at : at + 2000]
            for s, p in zip(some, parse(model, some, tokenizer, tags, relations)):
                read += 1
                if p and sum(p.sure) / len(p.sure) >= MEAN and min(p.sure) >= WORST:
                    s.comments.append(f"# sure = {sum(p.sure) / len(p.sure):.3f} {min(p.sure):.3f}")
                    kept, words = kept + 1, words + len(s.words)
                    file.write(rows(s, p))
            print(f"{time.time() - started:.0f}s read {read} kept {kept} words {words}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4], float(sys.argv[4]) if len(sys.argv) > 4 else 1e9)
