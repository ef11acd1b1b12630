// The keys of decisions, the same on the incident's page and in the queue.

import { canCode } from '../lib/session.svelte';
import type { Work } from './work.svelte';

function focusField(work: Work) {
  if (work.focus?.kind !== 'field') return;
  const { path } = work.focus;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-field="${path}"]`)?.focus());
}

export function commands(work: Work): Record<string, () => void> {
  const forCoders = (run: () => unknown) => () => {
    if (!canCode() || !work.linked) return;
    if (work.isView) work.said = { words: 'Go back to the record first: decisions are made on what is known now' };
    else run();
  };
  const unlessBlind = (run: () => unknown) => forCoders(() => work.isBlind || run());
  const step = (by: number) => () => {
    work.step(by);
    focusField(work);
  };
  return {
    a: forCoders(work.accept),
    e: forCoders(work.edit),
    s: unlessBlind(() => {
      if ((work.linked?.members.length ?? 0) < 2) work.said = { words: 'There is one report: nothing to split' };
      else work.dialog = 'split';
    }),
    m: unlessBlind(() => (work.dialog = 'merge')),
    b: forCoders(work.background),
    r: forCoders(() => (work.dialog = 'reject')),
    u: forCoders(work.undo),
    ArrowDown: step(1),
    ArrowUp: step(-1),
  };
}
