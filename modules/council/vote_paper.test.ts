import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { randomCode } from '#platform/crypto.ts';
import { openCouncil } from '#tests/open_council.ts';
import { findingsOf } from '#tests/witness.ts';
import * as council from './index.ts';
import { sameReading } from './vote.ts';

const { stage, act, see, rows } = openCouncil();
const refused = (code: string) => ({ code });
const ids = (people: readonly Actor[]) => people.map((one) => one.id);

/** A secret motion that is being voted on. */
async function voting(present?: number) {
  const of = await stage.body.open(present);
  const motion_id = await stage.body.motion(of, { ballot: 'secret' });
  const { id } = await act(stage.body.secretary, council.open_vote, { motion_id });
  return { ...of, motion_id, id };
}
const read = (who: Actor, vote_event_id: string, voters: readonly Actor[], tally: [number, number, number]) => {
  const [yes, no, abstain] = tally;
  const papers = { vote_event_id, voter_ids: ids(voters), yes, no, abstain, receipt_code: randomCode(16) };
  return act(who, council.type_vote_papers, papers);
};
const online = (who: Actor, vote_event_id: string, option: string) =>
  act(who, council.cast_secret_vote, { vote_event_id, option, receipt_code: randomCode(16) });

describe('two readings of the papers', () => {
  const one = { voter_ids: ['a', 'b'], yes: 1, no: 1, abstain: 0 };
  const table: [more: object, same: boolean][] = [
    [{}, true],
    [{ voter_ids: ['a', 'c'] }, false],
    [{ yes: 2, no: 0 }, false],
    [{ no: 0, abstain: 1 }, false],
  ];
  for (const [more, same] of table)
    it(`${JSON.stringify(more)} are ${same ? '' : 'not '}the same`, () =>
      assert.equal(sameReading(one, { ...one, ...more }), same));
});

