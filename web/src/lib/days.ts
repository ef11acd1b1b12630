// Days as numbers, and the bars of a timeline.

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of an ISO date; NaN if it is none. */
export const toDay = (iso: string) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);

export const toIso = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

export type Step = 'day' | 'week' | 'month' | 'year';

export interface Bar {
  /** First day. */
  start: number;
  /** One past the last day. */
  end: number;
  incidents: number;
  killed: number;
  /** How many of each type. */
  types: number[];
}

/** First and last of these days; `null` if there are none. */
export function windowOf(days: number[] | Float64Array): Window | null {
  if (days.length === 0) return null;
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    if (day < first) first = day;
    if (last < day) last = day;
  }
  return { first, last };
}

/** The same without stray days: those farther from the middle half than three times its length. */
export function bulkOf(days: number[] | Float64Array): Window | null {
  const sorted = Float64Array.from(days).sort();
  const quarter = Math.floor((sorted.length - 1) / 4);
  const [low, high] = [sorted[quarter] ?? 0, sorted[sorted.length - 1 - quarter] ?? 0];
  const reach = 3 * Math.max(7, high - low);
  return windowOf(days.filter((day) => low - reach <= day && day <= high + reach));
}

export interface Window {
  first: number;
  last: number;
}

/** The finest step that gives at most this many bars. */
export function stepFor(days: number, bars: number): Step {
  if (days <= bars) return 'day';
  if (days / 7 <= bars) return 'week';
  if (days / 30.4 <= bars) return 'month';
  return 'year';
}

function floor(day: number, step: Step): number {
  if (step === 'day') return day;
  // 1970-01-05 was a Monday.
  if (step === 'week') return day - ((((day - 4) % 7) + 7) % 7);
  const date = new Date(day * DAY_MS);
  const month = step === 'month' ? date.getUTCMonth() : 0;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY_MS;
}

function next(start: number, step: Step): number {
  if (step === 'day') return start + 1;
  if (step === 'week') return start + 7;
  const date = new Date(start * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return (step === 'month' ? Date.UTC(year, month + 1, 1) : Date.UTC(year + 1, 0, 1)) / DAY_MS;
}

/** Empty bars from the first day to the last. */
export function bars(first: number, last: number, step: Step): Bar[] {
  const out: Bar[] = [];
  for (let start = floor(first, step); start <= last; start = next(start, step)) {
    out.push({ start, end: next(start, step), incidents: 0, killed: 0, types: [0, 0, 0, 0, 0, 0] });
  }
  return out;
}

/** The bar that holds a day, by bisection. */
export function barOf(all: Bar[], day: number): Bar | undefined {
  let [low, high] = [0, all.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bar = all[middle]!;
    if (day < bar.start) high = middle - 1;
    else if (bar.end <= day) low = middle + 1;
    else return bar;
  }
  return undefined;
}

export interface Tick {
  day: number;
  label: string;
  isMajor: boolean;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Ticks that leave `room` pixels for each label; the year stands at every January, else at the first. */
export function ticks(first: number, last: number, width: number, room = 56): Tick[] {
  const out = bareTicks(first, last, width, room);
  const hasYear = out.some((tick) => /\d{4}/.test(tick.label));
  const start = out.find((tick) => /[A-Z]/.test(tick.label)) ?? out[0];
  if (!hasYear && start) start.label += ` ${new Date(start.day * DAY_MS).getUTCFullYear()}`;
  return out;
}

function bareTicks(first: number, last: number, width: number, room: number): Tick[] {
  const perDay = width / Math.max(1, last - first);
  const out: Tick[] = [];
  if (room <= perDay * 30) {
    const every = [1, 2, 5, 7, 14].find((n) => room <= n * perDay) ?? 30;
    for (let start = floor(first, 'month'); start <= last; start = next(start, 'month')) {
      const end = next(start, 'month');
      for (let day = start; day < end; day += every) {
        const isMajor = day === start;
        if (day < first || last < day || (!isMajor && end - day < every / 2)) continue;
        const date = new Date(day * DAY_MS);
        const month = MONTHS[date.getUTCMonth()]!;
        out.push({ day, isMajor, label: isMajor ? month : String(date.getUTCDate()) });
      }
    }
    return out;
  }
  const months = [3, 6, 12, 24, 60, 120].find((n) => room <= n * 30.4 * perDay) ?? 240;
  for (let start = floor(first, 'year'); start <= last; start = next(start, 'month')) {
    const date = new Date(start * DAY_MS);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    if (start < first || (year * 12 + month) % months !== 0) continue;
    out.push({ day: start, isMajor: month === 0, label: month === 0 ? String(year) : MONTHS[month]! });
  }
  return out;
}
