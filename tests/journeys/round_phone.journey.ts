import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { record_visit } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { type FaultyWay, openFaultyWay } from '../faults/faulty_way.ts';
import { held, makeRound, takeAlong, unlock } from '../faults/round_stage.ts';
import { problemsOf } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let way: FaultyWay;
before(async () => {
  stage = await openStage();
  way = await openFaultyWay(stage.url);
});
beforeEach(() => {
  way.fault = () => 'none';
});
after(async () => {
  await way.close();
  await stage.close();
});

/** A grid worker's phone, over a way on which the signal can be lost. */
async function phoneOf(locale: 'zh-CN' | 'en' = 'en', large = false) {
  const { page, context } = await stage.visit({ as: stage.town.people.east_worker, locale, large });
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

const isSent = (page: Page) => page.waitForSelector('.phone-status .state.good', { timeout: 30_000 });
/** Everything that the phone's store holds, as whoever takes the phone apart would read it. */
const onDisk = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = [];
    const walk = (value: unknown): void => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
        texts.push(new TextDecoder().decode(value as ArrayBuffer));
      else if (value && typeof value === 'object') Object.values(value).forEach(walk);
      else texts.push(String(value));
    };
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('yingmen-phone');
      opening.onsuccess = () => resolve(opening.result);
    });
    for (const name of db.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const asking = db.transaction(name).objectStore(name).getAll();
        asking.onsuccess = () => resolve(asking.result);
      });
      walk(rows);
    }
    db.close();
    for (const { url } of await (await caches.open('yingmen-copy')).keys())
      texts.push(await (await caches.match(url))!.text());
    return texts.join('\n');
  });

/** What is left of the store and of its second copy. */
const leftOn = (page: Page) =>
  page.evaluate(async () => [
    ...(await indexedDB.databases()),
    ...((await caches.has('yingmen-copy')) ? ['copy'] : []),
  ]);

describe('what the server says about a visit', () => {
  it('is kept with its reason and mended, and contradictions lead to the desk’s page', async () => {
    const { town } = stage;
    const round = await makeRound(town, 4);
    const { page, context } = await phoneOf();
    await takeAlong(page, way.url, round.id);
    lose();
    await page.click('section a.button.first');
    const household_id = new URL(page.url()).hash.split('/')[1]!;
    await page.click('[data-outcome=answered]');
    await page.evaluate(() => document.querySelector('[data-need]')!.removeAttribute('maxlength'));
    await page.fill('[data-need]', '长'.repeat(4001));
    await page.click('[data-save]');
    await page.waitForSelector('[data-counts="0/1"]');
    assert.doesNotMatch(await onDisk(page), /长长|Lotus|荷塘/);
    const desk = { actor: town.people.desk, community: town.community, via: 'test' };
    const other = { id: newId(), household_id, occasion: 'newly_moved_in', outcome: 'nobody_home' };
    await perform(town.environment, { ...desk, id: other.id }, record_visit, other);
    await find(page);
    await page.waitForSelector('.phone-status .state.late');
    assert.equal((await held(town, round.id)).visits, 0);
    await page.click('a[href="#sent"]');
    assert.match(await page.innerText('li.card'), /Refused, see why/);
    await page.click('li.card a.first');
    assert.equal((await page.inputValue('[data-need]')).length, 4001);
    await page.fill('[data-need]', '楼道灯坏了');
    await page.click('[data-save]');
    await drained(page, 1);
    await page.click('a[href="#sent"]');
    assert.equal(await page.getAttribute('li.card a[href^="/visits"]', 'href'), '/visits/conflicts');
    assert.deepEqual(await held(town, round.id), { visits: 1, doors: 1, needs: 1, files: 0 });
    await context.close();
  });

  it('names a clock that is wrong by days, and keeps the order of the knocks', async () => {
    const round = await makeRound(stage.town, 3);
    const { page, context } = await phoneOf();
    await context.addInitScript(() => {
      const [Right, wrong] = [Date, 9 * 86_400_000];
      globalThis.Date = class extends Right {
        constructor(...at: [] | [number]) {
          if (at.length === 0) super(Right.now() + wrong);
          else super(...at);
        }
        static override now = () => Right.now() + wrong;
      } as DateConstructor;
    });
    await takeAlong(page, way.url, round.id);
    await page.reload();
    await unlock(page);
    const knocked: string[] = [];
    lose();
    for (let i = 1; i <= 3; i++) {
      await page.click('section a.button.first');
      knocked.push(new URL(page.url()).hash.split('/')[1]!);
      await page.click('[data-outcome=nobody_home]');
      await page.waitForSelector(`[data-counts="0/${i}"]`);
    }
    await find(page);
    await drained(page, 3);
    await page.click('a[href="#sent"]');
    await page.waitForSelector('#phone >> text=/clock is wrong/');
    const db = stage.town.environment.database.of(stage.town.community.id);
    const rows = await db
      .selectFrom('visits')
      .select(['household_id', 'clock_is_skewed', 'knocked_at'])
      .where('round_id', '=', round.id)
      .orderBy('knocked_at')
      .execute();
    assert.deepEqual(
      rows.map((row) => row.household_id),
      knocked,
    );
    assert.ok(rows.every((row) => row.clock_is_skewed && row.knocked_at.getTime() <= Date.now()));
    await context.close();
  });
});

