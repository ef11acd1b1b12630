import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

// `npm run dev` asks a desk that runs already; the built screen is served by the desk itself.
const desk = process.env.TARIKH_DESK ?? 'http://127.0.0.1:7878';

/** What the built files hold of others, with the file of its licence. */
const OTHERS = [
  ['Svelte', 'svelte/LICENSE.md'],
  ['topojson-client', 'topojson-client/LICENSE'],
  ['world-atlas; its shapes are those of Natural Earth, in the public domain', 'world-atlas/LICENSE'],
  ['Source Sans 3', '@fontsource-variable/source-sans-3/LICENSE'],
  ['Source Serif 4', '@fontsource-variable/source-serif-4/LICENSE'],
] as const;

/** Writes their licences beside them, as they ask for. */
const licences: Plugin = {
  name: 'licences',
  generateBundle() {
    const texts = OTHERS.map(([name, file]) => `${name}\n\n${readFileSync(`node_modules/${file}`, 'utf8').trim()}\n`);
    this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join(`\n${'-'.repeat(72)}\n\n`) });
  },
};

export default defineConfig({
  plugins: [svelte(), licences],
  base: './',
  server: { proxy: { '/api': desk } },
  build: {
    target: 'es2022',
    // No data: addresses, so that the content security policy can be plain 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
