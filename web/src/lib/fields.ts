// The record's fields as the desk shows them: in what order, under what name, changed by what kind
// of input.

import { country } from './format';
import { TYPES } from './palette';
import type { Incident, Provenance } from './types';

export type Kind = 'choice' | 'date' | 'number' | 'text' | 'list' | 'flag';

export interface Field {
  /** Path in the record (`killed.best`). */
  path: string;
  label: string;
  kind: Kind;
  /** What a coder should know about it. */
  help?: string;
  choices?: readonly string[];
  /** Shown only where it has a value, unless all fields are asked for. */
  isRare?: boolean;
  /** Shown only where all fields are asked for. */
  isHidden?: boolean;
}

export interface Group {
  name: string;
  fields: Field[];
}

const SUB_TYPES = [
  'Government regains territory', 'Non-state actor overtakes territory', 'Armed clash',
  'Excessive force against protesters', 'Protest with intervention', 'Peaceful protest',
  'Violent demonstration', 'Mob violence', 'Chemical weapon', 'Air/drone strike', 'Suicide bomb',
  'Shelling/artillery/missile attack', 'Remote explosive/landmine/IED', 'Grenade', 'Sexual violence',
  'Attack', 'Abduction/forced disappearance', 'Agreement', 'Arrests', 'Change to group/activity',
  'Disrupted weapons use', 'Headquarters or base established', 'Looting/property destruction',
  'Non-violent transfer of territory', 'Other',
];

export const GROUPS: Group[] = [
  {
    name: 'What',
    fields: [
      { path: 'event_type', label: 'Event type', kind: 'choice', choices: TYPES },
      { path: 'sub_event_type', label: 'Sub-event type', kind: 'choice', choices: SUB_TYPES },
      { path: 'ucdp_type', label: 'Type of violence', kind: 'number', help: 'UCDP: 1 state-based, 2 non-state, 3 one-sided' },
      { path: 'status', label: 'Status', kind: 'choice', choices: ['confirmed', 'claimed', 'alleged', 'denied'] },
      { path: 'weapons', label: 'Weapons', kind: 'list', isRare: true },
    ],
  },
  {
    name: 'Harm',
    fields: [
      { path: 'killed.best', label: 'Killed, best', kind: 'number' },
      { path: 'killed.low', label: 'Killed, low', kind: 'number' },
      { path: 'killed.high', label: 'Killed, high', kind: 'number', help: 'empty where only “at least” is known' },
      { path: 'killed.side_a', label: 'of them side A', kind: 'number', isRare: true },
      { path: 'killed.side_b', label: 'of them side B', kind: 'number', isRare: true },
      { path: 'killed.civilians', label: 'of them civilians', kind: 'number', isRare: true },
      { path: 'killed.unknown', label: 'of them unclear', kind: 'number', isRare: true },
      { path: 'injured.low', label: 'Injured, low', kind: 'number' },
      { path: 'injured.high', label: 'Injured, high', kind: 'number' },
      { path: 'abducted', label: 'Abducted', kind: 'number', isRare: true },
      { path: 'arrested', label: 'Arrested', kind: 'number', isRare: true },
      { path: 'released', label: 'Released', kind: 'number', isRare: true },
    ],
  },
  {
    name: 'When',
    fields: [
      { path: 'date_start', label: 'First day', kind: 'date' },
      { path: 'date_end', label: 'Last day', kind: 'date' },
      { path: 'date_precision', label: 'Date precision', kind: 'number', help: '1 the day, 2 two to six days, 3 about a week, 4 a month, 5 up to a year' },
      { path: 'time_of_day', label: 'Time of day', kind: 'text', isRare: true },
      { path: 'time_zone', label: 'Time zone', kind: 'text', isRare: true, help: 'as Africa/Bamako, or UTC' },
    ],
  },
  {
    name: 'Where',
    fields: [
      { path: 'place.name', label: 'Place', kind: 'text' },
      { path: 'place.admin1', label: 'First-order unit', kind: 'text' },
      { path: 'place.admin2', label: 'Second-order unit', kind: 'text', isRare: true },
      { path: 'place.country', label: 'Country', kind: 'text', help: 'two letters, as ML' },
      { path: 'place.precision', label: 'Precision', kind: 'number', help: '1 exact, 2 near, 3 second-order unit, 4 first-order unit, 5 vague area, 6 country, 7 at sea or in the air' },
      { path: 'place.lat', label: 'Latitude', kind: 'number', isHidden: true },
      { path: 'place.lon', label: 'Longitude', kind: 'number', isHidden: true },
      { path: 'place.relation', label: 'Relation', kind: 'text', isRare: true },
    ],
  },
  {
    name: 'Who',
    fields: [
      { path: 'side_a', label: 'Side A', kind: 'list', help: 'who acts' },
      { path: 'side_b', label: 'Side B', kind: 'list', help: 'who is acted upon, or the other party' },
      { path: 'civilians', label: 'Civilians hit', kind: 'flag' },
    ],
  },
];