describe('what lies on a phone', () => {
  it('comes back whole when the browser has taken its store away', async () => {
    const round = await makeRound(stage.town, 3);
    const { page, context } = await phoneOf();
    await takeAlong(page, way.url, round.id);
    lose();
    await page.click('section a.button.first');
    await page.click('[data-outcome=nobody_home]');
    await page.waitForSelector('[data-counts="0/1"]');
    await page.click('section a.button.first');
    const door = new URL(page.url()).hash;
    await page.click('[data-outcome=answered]');
    await page.fill('[data-need]', '楼道灯坏了');
    await page.waitForSelector('[data-kept="2"]');
    const other = await context.newPage();
    await other.goto(`${way.url}/offline`);
    await page.close();
    await other.evaluate(
      () => new Promise((resolve) => (indexedDB.deleteDatabase('yingmen-phone').onsuccess = resolve)),
    );
    await other.goto(`${way.url}/rounds/phone${door}`);
    await unlock(other);
    assert.equal(await other.inputValue('[data-need]'), '楼道灯坏了');
    await other.click('[data-save]');
    await find(other);
    await drained(other, 2);
    assert.deepEqual(await held(stage.town, round.id), { visits: 2, doors: 2, needs: 1, files: 0 });
    await context.close();
  });

  it('goes by an order from the desk, at the next contact', async () => {
    const round = await makeRound(stage.town, 2);
    const { page, context } = await phoneOf();
    await takeAlong(page, way.url, round.id);
    await isSent(page);
    const desk = await stage.visit({ as: stage.town.people.desk, locale: 'en', scripts: false });
    await desk.page.goto(`${stage.url}/rounds/phones`);
    await desk.page.locator('form[action="?/wipe"] button').first().click();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForSelector('text=are wiped');
    assert.deepEqual(await leftOn(page), []);
    await page.waitForTimeout(300);
    await desk.page.goto(`${stage.url}/rounds/phones`);
    assert.match(await desk.page.innerText('main'), /Wiped/);
    await context.close();
  });

  it('goes at sign-out, after a question about what was not sent', async () => {
    const round = await makeRound(stage.town, 2);
    const { page, context } = await phoneOf();
    await takeAlong(page, way.url, round.id);
    way.fault = (path) => (path.startsWith('/sync') ? 'no_signal' : 'none');
    await page.click('section a.button.first');
    await page.click('[data-outcome=declined]');
    await page.waitForSelector('[data-counts="0/1"]');
    await page.goto(`${way.url}/me`);
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.click('form[action="/sign-out"] button');
    await page.waitForTimeout(200);
    assert.match(asked[0] ?? '', /not sent yet: 1\./);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.click('form[action="/sign-out"] button');
    await page.waitForURL(`${way.url}/`);
    assert.deepEqual(await leftOn(page), []);
    way.fault = () => 'none';
    await context.close();
  });

  it('is opened by the right code alone, and is accessible in both languages and large type', async () => {
    const round = await makeRound(stage.town, 2);
    for (const [locale, large] of [
      ['zh-CN', true],
      ['en', false],
    ] as const) {
      const { page, context } = await phoneOf(locale, large);
      await takeAlong(page, way.url, round.id);
      const wrong: string[] = await problemsOf(page, large);
      await page.click('section a.button.first');
      await page.click('[data-outcome=answered]');
      await page.fill('[data-need]', '楼道灯坏了');
      wrong.push(...(await problemsOf(page, large)));
      await page.click('a[href="#sent"]');
      await page.waitForSelector('[data-state=open]');
      wrong.push(...(await problemsOf(page, large)));
      await page.reload();
      await page.fill('#pin', '000000');
      await page.click('form button.first');
      await page.waitForSelector('#pin-wrong:not(:empty)');
      wrong.push(...(await problemsOf(page, large)));
      assert.deepEqual(wrong, []);
      await context.close();
    }
  });
});
