// Which words of which report are lit for what is in focus: a field, or an entry of the ledger.

import { wordsFor } from '../lib/fields';
import type { Span } from '../lib/spans';
import type { LedgerEntry, Member, Words, Zone } from '../lib/types';

export type Focus = { kind: 'field'; path: string } | { kind: 'entry'; entry: LedgerEntry } | null;

/** The words of one report's account to be lit, with the rule that read each. */
export function litWords(member: Member, focus: Focus): (Words & { rule: string })[] {
  if (!focus) return [];
  if (focus.kind === 'field') return wordsFor(member.incident, focus.path);
  const { entry } = focus;
  if (entry.mention !== member.mention) return [];
  const claims = member.incident.claims.filter(
    (c) => c.measure === entry.measure && c.quote === entry.quote && c.source === entry.source,
  );
  if (claims.length) return claims.map((c) => ({ ...c, rule: `claim: ${c.source ?? 'the report itself'}` }));
  return wordsFor(member.incident, entry.measure === 'killed' ? 'killed.best' : `${entry.measure}.low`);
}

/** Other claims of the number in focus: what else was said of it. */
function claimsOf(member: Member, focus: Focus): Words[] {
  if (focus?.kind !== 'field') return [];
  const measure = focus.path.split('.')[0];
  return member.incident.claims.filter((c) => c.measure === measure);
}

/** Spans of one zone: those in focus, other claims of it, and faintly those of the act itself. */
export function spansOf(member: Member, focus: Focus, zone: Zone): Span[] {
  const lit = litWords(member, focus).filter((w) => w.zone === zone);
  const act = [member.incident.evidence, ...member.incident.evidence_also].filter((w) => w.zone === zone);
  return [
    ...lit.map(({ start, end }) => ({ start, end, mark: 'lit' })),
    ...claimsOf(member, focus).filter((w) => w.zone === zone).map(({ start, end }) => ({ start, end, mark: 'claim' })),
    ...act.map(({ start, end }) => ({ start, end, mark: 'act' })),
  ];
}
