// Every page by axe's rules, in light and dark, and on a phone's width.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { atDesk, incidentWith } from './support/desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const test = atDesk();

const PHONE = { width: 390, height: 844 };
const PAGES = ['explore', 'incident', 'review', 'coders', 'add', 'login', 'users', 'tokens'];

async function visit(open, page, desk, name) {
  const id = name === 'incident' ? `/${await incidentWith(desk, 'traders Gao')}` : '';
  await open(`#/${name}${id}`);
  await page.waitForLoadState('load');
  await page.waitForTimeout(350);
}

/** Findings of axe that are serious or worse, one line each. */
async function findings(page, rules) {
  await page.evaluate(axe);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`).join('; ')}`);
}

for (const [colorScheme, rules] of [['light', null], ['dark', ['color-contrast']]]) {
  test(`no page has a serious finding of axe, ${colorScheme}`, async ({ page, open, desk }) => {
    for (const name of PAGES) {
      await visit(open, page, desk, name);
      assert.deepEqual(await findings(page, rules), [], name);
    }
  }, { colorScheme, bypassCSP: true });
}

test('no page scrolls sideways on a phone', async ({ page, open, desk }) => {
  for (const name of PAGES) {
    await visit(open, page, desk, name);
    const wide = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth));
    assert.ok(wide <= PHONE.width, `${name} is ${wide} wide`);
    const beyond = await page.evaluate(() => {
      const hasScroller = (e) => {
        for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true;
        return false;
      };
      return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > 391 && !hasScroller(e)).map((e) => e.className || e.tagName);
    });
    assert.deepEqual(beyond, [], name);
  }
}, { viewport: PHONE, hasTouch: true, isMobile: true });

test('on a phone map and table take turns, and filters open over them', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Table' }).click();
  await page.locator('tbody tr[data-row]').first().waitFor();
  await page.getByRole('button', { name: /Filters/ }).first().click();
  await page.getByRole('checkbox', { name: /Mali/ }).check();
  await page.getByRole('button', { name: 'Close filters' }).click();
  await page.locator('.total').getByText('2 incidents').waitFor();
}, { viewport: PHONE, hasTouch: true, isMobile: true });

test('the first Tab leads past the bar to the content', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});

test('light and dark follow the system until one is chosen, and the choice stays', async ({ page, open }) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await open();
  assert.equal(await theme(), 'dark');
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await page.getByRole('radio', { name: 'Light' }).check();
  assert.equal(await theme(), 'light');
  await page.reload();
  assert.equal(await theme(), 'light');
}, { colorScheme: 'dark' });
