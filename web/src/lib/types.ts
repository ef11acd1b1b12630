// The shapes that the desk's API speaks in; named as in the record (schema/coding.schema.json).

export type Zone = 'title' | 'text';

/** Words of a report; offsets count Unicode code points. */
export interface Words {
  quote: string;
  start: number;
  end: number;
  zone: Zone;
}

export interface Provenance extends Words {
  field: string;
  rule: string;
}

export interface Place {
  text: string | null;
  name: string | null;
  geonameid: number | null;
  admin1: string | null;
  admin2: string | null;
  country: string | null;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  geometry: unknown;
  precision: number | null;
  relation: string | null;
}

export interface Killed {
  best: number | null;
  low: number | null;
  high: number | null;
  side_a: number | null;
  side_b: number | null;
  civilians: number | null;
  unknown: number | null;
}

export interface Source {
  name: string;
  also: string[];
  kind: string;
  claim: string;
  anonymous: boolean;
  via: string | null;
}

export interface Claim extends Words {
  measure: string;
  who: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
  source: string | null;
}

export interface Actor {
  name: string;
  id: string | null;
  kind: string;
  country: string | null;
  side: 'a' | 'b';
  role: string;
  suspected: boolean;
}

export interface Incident {
  id: string;
  event_type: string;
  sub_event_type: string;
  flag: string | null;
  ucdp_type: number | null;
  date_start: string | null;
  date_end: string | null;
  date_precision: number | null;
  date_text: string | null;
  time_of_day: string | null;
  /** By whose clock that is; left out where nothing tells. */
  time_zone?: string | null;
  place: Place;
  side_a: string[];
  side_b: string[];
  actors: Actor[];
  civilians: boolean | null;
  killed: Killed;
  injured: { low: number | null; high: number | null };
  abducted: number | null;
  arrested: number | null;
  released: number | null;
  weapons: string[];
  sources: Source[];
  claims: Claim[];
  status: string;
  is_background: boolean;
  shared_toll: boolean;
  confidence: number;
  evidence: Words;
  evidence_also: Words[];
  provenance: Provenance[];
}

export type ReviewState = 'unreviewed' | 'accepted' | 'changed' | 'rejected';

export interface IncidentRow {
  id: string;
  incident: Incident;
  review: ReviewState;
  is_stale: boolean;
  priority: number;
  n_reports: number;
  n_sources: number;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface ReportRef {
  key: string;
  id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  url: string | null;
  reprint_of: string | null;
}

export interface Member {
  mention: string;
  report: ReportRef;
  incident: Incident;
}

export interface LedgerEntry {
  measure: string;
  who: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
  source: string | null;
  is_total: boolean;
  mention: string;
  report: string;
  outlet: string | null;
  published: string | null;
  quote: string | null;
  replaces: number | null;
}

export interface Decided {
  field: string;
  value: unknown;
  who: string;
  at: string;
  why: string | null;
}

export interface Doubt {
  a: string;
  b: string;
  score: number;
}

/** What was done; the other keys depend on `do`. */
export interface Action {
  do: string;
  field?: string;
  value?: unknown;
  mentions?: string[];
  other?: string;
  is_background?: boolean;
  decision?: number;
}

export interface Decision {
  decision: number;
  at: string;
  who: string;
  why: string | null;
  incident: string;
  action: Action;
  mentions: string[];
  undone: boolean;
}

export interface LinkedIncident {
  id: string;
  incident: Incident;
  taken_from: { field: string; mention: string }[];
  members: Member[];
  ledger: LedgerEntry[];
  n_sources: number;
  review: ReviewState;
  decided: Decided[];
  also: string[];
  doubts: Doubt[];
  decisions: Decision[];
}

export interface ReportView {
  metadata: ReportRef;
  body: string;
  coding: { incidents: Incident[]; warnings: { code: string; message: string }[]; coder_version: string } | null;
}

/** Incidents as columns, for map and timeline. */
export interface Points {
  id: string[];
  lon: (number | null)[];
  lat: (number | null)[];
  radius_km: (number | null)[];
  /** UCDP `where_prec`: from 3 on the point is the middle of an area. */
  precision: (number | null)[];
  date: (string | null)[];
  /** From the first to the last possible day. */
  days: (number | null)[];
  killed: (number | null)[];
  event_type: string[];
}

export interface Count {
  value: string | null;
  count: number;
}

export type Facets = Record<'country' | 'event_type' | 'sub_event_type' | 'actor' | 'state' | 'day', Count[]>;

export interface QueueItem {
  incident: IncidentRow;
  why: string[];
  doubts: Doubt[];
}

export interface Comparison {
  score: number;
  verdict: 'same' | 'doubtful' | 'different';
  features: { name: string; weight: number; note: string }[];
}

export interface Session {
  user: string | null;
  role: 'viewer' | 'coder' | 'admin' | null;
  /** Whether this user sees no decision of others. */
  blind: boolean;
  /** Whether nothing is shown before signing in. */
  needs_login: boolean;
}

export interface User {
  name: string;
  role: 'viewer' | 'coder' | 'admin';
  blind: boolean;
}

/** A key for programs; `secret` is told once, when it is made. */
export interface Token {
  token: number;
  label: string;
  role: User['role'];
  created_at: string;
  secret?: string;
}

export interface AuditEntry {
  entry: number;
  at: string;
  who: string | null;
  address: string | null;
  what: string;
  status: number;
}
