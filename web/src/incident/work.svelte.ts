// Work on one incident: what is known, what is in focus, and the decisions on it.

import { api, type NewDecision } from '../lib/api';
import { FIELDS, JUDGED, isEmpty, labelOf, valueAt } from '../lib/fields';
import { value } from '../lib/format';
import { decider, session } from '../lib/session.svelte';
import type { Decision, LinkedIncident } from '../lib/types';
import type { Focus } from './focus';

export type DialogName = 'split' | 'merge' | 'reject' | null;

type Kind = NewDecision['kind'];

/** A decision made in this sitting, so that `u` can take back the last one. */
export interface Made {
  decision: number;
  incident: string;
  what: string;
}

export class Work {
  linked = $state.raw<LinkedIncident | null>(null);
  focus = $state.raw<Focus>({ kind: 'field', path: 'killed.best' });
  editing = $state<string | null>(null);
  dialog = $state<DialogName>(null);
  areAllFieldsShown = $state(false);
  error = $state('');
  /** The last thing done, shown and said aloud; after a split, the other incident. */
  said = $state.raw<{ words: string; other?: string }>({ words: '' });
  isBusy = $state(false);
  /** Whether values are judged unseen by others instead of set: the server keeps it so. */
  readonly isBlind = $derived(session.blind);
  /** This coder's own values, by field. */
  judged = $state.raw<Record<string, unknown>>({});
  made = $state.raw<Made[]>([]);
  policy = $state('');
  asOf = $state('');
  /** Whether another state is shown than the one that decisions are made on. */
  readonly isView = $derived(!!this.asOf || !!this.policy);
  /** Whether nothing was known of it on the day asked for. */
  isUnknownThen = $state(false);

  /** Called after a decision, with where it leads; the queue goes on from there. */
  ondecided: (kind: Kind, incident: string) => void = () => {};

  readonly record = $derived(this.linked?.incident ?? null);

  readonly fields = $derived.by(() => {
    const record = this.linked?.incident;
    if (this.isBlind) return FIELDS.filter((f) => JUDGED.includes(f.path));
    return FIELDS.filter((f) => this.areAllFieldsShown || (!f.isHidden && (!f.isRare || (record && !isEmpty(valueAt(record, f.path))))));
  });

  async load(id: string) {
    this.error = '';
    // A day that says much of one incident says nothing of the next.
    if (this.linked && this.linked.id !== id) this.asOf = '';
    this.isUnknownThen = false;
    try {
      const linked = await api.incident(id, { policy: this.policy, as_of: this.asOf });
      if (linked.id !== this.linked?.id) {
        this.judged = {};
        this.editing = null;
        if (this.focus?.kind === 'entry') this.focus = null;
      }
      this.linked = linked;
      if (this.isBlind) this.#recallJudgements(linked.decisions);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      this.isUnknownThen = !!this.asOf && !!this.linked;
    }
  }

  /** Shows what decisions are made on: what is known now, with the dataset's own tolls. */
  showNow = async () => {
    this.asOf = this.policy = '';
    if (this.linked) await this.load(this.linked.id);
  };

  #recallJudgements(decisions: Decision[]) {
    const own = decisions.filter((d) => d.action.do === 'judge' && !d.undone && d.who === session.user);
    this.judged = Object.fromEntries(own.map((d) => [d.action.field ?? '', d.action.value]));
  }

  /** Makes a decision, shows what came of it, and tells whether it was made. */
  async decide(kind: Kind, what: string, rest: Partial<NewDecision> = {}): Promise<boolean> {
    const id = this.linked?.id;
    if (!id || this.isBusy) return false;
    if (this.isView) {
      this.said = { words: 'Go back to the record first: decisions are made on what is known now' };
      return false;
    }
    this.isBusy = true;
    this.error = '';
    let now = id;
    let other: string | undefined;
    try {
      const answer = await api.decide({ kind, incident: id, ...this.#signed(), ...rest });
      now = answer.incident ?? id;
      other = kind === 'split' ? answer.incidents.find((one) => one !== now) : undefined;
      if (kind !== 'undo') this.made = [...this.made, { decision: answer.id, incident: now, what }];
      this.dialog = null;
      this.editing = null;
      await this.load(now);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      this.isBusy = false;
    }
    this.said = { words: what, other };
    this.ondecided(kind, now);
    return true;
  }

  /** On a desk without users, who signs. */
  #signed(): { who?: string } {
    const who = session.user ? null : decider();
    return who ? { who } : {};
  }

  accept = () => this.decide('accept', this.isBlind ? 'Judged as it stands' : 'Accepted as it stands');

  async set(field: string, v: unknown, reason: string) {
    const kind = this.isBlind ? 'judge' : 'change';
    const what = `${labelOf(field)} ${this.isBlind ? 'judged as' : 'set to'} ${value(v)}`;
    await this.decide(kind, what, { field, value: v, reason: reason || undefined });
  }

  background = () => {
    const now = !this.record?.is_background;
    return this.decide('background', now ? 'Marked as background' : 'No longer background', { value: now });
  };

  /** Takes back the last decision of this sitting, else the last of this user on the incident. */
  undo = async () => {
    const last = this.made.at(-1);
    if (last) {
      if (last.incident !== this.linked?.id) await this.load(last.incident);
      if (await this.#takeBack(last.decision, `Took back: ${last.what}`)) this.made = this.made.slice(0, -1);
      return;
    }
    const own = this.linked?.decisions.filter((d) => !d.undone && d.action.do !== 'undo' && (!session.user || d.who === session.user)).at(-1);
    if (own) await this.#takeBack(own.decision, `Took back decision ${own.decision}`);
    else this.said = { words: 'There is nothing to undo' };
  };

  takeBack = (decision: Decision) => this.#takeBack(decision.decision, `Took back decision ${decision.decision}`);

  async #takeBack(decision: number, what: string): Promise<boolean> {
    return this.decide('undo', what, { decision });
  }

  /** Moves the focus by so many fields. */
  step(by: number) {
    const paths = this.fields.map((f) => f.path);
    const at = this.focus?.kind === 'field' ? paths.indexOf(this.focus.path) : -1;
    const path = paths[Math.max(0, Math.min(paths.length - 1, at + by))];
    if (path) this.focus = { kind: 'field', path };
  }

  edit = () => {
    if (this.focus?.kind === 'field' && !this.isView) this.editing = this.focus.path;
  };
}
