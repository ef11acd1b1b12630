// What is asked for, as it stands in the address and is sent to the server:
// `country=ML,NE&from=2026-01-01&q=convoy`.

/** Filters that may hold several values, with commas: any of them is enough. */
export const MANY = ['country', 'event_type', 'state'] as const;
/** Filters of one value. */
export const ONE = [
  'from', 'to', 'bbox', 'admin', 'actor', 'sub_event_type', 'harm', 'min_killed', 'stale', 'background', 'report', 'q', 'sort',
] as const;

export type Many = (typeof MANY)[number];
export type One = (typeof ONE)[number];

export const valuesOf = (params: URLSearchParams, name: Many): string[] =>
  (params.get(name) ?? '').split(',').filter(Boolean);

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** Whether a filter can hold this: an address may come from anywhere, cut short or mistyped. */
const FITS: Partial<Record<Many | One, (value: string) => boolean>> = {
  from: isDay,
  to: isDay,
  bbox: (value) => readBounds(value) !== null,
  min_killed: (value) => /^\d{1,6}$/.test(value),
  country: (value) => /^[a-z]{2}$/i.test(value),
};

/** Filters in one order, without empty ones and those that cannot be: equal filters are equal text. */
export function clean(params: URLSearchParams): URLSearchParams {
  const out = new URLSearchParams();
  for (const name of ONE) {
    const value = params.get(name)?.trim();
    if (value && (FITS[name]?.(value) ?? true)) out.set(name, value);
  }
  for (const name of MANY) {
    const values = [...new Set(valuesOf(params, name))].filter((value) => FITS[name]?.(value) ?? true).sort();
    if (values.length) out.set(name, values.join(','));
  }
  return out;
}

export function without(params: URLSearchParams, ...names: (Many | One)[]): URLSearchParams {
  const out = new URLSearchParams(params);
  for (const name of names) out.delete(name);
  return out;
}

export function withOne(params: URLSearchParams, name: One, value: string | null): URLSearchParams {
  const out = new URLSearchParams(params);
  if (value) out.set(name, value);
  else out.delete(name);
  return out;
}

export function toggled(params: URLSearchParams, name: Many, value: string): URLSearchParams {
  const out = new URLSearchParams(params);
  const values = valuesOf(out, name);
  const kept = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  if (kept.length) out.set(name, kept.join(','));
  else out.delete(name);
  return out;
}

/** How many filters narrow the list. */
export function countOf(params: URLSearchParams): number {
  return [...clean(params).keys()].filter((name) => name !== 'sort').length;
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

export function readBounds(text: string | null): Bounds | null {
  const parts = text?.split(',').map(Number) ?? [];
  if (parts.length !== 4 || !parts.every(Number.isFinite)) return null;
  const [west, south, east, north] = parts as [number, number, number, number];
  return { west, south, east, north };
}

export function writeBounds(b: Bounds): string {
  return [b.west, b.south, b.east, b.north].map((x) => x.toFixed(3)).join(',');
}

export function contains(b: Bounds, lon: number, lat: number): boolean {
  const inLon = b.west <= b.east ? b.west <= lon && lon <= b.east : b.west <= lon || lon <= b.east;
  return inLon && b.south <= lat && lat <= b.north;
}
