import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// `npm run dev` asks a desk that runs already; the built screen is served by the desk itself.
const desk = process.env.TARIKH_DESK ?? 'http://127.0.0.1:7878';

export default defineConfig({
  plugins: [svelte()],
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
