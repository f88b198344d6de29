import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SESSION_COOKIE } from '#faces/server/cookies.ts';
import { openFaultyWay } from '../faults/faulty_way.ts';
import type { KillJournal } from '../faults/kill_journal.ts';
import { KilledBrowser, KilledPhone } from '../faults/killed_browser.ts';
import { dayAtServer } from '../faults/offline_day.ts';
import { makeRound } from '../faults/round_stage.ts';
import { seeded, seedOf } from '../faults/seeded.ts';
import { openStage, type Stage, sessionOf } from './browser.ts';

const DEATHS = Number(process.env.YINGMEN_KILLS) || 200;
const PHONES = 4;
const DOORS = 16;

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

describe('a phone whose browser is killed', () => {
  it(`${DEATHS} times loses no finished visit, and of an open form at most the last field`, async () => {
    const random = seeded(seedOf('a phone whose browser is killed'));
    const { town } = stage;
    const cookie = `${SESSION_COOKIE}=${await sessionOf(town, town.people.east_worker)}; locale=en`;
    const ways = await Promise.all(Array.from({ length: PHONES }, () => openFaultyWay(stage.url)));
    const rounds: string[] = [];
    for (const _ of ways) rounds.push((await makeRound(town, DOORS)).id);
    const phones = ways.map(
      (way, i) => new KilledPhone({ way, target: stage.url, cookie, round_id: rounds[i]!, random }),
    );
    const browser = new KilledBrowser(phones, random);
    try {
      await browser.until('taken');
      while (browser.deaths < DEATHS && browser.isSound) await browser.live();
      if (browser.isSound) await browser.until('at_rest');
    } finally {
      await browser.close();
      for (const way of ways) await way.close();
    }
    for (const { journal } of phones) assert.deepEqual(journal.broken, [], journal.trail.join('\n'));
    for (const [i, { journal }] of phones.entries()) await assertKept(journal, rounds[i]!);
    const visits = phones.reduce((sum, { journal }) => sum + journal.finished.size, 0);
    const fields = phones.reduce((sum, { journal }) => sum + journal.fields, 0);
    process.stdout.write(
      `${browser.deaths} deaths, ${browser.tears} torn journals: ${visits} visits and ${fields} fields kept, none lost\n`,
    );
    assert.ok(browser.tears > 0);
    assert.ok(browser.deaths >= DEATHS && visits > DEATHS / 20, `${visits} visits in ${browser.deaths} lives`);
  });
});

/** The phone kept its word after every death, and in the end the server holds each finished visit once, as it was told. */
async function assertKept(journal: KillJournal, round_id: string): Promise<void> {
  assert.ok(journal.isAtRest);
  const held = await dayAtServer(stage.town, round_id);
  const expected = [...journal.finished].map(([id, { household_id, values }]) => [
    ...[id, household_id, values.need ? [values.need] : [], Number(values.photos)],
  ]);
  const found = held.map((visit) => [visit.id, visit.household_id, visit.needs, visit.files.length]);
  assert.deepEqual(found.sort(), expected.sort());
  assert.ok(held.every((visit) => visit.named === visit.files.length));
}
