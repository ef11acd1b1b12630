"""A parser, tagger and name finder over a pretrained encoder (Dozat and Manning 2017; Yu et al. 2020)."""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from corpus import SUFFIXES


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self, size, inner, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.inner, self.outer = nn.Linear(size, inner), nn.Linear(inner, size)
        self.last = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, size = x.shape
        split = lambda y: y.view(b, n, self.heads, -1).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) / (size // self.heads) ** 0.5 + mask
        seen = (self.drop(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, n, size)
        x = self.norm(x + self.drop(self.out(seen)))
        return self.last(x + self.drop(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """BERT with the weights of a folder; gives a mixture of all its layers."""

    def __init__(self, folder):
        super().__init__()
        c = json.loads(Path(folder, "config.json").read_text())
        size = c["hidden_size"]
        self.words = nn.Embedding(c["vocab_size"], size)
        self.places = nn.Embedding(c["max_position_embeddings"], size)
        self.kind = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(size, c["intermediate_size"], c["num_attention_heads"]) for _ in range(c["num_hidden_layers"]))
        self.mix = nn.Parameter(torch.zeros(c["num_hidden_layers"]))
        self.drop = nn.Dropout(0.1)
        self.load(read_safetensors(Path(folder, "model.safetensors")))

    def load(self, t):
        pick = lambda module, name: [
            p.data.copy_(t[f"{name}.{kind}"]) for kind, p in (("weight", module.weight), ("bias", module.bias))]
        self.words.weight.data.copy_(t["embeddings.word_embeddings.weight"])
        self.places.weight.data.copy_(t["embeddings.position_embeddings.weight"])
        self.kind.data.copy_(t["embeddings.token_type_embeddings.weight"][0])
        pick(self.norm, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for name in ("query", "key", "value"):
                pick(getattr(layer, name), at + "attention.self." + name)
            pick(layer.out, at + "attention.output.dense")
            pick(layer.norm, at + "attention.output.LayerNorm")
            pick(layer.inner, at + "intermediate.dense")
            pick(layer.outer, at + "output.dense")
            pick(layer.last, at + "output.LayerNorm")

    def forward(self, ids, mask):
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        x = self.drop(self.norm(x))
        mask = ((~mask) * -1e4)[:, None, None, :]
        weights, out = self.mix.softmax(0), 0
        for layer, weight in zip(self.layers, weights):
            x = layer(x, mask)
            out = out + weight * x.float()
        return out * len(self.layers) ** 0.5


def read_safetensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    out = {}
    for name, info in header.items():
        if name != "__metadata__" and info["dtype"] == "F32":
            start, end = (8 + length + at for at in info["data_offsets"])
            out[name.removeprefix("bert.")] = torch.frombuffer(
                bytearray(data[start:end]), dtype=torch.float32).view(info["shape"])
    return out


class Pairs(nn.Module):
    """Scores of pairs of words for each class (biaffine)."""

    def __init__(self, size, inner, classes):
        super().__init__()
        self.left, self.right = nn.Linear(size, inner), nn.Linear(size, inner)
        self.weight = nn.Parameter(torch.zeros(classes, inner + 1, inner + 1))
        self.drop = nn.Dropout(0.33)

    def sides(self, x, y=None):
        one = lambda z: torch.cat([z, torch.ones_like(z[..., :1])], -1)
        left = self.drop(F.leaky_relu(self.left(x), 0.1))
        right = self.drop(F.leaky_relu(self.right(x if y is None else y), 0.1))
        return one(left), one(right)

    def forward(self, x):
        left, right = self.sides(x)
        return torch.einsum("bxi,cij,byj->bcxy", left, self.weight, right)

    def chosen(self, x, y):
        """Scores of given pairs: x[i] with y[i]."""
        left, right = self.sides(x, y)
        return torch.einsum("nci,ni->nc", torch.einsum("ni,cij->ncj", left, self.weight), right)


class Teacher(nn.Module):
    def __init__(self, folder, tags, relations, kinds):
        super().__init__()
        self.encoder = Encoder(folder)
        self.case, self.suffix = nn.Embedding(5, 24), nn.Embedding(SUFFIXES, 40)
        size = 384 * 2 + 64
        self.root = nn.Parameter(torch.zeros(size))
        self.tags = nn.Sequential(nn.Linear(size, 256), nn.LeakyReLU(0.1), nn.Dropout(0.33), nn.Linear(256, tags))
        self.arcs = Pairs(size, 320, 1)
        self.labels = Pairs(size, 128, relations)
        self.names = Pairs(size, 96, 1 + kinds)
        self.drop = nn.Dropout(0.25)

    def words(self, batch):
        """States of the words, the root first: first and last piece, case and ending."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(batch["ids"], batch["mask"])
        pick = lambda places: states.float().gather(1, places[..., None].expand(-1, -1, states.shape[-1]))
        x = torch.cat([pick(batch["first"]), pick(batch["last"]), self.case(batch["case"]),
                       self.suffix(batch["suffix"])], -1)
        x = torch.cat([self.root.expand(len(x), 1, -1), x], 1)
        return self.drop(x)

    def arc_scores(self, x, batch):
        """Scores of heads: [sentence, dependent, head]; padding is no head."""
        scores = self.arcs(x)[:, 0]
        return scores.masked_fill(~batch["heads_allowed"][:, None, :], -1e4)
