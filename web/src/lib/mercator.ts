// Web Mercator on a square of side 1: x to the east, y to the south.

const MAX_LAT = 84;

export const toX = (lon: number) => lon / 360 + 0.5;

export function toY(lat: number): number {
  const clamped = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export const toLon = (x: number) => (x - 0.5) * 360;

export function toLat(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

const EQUATOR_KM = 40_075;

/** Kilometres at a latitude, on the unit square. */
export function kmToUnit(km: number, lat: number): number {
  return km / (EQUATOR_KM * Math.max(0.1, Math.cos((lat * Math.PI) / 180)));
}

/** What part of the unit square is on screen: `screen = unit * scale + offset`. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export const MIN_SCALE = 220;
export const MAX_SCALE = 4_000_000;

/** The view moved so that a screen of this size shows no emptiness above or below the world. */
export function confined(view: View, width: number, height: number): View {
  const scale = Math.max(MIN_SCALE, Math.min(MAX_SCALE, view.scale));
  const slack = 40;
  const clamp = (offset: number, size: number) =>
    scale <= size ? Math.min(size - scale + slack, Math.max(-slack, offset)) : Math.min(slack, Math.max(size - scale - slack, offset));
  return { scale, x: clamp(view.x, width), y: clamp(view.y, height) };
}

/** The view zoomed about a point of the screen. */
export function zoomed(view: View, factor: number, atX: number, atY: number): View {
  const scale = Math.max(MIN_SCALE, Math.min(MAX_SCALE, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: atX - (atX - view.x) * ratio, y: atY - (atY - view.y) * ratio };
}

/** The view that shows a box of the unit square. */
export function fitting(x0: number, y0: number, x1: number, y1: number, width: number, height: number, padding = 36): View {
  const most = 60_000;
  const scale = Math.min(
    most,
    Math.max(MIN_SCALE, Math.min((width - 2 * padding) / Math.max(x1 - x0, 1e-6), (height - 2 * padding) / Math.max(y1 - y0, 1e-6))),
  );
  return { scale, x: width / 2 - ((x0 + x1) / 2) * scale, y: height / 2 - ((y0 + y1) / 2) * scale };
}
