import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { type FaultyWay, openFaultyWay } from '../faults/faulty_way.ts';
import { held, makeRound, takeAlong, unlock } from '../faults/round_stage.ts';
import { workOn } from '../faults/work_on.ts';
import { openStage, type Stage } from './browser.ts';

/** So many in each run of the tests; KILLS=1000 by hand. */
const KILLS = Number(process.env.KILLS ?? 60);
const LONGEST_MS = 250;

let stage: Stage;
let way: FaultyWay;
const folder = mkdtempSync(join(tmpdir(), 'yingmen-kills-'));
before(async () => {
  stage = await openStage();
  way = await openFaultyWay(stage.url);
});
after(async () => {
  await way.close();
  await stage.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const openBrowser = () =>
  chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    viewport: { width: 390, height: 844 },
    locale: 'en',
  });

/** Ends the browser as a phone ends that runs out of power. */
async function kill(context: BrowserContext): Promise<void> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const ended = context.waitForEvent('close');
  for (const one of processInfo) if (one.type === 'browser') process.kill(one.id, 'SIGKILL');
  await ended;
}

describe('a phone that is ended at any moment', () => {
  it(`loses no finished visit and at most the last field, ${KILLS} times`, async () => {
    const round = await makeRound(stage.town, 60 + KILLS * 2);
    const signedIn = await stage.visit({ as: stage.town.people.east_worker });
    const cookies = await signedIn.context.cookies(stage.url);
    await signedIn.context.close();
    // A browser that is ended writes its cookies down late or never: its holder signs in again.
    const openAgain = async () => {
      const opened = await openBrowser();
      const own = cookies
        .filter((one) => one.name !== 'locale')
        .map(({ name, value }) => ({ name, value, url: way.url }));
      await opened.addCookies([...own, { name: 'locale', value: 'en', url: way.url }]);
      return opened;
    };
    let context = await openAgain();
    let page = await context.newPage();
    await takeAlong(page, way.url, round.id);
    way.fault = () => 'no_signal';
    const finished = new Set<string>();
    const kept = new Map<string, number>();
    const lost: string[] = [];
    const listen = (to: Page) =>
      to.on('console', (message) => {
        const [what, household = '', text = ''] = message.text().split(' ');
        if (what === 'finished') finished.add(household);
        if (what === 'kept') kept.set(household, Number(text));
        if (what === 'found' && Number(text) < (kept.get(household) ?? 0)) lost.push(message.text());
      });
    listen(page);
    for (let count = 1; count <= KILLS; count++) {
      if (count > 1) {
        await page.goto(`${way.url}/rounds/phone#${round.id}`);
        await unlock(page);
      }
      await page.evaluate(workOn);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_MS));
      await kill(context);
      context = await openAgain();
      page = await context.newPage();
      listen(page);
    }
    way.fault = () => 'none';
    await page.goto(`${way.url}/rounds/phone#${round.id}`);
    await unlock(page);
    await page.waitForFunction(
      () => /^\d+\/0$/.test(document.querySelector('[data-counts]')?.getAttribute('data-counts') ?? ''),
      null,
      { timeout: 60_000 },
    );
    const rows = await held(stage.town, round.id);
    const db = stage.town.environment.database.of(stage.town.community.id);
    const there = await db.selectFrom('visits').select('household_id').where('round_id', '=', round.id).execute();
    const missing = [...finished].filter((id) => !there.some((row) => row.household_id === id));
    assert.deepEqual(missing, []);
    assert.deepEqual(lost, []);
    assert.ok(finished.size > KILLS / 10, `${finished.size} visits were finished`);
    assert.equal(rows.visits, rows.doors);
    assert.equal(rows.needs, rows.visits);
    await context.close();
  });
});
