// Draws what `clusters.ts` found: areas dashed and pale, clusters as rings of their types.

import { size, type Symbol } from '../lib/clusters';
import type { View } from '../lib/mercator';

export interface SymbolInk {
  types: string[];
  surface: string;
  ink: string;
  accent: string;
}

const FONT = '600 11px "Source Sans 3 Variable", sans-serif';

/** Places of a symbol on screen. */
export const at = (s: { x: number; y: number }, view: View): [number, number] => [s.x * view.scale + view.x, s.y * view.scale + view.y];

/** Where a press still hits it, in pixels. */
export const reach = (s: Symbol) => (s.radius > 0 ? 13 : Math.max(9, size(s.members.length) + 2));

export function drawSymbols(ctx: CanvasRenderingContext2D, all: Symbol[], view: View, ink: SymbolInk, pointed: Symbol | null) {
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const s of all) if (s.radius > 0) drawArea(ctx, s, view, ink, s === pointed);
  for (const s of all) if (s.radius === 0) drawCluster(ctx, s, view, ink, s === pointed);
  for (const s of all) if (s.radius > 0) drawCount(ctx, s, view, ink);
}

function mainType(s: Symbol): number {
  let best = 0;
  s.types.forEach((n, t) => {
    if (s.types[best]! < n) best = t;
  });
  return best;
}

function drawArea(ctx: CanvasRenderingContext2D, s: Symbol, view: View, ink: SymbolInk, isPointed: boolean) {
  const [x, y] = at(s, view);
  const colour = ink.types[mainType(s)]!;
  ctx.beginPath();
  ctx.arc(x, y, s.radius * view.scale, 0, 2 * Math.PI);
  ctx.globalAlpha = Math.min(0.22, 0.07 + 0.03 * Math.log2(s.members.length)) + (isPointed ? 0.1 : 0);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = isPointed ? 1 : 0.65;
  ctx.setLineDash([4, 3]);
  ctx.lineWidth = isPointed ? 2 : 1.2;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** How many share the area; at its centre, but without a pin, for nothing is known to be there. */
function drawCount(ctx: CanvasRenderingContext2D, s: Symbol, view: View, ink: SymbolInk) {
  const [x, y] = at(s, view);
  const text = String(s.members.length);
  ctx.font = FONT;
  const w = ctx.measureText(text).width + 9;
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - 8, w, 16, 8);
  ctx.globalAlpha = 0.85;
  ctx.fillStyle = ink.surface;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink.types[mainType(s)]!;
  ctx.fillText(text, x, y + 0.5);
}

function drawCluster(ctx: CanvasRenderingContext2D, s: Symbol, view: View, ink: SymbolInk, isPointed: boolean) {
  const [x, y] = at(s, view);
  const n = s.members.length;
  const r = size(n);
  if (isPointed) {
    ctx.beginPath();
    ctx.arc(x, y, r + 4, 0, 2 * Math.PI);
    ctx.strokeStyle = ink.accent;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
  if (n === 1) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = ink.types[mainType(s)]!;
    ctx.fill();
    ctx.strokeStyle = ink.surface;
    ctx.lineWidth = 1.2;
    ctx.stroke();
    return;
  }
  ctx.beginPath();
  ctx.arc(x, y, r + 0.8, 0, 2 * Math.PI);
  ctx.fillStyle = ink.surface;
  ctx.fill();
  drawRing(ctx, s, x, y, r - 1.6, ink);
  if (s.isStack) {
    // A second, thin ring: a pile at one point.
    ctx.beginPath();
    ctx.arc(x, y, r + 2.6, 0, 2 * Math.PI);
    ctx.strokeStyle = ink.types[mainType(s)]!;
    ctx.lineWidth = 1;
    ctx.stroke();
  }
  ctx.font = FONT;
  ctx.fillStyle = ink.ink;
  ctx.fillText(compact(n), x, y + 0.5);
}

function drawRing(ctx: CanvasRenderingContext2D, s: Symbol, x: number, y: number, r: number, ink: SymbolInk) {
  const n = s.members.length;
  let angle = -Math.PI / 2;
  ctx.lineWidth = 3.4;
  s.types.forEach((count, t) => {
    if (!count) return;
    const next = angle + (count / n) * 2 * Math.PI;
    ctx.beginPath();
    ctx.arc(x, y, r, angle, next);
    ctx.strokeStyle = ink.types[t]!;
    ctx.stroke();
    angle = next;
  });
}

const compact = (n: number) => (n < 1000 ? String(n) : n < 10_000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`);
