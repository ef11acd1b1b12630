// What the explorer shows: points, facets and rows that the filters let through. Days and area are
// applied here, so that a brush answers at once; the other filters are applied by the server.

import { api } from '../lib/api';
import { cloud, EMPTY, within, type Cloud } from '../lib/cloud';
import { readBounds, without } from '../lib/filters';
import type { View } from '../lib/mercator';
import type { Facets, IncidentRow } from '../lib/types';

const PAGE = 100;
/** The server's own limit. */
const MOST = 1000;
const NO_FACETS: Facets = { country: [], event_type: [], sub_event_type: [], actor: [], state: [], day: [] };

export class Dataset {
  cloud = $state.raw<Cloud>(EMPTY);
  facets = $state.raw<Facets>(NO_FACETS);
  rows = $state.raw<IncidentRow[]>([]);
  total = $state(0);
  next = $state.raw<string | null>(null);
  isLoading = $state(false);
  isLoadingMore = $state(false);
  error = $state('');
  /** The incident under the pointer or the focus, in whichever view. */
  pointed = $state<string | null>(null);
  /** Days while they are dragged, before they stand in the address. */
  dragged = $state.raw<{ from: string; to: string } | null>(null);

  /** Where the reader was, for coming back. */
  place: { view: View | null; scrollTop: number } = { view: null, scrollTop: 0 };

  #filters = $state.raw(new URLSearchParams());
  #pointsFor = '';
  #pointsCall: AbortController | null = null;
  #rowsCall: AbortController | null = null;

  readonly from = $derived(this.dragged?.from ?? this.#filters.get('from'));
  readonly to = $derived(this.dragged?.to ?? this.#filters.get('to'));
  readonly bounds = $derived(readBounds(this.#filters.get('bbox')));
  /** Within days and area: the map. */
  readonly onMap = $derived(within(this.cloud, this.from, this.to, this.bounds));
  /** Within the area: the timeline, which shows what lies outside the brush too. */
  readonly onTimeline = $derived(within(this.cloud, null, null, this.bounds));

  /** Loads what these filters ask for; a call that is overtaken by another is dropped. */
  async load(filters: URLSearchParams, isForced = false) {
    if (this.isLoading && !isForced && this.#filters.toString() === filters.toString()) return;
    // Back from an incident: as many rows as before, so that the list stays where it was.
    const isSame = this.#filters.toString() === filters.toString() && this.cloud !== EMPTY;
    const limit = isSame ? Math.min(MOST, Math.max(PAGE, this.rows.length)) : PAGE;
    if (!isSame) this.place = { ...this.place, scrollTop: 0 };
    this.#filters = filters;
    this.dragged = null;
    this.error = '';
    this.isLoading = true;
    this.#rowsCall?.abort();
    const call = new AbortController();
    this.#rowsCall = call;
    try {
      const rows = this.#loadRows(filters, limit, call.signal);
      const points = this.#loadPoints(without(filters, 'from', 'to', 'bbox', 'sort'), isForced || isSame);
      await Promise.all([rows, points, this.#loadFacets(filters, call.signal, Promise.allSettled([rows, points]))]);
    } catch (error) {
      if (error instanceof DOMException) return;
      this.error = error instanceof Error ? error.message : String(error);
    }
    if (this.#rowsCall === call) this.isLoading = false;
  }

  async #loadPoints(query: URLSearchParams, isForced: boolean) {
    const wanted = query.toString();
    if (this.#pointsFor === wanted && this.cloud !== EMPTY && !isForced) return;
    this.#pointsCall?.abort();
    this.#pointsCall = new AbortController();
    const points = await api.points(query, this.#pointsCall.signal);
    this.#pointsFor = wanted;
    this.cloud = cloud(points);
  }

  async #loadRows(filters: URLSearchParams, limit: number, signal: AbortSignal) {
    const query = new URLSearchParams(filters);
    query.set('limit', String(limit));
    const page = await api.incidents(query, signal);
    this.rows = page.items;
    this.next = page.next;
    this.total = page.total;
  }

  async more() {
    if (!this.next || this.isLoadingMore || this.isLoading) return;
    this.isLoadingMore = true;
    const query = new URLSearchParams(this.#filters);
    query.set('limit', String(PAGE));
    query.set('cursor', this.next);
    const call = this.#rowsCall;
    try {
      const page = await api.incidents(query, call?.signal);
      if (call !== this.#rowsCall) return;
      this.rows = [...this.rows, ...page.items];
      this.next = page.next;
    } catch (error) {
      if (!(error instanceof DOMException)) this.error = error instanceof Error ? error.message : String(error);
    } finally {
      this.isLoadingMore = false;
    }
  }

  /** The server counts each facet without its own filter, so that one can add a second value. They
   * are drawn after what they count. */
  async #loadFacets(filters: URLSearchParams, signal: AbortSignal, others: Promise<unknown>) {
    const facets = await api.facets(without(filters, 'sort'), signal);
    await others;
    await new Promise((drawn) => setTimeout(drawn));
    if (!signal.aborted) this.facets = facets;
  }
}

/** The one that the explorer shows; it outlives a visit to an incident. */
export const dataset = new Dataset();
