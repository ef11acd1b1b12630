// Invented reports for the tests: one attack told by three papers with a climbing toll, two that one
// might take for the same, one whose headline tries to be a script, and one with letters outside
// the first plane of Unicode before its words.

const wire = (id, published, title, text, outlet = 'Elsk Post') => ({ id, published, title, text, outlet, language: 'en' });

export const REPORTS = [
  wire(
    'market-1',
    '2031-02-03',
    'Gunmen kill nine at market in Gao',
    'GAO, Mali - Gunmen opened fire on traders at the main market of Gao on Monday, killing at least nine people and wounding 12, police said.\n\nThe attackers fled on motorcycles. Nobody claimed responsibility.',
  ),
  wire(
    'market-2',
    '2031-02-04',
    'Toll of Gao market attack rises to 14',
    'GAO, Mali - Gunmen killed 14 people when they opened fire on traders at the main market of Gao on Monday, the governor said on Tuesday.\n\nThe hospital treated 12 wounded.',
    'Bessan Times',
  ),
  wire(
    'market-3',
    '2031-02-05',
    'Two more die after attack on market in Gao',
    'GAO, Mali - Gunmen killed 16 people in an attack on traders at the main market of Gao on Monday, doctors said on Wednesday.\n\nTwelve people were wounded.',
    'Corva Radio',
  ),
  wire(
    'mine-1',
    '2031-03-08',
    'Roadside bomb kills soldiers near Agadez',
    'AGADEZ, Niger - A roadside bomb killed four soldiers near Agadez on Friday, the army said.',
  ),
  wire(
    'mine-2',
    '2031-03-09',
    'Army convoy hit in northern Niger',
    'NIAMEY, Niger - A roadside bomb killed five soldiers of a convoy in the Agadez region on Friday, a military source said.',
    'Bessan Times',
  ),
  wire(
    'script',
    '2031-04-02',
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> Gunmen kill two in Kidal',
    'KIDAL, Mali - Gunmen killed two policemen in Kidal on Tuesday, police said. <script>window.hacked=1</script><b>Bold words</b>',
    '<b>Outlet</b>',
  ),
  wire(
    'astral',
    '2031-05-07',
    'Clash near Diffa',
    '📰📰📰 DIFFA, Niger - Gunmen killed 23 villagers in Diffa on Tuesday, 𝒕𝒉𝒆 governor said.',
  ),
];
