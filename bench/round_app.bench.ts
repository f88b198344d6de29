import { randomBytes } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { buildPages } from '../bin/build_pages.ts';

const DOORS = 200;
const DAY = { visits: 80, photos: 60 };
const SLOWED = 4;
const TURNS = 5;
const MEGABIT = 1_000_000 / 8;
const LATENCY_MS = 40;
const GOAL_OPEN_MS = 1000;
const GOAL_SYNC_S = 10;
const FIELD = { width: 2600, height: 2100 };
/** At which JPEG of 1280 pixels and quality 70 takes about 170 KB, as photographs of stairs and rooms do. */
const GAIN = 0.85;
const FALL = 0.55;
const PICTURE = { width: 1600, height: 1200 };

/**
 * The round on a phone in a real Chromium: how soon a round of 200 doors opens from the phone's own store on a processor
 * slowed four times, how long a knock takes to be written without a network, and how long a day of 80 visits with 60
 * photos takes over 1 Mbit/s.
 */
export async function rows(progress: (text: string) => void) {
  await buildPages(progress);
  const { findChromium } = await import('#tests/chromium.ts');
  const { openTestServer } = await import('#tests/database.ts');
  process.env.CHROMIUM_PATH = await findChromium();
  const server = await openTestServer();
  const { openStage } = await import('#tests/journeys/browser.ts');
  const { makeRound, takeAlong } = await import('#tests/faults/round_stage.ts');
  const { walkDay } = await import('#tests/faults/offline_day.ts');
  const stage = await openStage();
  try {
    const phoneWith = async (doors: number) => {
      const round = await makeRound(stage.town, doors);
      const { page, context } = await stage.visit({ as: stage.town.people.east_worker, locale: 'en' });
      await takeAlong(page, stage.url, round.id);
      const cdp = await context.newCDPSession(page);
      await network(cdp, 'none');
      return { page, context, cdp };
    };
    progress(`  opening a round of ${DOORS} doors`);
    const large = await phoneWith(DOORS);
    const opened = await measureOpening(large.page, large.cdp);
    const written = await measureWriting(large.page, large.cdp);
    await large.context.close();
    progress(`  a day of ${DAY.visits} visits with ${DAY.photos} photos`);
    const day = await phoneWith(DAY.visits);
    await walkDay(day.page, DAY, await pictures());
    const sent = await measureSending(day.page, day.cdp);
    await day.context.close();
    return [...openingRows(opened), ...writingRows(written), ...sendingRows(sent)];
  } finally {
    await stage.close();
    await server.stop();
  }
}

/** No network at all, 1 Mbit/s both ways as a phone has it at the edge of a cell, or as it is. */
function network(cdp: CDPSession, kind: 'none' | 'megabit'): Promise<unknown> {
  const throughput = kind === 'megabit' ? MEGABIT : 0;
  return cdp.send('Network.emulateNetworkConditions', {
    ...{ offline: kind === 'none', latency: LATENCY_MS },
    ...{ downloadThroughput: throughput, uploadThroughput: throughput },
  });
}

const slow = (cdp: CDPSession, rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate });

/** From the tap that opens the phone until all doors are painted, and of that the time that deriving the key takes. */
async function measureOpening(page: Page, cdp: CDPSession) {
  const { PIN } = await import('#tests/faults/round_stage.ts');
  await slow(cdp, SLOWED);
  const all: { whole: number; key: number }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    await page.reload();
    await page.fill('#pin', PIN);
    all.push(await page.evaluate(openAndTime, DOORS));
  }
  await slow(cdp, 1);
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(TURNS / 2)]!;
  return { whole: middle(all.map((one) => one.whole)), key: middle(all.map((one) => one.key)) };
}

async function openAndTime(doors: number) {
  let key = 0;
  const derive = SubtleCrypto.prototype.deriveKey;
  SubtleCrypto.prototype.deriveKey = async function (...how) {
    const began = performance.now();
    const derived = await derive.apply(this, how);
    key = performance.now() - began;
    return derived;
  };
  const began = performance.now();
  document.querySelector<HTMLElement>('form button.first')!.click();
  await new Promise<void>((resolve) => {
    const look = () =>
      document.querySelectorAll('a.phone-door').length >= doors ? resolve() : requestAnimationFrame(look);
    look();
  });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  SubtleCrypto.prototype.deriveKey = derive;
  return { whole: performance.now() - began, key };
}

