import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '#platform/config.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { answeredRequest } from '../answered_request.ts';
import type { CommandLine } from '../command_line.ts';

type Shot = { name: string; path: string; as?: string; wide?: boolean; locale?: 'zh-CN' | 'en'; large?: boolean };

const PORT = 3917;
/** Stands for a request that has come to its end. */
const REQUEST = '/requests/…';
const SHOTS: Shot[] = [
  { name: 'home', path: '/' },
  { name: 'ask', path: '/ask', locale: 'en' },
  { name: 'request', path: REQUEST },
  { name: 'large-type', path: '/', large: true },
  { name: 'map', path: '/map', wide: true, locale: 'en' },
  { name: 'desk', path: '/desk', as: 'desk', wide: true },
  { name: 'overview', path: '/overview', as: 'secretary', wide: true, locale: 'en' },
  { name: 'round', path: '/rounds', as: 'worker' },
  { name: 'morning-tea', path: '/forum', locale: 'en' },
  { name: 'council', path: '/council' },
  { name: 'vote', path: '/venture/2/vote', as: 'resident' },
  { name: 'result', path: '/venture/1/result', wide: true, locale: 'en' },
  { name: 'money', path: '/funds', wide: true },
  { name: 'log', path: '/log', locale: 'en' },
];

export const command: CommandLine = {
  name: 'pictures',
  summary: 'Takes the pictures of the README from a fresh demonstration.',
  usage:
    'yingmen pictures\n\n  Starts a demonstration of its own, opens its pages in Chromium and writes docs/pictures/*.png.',
  async run({ progress }) {
    const { findChromium } = await import('#tests/chromium.ts');
    const executablePath = await findChromium();
    const data_dir = mkdtempSync(join(tmpdir(), 'yingmen-pictures-'));
    const url = `http://localhost:${PORT}`;
    const server = spawn(process.execPath, [join(REPOSITORY, 'bin', 'yingmen.ts'), 'start'], {
      env: { ...process.env, DATA_DIR: data_dir, PORT: String(PORT), DEMO: 'small' },
      stdio: 'ignore',
    });
    try {
      progress('starting a demonstration …');
      await untilReady(url);
      const { chromium } = await import('playwright-core');
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      for (const shot of SHOTS) {
        progress(shot.name);
        const path = shot.path === REQUEST ? await answeredRequest(url) : shot.path;
        await take(browser, url, { ...shot, path });
      }
      await browser.close();
    } finally {
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      rmSync(data_dir, { recursive: true, force: true });
    }
    return { pictures: SHOTS.map((shot) => `docs/pictures/${shot.name}.png`) };
  },
};

async function untilReady(url: string): Promise<void> {
  for (let i = 0; i < 240; i++) {
    const isReady = await fetch(`${url}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  refuseInWords('pictures_late', 'The demonstration did not start within two minutes.');
}

async function take(browser: import('playwright-core').Browser, url: string, shot: Shot): Promise<void> {
  const { as, wide = false, locale = 'zh-CN', large = false } = shot;
  const context = await browser.newContext({
    viewport: wide ? { width: 1200, height: 800 } : { width: 390, height: 780 },
    locale,
  });
  await context.addCookies(
    Object.entries({ locale, large_type: large ? '1' : '0', theme: 'light' }).map(([name, value]) => ({
      name,
      value,
      url,
    })),
  );
  const page = await context.newPage();
  if (as) {
    await page.goto(`${url}/sign-in?with=password`);
    await page.fill('[name=login]', as);
    await page.fill('[name=password]', 'knock-knock-2026');
    await page.click('main button.first');
    await page.waitForURL(/\/me/);
  }
  await page.goto(url + shot.path);
  await page.screenshot({ path: join(REPOSITORY, 'docs', 'pictures', `${shot.name}.png`) });
  await context.close();
}
