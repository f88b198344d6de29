import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type FaultyWay, openFaultyWay } from '../faults/faulty_way.ts';
import { held, makeRound, takeAlong, unlock } from '../faults/round_stage.ts';
import { openStage, type Stage } from './browser.ts';

const [VISITS, PHOTOS] = [80, 60];

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

/** A picture that no other one equals. */
const picture = (number: number) =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: { r: number * 4, g: 90, b: 255 - number } } })
    .jpeg()
    .toBuffer();

async function recordOne(page: Page, number: number): Promise<void> {
  await page.click('section a.button.first');
  await page.click('[data-outcome=answered]');
  if (number % 2 === 0) await page.fill('[data-need]', `第${number}户楼道灯坏了`);
  if (number < PHOTOS) {
    const buffer = await picture(number);
    await page.setInputFiles('input[type=file]', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
    await page.waitForSelector('.photos img');
  }
  await page.click('[data-save]');
  await page.waitForSelector(`[data-counts="0/${number + 1}"]`);
}

/** The same chances each time. */
function chances(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4_294_967_296;
  };
}

describe('a day without a signal', () => {
  it(`of ${VISITS} visits with ${PHOTOS} photos reaches the server whole, over a way that loses three in ten`, async () => {
    const round = await makeRound(stage.town, VISITS);
    const { page, context } = await stage.visit({ as: stage.town.people.east_worker, locale: 'en' });
    const cookies = await context.cookies(stage.url);
    await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: way.url })));
    await takeAlong(page, way.url, round.id);
    way.fault = () => 'no_signal';
    await page.goto(`${way.url}/rounds/phone#${round.id}`);
    await unlock(page);
    for (let number = 0; number < VISITS; number++) await recordOne(page, number);
    assert.equal((await held(stage.town, round.id)).visits, 0);

    const chance = chances(7);
    let [replies, requests] = [0, 0];
    way.fault = (path) => {
      if (!path.startsWith('/sync/')) return 'none';
      // The first replies about visits are lost after the server has written them down.
      if (path === '/sync/visits' && replies < 2) {
        replies += 1;
        return 'lost_reply';
      }
      if (chance() >= 0.3) return 'none';
      requests += 1;
      return chance() < 0.5 ? 'lost_request' : 'lost_reply';
    };
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForSelector(`[data-counts="${VISITS}/0"]`, { timeout: 60_000 });
    await page.click('a[href="#sent"]');
    await page.waitForFunction(
      () => /Everything is sent/.test(document.querySelector('.phone-status')?.textContent ?? ''),
      null,
      {
        timeout: 120_000,
      },
    );
    assert.ok(replies === 2 && requests > 20, `${replies} replies and ${requests} more were lost`);
    assert.deepEqual(await held(stage.town, round.id), {
      visits: VISITS,
      doors: VISITS,
      needs: VISITS / 2,
      files: PHOTOS,
    });
    assert.equal(await page.locator('[data-state=accepted]').count(), VISITS);
    await context.close();
  });
});
