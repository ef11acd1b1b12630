// Map, timeline, table and facets filter each other, and the address holds it all.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { api, atDesk } from './support/desk.mjs';

const test = atDesk();
const total = (page) => page.locator('.total');
const rows = (page) => page.locator('tbody tr[data-row]');

test('a facet narrows the table and the address; its chip takes it back', async ({ page, open, desk }) => {
  await open();
  const all = (await api(desk, 'incidents')).total;
  await total(page).getByText(String(all)).waitFor();
  await page.getByRole('checkbox', { name: /Mali/ }).check();
  await total(page).getByText('2 incidents').waitFor();
  assert.match(page.url(), /country=ML/);
  assert.equal(await rows(page).count(), 2);
  await page.getByRole('checkbox', { name: /Niger\b/ }).check();
  assert.match(decodeURIComponent(page.url()), /country=ML,NE/);
  await page.getByRole('button', { name: 'Remove filter: Mali' }).click();
  await page.getByRole('button', { name: 'Remove filter: Niger' }).click();
  await total(page).getByText(`${all} incidents`).waitFor();
});

test('an address brings back its filters', async ({ page, open }) => {
  await open('#/explore?country=ML&event_type=Battles');
  await total(page).getByText('1 incident').waitFor();
  assert.equal(await page.getByRole('checkbox', { name: /Battles/ }).isChecked(), true);
  await rows(page).getByText('Kidal').waitFor();
});

test('words of the reports are found from the box, which / reaches', async ({ page, open }) => {
  await open();
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('traders Gao');
  await page.waitForURL(/q=traders/);
  await total(page).getByText('1 incident').waitFor();
});

test('a drag over the timeline sets the days of map and table', async ({ page, open }) => {
  await open('#/explore?country=ML,NE&from=2031-01-01');
  await total(page).getByText(/incident/).waitFor();
  const before = Number.parseInt(await total(page).innerText(), 10);
  await page.getByRole('button', { name: /Remove filter: from/ }).click();
  const plot = page.locator('.plot svg');
  await page.waitForFunction(() => document.querySelectorAll('.plot g[role=presentation]').length > 1);
  const box = await plot.boundingBox();
  const bars = await page.locator('.plot g[role=presentation] rect:first-child').evaluateAll((all) => all.map((r) => [Number(r.getAttribute('x')), Number(r.getAttribute('width'))]));
  const [x, w] = bars.at(-1);
  await page.mouse.move(box.x + x + w / 2, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + x + w / 2 + 6, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=\d{4}-\d\d-\d\d/);
  assert.match(page.url(), /to=\d{4}/);
  await page.waitForFunction((n) => Number.parseInt(document.querySelector('.total').textContent, 10) < n || n === 1, before + 1);
  const handle = page.getByRole('slider', { name: 'First day' });
  await handle.focus();
  const held = page.url();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL((url) => url.href !== held);
});

test('the map answers keys, and can keep the list to its area', async ({ page, open, desk }) => {
  await open();
  const all = (await api(desk, 'incidents')).total;
  await total(page).getByText(String(all)).waitFor();
  const map = page.getByRole('application', { name: /Map: \d+ incidents/ });
  await map.focus();
  const symbols = page.getByRole('list', { name: 'Symbols on the map' }).getByRole('button');
  await symbols.first().waitFor({ state: 'attached' });
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Only this area' }).click();
  await page.waitForURL(/bbox=/);
  await page.waitForFunction((n) => Number.parseInt(document.querySelector('.total').textContent, 10) < n, all);
});

test('a symbol of the map opens a list that leads to the incident', async ({ page, open }) => {
  await open('#/explore?q=traders+Gao');
  const symbol = page.getByRole('list', { name: 'Symbols on the map' }).getByRole('button').first();
  await symbol.waitFor({ state: 'attached' });
  await symbol.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Incidents at this place' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Attack, Gao' }).waitFor();
});

test('the table is walked with arrow keys, sorted, and opened with Enter', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: /Killed/ }).last().waitFor();
  await page.locator('thead').getByRole('button', { name: 'Killed' }).click();
  await page.waitForURL(/sort=killed/);
  await page.locator('.scroller[aria-busy=false]').waitFor();
  await page.locator('[data-row="0"] a').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.closest('tr')?.dataset.row === '1');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/incident\//);
});

test('what is listed is exported as a file, for publication by default', async ({ page, open }) => {
  await open('#/explore?country=ML');
  await total(page).getByText('2 incidents').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const link = page.getByRole('link', { name: /UCDP GED/ });
  assert.match(await link.getAttribute('href'), /export\/ged\.csv\?country=ML&profile=public/);
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  assert.match(lines[0], /^id,/);
  assert.equal(lines.length, 3);
});

test('an incident that comes in meanwhile is told, and shown when asked for', async ({ page, open, desk }) => {
  await open();
  const all = (await api(desk, 'incidents')).total;
  await total(page).getByText(`${all} incidents`).waitFor();
  await page.waitForTimeout(700);
  const response = await fetch(`${desk.url}api/v1/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Tarikh': '1' },
    body: JSON.stringify({ text: 'TAOUA, Niger - Gunmen killed four herders near Tahoua on 9 May 2031, officials said.' }),
  });
  assert.equal(response.status, 201);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await total(page).getByText(`${all + 1} incidents`).waitFor();
});

test('coming back from an incident, list and map are where they were', async ({ page, open }) => {
  await open();
  await rows(page).first().waitFor();
  await page.getByRole('application').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  const seen = () => page.locator('.scale').innerText();
  await page.waitForFunction(() => document.querySelector('.scale').textContent.includes('km'));
  const scale = await seen();
  const scroller = page.locator('.scroller');
  const top = await scroller.evaluate((e) => {
    e.scrollTop = 90;
    return e.scrollTop;
  });
  assert.ok(top > 0, 'the list is longer than its place');
  await page.locator('[data-row="5"] a').click();
  await page.getByRole('link', { name: '← All incidents' }).click();
  await rows(page).first().waitFor();
  await page.waitForTimeout(300);
  assert.equal(await seen(), scale);
  assert.equal(await scroller.evaluate((e) => e.scrollTop), top);
}, { viewport: { width: 1366, height: 560 } });
