// Words in a text. The record counts Unicode code points, JavaScript counts UTF-16 units: an emoji
// or a rare letter before a word would otherwise shift its light.

export interface Span {
  /** First code point. */
  start: number;
  /** One past the last code point. */
  end: number;
  /** What the words are lit for. */
  mark: string;
}

export interface Piece {
  text: string;
  /** The marks of all spans that cover it; none for plain text. */
  marks: string[];
}

/** UTF-16 offset of each code point, and of the end; `null` where the two are the same. */
export function offsets(text: string): Uint32Array | null {
  if (!/[\uD800-\uDFFF]/.test(text)) return null;
  const out: number[] = [];
  let at = 0;
  for (const character of text) {
    out.push(at);
    at += character.length;
  }
  out.push(at);
  return Uint32Array.from(out);
}

/** Cuts a text into plain and lit pieces, in order; together they are the text. */
export function pieces(text: string, spans: Span[]): Piece[] {
  const table = offsets(text);
  const length = table ? table.length - 1 : text.length;
  const unit = (point: number) => (table ? (table[point] ?? text.length) : point);
  const valid = spans.filter((s) => 0 <= s.start && s.start < s.end && s.end <= length);
  const borders = new Set([0, length]);
  for (const span of valid) borders.add(span.start).add(span.end);
  const sorted = [...borders].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [from, to] = [sorted[i]!, sorted[i + 1]!];
    const covering = valid.filter((s) => s.start <= from && to <= s.end);
    const marks = [...new Set(covering.map((s) => s.mark))];
    out.push({ text: text.slice(unit(from), unit(to)), marks });
  }
  return out;
}