/** Without a network and on the slowed processor: from the tap on a door that stays shut until the next door is shown. */
async function measureWriting(page: Page, cdp: CDPSession): Promise<number> {
  await slow(cdp, SLOWED);
  const times: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    await page.click('section a.button.first');
    await page.waitForSelector('[data-outcome=nobody_home]');
    times.push(await page.evaluate(knockAndTime, turn));
  }
  await slow(cdp, 1);
  return times.sort((a, b) => a - b)[Math.floor(TURNS / 2)]!;
}

async function knockAndTime(count: number): Promise<number> {
  const began = performance.now();
  document.querySelector<HTMLElement>('[data-outcome=nobody_home]')!.click();
  await new Promise<void>((resolve) => {
    const isShown = () => document.querySelector('[data-counts]')?.getAttribute('data-counts') === `0/${count}`;
    const look = () => (isShown() ? resolve() : requestAnimationFrame(look));
    look();
  });
  return performance.now() - began;
}

/** From the return of a signal of 1 Mbit/s until the server has all visits, and until it has all photos. */
async function measureSending(page: Page, cdp: CDPSession) {
  const bytes = await page.evaluate(photoBytes);
  await network(cdp, 'megabit');
  const began = performance.now();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForSelector(`[data-counts="${DAY.visits}/0"]`, { timeout: 600_000 });
  const visits = (performance.now() - began) / 1000;
  await page.waitForSelector('.phone-status .state.good', { timeout: 600_000 });
  return { visits, photos: (performance.now() - began) / 1000, bytes };
}

function photoBytes(): Promise<number> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('yingmen-phone');
    opening.onsuccess = () => {
      const asking = opening.result.transaction('files').objectStore('files').getAll();
      asking.onsuccess = () => {
        opening.result.close();
        resolve(asking.result.reduce((sum: number, file: { byte_count: number }) => sum + file.byte_count, 0));
      };
    };
  });
}

/**
 * Pictures as hard to press as photographs are: noise whose strength falls with its frequency, as in scenes of nature
 * (Field, 1987), with grain; each a cut of its own.
 */
async function pictures(): Promise<(i: number) => Promise<Buffer>> {
  const { width, height } = FIELD;
  const sum = new Float32Array(width * height * 3);
  for (let cells = 4; cells <= 2048; cells *= 2) {
    const size = { width: cells, height: cells, channels: 3 as const };
    const octave = await sharp(randomBytes(cells * cells * 3), { raw: size })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    const strength = cells <= 16 ? 1 : (16 / cells) ** FALL;
    for (let at = 0; at < sum.length; at++) sum[at]! += (octave[at]! - 128) * strength;
  }
  const field = Buffer.from(sum.map((value) => Math.max(0, Math.min(255, 128 + value * GAIN))));
  return (i) =>
    sharp(field, { raw: { width, height, channels: 3 } })
      .extract({ left: (i * 131) % (width - PICTURE.width), top: (i * 97) % (height - PICTURE.height), ...PICTURE })
      .jpeg({ quality: 92 })
      .toBuffer();
}

const row = (name: string, ours: number, goal: number, unit: string, note: string) => ({
  ...{ name, ours, theirs: goal, ratio: ours / goal, unit, note },
});

const openingRows = ({ whole, key }: { whole: number; key: number }) => [
  row(
    `a round of ${DOORS} doors opened from the phone`,
    whole - key,
    GOAL_OPEN_MS,
    'ms',
    `on a processor slowed ${SLOWED} times, from the key to the doors painted; the key from a PIN takes ${key.toFixed(0)} ms more, on purpose; goal < ${GOAL_OPEN_MS} ms`,
  ),
];

const writingRows = (ms: number) => [
  {
    ...{ name: 'a knock written without a network', ours: ms, theirs: null, ratio: null, unit: 'ms' },
    note: `on a processor slowed ${SLOWED} times, from the tap to the next door shown`,
  },
];

const sendingRows = ({ visits, photos, bytes }: { visits: number; photos: number; bytes: number }) => [
  row(
    `${DAY.visits} visits sent over 1 Mbit/s`,
    visits,
    GOAL_SYNC_S,
    's',
    `${LATENCY_MS} ms away, visits before photos; goal < ${GOAL_SYNC_S} s`,
  ),
  row(
    `and their ${DAY.photos} photos`,
    photos,
    GOAL_SYNC_S,
    's',
    `${(bytes / DAY.photos / 1024).toFixed(0)} KB each as the phone draws them; the way alone takes ${(bytes / MEGABIT).toFixed(0)} s`,
  ),
];
