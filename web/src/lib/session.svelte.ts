// Who is at the desk.

import { api, whenSignedOut } from './api';
import { go, route } from './route.svelte';
import type { Session } from './types';

export const session = $state<Session & { isKnown: boolean }>({
  user: null,
  role: null,
  blind: false,
  needs_login: false,
  isKnown: false,
});

const NAME = 'tarikh-name';

function storedName(): string {
  try {
    return localStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}

/** The name that signs decisions on a desk without users. */
export const signature = $state({ name: storedName() });

export function sign(name: string) {
  signature.name = name.trim();
  try {
    localStorage.setItem(NAME, signature.name);
  } catch {
    // Storage may be off: the name lasts as long as the page.
  }
}

/** Who decides here: the user, or who signs. */
export const decider = () => session.user ?? (signature.name || null);

export const canCode = () => session.role === 'coder' || session.role === 'admin';

export async function refresh() {
  Object.assign(session, await api.session(), { isKnown: true });
  if (session.needs_login && !session.user && route.page !== 'login') toLogin();
}

export async function signIn(name: string, password: string) {
  await api.signIn(name, password);
  await refresh();
}

export async function signOut() {
  await api.signOut();
  await refresh();
}

/** The page to come back to after signing in. */
let wanted = '';

function toLogin() {
  // Several calls may be refused before the page has changed.
  if (location.hash.startsWith('#/login')) return;
  wanted = location.hash;
  go('login');
}

export function leaveLogin() {
  location.hash = wanted || '#/explore';
  wanted = '';
}

// The session ran out: what is shown goes, and the page is remembered.
whenSignedOut(() => {
  Object.assign(session, { user: null, role: null, needs_login: true });
  toLogin();
});
