// Colours of event types, told apart also by people who see fewer colours, on light and on dark.

export const TYPES = [
  'Battles',
  'Explosions/Remote violence',
  'Violence against civilians',
  'Riots',
  'Protests',
  'Strategic developments',
] as const;

/** The same, for narrow columns. */
export const SHORT_TYPES: Record<string, string> = {
  'Explosions/Remote violence': 'Explosions, remote',
  'Violence against civilians': 'Against civilians',
  'Strategic developments': 'Strategic',
};

const LIGHT = ['#b0432f', '#d98b1f', '#7b4397', '#2a8a7a', '#3b78b5', '#7d8790'];
const DARK = ['#e0715c', '#e8a94a', '#b58ad0', '#54b8a6', '#6ea8dd', '#98a3ad'];

/** Number of a type in [`TYPES`], the last for any other. */
export function typeIndex(name: string): number {
  const i = TYPES.indexOf(name as (typeof TYPES)[number]);
  return i < 0 ? TYPES.length - 1 : i;
}

export const typeColours = (isDark: boolean) => (isDark ? DARK : LIGHT);
