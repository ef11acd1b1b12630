// Incidents as columns: fifty thousand of them are filtered, counted and clustered in a few
// milliseconds.

import { toDay } from './days';
import { contains, type Bounds } from './filters';
import { kmToUnit, toX, toY } from './mercator';
import { typeIndex } from './palette';
import type { Points } from './types';

export interface Cloud {
  n: number;
  id: string[];
  /** On the unit square; NaN without a place. */
  x: Float64Array;
  y: Float64Array;
  lon: Float64Array;
  lat: Float64Array;
  /** Radius on the unit square within which the place lies; 0 for an exact one. */
  radius: Float64Array;
  date: (string | null)[];
  /** First and last possible day, in days since 1970; NaN where unknown. */
  first: Float64Array;
  last: Float64Array;
  /** NaN where unknown. */
  killed: Float64Array;
  type: Uint8Array;
  /** The number of the incident of an id. */
  indexOf: (id: string) => number | undefined;
}

/** How far an area is drawn around its middle where no radius is known, by `where_prec`: a second-order
 * unit, a first-order unit, a vague area, a country. */
const NOMINAL_KM: Record<number, number> = { 3: 25, 4: 80, 5: 60, 6: 250, 7: 100 };

/** Radius in kilometres that still counts as a point. */
const EXACT_KM = 3;

export function cloud(points: Points): Cloud {
  const n = points.id.length;
  const [x, y, radius] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const [first, last] = [new Float64Array(n), new Float64Array(n)];
  const lon = column(points.lon);
  const lat = column(points.lat);
  const type = new Uint8Array(n);
  const days = new Map<string | null, number>([[null, NaN]]);
  for (let i = 0; i < n; i++) {
    x[i] = toX(lon[i]!);
    y[i] = toY(lat[i]!);
    const km = points.radius_km[i] ?? NOMINAL_KM[points.precision[i] ?? 1] ?? 0;
    radius[i] = EXACT_KM < km ? kmToUnit(km, lat[i]!) : 0;
    const date = points.date[i] ?? null;
    let day = days.get(date);
    // Many incidents share a day, and reading one takes time.
    if (day === undefined) days.set(date, (day = toDay(date!)));
    first[i] = day;
    last[i] = day + (points.days[i] ?? 0);
    type[i] = typeIndex(points.event_type[i]!);
  }
  let index: Map<string, number> | null = null;
  return {
    n,
    id: points.id,
    lon,
    lat,
    x,
    y,
    radius,
    date: points.date,
    first,
    last,
    killed: column(points.killed),
    type,
    // Made when it is first asked for: not before the map stands.
    indexOf: (id) => (index ??= new Map(points.id.map((one, i) => [one, i]))).get(id),
  };
}

function column(values: (number | null)[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] ?? NaN;
  return out;
}

export const EMPTY: Cloud = cloud({ id: [], lon: [], lat: [], radius_km: [], precision: [], date: [], days: [], killed: [], event_type: [] });

/** Numbers of the incidents that may have happened within these days, and in this box; those without
 * a day only where no day is asked for. */
export function within(c: Cloud, from: string | null, to: string | null, bounds: Bounds | null): Uint32Array {
  const out = new Uint32Array(c.n);
  const since = from ? toDay(from) : -Infinity;
  const until = to ? toDay(to) : Infinity;
  const isAnyDay = !from && !to;
  let n = 0;
  for (let i = 0; i < c.n; i++) {
    if (!isAnyDay && !(since <= c.last[i]! && c.first[i]! <= until)) continue;
    if (bounds && !contains(bounds, c.lon[i]!, c.lat[i]!)) continue;
    out[n++] = i;
  }
  return out.subarray(0, n);
}

export const hasPlace = (c: Cloud, i: number) => !Number.isNaN(c.x[i]!);

/** West, north, east, south of these incidents on the unit square; `null` if none has a place. */
export function extent(c: Cloud, members: Iterable<number>): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null;
  for (const i of members) {
    if (!hasPlace(c, i)) continue;
    const [x, y, r] = [c.x[i]!, c.y[i]!, c.radius[i]!];
    if (!box) box = [x - r, y - r, x + r, y + r];
    else {
      box[0] = Math.min(box[0], x - r);
      box[1] = Math.min(box[1], y - r);
      box[2] = Math.max(box[2], x + r);
      box[3] = Math.max(box[3], y + r);
    }
  }
  return box;
}
