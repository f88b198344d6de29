import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SESSION_COOKIE } from '#faces/server/cookies.ts';
import { openFaultyWay } from '../faults/faulty_way.ts';
import { KilledPhone } from '../faults/killed_browser.ts';
import { dayAtServer } from '../faults/offline_day.ts';
import { makeRound } from '../faults/round_stage.ts';
import { seeded, seedOf } from '../faults/seeded.ts';
import { openStage, type Stage, sessionOf } from './browser.ts';

const KILLS = Number(process.env.YINGMEN_KILLS) || 200;
/** So many phones at once as a small machine has processors: most of a life is waiting for a browser to begin. */
const PHONES = 2;
const DOORS = 16;

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

/** One phone through its lives; answers what it told and what the server holds in the end. */
async function trial(seed: number, kills: number) {
  const way = await openFaultyWay(stage.url);
  const { town } = stage;
  const round = await makeRound(town, DOORS);
  const cookie = `${SESSION_COOKIE}=${await sessionOf(town, town.people.east_worker)}; locale=en`;
  const phone = new KilledPhone({ way, target: stage.url, cookie, round_id: round.id, random: seeded(seed) });
  try {
    await phone.until('taken');
    while (phone.kills < kills && phone.journal.broken.length === 0) await phone.live();
    if (phone.journal.broken.length === 0) await phone.until('at_rest');
    return { journal: phone.journal, kills: phone.kills, held: await dayAtServer(town, round.id) };
  } finally {
    await phone.close();
    await way.close();
  }
}

describe('a phone whose browser is killed', () => {
  it(`${KILLS} times loses no finished visit, and of an open form at most the last field`, async () => {
    const seed = seedOf('a phone whose browser is killed');
    const ended = await Promise.allSettled(Array.from({ length: PHONES }, (_, i) => trial(seed + i, KILLS / PHONES)));
    const trials = ended.map((one) => (one.status === 'fulfilled' ? one.value : assert.fail(one.reason)));
    for (const { journal, held } of trials) {
      assert.deepEqual(journal.broken, [], journal.trail.join('\n'));
      assert.ok(journal.isAtRest);
      const expected = [...journal.finished].map(([id, { household_id, values }]) => [
        ...[id, household_id, values.need ? [values.need] : [], Number(values.photos)],
      ]);
      const found = held.map((visit) => [visit.id, visit.household_id, visit.needs, visit.files.length]);
      assert.deepEqual(found.sort(), expected.sort());
      assert.ok(held.every((visit) => visit.named === visit.files.length));
    }
    const sum = (count: (one: (typeof trials)[number]) => number) => trials.reduce((all, one) => all + count(one), 0);
    const [kills, visits, fields] = [
      sum((one) => one.kills),
      sum((one) => one.held.length),
      sum((one) => one.journal.fields),
    ];
    process.stdout.write(`${kills} kills: ${visits} visits and ${fields} fields kept, none lost\n`);
    assert.ok(kills >= KILLS && visits > KILLS / 10, `${visits} visits in ${kills} lives`);
  });
});
