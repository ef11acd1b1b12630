// An incident's page: fields, ledger, reports side by side, and the words of the field in focus.

import assert from 'node:assert/strict';
import { api, atDesk, incidentWith } from './support/desk.mjs';

const test = atDesk();

test('the words of the field in focus are lit in each report', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'traders Gao')}`);
  const articles = page.getByRole('article');
  await articles.nth(2).waitFor();
  assert.equal(await articles.count(), 3);
  await page.locator('[data-field="killed.best"]').click();
  await page.locator('mark.lit').first().waitFor();
  const lit = await page.locator('mark.lit').allInnerTexts();
  assert.deepEqual(lit, ['nine', '14', '16 people']);
  await page.locator('[data-field="place.name"]').click();
  await page.waitForFunction(() => [...document.querySelectorAll('mark.lit')].every((m) => m.textContent.includes('Gao')));
});

test('arrow keys move the focus from field to field, and the light with it', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'traders Gao')}`);
  await page.locator('[data-field="event_type"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.dataset.field === 'sub_event_type');
});

test('light falls on the right words behind letters outside the first plane', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'Diffa')}`);
  await page.locator('[data-field="killed.best"]').click();
  await page.locator('mark.lit').first().waitFor();
  assert.deepEqual(await page.locator('mark.lit').allInnerTexts(), ['23 villagers']);
});

test('an entry of the ledger lights its own words, and shows what it replaces', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'traders Gao')}`);
  const ledger = page.getByRole('table', { name: /Claims ledger/ });
  await ledger.getByRole('button', { name: 'at least nine people' }).click();
  await page.waitForFunction(() => document.querySelectorAll('mark.lit').length === 1);
  assert.equal(await page.locator('mark.lit').innerText(), 'at least nine people');
  await ledger.getByText('replaces at least 9').first().waitFor();
});

test('an incident is asked for once', async ({ page, open, desk }) => {
  let n = 0;
  page.on('request', (request) => (n += /\/incidents\/inc-/.test(request.url()) ? 1 : 0));
  await open(`#/incident/${await incidentWith(desk, 'traders Gao')}`);
  await page.getByRole('article').nth(2).waitFor();
  await page.waitForTimeout(400);
  assert.equal(n, 1);
});

test('what was known on an earlier day is shown', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'traders Gao')}`);
  await page.getByRole('article').nth(2).waitFor();
  await page.getByLabel('Known on').fill('2031-02-04');
  await page.waitForFunction(() => document.querySelectorAll('article').length === 2);
  assert.match(await page.locator('[data-field="killed.best"]').innerText(), /14/);
  // What is looked at is not what a decision would be made on.
  await page.getByText('What was known at the end of').waitFor();
  assert.ok(await page.getByRole('button', { name: /^Accept/ }).isDisabled());
  await page.locator('body').click();
  await page.keyboard.press('a');
  await page.getByText('Go back to the record first').waitFor();
  await page.getByLabel('Known on').fill('2020-01-01');
  await page.getByText('Nothing was known of it on').waitFor();
  await page.getByRole('button', { name: 'Back to the record' }).click();
  await page.getByRole('article').nth(2).waitFor();
  assert.ok(await page.getByRole('button', { name: /^Accept/ }).isEnabled());
  assert.equal((await api(desk, `incidents/${await incidentWith(desk, 'traders Gao')}`)).review, 'unreviewed');
});

test('a script in a headline is text, and does nothing', async ({ page, open, desk }) => {
  const id = await incidentWith(desk, 'policemen Kidal');
  for (const hash of [`#/incident/${id}`, '#/explore?q=Kidal', '#/review']) {
    await open(hash);
    await page.waitForTimeout(250);
  }
  await open(`#/incident/${id}`);
  await page.getByText('<script>window.hacked=1').first().waitFor();
  await page.getByText('<b>Bold words</b>').waitFor();
  await page.getByRole('link', { name: 'whole report' }).click();
  await page.getByText('<img src=x onerror=').first().waitFor();
  assert.equal(await page.evaluate(() => 'hacked' in window), false);
  assert.equal(await page.locator('article img, article script, article b b').count(), 0);
});

test('an incident that is not there is said to be so', async ({ page, open }) => {
  await open('#/incident/inc-0123456789abcdef');
  await page.getByRole('alert').waitFor();
});

test('a report pasted is coded at once, each value with its words', async ({ page, open }) => {
  await open('#/add');
  await page.getByLabel('Headline').fill('Clash near Timbuktu');
  await page.getByLabel('Published').fill('2031-06-02');
  await page.getByLabel('Text').fill('TIMBUKTU, Mali - Gunmen killed three soldiers in Timbuktu on Sunday, the army said.');
  await page.getByRole('button', { name: 'Add and code' }).click();
  await page.getByText('added', { exact: true }).waitFor();
  await page.getByRole('cell', { name: 'three soldiers' }).first().waitFor();
  await page.getByRole('link', { name: /^Open inc-/ }).click();
  await page.getByRole('heading', { name: /Timbuktu/ }).first().waitFor();
});

test('a dropped file is coded too, and a wrong one refused by name', async ({ page, open }) => {
  await open('#/add');
  const file = { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('TESSALIT, Mali - Gunmen killed two policemen in Tessalit on 3 May 2031, police said.') };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('added', { exact: true }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ ...file, name: 'one.exe' });
  await page.getByRole('alert').waitFor();
});
