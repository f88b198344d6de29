import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { type FaultyWay, openFaultyWay } from '../faults/faulty_way.ts';
import { held, makeRound, takeAlong, unlock } from '../faults/round_stage.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let way: FaultyWay;
before(async () => {
  stage = await openStage();
  way = await openFaultyWay(stage.url);
});
after(async () => {
  await way.close();
  await stage.close();
});

/** A grid worker's phone, over a way on which the signal can be lost. */
async function phoneOf(locale: 'zh-CN' | 'en' = 'en') {
  const { page, context } = await stage.visit({ as: stage.town.people.east_worker, locale });
  const cookies = await context.cookies(stage.url);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: way.url })));
  return { page, context };
}

const counts = (page: Page) => page.getAttribute('[data-counts]', 'data-counts');
const lose = () => {
  way.fault = () => 'no_signal';
};
const find = async (page: Page) => {
  way.fault = () => 'none';
  await page.evaluate(() => dispatchEvent(new Event('online')));
};
const drained = (page: Page, visits: number) =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-counts]')?.getAttribute('data-counts') === wanted,
    `${visits}/0`,
    { timeout: 30_000 },
  );

describe('a round without a signal', () => {
  let page: Page;
  let context: BrowserContext;
  let round: { id: string; household_ids: string[] };

  it('is taken along, opened from the phone, and worked at one door after the other', async () => {
    round = await makeRound(stage.town, 6);
    ({ page, context } = await phoneOf());
    await page.goto(`${way.url}/rounds/${round.id}`);
    await page.click('a[href^="/rounds/phone"]');
    await takeAlong(page, way.url, round.id);
    lose();
    await page.goto(`${way.url}/rounds/${round.id}`);
    await unlock(page);
    await page.waitForSelector('[data-counts]');
    assert.equal(await counts(page), '0/0');
    await page.click('section a.button.first');
    await page.click('[data-outcome=nobody_home]');
    await page.waitForSelector('[data-counts="0/1"]');
    await page.click('section a.button.first');
    await page.click('[data-outcome=answered]');
    await page.fill('[data-need]', '楼道灯坏了');
    await page.click('[data-save]');
    await page.waitForSelector('[data-counts="0/2"]');
    assert.equal((await held(stage.town, round.id)).visits, 0);
  });

  it('and is with the server within seconds of the signal’s return', async () => {
    await find(page);
    await drained(page, 2);
    assert.deepEqual(await held(stage.town, round.id), { visits: 2, doors: 2, needs: 1, files: 0 });
    await context.close();
  });
});
