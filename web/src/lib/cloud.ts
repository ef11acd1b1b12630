// Incidents as columns: fifty thousand of them are filtered, counted and clustered in a few
// milliseconds.

import { contains, isWithin, type Bounds } from './filters';
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
  /** NaN where unknown. */
  killed: Float64Array;
  type: Uint8Array;
  index: Map<string, number>;
}

/** How far an area is drawn around its middle where no radius is known, by `where_prec`: a second-order
 * unit, a first-order unit, a vague area, a country. */
const NOMINAL_KM: Record<number, number> = { 3: 25, 4: 80, 5: 60, 6: 250, 7: 100 };

/** Radius in kilometres that still counts as a point. */
const EXACT_KM = 3;

export function cloud(points: Points): Cloud {
  const n = points.id.length;
  const column = (values: (number | null)[]) => Float64Array.from(values, (v) => v ?? NaN);
  const lon = column(points.lon);
  const lat = column(points.lat);
  const radius = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const km = points.radius_km[i] ?? NOMINAL_KM[points.precision[i] ?? 1] ?? 0;
    radius[i] = EXACT_KM < km ? kmToUnit(km, lat[i]!) : 0;
  }
  return {
    n,
    id: points.id,
    lon,
    lat,
    x: lon.map(toX),
    y: lat.map(toY),
    radius,
    date: points.date,
    killed: column(points.killed),
    type: Uint8Array.from(points.event_type, typeIndex),
    index: new Map(points.id.map((id, i) => [id, i])),
  };
}

export const EMPTY: Cloud = cloud({ id: [], lon: [], lat: [], radius_km: [], precision: [], date: [], killed: [], event_type: [] });

/** Numbers of the incidents within these days and this box. */
export function within(c: Cloud, from: string | null, to: string | null, bounds: Bounds | null): Uint32Array {
  const out = new Uint32Array(c.n);
  let n = 0;
  for (let i = 0; i < c.n; i++) {
    if (!isWithin(c.date[i] ?? null, from, to)) continue;
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
