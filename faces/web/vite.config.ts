import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const repository = (folder: string) => fileURLToPath(new URL(`../../${folder}`, import.meta.url));
const { dependencies } = JSON.parse(readFileSync(repository('package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
// Svelte components have to be compiled with the pages; everything else is loaded as it is installed.
const BUNDLED = ['bits-ui', '@lucide/svelte', 'svelte', 'maplibre-gl', '@fontsource/noto-sans-sc'];

// Pages are whole documents made on the server; what moves in the browser are small scripts of our own (static/islands).
export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'worker-src': ['self', 'blob:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  resolve: {
    alias: {
      '#lib': fileURLToPath(new URL('src/lib', import.meta.url)),
      ...Object.fromEntries(['platform', 'engines', 'modules', 'faces'].map((name) => [`#${name}`, repository(name)])),
    },
  },
  ssr: { external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)) },
});
