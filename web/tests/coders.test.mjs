// A desk with users: signing in, roles, and two coders who judge unseen by each other, then settle.

import assert from 'node:assert/strict';
import { atDesk, PASSWORD } from './support/desk.mjs';

const test = atDesk([
  ['ada', 'admin'],
  ['ben', 'coder', true],
  ['cleo', 'coder', true],
  ['dan', 'viewer'],
]);

async function signIn(page, open, name, hash = '#/explore') {
  await open(hash);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `Signed in as ${name}` }).waitFor();
}

test('strangers see the sign-in page alone, and a wrong password says so', async ({ page, open }) => {
  await open('#/explore?country=ML');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.locator('table').count(), 0);
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill('not the pass phrase');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
});

test('signing in leads back to where one wanted to go, signing out to the door', async ({ page, open }) => {
  await signIn(page, open, 'ada', '#/explore?country=ML');
  await page.locator('.total').getByText('2 incidents').waitFor();
  await page.getByRole('button', { name: 'Signed in as ada' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a viewer reads, and is offered nothing to decide', async ({ page, open }) => {
  await signIn(page, open, 'dan');
  await page.locator('tbody tr[data-row] a').first().click();
  await page.getByRole('article').first().waitFor();
  assert.equal(await page.getByRole('toolbar', { name: 'Decisions' }).count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Review' }).count(), 0);
});

/** Judges the first incident of the queue, the toll as given; returns its id. */
async function judge(page, open, name, toll, other) {
  await signIn(page, open, name, '#/review');
  await page.locator('aside [aria-current]').waitFor();
  await page.waitForURL(/at=inc-/);
  const id = page.url().match(/at=(inc-[0-9a-f]+)/)[1];
  await page.getByRole('tab', { name: /Decisions/ }).click();
  assert.equal(await page.getByRole('tabpanel').getByText(other).count(), 0, 'the other stays unseen');
  assert.doesNotMatch(await page.locator('[data-field="killed.best"]').innerText(), /judged/);
  await page.locator('[data-field="killed.best"]').focus();
  await page.keyboard.press('e');
  await page.keyboard.type(toll);
  await page.keyboard.press('Enter');
  await page.getByText('judged', { exact: true }).first().waitFor();
  await page.locator('[data-field="killed.best"]').focus();
  await page.keyboard.press('a');
  await page.waitForURL((url) => !url.href.includes(id));
  return id;
}

test('two coders judge blind, differ, and an admin settles it', async ({ page, open, browser }) => {
  const ben = await judge(page, open, 'ben', '7', 'cleo');
  const asOther = async (name) => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const other = await context.newPage();
    other.setDefaultTimeout(15_000);
    const go = async (hash) => {
      await other.goto(new URL(hash, page.url().split('#')[0]).href);
      await other.locator('#main').waitFor();
    };
    return { other, go, close: () => context.close(), name };
  };
  const cleo = await asOther('cleo');
  assert.equal(await judge(cleo.other, cleo.go, 'cleo', '9', 'ben'), ben, 'the queue of one does not know of the other');
  await cleo.close();

  const ada = await asOther('ada');
  await signIn(ada.other, ada.go, 'ada', '#/coders');
  const table = ada.other.getByRole('table', { name: /Agreement by field/ });
  await table.getByRole('row', { name: /Killed, best/ }).waitFor();
  await ada.other.getByRole('heading', { name: '1 difference to settle' }).waitFor();
  await ada.other.getByRole('button', { name: 'cleo 9' }).click();
  await ada.other.getByRole('status').filter({ hasText: 'settled as 9' }).waitFor({ state: 'attached' });
  await ada.go(`#/incident/${ben}`);
  await ada.other.locator('[data-field="killed.best"]').getByText('9', { exact: true }).waitFor();
  await ada.close();
});

test('an admin adds a user, sees it in the audit log, and makes a token that reads', async ({ page, open, desk }) => {
  await signIn(page, open, 'ada', '#/users');
  await page.getByLabel('Name').fill('eve');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('cell', { name: 'eve', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('row', { name: /ada .*POST \/api\/v1\/users 201/ }).first().waitFor();
  await page.getByRole('button', { name: 'Remove eve' }).click();
  await page.getByRole('cell', { name: 'eve', exact: true }).waitFor({ state: 'detached' });

  await open('#/tokens');
  await page.getByLabel('What for').fill('weekly brief');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const secret = await page.getByRole('status').locator('code').innerText();
  const ask = () => fetch(`${desk.url}api/v1/incidents?limit=1`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await ask()).status, 200);
  await page.getByRole('button', { name: 'Revoke weekly brief' }).click();
  await page.getByText('None yet.').waitFor();
  assert.equal((await ask()).status, 401);
});

test('a session that ran out leads to the door, and back to the same page', async ({ page, open, context }) => {
  await signIn(page, open, 'ada', '#/explore');
  await page.locator('tbody tr[data-row]').first().waitFor();
  await context.clearCookies();
  await page.getByRole('checkbox', { name: /Mali/ }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.total').getByText('2 incidents').waitFor();
});
