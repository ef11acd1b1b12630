// The one door to the desk's server.

import { without } from './filters';
import type * as T from './types';

/** What the server answered instead of a result. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Query = Record<string, string | number | undefined | null>;

const base = 'api/v1';

function address(path: string, query: Query | URLSearchParams = {}): string {
  const params = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
    }
  }
  const text = params.toString();
  return `${base}/${path}${text ? `?${text}` : ''}`;
}

let onSignedOut = () => {};

/** Calls `then` when the server asks for a session. */
export function whenSignedOut(then: () => void) {
  onSignedOut = then;
}

async function send<R>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<R> {
  const isFile = body instanceof Blob;
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-Tarikh'] = '1';
  if (body !== undefined) headers['Content-Type'] = isFile ? 'application/octet-stream' : 'application/json';
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      signal,
      credentials: 'same-origin',
      body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', 'the desk does not answer: is tarikh serve running?');
  }
  const text = await response.text();
  let answer: unknown = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    throw new ApiError(response.status, 'not_json', `the desk answered ${response.status} without saying why`);
  }
  if (!response.ok) {
    if (response.status === 401 && !url.startsWith(`${base}/session`)) onSignedOut();
    const error = (answer as { error?: { code?: string; message?: string } } | null)?.error;
    throw new ApiError(response.status, error?.code ?? 'error', error?.message ?? `the desk answered ${response.status}`);
  }
  return answer as R;
}

const get = <R>(path: string, query?: Query | URLSearchParams, signal?: AbortSignal) =>
  send<R>('GET', address(path, query), undefined, signal);

export const api = {
  incidents: (query: URLSearchParams, signal?: AbortSignal) => get<T.Page<T.IncidentRow>>('incidents', query, signal),
  points: (query: URLSearchParams, signal?: AbortSignal) => get<T.Points>('points', query, signal),
  facets: (query: URLSearchParams, signal?: AbortSignal) => get<T.Facets>('facets', query, signal),
  incident: (id: string, query: Query = {}) => get<T.LinkedIncident>(`incidents/${encodeURIComponent(id)}`, query),
  compare: (a: string, b: string) =>
    get<T.Comparison>(`incidents/${encodeURIComponent(a)}/compare/${encodeURIComponent(b)}`),
  report: (key: string) => get<T.ReportView>(`reports/${encodeURIComponent(key)}`),
  addReport: (report: Record<string, string>) => send<AddedReport>('POST', address('reports'), report),
  addFile: (file: File, about: Query) =>
    send<{ reports: AddedReport[]; refused: string[] }>('POST', address('reports/file', { name: file.name, ...about }), file),
  decide: (decision: NewDecision) => send<{ id: number; incident: string | null; incidents: string[] }>('POST', address('decisions'), decision),
  decisions: (query: Query = {}) => get<{ items: T.Decision[] }>('decisions', query),
  queue: (query: Query = {}) => get<{ items: T.QueueItem[]; next: string | null; total: number }>('queue', query),
  agreement: (query: Query) => get<Agreement>('agreement', query),
  session: () => get<T.Session>('session'),
  signIn: (name: string, password: string) => send<T.Session>('POST', address('session'), { name, password }),
  signOut: () => send<null>('DELETE', address('session')),
  users: () => get<{ items: T.User[] }>('users'),
  addUser: (user: T.User & { password: string }) => send<T.User>('POST', address('users'), user),
  setPassword: (name: string, password: string, current?: string) =>
    send<null>('PUT', address(`users/${encodeURIComponent(name)}/password`), { password, current }),
  tokens: () => get<{ items: T.Token[] }>('tokens'),
  makeToken: (label: string, role: T.User['role']) => send<T.Token>('POST', address('tokens'), { label, role }),
  revokeToken: (token: number) => send<null>('DELETE', address(`tokens/${token}`)),
  audit: (query: Query) => get<{ items: T.AuditEntry[] }>('audit', query),
  removeUser: (name: string) => send<null>('DELETE', address(`users/${encodeURIComponent(name)}`)),
};

/** A decision to be made; `kind` and its companions are those of the store. */
export interface NewDecision {
  kind: 'accept' | 'change' | 'split' | 'merge' | 'background' | 'reject' | 'undo' | 'judge' | 'keep_apart';
  incident: string;
  field?: string;
  value?: unknown;
  other?: string;
  mentions?: string[];
  decision?: number;
  reason?: string;
  /** Who decides, on a desk without users. */
  who?: string;
}

export interface AddedReport {
  report_key: string;
  status: 'added' | 'known' | 'reprint';
  incidents: string[];
}

export interface Agreement {
  /** Everybody who ever decided. */
  coders: string[];
  a: string | null;
  b: string | null;
  n_incidents: number;
  fields: { field: string; level: 'nominal' | 'interval'; n: number; n_same: number; alpha: number | null }[];
  disagreements: { incident: string; field: string; a: unknown; b: unknown; settled: boolean }[];
}

/** Address of an export of what the filters let through. */
export function exportAddress(format: string, query: URLSearchParams, isPublic: boolean): string {
  const params = without(query, 'sort');
  if (isPublic) params.set('profile', 'public');
  return address(`export/${format}`, params);
}
