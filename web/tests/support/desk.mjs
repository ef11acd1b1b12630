// Starts a real desk on a database of its own, and a browser to sit at it.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { REPORTS } from './reports.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');

const firstOf = (paths) => paths.find((path) => path && existsSync(path));

const binary = firstOf([process.env.TARIKH_BIN, join(ROOT, 'target/debug/tarikh'), join(ROOT, 'target/release/tarikh')]);
const browserPath = firstOf([process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']);

/** Why browser tests cannot run here; `null` if they can. */
export const missing = !browserPath
  ? 'no Chromium: apt-get install chromium, or set CHROMIUM'
  : !binary
    ? 'no tarikh: cargo build -p tarikh, or set TARIKH_BIN'
    : !existsSync(join(ROOT, 'web/dist/index.html'))
      ? 'no screen: npm run build, then build tarikh again'
      : null;

if (missing) console.log(`browser tests are skipped: ${missing}`);

function run(args, input) {
  const done = spawnSync(binary, args, { input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`tarikh ${args.join(' ')}: ${done.stderr}`);
}

/** A database with the sample reports and those of the tests, served; `users` as [name, role, blind]. */
export async function startDesk(users = []) {
  const folder = mkdtempSync(join(tmpdir(), 'tarikh-screen-'));
  const db = join(folder, 'desk.db');
  const extra = join(folder, 'extra.jsonl');
  writeFileSync(extra, REPORTS.map((report) => JSON.stringify(report)).join('\n'));
  run(['add', join(ROOT, 'examples/reports'), extra, '--db', db]);
  for (const [name, role, blind] of users) {
    run(['user', 'add', name, '--role', role, ...(blind ? ['--blind'] : []), '--db', db], `${PASSWORD}\n`);
  }
  const server = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise((found, failed) => {
    let said = '';
    server.stderr.on('data', (piece) => {
      said += piece;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (address) found(address[0]);
    });
    server.on('exit', (code) => failed(new Error(`tarikh serve ended with ${code}: ${said}`)));
  });
  return {
    url,
    folder,
    async stop() {
      const ended = new Promise((done) => server.on('exit', done));
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const PASSWORD = 'a long pass phrase';

/**
 * A desk and a browser for the tests of one file. `test(name, body)` gives each a page of its own
 * and fails it for anything the page writes to the console as an error.
 */
export function atDesk(users = []) {
  let desk;
  let browser;
  if (!missing) {
    before(async () => {
      [desk, browser] = await Promise.all([
        startDesk(users),
        chromium.launch({
          executablePath: browserPath,
          args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
        }),
      ]);
    });
    after(async () => {
      await browser?.close();
      await desk?.stop();
    });
  }
  return (name, body, options = {}) =>
    test(name, { skip: missing ?? false, timeout: 60_000 }, async () => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        // What the server refuses on purpose is shown by the browser too.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) problems.push(message.text());
      });
      const elsewhere = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(desk.url) && !request.url().startsWith('blob:')) elsewhere.push(request.url());
      });
      const open = async (hash = '#/explore') => {
        await page.goto(desk.url + hash);
        await page.locator('#main').waitFor();
      };
      try {
        await body({ page, open, desk, context, browser });
      } finally {
        await context.close();
      }
      if (problems.length) throw new Error(`the page complained: ${problems.join(' | ')}`);
      if (elsewhere.length) throw new Error(`the page asked other hosts: ${elsewhere.join(', ')}`);
    });
}

/** Asks the desk's API as the page would. */
export async function api(desk, path) {
  const response = await fetch(`${desk.url}api/v1/${path}`);
  return response.json();
}

/** Id of the one incident that these words of its reports lead to. */
export async function incidentWith(desk, words) {
  const { items } = await api(desk, `incidents?q=${encodeURIComponent(words)}`);
  if (items.length !== 1) throw new Error(`“${words}” leads to ${items.length} incidents`);
  return items[0].id;
}