export const FIELDS: Field[] = GROUPS.flatMap((group) => group.fields);

/** What two coders judge of each incident when they work blind: the store's `CODED_FIELDS`. */
export const JUDGED = [
  'sub_event_type', 'date_start', 'date_end', 'place.country', 'place.admin1', 'place.name', 'side_a', 'side_b',
  'killed.low', 'killed.best', 'killed.high', 'injured.low', 'status',
];

export const fieldOf = (path: string) => FIELDS.find((field) => field.path === path);
/** Names of what is in the record but not on the list of fields. */
const OTHER_LABELS: Record<string, string> = {
  is_background: 'Background',
  rejected: 'No incident',
  date_text: 'Words of time',
  timex: 'TIMEX3 value',
  'place.text': 'Words of place',
  'place.geonameid': 'GeoNames id',
  'place.radius_km': 'Radius, km',
  plover_type: 'PLOVER type',
  plover_mode: 'PLOVER mode',
  evidence: 'The act',
};

/** What a field is called; `side_a[0]` is called as `side_a`. */
export function labelOf(path: string): string {
  const bare = path.replace(/\[\d+\].*$/, '');
  return fieldOf(bare)?.label ?? OTHER_LABELS[bare] ?? bare.replaceAll(/[._]/g, ' ');
}

/** The value at a path; `null` where there is none. */
export function valueAt(record: Incident, path: string): unknown {
  let at: unknown = record;
  for (const key of path.split('.')) {
    if (at === null || typeof at !== 'object') return null;
    at = (at as Record<string, unknown>)[key];
  }
  return at ?? null;
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** A value as it stands in an input. */
export function toInput(value: unknown): string {
  if (isEmpty(value)) return '';
  return Array.isArray(value) ? value.join('; ') : String(value);
}

/** The value of an input; an empty one is unknown. */
export function fromInput(kind: Kind, text: string): unknown {
  const trimmed = text.trim();
  if (kind === 'list') return trimmed ? trimmed.split(';').map((part) => part.trim()).filter(Boolean) : [];
  if (trimmed === '') return null;
  if (kind === 'number') {
    const n = Number(trimmed);
    if (!Number.isFinite(n)) throw new Error(`“${trimmed}” is not a number`);
    return n;
  }
  if (kind === 'flag') return trimmed === 'true';
  return trimmed;
}

/** Fields whose words are shown together: the days of one date, the parts of one place. */
const KIN: Record<string, string[]> = {
  date_end: ['date_start'],
  date_precision: ['date_start', 'date_text'],
  date_start: ['date_text', 'timex'],
  time_zone: ['time_of_day'],
  'place.admin1': ['place.name'],
  'place.admin2': ['place.name'],
  'place.country': ['place.name'],
  'place.precision': ['place.relation', 'place.name', 'place.text'],
  'place.lat': ['place.relation', 'place.name'],
  'place.lon': ['place.relation', 'place.name'],
  'place.name': ['place.text'],
  ucdp_type: ['event_type', 'side_a', 'side_b'],
  sub_event_type: ['event_type'],
  event_type: ['sub_event_type'],
  civilians: ['side_b', 'killed.civilians'],
};

const root = (path: string) => path.replace(/\[\d+\].*$/, '');

/** The words behind a field in one report's account. */
export function wordsFor(record: Incident, path: string): Provenance[] {
  const own = record.provenance.filter((p) => root(p.field) === path || p.field.startsWith(`${path}.`));
  const found = own.length ? own : record.provenance.filter((p) => KIN[path]?.includes(root(p.field)));
  if (found.length) return found;
  const isOfAct = path === 'event_type' || path === 'sub_event_type' || path === 'status' || path === 'evidence';
  return isOfAct ? [{ ...record.evidence, field: 'evidence', rule: 'evidence' }] : [];
}

/** The name under which a linked incident notes where a value came from (`killed.best`: `killed`). */
export function takenName(path: string): string {
  if (path === 'date_end' || path === 'date_precision') return 'date_start';
  if (path === 'time_zone') return 'time_of_day';
  return path.split('.')[0] ?? path;
}

/** What a code stands for, of the fields that hold codes: the words that the editor explains them with. */
export function meaning(path: string, code: unknown): string {
  if (path === 'place.country') return typeof code === 'string' ? country(code) : '';
  const help = GROUPS.flatMap((group) => group.fields).find((field) => field.path === path)?.help;
  if (typeof code !== 'number' || !help) return '';
  const meanings = help.replace(/^[^0-9]*/, '').split(', ').map((one) => one.match(/^(\d+) (.+)$/));
  return meanings.find((one) => one?.[1] === String(code))?.[2] ?? '';
}