describe('a secret vote on paper', () => {
  it('counts when two people read the same: on the roll, in the box, in the result, and nowhere else', async () => {
    const { id, meeting_id } = await voting();
    const [first, second, third, ...others] = stage.body.members as [Actor, Actor, Actor, ...Actor[]];
    const voters = [first, second, third];
    assert.equal((await read(stage.body.secretary, id, voters, [2, 1, 0])).state, 'waiting');
    assert.equal(
      (await read(stage.body.secretary, id, voters, [3, 0, 0])).state,
      'waiting',
      'reading again is one reading',
    );
    assert.equal((await read(stage.body.chair, id, voters, [2, 1, 0])).state, 'differing');
    await assert.rejects(act(stage.body.secretary, council.close_vote, { id }), refused('papers_wait'));
    const running = (await see(stage.body.secretary, council.show_meeting, { id: meeting_id })).motions[0]!.events[0]!;
    assert.deepEqual(running.papers, { readers: 2, i_read: true });
    assert.equal(JSON.stringify(running).includes('"yes"'), false, 'what was read is shown to nobody');
    assert.equal((await read(stage.body.secretary, id, [third, first, second], [2, 1, 0])).state, 'counted');
    assert.deepEqual(await rows('select 1 from vote_papers where vote_event_id = $1', [id]), []);
    for (const who of voters) await assert.rejects(online(who, id, 'yes'), refused('member_voted_already'));
    for (const who of others) await online(who, id, 'yes');
    assert.equal((await act(stage.body.secretary, council.close_vote, { id })).result, 'pass');
    const shown = (await see(visitor, council.show_meeting, { id: meeting_id })).motions[0]!.events[0]!;
    const { yes, no, abstain, present, on_paper } = shown.counts!;
    assert.deepEqual([yes, no, abstain, present, on_paper], [6, 1, 0, 9, 3]);
    assert.equal(shown.ballots.length, 7);
    assert.deepEqual(
      shown.voters
        .filter((one) => one.on_paper)
        .map((one) => one.name)
        .sort(),
      ['理事1', '理事2', '理事3'],
    );
    const popolo = await see(visitor, council.export_popolo, {});
    assert.deepEqual((popolo.vote_events.at(-1) as { counts: object }).counts, [
      ...[
        { option: 'yes', value: 6 },
        { option: 'no', value: 1 },
        { option: 'abstain', value: 0 },
      ],
    ]);
    const [fact] = await rows(
      "select data from events where kind = 'vote.papers_counted' and data->>'vote_event_id' = $1",
      [id],
    );
    assert.deepEqual(fact.data, { vote_event_id: id, voter_ids: ids(voters).sort() });
  });

  it('is typed in by two of those who hold the vote, for members who count and have not voted', async () => {
    const { id } = await voting(6);
    const [first, second, third, , absent] = stage.body.members as Actor[];
    const two = [first!, second!];
    for (const who of [first!, stage.body.supervisor, stage.town.people.resident, visitor])
      await assert.rejects(read(who, id, two, [1, 1, 0]), refused('not_found'));
    const helper = { ...stage.town.people.desk, on_behalf_of_id: stage.body.chair.id };
    await assert.rejects(read(helper, id, two, [1, 1, 0]), refused('not_found'));
    await assert.rejects(read(stage.body.chair, id, [first!], [1, 0, 0]), refused('papers_too_few'));
    await assert.rejects(read(stage.body.chair, id, [first!, first!], [1, 1, 0]), refused('papers_too_few'));
    await assert.rejects(read(stage.body.chair, id, two, [2, 1, 0]), refused('papers_differ'));
    await assert.rejects(
      read(stage.body.chair, id, [first!, absent!], [1, 1, 0]),
      refused('paper_voters_not_entitled'),
    );
    await assert.rejects(
      read(stage.body.chair, id, [first!, stage.body.supervisor], [1, 1, 0]),
      refused('paper_voters_not_entitled'),
    );
    await online(third!, id, 'no');
    await assert.rejects(read(stage.body.chair, id, [first!, third!], [1, 1, 0]), refused('paper_voters_voted'));
    const [{ meeting_id }] = await rows('select meeting_id from vote_events where id = $1', [id]);
    await assert.rejects(
      act(stage.body.secretary, council.take_back_vote_papers, { vote_event_id: id }),
      refused('no_papers_wait'),
    );
    await read(stage.body.chair, id, two, [1, 1, 0]);
    await act(stage.body.secretary, council.take_back_vote_papers, { vote_event_id: id });
    const deputy = stage.town.people.secretary;
    await read(stage.body.chair, id, two, [0, 1, 1]);
    assert.equal((await read(deputy, id, two, [0, 1, 1])).state, 'counted');
    await assert.rejects(read(stage.body.chair, id, two, [0, 1, 1]), refused('papers_counted'));
    await act(stage.body.secretary, council.close_vote, { id });
    await assert.rejects(read(stage.body.chair, id, two, [0, 1, 1]), refused('vote_closed'));
    const of = await see(visitor, council.show_meeting, { id: meeting_id });
    assert.deepEqual(of.motions[0]!.events[0]!.counts!.on_paper, 2);
  });

  it('is no vote in the open', async () => {
    const of = await stage.body.open();
    const motion_id = await stage.body.motion(of);
    const { id } = await act(stage.body.secretary, council.open_vote, { motion_id });
    await assert.rejects(
      read(stage.body.chair, id, stage.body.members.slice(0, 2), [1, 1, 0]),
      refused('vote_is_open'),
    );
  });

  it('raced by the same members’ phones counts each member once', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const { id } = await voting();
      const voters = stage.body.members.slice(0, 3);
      await read(stage.body.chair, id, voters, [1, 1, 1]);
      const tries = await Promise.allSettled([
        ...[1, 2, 3].map(() => read(stage.body.secretary, id, voters, [1, 1, 1])),
        ...(turn === 0 ? [] : voters.map((who) => online(who, id, 'yes'))),
        read(stage.town.people.secretary, id, voters, [1, 1, 1]),
      ]);
      const codes = new Set(tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])));
      for (const code of codes)
        assert.ok(['papers_counted', 'paper_voters_voted', 'member_voted_already'].includes(code), code);
      const [{ roll, box }] = await rows(
        `select (select count(*)::int from vote_roll where vote_event_id = $1) as roll,
          (select count(*)::int from vote_ballots where vote_event_id = $1) as box`,
        [id],
      );
      assert.equal(roll, box);
      assert.ok(roll === 3 || (turn > 0 && roll > 0 && roll <= 3), `${roll}`);
      await act(stage.body.secretary, council.take_back_vote_papers, { vote_event_id: id }).catch(() => null);
      await act(stage.body.secretary, council.close_vote, { id });
    }
  });
});

it('after all of this the rows agree with the facts, and a line of paper that is changed does not', async () => {
  assert.deepEqual(await findingsOf(stage.town, council.councilWitness), []);
  const [changed] = await stage.owner
    .query(`update vote_roll set channel = 'online' where ctid = (select ctid from vote_roll where channel = 'paper' limit 1)
      returning vote_event_id || '/' || person_id as id`)
    .then((result) => result.rows);
  assert.deepEqual(
    (await findingsOf(stage.town, council.councilWitness)).map(({ table, id }) => ({ table, id })),
    [{ table: 'vote_roll', id: changed.id }],
  );
});
