import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type FaultyWay, losing, openFaultyWay } from '../faults/faulty_way.ts';
import { type Day, dayAtServer, needOf, staysShut, walkDay } from '../faults/offline_day.ts';
import { makeRound, takeAlong, unlock } from '../faults/round_stage.ts';
import { seeded, seedOf } from '../faults/seeded.ts';
import { openStage, type Stage } from './browser.ts';

const PATIENCE_MS = 90_000;

let stage: Stage;
let way: FaultyWay;
before(async () => {
  stage = await openStage();
  way = await openFaultyWay(stage.url);
});
beforeEach(() => {
  way.fault = () => 'none';
  way.failed = {};
});
after(async () => {
  await way.close();
  await stage.close();
});

/** A day that was walked without a signal, on a phone that still has none. */
async function offlineDay(day: Day) {
  const round = await makeRound(stage.town, day.visits);
  const { page, context } = await stage.visit({ as: stage.town.people.east_worker, locale: 'en' });
  const cookies = await context.cookies(stage.url);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: way.url })));
  await takeAlong(page, way.url, round.id);
  way.fault = () => 'no_signal';
  await page.goto(`${way.url}/rounds/${round.id}`);
  await unlock(page);
  await page.waitForSelector('[data-counts="0/0"]');
  await walkDay(page, day);
  assert.equal((await dayAtServer(stage.town, round.id)).length, 0);
  return { round, page, context };
}

/** Everything is with the server once: each visit in the order of the phone, with its need and all of its pictures. */
async function assertAllThereOnce(round_id: string, day: Day) {
  const { visits, photos } = day;
  const held = await dayAtServer(stage.town, round_id);
  assert.deepEqual(
    held.map((visit) => visit.needs),
    Array.from({ length: visits }, (_, i) => (staysShut(i + 1, day) ? [] : [needOf(i + 1)])),
  );
  assert.equal(new Set(held.map((visit) => visit.household_id)).size, visits);
  assert.deepEqual(
    held.map((visit) => [visit.named, visit.files.length]),
    Array.from({ length: visits }, (_, i) => (i < photos ? [1, 1] : [0, 0])),
  );
  assert.equal(new Set(held.flatMap((visit) => visit.files)).size, photos);
}

async function drains(page: Page, { visits }: Day) {
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForSelector(`[data-counts="${visits}/0"]`, { timeout: PATIENCE_MS });
  await page.waitForSelector('.phone-status .state.good', { timeout: PATIENCE_MS });
  assert.equal(await page.locator('.phone-status .state.late').count(), 0, 'something was refused');
}

describe('a day without a signal', () => {
  it('of 80 visits with 60 photos is with the server once and whole when the signal is back', async () => {
    const day = { visits: 80, photos: 60 };
    const { round, page, context } = await offlineDay(day);
    way.fault = () => 'none';
    await drains(page, day);
    await assertAllThereOnce(round.id, day);
    const kept = await page.evaluate(async () => (await indexedDB.databases()).length);
    assert.equal(kept, 1);
    await context.close();
  });

  it('whose replies are lost after what they answer was written is there once', async () => {
    const day = { visits: 21, photos: 6 };
    const { round, page, context } = await offlineDay(day);
    // Of each kind of request the first five replies are lost, more than one request is tried; half of them break off within.
    const lost = new Map<string, number>();
    way.fault = (path, method) => {
      const kind = `${method} ${path}`;
      const before = lost.get(kind) ?? 0;
      lost.set(kind, before + 1);
      if (before >= 5 || !path.startsWith('/sync')) return 'none';
      return before % 2 === 0 ? 'lost_reply' : 'cut_reply';
    };
    await drains(page, day);
    assert.ok((way.failed.lost_reply ?? 0) >= 10 && (way.failed.cut_reply ?? 0) >= 5, JSON.stringify(way.failed));
    await assertAllThereOnce(round.id, day);
    await context.close();
  });

  it('drains over a way that loses three of ten requests', async () => {
    const day = { visits: 30, photos: 25 };
    const { round, page, context } = await offlineDay(day);
    way.fault = losing(0.3, seeded(seedOf('a way that loses three of ten')));
    await drains(page, day);
    await assertAllThereOnce(round.id, day);
    await context.close();
  });
});
