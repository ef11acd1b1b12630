// Before anything is drawn, so that a dark screen does not flash white.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('tarikh-theme');
  } catch {
    // Storage may be off: the system's choice stands.
  }
  const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
