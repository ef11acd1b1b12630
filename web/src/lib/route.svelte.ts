// Where one is: a page and what it is asked for, in the part of the address after `#`. The server
// never sees it, and every view has a link.

import { clean } from './filters';

export type PageName = 'explore' | 'incident' | 'report' | 'review' | 'coders' | 'add' | 'login' | 'users' | 'tokens';

const PAGES: PageName[] = ['explore', 'incident', 'report', 'review', 'coders', 'add', 'login', 'users', 'tokens'];

interface Route {
  page: PageName;
  /** Id of the incident or key of the report. */
  id: string | null;
  params: URLSearchParams;
}

function read(): Route {
  const hash = location.hash.replace(/^#\/?/, '');
  const [path = '', query = ''] = hash.split('?', 2);
  const [name = '', id] = path.split('/', 2);
  const page = PAGES.find((p) => p === name) ?? 'explore';
  return { page, id: id ? decodeURIComponent(id) : null, params: new URLSearchParams(query) };
}

export const route = $state<Route>(read());

addEventListener('hashchange', () => Object.assign(route, read()));

/** The link to a page. */
export function link(page: PageName, id?: string | null, params?: URLSearchParams): string {
  const query = params?.toString();
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${query ? `?${query}` : ''}`;
}

/** Goes to a page, as a click on its link does. */
export function go(page: PageName, id?: string | null, params?: URLSearchParams) {
  location.hash = link(page, id, params);
}

/** Changes what the page is asked for, in place: Back leaves the page rather than undoing letters. */
export function ask(params: URLSearchParams) {
  const target = link(route.page, route.id, params);
  history.replaceState(null, '', target);
  route.params = new URLSearchParams(params);
}

/** The filters in the address, the same object as long as they are the same. */
let last = { text: '', filters: new URLSearchParams() };

export function filters(): URLSearchParams {
  const now = clean(route.params);
  const text = now.toString();
  if (text !== last.text) last = { text, filters: now };
  return last.filters;
}
