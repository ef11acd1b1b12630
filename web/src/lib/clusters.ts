// What stands on the map at one zoom: clusters of near incidents, stacks of those at one point, and
// areas for places that are only vaguely known. Nothing is moved from where it lies.

import { hasPlace, type Cloud } from './cloud';

export interface Symbol {
  /** Centre on the unit square. */
  x: number;
  y: number;
  /** Radius on the unit square of a vague place; 0 for clusters and points. */
  radius: number;
  /** Numbers of the incidents. */
  members: number[];
  /** How many of each type. */
  types: number[];
  /** Whether all lie at the same point: zooming in does not part them. */
  isStack: boolean;
}

/** Side of a cell in pixels. */
const CELL = 52;

/** More rows of cells than the closest zoom has. */
const ROWS = 2 ** 24;

/** Radius in pixels from which a vague place is drawn as an area. */
const MIN_AREA = 13;

/** Half steps of zoom: symbols stay as they are while one pans and zooms a little. */
export const zoomStep = (scale: number) => Math.round(Math.log2(scale) * 2) / 2;

/** West, north, east, south on the unit square. */
export type Region = [number, number, number, number];

export function symbols(c: Cloud, members: Uint32Array, step: number, region: Region): Symbol[] {
  const [west, north, east, south] = region;
  const scale = 2 ** step;
  const cell = CELL / scale;
  const points = new Map<number, Symbol>();
  const areas = new Map<string, Symbol>();
  for (const i of members) {
    if (!hasPlace(c, i)) continue;
    const x = c.x[i]!;
    const y = c.y[i]!;
    const radius = c.radius[i]!;
    if (x + radius < west || east < x - radius || y + radius < north || south < y - radius) continue;
    if (MIN_AREA <= radius * scale) add(areas, `${x},${y},${radius}`, c, i, radius);
    else add(points, Math.floor(x / cell) * ROWS + Math.floor(y / cell), c, i, 0);
  }
  return [...areas.values(), ...merged([...points.values()], scale)];
}

function add<K>(to: Map<K, Symbol>, key: K, c: Cloud, i: number, radius: number) {
  const [x, y] = [c.x[i]!, c.y[i]!];
  let symbol = to.get(key);
  if (!symbol) {
    symbol = { x, y, radius, members: [], types: [0, 0, 0, 0, 0, 0], isStack: true };
    to.set(key, symbol);
  }
  const n = symbol.members.length;
  const first = symbol.members[0] ?? i;
  if (c.x[first] !== x || c.y[first] !== y) symbol.isStack = false;
  symbol.x += (x - symbol.x) / (n + 1);
  symbol.y += (y - symbol.y) / (n + 1);
  symbol.members.push(i);
  symbol.types[c.type[i]!]! += 1;
}

/** Radius of a cluster in pixels. */
export function size(n: number): number {
  return n === 1 ? 5 : Math.min(28, 9 + 1.9 * Math.log2(n) + 0.35 * Math.sqrt(n));
}

/** Clusters that would cover each other become one, the larger taking the smaller. */
function merged(clusters: Symbol[], scale: number): Symbol[] {
  clusters.sort((a, b) => b.members.length - a.members.length || a.x - b.x || a.y - b.y);
  const out: Symbol[] = [];
  for (const small of clusters) {
    const reach = size(small.members.length);
    const large = out.find((l) => Math.hypot(l.x - small.x, l.y - small.y) * scale < (size(l.members.length) + reach) * 0.82);
    if (large) absorb(large, small);
    else out.push(small);
  }
  return out;
}

function absorb(large: Symbol, small: Symbol) {
  if (large.x !== small.x || large.y !== small.y || !small.isStack) large.isStack = false;
  const [n, m] = [large.members.length, small.members.length];
  large.x = (large.x * n + small.x * m) / (n + m);
  large.y = (large.y * n + small.y * m) / (n + m);
  for (const i of small.members) large.members.push(i);
  small.types.forEach((count, t) => (large.types[t]! += count));
}
