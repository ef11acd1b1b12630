"""Judges each predicted incident of the news benchmark by the benchmark's own scorer.

  news.py FOLDER PREDICTIONS

FOLDER holds score.py, dev.jsonl and clusters.jsonl; PREDICTIONS is what `cargo xtask eval news`
writes. Prints one JSON object per predicted incident: the report's fold (reports of one cluster share
it), whether the gold has the incident, and for each group of values whether it is right (null where
nothing was predicted or the gold lacks the incident). Standard library only.
"""
import json
import os
import sys

folder, predictions = sys.argv[1:]
sys.path.insert(0, folder)
import score  # noqa: E402


def same_names(gold, pred, pairs):
    return all(len(score.names(gold, g)) == len(score.names(pred, p)) == score.greedy(score.names(gold, g), score.names(pred, p), score.same_name)[0] for g, p in pairs)


def same_numbers(gold, pred, field, keys):
    g, p = score.sub(gold, field), score.sub(pred, field)
    return all(g.get(k) == p.get(k) for k in keys)


def judge(gold, pred):
    killed, injured = score.sub(pred, 'killed'), score.sub(pred, 'injured')
    place = score.place(pred)
    right = {'event_type': score.sub_ok(gold, pred)}
    if pred.get('date_start'):
        right['date'] = score.date_ok(gold, pred)
    if place.get('country') or place.get('lat') is not None:
        right['place'] = score.place_ok(gold, pred, 25)
    turned = gold.get('sub_event_type') == 'Agreement' and same_names(gold, pred, [('side_a', 'side_b'), ('side_b', 'side_a')])
    for side in ('side_a', 'side_b'):
        if score.names(pred, side):
            right[side] = turned or same_names(gold, pred, [(side, side)])
    if killed.get('best') is not None:
        right['killed'] = same_numbers(gold, pred, 'killed', ['best'])
    elif killed.get('low') is not None or killed.get('high') is not None:
        right['killed'] = same_numbers(gold, pred, 'killed', ['low', 'high'])
    if injured.get('low') is not None or injured.get('high') is not None:
        right['injured'] = same_numbers(gold, pred, 'injured', ['low', 'high'])
    if pred.get('sources'):
        pairs, repeated = score.match_sources(score.as_list(gold.get('sources')), pred['sources'])
        right['sources'] = len(pairs) + repeated == len(pred['sources'])
    return right


def main():
    score.load_alias(os.path.join(folder, 'actors_alias.json'))
    gold = {r['id']: r['incidents'] for r in score.read_jsonl(os.path.join(folder, 'dev.jsonl'))}
    fold = {}
    for c in score.read_jsonl(os.path.join(folder, 'clusters.jsonl')):
        members = [m[0] for m in c['members'] + (c.get('optional') or [])]
        known = [fold[m] for m in members if m in fold]
        joined = min(known + members)
        for m in members:
            fold[m] = joined
        for m, f in list(fold.items()):
            if f in known:
                fold[m] = joined
    for report in score.read_jsonl(predictions):
        pred = report['incidents']
        pairs = {p: g for g, p in score.align(gold[report['id']], pred)}
        for i, incident in enumerate(pred):
            row = {'report': report['id'], 'fold': fold.get(report['id'], report['id']), 'incident': i, 'found': i in pairs}
            row['right'] = judge(gold[report['id']][pairs[i]], incident) if i in pairs else {}
            print(json.dumps(row))


main()
