// The review desk, by keys alone: accept, change, split, merge, background, reject, undo.

import assert from 'node:assert/strict';
import { api, atDesk, incidentWith } from './support/desk.mjs';

const test = atDesk();
const said = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor({ state: 'attached' });

test('the queue begins with the deadly, and keys accept, go on and undo', async ({ page, open, desk }) => {
  await open('#/review');
  const queue = page.getByRole('complementary', { name: 'Queue' });
  const entries = queue.getByRole('listitem');
  await entries.first().waitFor();
  const tolls = await queue.locator('li .harm').allInnerTexts();
  assert.ok(Number.parseInt(tolls[0], 10) >= Number.parseInt(tolls[5] || '0', 10), tolls.join(' '));
  const n = await entries.count();
  const first = await queue.locator('[aria-current]').innerText();
  const id = page.url().match(/at=(inc-[0-9a-f]+)/)[1];
  await page.keyboard.press('a');
  await said(page, 'Accepted');
  await page.waitForFunction((n) => document.querySelectorAll('aside li').length === n - 1, n);
  assert.notEqual(await queue.locator('[aria-current]').innerText(), first);
  assert.equal((await api(desk, `incidents/${id}`)).review, 'accepted');
  await page.keyboard.press('u');
  await said(page, 'Took back');
  await page.waitForFunction((n) => document.querySelectorAll('aside li').length === n, n);
  assert.equal((await api(desk, `incidents/${id}`)).review, 'unreviewed');
});

test('j and k walk the queue', async ({ page, open }) => {
  await open('#/review');
  const current = page.locator('aside [aria-current]');
  await current.waitFor();
  const first = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== first);
  await page.keyboard.press('k');
  await page.waitForURL(first);
});

test('e changes a value, with who and why in the history', async ({ page, open, desk }) => {
  const id = await incidentWith(desk, 'Diffa');
  await open(`#/incident/${id}`);
  await page.locator('[data-field="killed.best"]').focus();
  await page.keyboard.press('e');
  await page.keyboard.type('25');
  await page.getByLabel('Why').fill('hospital list');
  await page.keyboard.press('Enter');
  await said(page, 'Killed, best set to 25');
  assert.match(await page.locator('[data-field="killed.best"]').innerText(), /25/);
  await page.getByRole('tab', { name: /Decisions/ }).click();
  await page.getByText('“hospital list”').waitFor();
  await page.keyboard.press('u');
  await said(page, 'Took back');
  assert.match(await page.locator('[data-field="killed.best"]').innerText(), /23/);
});

test('a value that cannot be is refused in words', async ({ page, open, desk }) => {
  await open(`#/incident/${await incidentWith(desk, 'Diffa')}`);
  await page.locator('[data-field="killed.best"]').click();
  await page.keyboard.press('e');
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'not a number' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('form').filter({ hasText: 'Killed, best' }).count(), 0);
});

test('s splits off a report, m merges it back, u takes both back', async ({ page, open, desk }) => {
  const id = await incidentWith(desk, 'traders Gao');
  await open(`#/incident/${id}`);
  await page.getByRole('article').nth(2).waitFor();
  await page.keyboard.press('s');
  await page.getByRole('checkbox', { name: /Two more die/ }).check();
  await page.getByRole('button', { name: 'Split off 1' }).click();
  await page.waitForFunction(() => document.querySelectorAll('article').length === 2);
  assert.equal((await api(desk, `incidents/${id}`)).members.length, 2);

  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Merge with another incident' });
  await dialog.getByRole('radio', { name: /Attack, Gao/ }).first().check();
  await dialog.getByText(/same|day|killed/).first().waitFor();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll('article').length === 3);

  await page.keyboard.press('u');
  await page.waitForFunction(() => document.querySelectorAll('article').length === 2);
  await page.keyboard.press('u');
  await page.waitForFunction(() => document.querySelectorAll('article').length === 3);
});

test('b marks background, r rejects with a reason, and both are undone', async ({ page, open, desk }) => {
  const id = await incidentWith(desk, 'Agadez convoy');
  await open(`#/incident/${id}`);
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('b');
  await said(page, 'Marked as background');
  assert.equal((await api(desk, `incidents/${id}`)).incident.is_background, true);
  await page.keyboard.press('u');
  await said(page, 'Took back');
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByLabel('Why').fill('an exercise');
  await page.keyboard.press('Enter');
  await said(page, 'Rejected');
  assert.equal((await api(desk, `incidents/${id}`)).review, 'rejected');
  await page.keyboard.press('u');
  await page.waitForFunction(() => document.querySelector('.badge.unreviewed'));
});

test('? shows the keys, and they can be switched off', async ({ page, open, desk }) => {
  const id = await incidentWith(desk, 'Diffa');
  await open(`#/incident/${id}`);
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await help.getByText('accept as it stands').waitFor();
  await help.getByLabel('Single keys are commands').uncheck();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('r');
  await page.waitForTimeout(150);
  assert.equal(await page.getByRole('dialog').count(), 0);
});
