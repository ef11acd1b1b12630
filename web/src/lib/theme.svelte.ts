// Light, dark, or as the system has it. `theme.js` sets the first one before anything is drawn.

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'tarikh-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  try {
    const text = localStorage.getItem(KEY);
    return text === 'light' || text === 'dark' ? text : 'system';
  } catch {
    return 'system';
  }
}

export const theme = $state({ chosen: stored(), isDark: document.documentElement.dataset.theme === 'dark' });

function follow() {
  theme.isDark = theme.chosen === 'dark' || (theme.chosen === 'system' && system.matches);
  document.documentElement.dataset.theme = theme.isDark ? 'dark' : 'light';
}

system.addEventListener('change', follow);

export function choose(chosen: Theme) {
  theme.chosen = chosen;
  try {
    if (chosen === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be off: the choice lasts as long as the page.
  }
  follow();
}
