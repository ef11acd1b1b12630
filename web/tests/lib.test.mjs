// What needs no page: words in texts, filters in addresses, bars of a timeline.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'vite';

/** Modules of src/lib, compiled as the screen has them. */
async function lib(name) {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    root: new URL('..', import.meta.url).pathname,
    build: { write: false, minify: false, lib: { entry: `src/lib/${name}.ts`, formats: ['es'] } },
  });
  const { code } = [output].flat()[0].output[0];
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

test('pieces are the text, whatever the spans, and count code points', async () => {
  const { pieces } = await lib('spans');
  const text = '📰 DIFFA – 𝒕wo died';
  const at = [...text].join('|').split('|').indexOf('𝒕');
  const spans = [
    { start: at, end: at + 3, mark: 'lit' },
    { start: 2, end: 7, mark: 'place' },
    { start: 4, end: at + 1, mark: 'across' },
    { start: 9, end: 5, mark: 'backwards' },
    { start: 0, end: 999, mark: 'beyond' },
  ];
  const cut = pieces(text, spans);
  assert.equal(cut.map((p) => p.text).join(''), text);
  assert.equal(cut.filter((p) => p.marks.includes('lit')).map((p) => p.text).join(''), '𝒕wo');
  assert.equal(cut.filter((p) => p.marks.includes('place')).map((p) => p.text).join(''), 'DIFFA');
  assert.ok(!cut.some((p) => p.marks.includes('backwards') || p.marks.includes('beyond')));
});

test('equal filters are equal addresses, and a value toggles', async () => {
  const { clean, toggled } = await lib('filters');
  const a = clean(new URLSearchParams('country=NE,ML&q=%20x%20&from='));
  const b = clean(new URLSearchParams('q=x&country=ML,NE,ML'));
  assert.equal(a.toString(), b.toString());
  assert.equal(toggled(toggled(a, 'country', 'TD'), 'country', 'ML').get('country'), 'NE,TD');
  const mistyped = 'from=2026-99-99&to=2026-02-30&bbox=1,2&min_killed=many&country=Mali';
  assert.equal(clean(new URLSearchParams(mistyped)).toString(), '');
});

test('every day falls into the bar that holds it', async () => {
  const { bars, barOf, stepFor, toDay, toIso } = await lib('days');
  const [first, last] = [toDay('2023-12-30'), toDay('2024-03-02')];
  for (const step of ['day', 'week', 'month', 'year']) {
    const all = bars(first, last, step);
    for (let day = first; day <= last; day++) {
      const bar = barOf(all, day);
      assert.ok(bar && bar.start <= day && day < bar.end, `${step} ${toIso(day)}`);
    }
  }
  assert.equal(stepFor(10, 60), 'day');
  assert.equal(stepFor(4000, 60), 'year');
});

test('a few stray days do not squeeze a timeline, and nothing is lost of an even one', async () => {
  const { bulkOf, windowOf } = await lib('days');
  const even = Array.from({ length: 400 }, (_, i) => 9000 + i);
  assert.deepEqual(bulkOf(even), { first: 9000, last: 9399 });
  assert.deepEqual(bulkOf([...even, 1000, 2000]), { first: 9000, last: 9399 });
  assert.deepEqual(bulkOf([5]), { first: 5, last: 5 });
  assert.equal(bulkOf([]), null);
  assert.deepEqual(windowOf([7, 3]), { first: 3, last: 7 });
});

test('a place comes back from the map where it went in', async () => {
  const { toLat, toLon, toX, toY, zoomed, confined } = await lib('mercator');
  for (const [lon, lat] of [[-179, -60], [0, 0], [45.3, 2], [179, 71]]) {
    assert.ok(Math.abs(toLon(toX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(toLat(toY(lat)) - lat) < 1e-9);
  }
  const view = zoomed({ scale: 500, x: 10, y: 20 }, 2, 100, 80);
  assert.equal((100 - view.x) / view.scale, (100 - 10) / 500);
  assert.ok(Number.isFinite(confined({ scale: 1, x: 1e9, y: -1e9 }, 500, 400).x));
});

test('days ask for what may have happened on them, and for no undated incident', async () => {
  const { cloud, within } = await lib('cloud');
  const all = cloud({
    id: ['one', 'long', 'undated'],
    lon: [1, 2, null],
    lat: [1, 2, null],
    radius_km: [null, null, null],
    precision: [1, 1, 6],
    date: ['2024-03-05', '2024-03-01', null],
    days: [0, 7, null],
    killed: [1, null, 2],
    event_type: ['Battles', 'Riots', 'Battles'],
  });
  const ids = (from, to) => [...within(all, from, to, null)].map((i) => all.id[i]);
  assert.deepEqual(ids(null, null), ['one', 'long', 'undated']);
  assert.deepEqual(ids('2024-03-05', '2024-03-05'), ['one', 'long']);
  assert.deepEqual(ids('2024-03-06', null), ['long']);
  assert.deepEqual(ids(null, '2024-03-04'), ['long']);
  assert.deepEqual(ids('2024-03-09', null), []);
  assert.equal(all.indexOf('long'), 1);
});

test('clusters lose nobody, stack what lies at one point, and draw vague places as areas', async () => {
  const { symbols } = await lib('clusters');
  const { cloud } = await lib('cloud');
  const n = 2000;
  const points = {
    id: Array.from({ length: n }, (_, i) => `i${i}`),
    lon: Array.from({ length: n }, (_, i) => (i < 500 ? 2.1 : ((i * 7919) % 3000) / 100 - 15)),
    lat: Array.from({ length: n }, (_, i) => (i < 500 ? 13.5 : ((i * 104729) % 3000) / 100 - 10)),
    radius_km: Array.from({ length: n }, (_, i) => (i % 10 === 9 ? 120 : null)),
    precision: Array.from({ length: n }, (_, i) => (i % 10 === 8 ? 4 : 1)),
    date: Array(n).fill(null),
    days: Array(n).fill(null),
    killed: Array(n).fill(null),
    event_type: Array(n).fill('Battles'),
  };
  const all = symbols(cloud(points), Uint32Array.from({ length: n }, (_, i) => i), 15, [0, 0, 1, 1]);
  assert.deepEqual(all.flatMap((s) => s.members).sort((a, b) => a - b), points.id.map((_, i) => i));
  const area = all.find((s) => s.radius > 0 && s.members.length >= 50);
  assert.ok(area?.isStack, 'fifty share one area');
  assert.ok(all.filter((s) => s.radius === 0).every((s) => s.members.every((i) => i % 10 < 8)));
});
