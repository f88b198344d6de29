import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What runs on a phone without a signal is one script of its own, made before the pages and served beside them: no page
// waits for it, and the rule against foreign and inline scripts stays as it is.
export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true, css: 'injected' } })],
  publicDir: false,
  resolve: {
    alias: Object.fromEntries(['platform', 'engines'].map((name) => [`#${name}`, folder(`../../${name}`)])),
    conditions: ['browser'],
  },
  build: {
    outDir: folder('static/build'),
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    lib: { entry: folder('src/phone/main.ts'), formats: ['es'], fileName: () => 'phone.js' },
  },
});
