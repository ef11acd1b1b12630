// Single keys as commands. They can be switched off, for people who dictate or whose keys repeat.

const KEY = 'tarikh-keys';

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export const keys = $state({ areOn: stored() });

export function setKeys(areOn: boolean) {
  keys.areOn = areOn;
  try {
    localStorage.setItem(KEY, areOn ? 'on' : 'off');
  } catch {
    // Storage may be off: the choice lasts as long as the page.
  }
}

/** Whether a key belongs to an input, a dialog or the browser rather than to the desk. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target as HTMLElement | null;
  return !!target?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog');
}

/** Runs the command of a key, if there is one and keys are on. */
export function onCommand(commands: Record<string, () => void>) {
  return (event: KeyboardEvent) => {
    if (!keys.areOn || isTyping(event)) return;
    const command = commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  };
}

/** Every key of the desk, for the overlay. */
export const HELP: { name: string; keys: [string, string][] }[] = [
  {
    name: 'Everywhere',
    keys: [
      ['?', 'this overlay'],
      ['/', 'search the reports'],
      ['Esc', 'close, or leave a field'],
    ],
  },
  {
    name: 'Review',
    keys: [
      ['j  k', 'next or previous incident of the queue'],
      ['↓  ↑', 'next or previous field: its words light up'],
      ['a', 'accept as it stands'],
      ['e', 'change the value in focus'],
      ['s', 'split off some of its reports'],
      ['m', 'merge with another incident'],
      ['b', 'mark as background, or no longer'],
      ['r', 'reject: not an incident'],
      ['u', 'undo the last decision'],
    ],
  },
  {
    name: 'Map',
    keys: [
      ['+  −', 'zoom in or out'],
      ['← ↑ → ↓', 'move'],
      ['0', 'show all incidents'],
    ],
  },
];
