"""Sentences of CoNLL-U files as the teacher sees them."""

import json
import random
from dataclasses import dataclass, field

# What the tagger tells of a word in its sentence; the rest follows from word and tag.
TAGGED = {"Number=Sing", "Number=Plur", "Person=1", "Person=2", "Person=3", "Tense=Past", "Tense=Pres", "VerbForm=Fin",
          "VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger", "Voice=Pass", "Mood=Imp"}
KINDS = ["person", "organization", "place", "other"]
NON_NAMES = {"person", "organization", "place"}
# Classes of case; the last stands for a sentence in capitals, where case tells nothing.
LOWER, FIRST, ALL, SOME, BLANK = range(5)
SUFFIXES = 4096


@dataclass
class Sentence:
    words: list
    tags: list = None
    heads: list = None  # head of each word, counted from 1; 0 for the root
    relations: list = None
    names: list = None  # (first, last, kind), last inclusive; None if not annotated
    comments: list = field(default_factory=list)


def tag(upos, xpos, feats):
    """The joint tag, as the student has it."""
    feats = [f for f in feats.split("|") if f in TAGGED]
    if "VerbForm=Fin" in feats and xpos in ("VBD", "VBP"):
        feats = [f for f in feats if not f.startswith(("Number", "Person"))]
    return f"{upos} {xpos} {'|'.join(feats) or '_'}"


def read(path, barred=frozenset(), mentions=None):
    """The sentences of a file, without the documents that are barred."""
    out, rows, comments, document, first = [], [], [], None, 0
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            document, first = line.removeprefix("# newdoc id = ").strip(), 0
        if line.startswith("#"):
            comments.append(line)
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            if document not in barred:
                names = None
                if mentions is not None and document in mentions:
                    inside = [m for m in mentions[document] if first <= m[0] < first + len(rows)]
                    names = [(a - first, b - first, kind) for a, b, kind in inside]
                out.append(sentence(rows, names, comments))
            first += len(rows)
            rows, comments = [], []
    return out


def sentence(rows, names, comments):
    gold = rows[0][6] != "_"
    return Sentence(
        words=[r[1] for r in rows],
        tags=[tag(r[3], r[4], r[5]) for r in rows] if gold else None,
        heads=[int(r[6]) for r in rows] if gold else None,
        relations=[r[7] for r in rows] if gold else None,
        names=names,
        comments=comments,
    )


def barred(path):
    """Documents whose texts carry non-commercial terms."""
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    column = lines[0].index("non_commercial")
    return {line[0] for line in lines[1:] if line[column] == "yes"}


def named(path):
    """The names of each document, as first and last word and kind."""
    out = {}
    for line in open(path, encoding="utf-8"):
        document = json.loads(line)
        tokens, found = document["tokens"], set()
        for m in document["mentions"]:
            if m["named"] and m["name"]:
                start, end = m["name"]
                inside = [i for i, t in enumerate(tokens) if t[1] > start and t[0] < end]
                kind = m["type"] if m["type"] in NON_NAMES else "other"
                found.add((inside[0], inside[-1], KINDS.index(kind)))
        out[document["id"]] = sorted(found)
    return out


def case(word, capitals):
    if capitals:
        return BLANK
    upper = sum(c.isupper() for c in word)
    if not upper:
        return LOWER
    if upper == 1 and word[0].isupper():
        return FIRST
    return SOME if any(c.islower() for c in word) else ALL


def in_capitals(words):
    letters = [c for w in words for c in w if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return len(words) > 2 and upper > 8 * (len(letters) - upper)


def suffix(word):
    """A hash of the last three letters, the same in every run."""
    value = 7
    for c in word.lower()[-3:]:
        value = (value * 31 + ord(c)) % 1_000_003
    return value % SUFFIXES


def varied(words):
    """The words, now and then as a headline prints them, and whether in capitals."""
    if random.random() < 0.06:
        words = [w[0].upper() + w[1:] if len(w) > 3 and w[0] != "'" and w != "n't" else w for w in words]
    return words, random.random() < 0.12
