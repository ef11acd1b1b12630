// Values as people read them. Unknown is a dash, never a zero.

import type { Incident, Place } from './types';

const DASH = '–';
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 5 });
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

export const number = (n: number) => numbers.format(n);

export function day(iso: string | null | undefined): string {
  if (!iso) return DASH;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.valueOf()) ? iso : days.format(date);
}

export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.valueOf()) ? iso : moments.format(date);
}

/** "4 May 2026", "4 – 6 May 2026"; the words of the report where no day follows from them. */
export function when(incident: Incident): string {
  const { date_start: start, date_end: end } = incident;
  if (!start) return incident.date_text ? `“${incident.date_text}”` : DASH;
  if (!end || end === start) return day(start);
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  if (start.slice(0, 7) === end.slice(0, 7)) return `${Number(start.slice(8))}–${day(end)}`;
  const first = sameYear ? shortDays.format(new Date(`${start}T00:00:00Z`)) : day(start);
  return `${first} – ${day(end)}`;
}

export function country(code: string | null | undefined): string {
  if (!code) return 'No country';
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

export function where(place: Place): string {
  return place.name ?? place.admin2 ?? place.admin1 ?? (place.country ? country(place.country) : DASH);
}

const PRECISION: Record<number, string> = {
  1: 'exact place',
  2: 'near a known place (about 25 km)',
  3: 'second-order unit',
  4: 'first-order unit',
  5: 'line or vague area',
  6: 'country only',
  7: 'international waters or airspace',
};

/** What the point stands for, in words. */
export const precision = (code: number | null) => (code === null ? '' : (PRECISION[code] ?? `precision ${code}`));

/** "14", "at least 9", "9–14", or a dash. */
export function range(low: number | null, best: number | null, high: number | null): string {
  if (low === null && best === null && high === null) return DASH;
  if (high === null && low !== null) return best !== null && best !== low ? `${number(best)}, at least ${number(low)}` : `at least ${number(low)}`;
  if (low !== null && high !== null && low !== high) {
    return best !== null ? `${number(best)} (${number(low)}–${number(high)})` : `${number(low)}–${number(high)}`;
  }
  const value = best ?? low ?? high;
  return value === null ? DASH : number(value);
}

/** The one number of a narrow column: "14", "9+" for at least 9. */
export function toll(low: number | null, best: number | null, high: number | null): string {
  const value = best ?? low;
  if (value === null) return '';
  return high === null && low !== null ? `${number(value)}+` : number(value);
}

export const side = (names: string[]) => (names.length ? names.join(', ') : DASH);

/** "Suicide bomb in Sukkur". */
export function title(incident: Incident): string {
  const place = where(incident.place);
  return place === DASH ? incident.sub_event_type : `${incident.sub_event_type}, ${place}`;
}

/** Any value of a record, as text. */
export function value(v: unknown): string {
  if (v === null || v === undefined || v === '') return DASH;
  if (typeof v === 'number') return number(v);
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  if (Array.isArray(v)) return v.length ? v.map(value).join(', ') : DASH;
  if (typeof v === 'object') {
    const object = v as Record<string, unknown>;
    return typeof object.name === 'string' ? object.name : JSON.stringify(v);
  }
  return String(v);
}

export const plural = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
