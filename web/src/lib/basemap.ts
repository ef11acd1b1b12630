// The countries of Natural Earth (public domain, through the package world-atlas), drawn on a canvas.
// The coarse file comes with the page, the fine one when someone zooms in.

import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarse from 'world-atlas/countries-110m.json?url';
import fine from 'world-atlas/countries-50m.json?url';
import { toX, toY, type View } from './mercator';

interface Country {
  name: string;
  path: Path2D;
  /** West, north, east, south on the unit square. */
  box: [number, number, number, number];
  /** Where its name stands: the middle of its largest part. */
  label: [number, number];
  /** Width of its largest part. */
  width: number;
}

export type Basemap = Country[];

/** Paths are in thousandths of the unit square: single precision is enough for them. */
const UNIT = 1000;

/** Screen pixels per unit square from which the fine file is worth its bytes. */
export const FINE_SCALE = 1800;

export async function load(isFine: boolean): Promise<Basemap> {
  const response = await fetch(isFine ? fine : coarse);
  const topology = (await response.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const { features } = feature(topology, topology.objects.countries);
  return features.flatMap(({ geometry, properties }) => {
    if (geometry.type === 'Polygon') return [country(properties.name, [geometry.coordinates])];
    if (geometry.type === 'MultiPolygon') return [country(properties.name, geometry.coordinates)];
    return [];
  });
}

function country(name: string, polygons: number[][][][]): Country {
  const path = new Path2D();
  const box: Country['box'] = [1, 1, 0, 0];
  let label: [number, number] = [0, 0];
  let largest = -1;
  let width = 0;
  for (const rings of polygons) {
    const part: Country['box'] = [1, 1, 0, 0];
    for (const ring of rings) {
      const line = unwound(ring);
      trace(path, line, 0);
      for (const [x, y] of line) grow(part, x, y);
      // What sticks out beyond one edge of the map is drawn at the other edge too.
      if (1 < part[2]) trace(path, line, -1);
      if (part[0] < 0) trace(path, line, 1);
    }
    const area = (part[2] - part[0]) * (part[3] - part[1]);
    if (largest < area) {
      largest = area;
      label = [(part[0] + part[2]) / 2, (part[1] + part[3]) / 2];
      width = part[2] - part[0];
    }
    grow(box, part[0], part[1]);
    grow(box, part[2], part[3]);
  }
  return { name, path, box, label, width };
}

type Point = [number, number];

/** A ring on the unit square without jumps at the date line. */
function unwound(ring: number[][]): Point[] {
  const line: Point[] = [];
  let turn = 0;
  let before = ring[0]?.[0] ?? 0;
  for (const [lon = 0, lat = 0] of ring) {
    if (180 < before - lon) turn += 360;
    if (180 < lon - before) turn -= 360;
    before = lon;
    line.push([toX(lon + turn), toY(lat)]);
  }
  // Antarctica goes all the way round: it is closed along the lower edge.
  const [first, last] = [line[0], line.at(-1)];
  if (first && last && turn !== 0) line.push([last[0], toY(-90)], [first[0], toY(-90)]);
  return line;
}

function trace(path: Path2D, line: Point[], shift: number) {
  line.forEach(([x, y], i) => {
    if (i === 0) path.moveTo((x + shift) * UNIT, y * UNIT);
    else path.lineTo((x + shift) * UNIT, y * UNIT);
  });
  path.closePath();
}

function grow(box: Country['box'], x: number, y: number) {
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (box[2] < x) box[2] = x;
  if (box[3] < y) box[3] = y;
}

export interface Ink {
  sea: string;
  land: string;
  border: string;
  name: string;
}

/** Draws what the view shows; `ratio` is the device's pixels per CSS pixel. */
export function draw(ctx: CanvasRenderingContext2D, map: Basemap, view: View, width: number, height: number, ratio: number, ink: Ink) {
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = ink.sea;
  ctx.fillRect(0, 0, width, height);
  const visible = map.filter(({ box }) => isVisible(box, view, width, height));
  const k = view.scale / UNIT;
  ctx.setTransform(ratio * k, 0, 0, ratio * k, ratio * view.x, ratio * view.y);
  ctx.fillStyle = ink.land;
  ctx.strokeStyle = ink.border;
  ctx.lineWidth = 0.7 / k;
  ctx.lineJoin = 'round';
  for (const { path } of visible) {
    ctx.fill(path, 'evenodd');
    ctx.stroke(path);
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawNames(ctx, visible, view, ink);
}

function isVisible(box: Country['box'], view: View, width: number, height: number): boolean {
  const [west, north, east, south] = box;
  return (
    0 <= east * view.scale + view.x &&
    west * view.scale + view.x <= width &&
    0 <= south * view.scale + view.y &&
    north * view.scale + view.y <= height
  );
}

function drawNames(ctx: CanvasRenderingContext2D, visible: Basemap, view: View, ink: Ink) {
  ctx.font = '500 11px "Source Sans 3 Variable", sans-serif';
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = ink.name;
  for (const { name, label, width } of visible) {
    const room = width * view.scale;
    if (room < 48) continue;
    const needed = ctx.measureText(name).width;
    if (needed < room * 0.85) ctx.fillText(name, label[0] * view.scale + view.x, label[1] * view.scale + view.y);
  }
}
