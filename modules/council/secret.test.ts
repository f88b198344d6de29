import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Actor, visitor } from '#platform/actor.ts';
import { randomCode, sha256 } from '#platform/crypto.ts';
import { openCouncil } from '#tests/open_council.ts';
import { findingsOf } from '#tests/witness.ts';
import * as council from './index.ts';
import { hashOfCode } from './vote.ts';

const { stage, act, see, rows } = openCouncil();
const refused = (code: string) => ({ code });
const count = async (table: string, id: string) =>
  (await rows(`select count(*)::int as count from ${table} where vote_event_id = $1`, [id]))[0].count;

/** A motion that is being voted on. */
async function voting(ballot: 'open' | 'secret', present?: number) {
  const of = await stage.body.open(present);
  const motion_id = await stage.body.motion(of, { ballot });
  const { id } = await act(stage.body.secretary, council.open_vote, { motion_id });
  return { ...of, motion_id, id };
}
const secretly = (who: Actor, vote_event_id: string, option: string, receipt_code = randomCode(16)) =>
  act(who, council.cast_secret_vote, { vote_event_id, option, receipt_code }).then(() => receipt_code);
const openly = (who: Actor, vote_event_id: string, option: string, person_id?: string) =>
  act(who, council.cast_vote, { vote_event_id, option, person_id });

describe('a secret vote', () => {
  it('is for members in the room, once; staff help who asks them, relatives nobody', async () => {
    const { id } = await voting('secret', 6);
    const [, , , , absent] = stage.body.members as Actor[];
    await assert.rejects(openly(stage.body.chair, id, 'yes'), refused('vote_is_secret'));
    await assert.rejects(secretly(stage.town.people.resident, id, 'yes'), refused('not_found'));
    await assert.rejects(secretly(stage.body.supervisor, id, 'yes'), refused('not_found'));
    await assert.rejects(secretly(absent!, id, 'yes'), refused('not_in_room'));
    await assert.rejects(secretly(stage.body.chair, id, 'yes', 'short'), refused('invalid_input'));
    const relative = { ...stage.town.people.resident, on_behalf_of_id: stage.body.chair.id };
    await assert.rejects(secretly(relative, id, 'yes'), refused('vote_yourself'));
    await secretly({ ...stage.town.people.desk, on_behalf_of_id: stage.body.chair.id }, id, 'no');
    await assert.rejects(secretly(stage.body.chair, id, 'yes'), refused('member_voted_already'));
    await assert.rejects(
      secretly({ ...stage.town.people.desk, on_behalf_of_id: stage.town.people.resident.id }, id, 'yes'),
      refused('members_only'),
    );
    assert.deepEqual(await rows('select channel from vote_roll where vote_event_id = $1', [id]), [
      { channel: 'assisted' },
    ]);
  });

  it('shows who voted and nothing of what until it is closed; then a receipt finds its ballot', async () => {
    const { id, meeting_id } = await voting('secret');
    const codes = [];
    for (const [i, who] of stage.body.everybody.entries()) codes.push(await secretly(who, id, i < 6 ? 'yes' : 'no'));
    const running = await see(visitor, council.show_meeting, { id: meeting_id });
    assert.deepEqual(running.motions[0]!.events[0]!.ballots, []);
    assert.equal(running.motions[0]!.events[0]!.voters.length, 9);
    assert.equal(await see(visitor, council.find_vote, { vote_event_id: id, receipt_code: codes[0]! }), null);
    assert.equal((await act(stage.body.secretary, council.close_vote, { id })).result, 'pass');
    const typed = ` ${codes[0]!.toLowerCase().slice(0, 8)}-${codes[0]!.slice(8)}`;
    const found = await see(visitor, council.find_vote, { vote_event_id: id, receipt_code: typed });
    assert.deepEqual(found, { code_hash: hashOfCode(id, codes[0]!), option: 'yes' });
    const [closed] = await rows("select data from events where kind = 'vote.closed' and data->>'vote_event_id' = $1", [
      id,
    ]);
    const { ballots } = (await see(visitor, council.show_meeting, { id: meeting_id })).motions[0]!.events[0]!;
    const list = ballots.map((one) => `${one.code_hash} ${one.option}`).sort();
    assert.equal(closed.data.votes_sha256, sha256(list.join('\n')).toString('hex'));
  });

  it('leaves no row anywhere that ties a member to a ballot: not by id, hash, code, time or transaction', async () => {
    const { id } = await voting('secret');
    const codes: string[] = [];
    for (const [i, who] of stage.body.everybody.entries()) codes.push(await secretly(who, id, i % 2 ? 'yes' : 'no'));
    await act(stage.body.secretary, council.close_vote, { id });
    const ballots = await rows('select * from vote_ballots where vote_event_id = $1', [id]);
    assert.deepEqual(Object.keys(ballots[0]).sort(), ['code_hash', 'community_id', 'option', 'seal', 'vote_event_id']);
    assert.deepEqual(new Set(ballots.map((one) => one.seal)), new Set(['']), 'seals are forgotten at closing');
    const roll = await rows('select * from vote_roll where vote_event_id = $1', [id]);
    assert.deepEqual(Object.keys(roll[0]).sort(), ['channel', 'community_id', 'person_id', 'vote_event_id']);
    const names = [...codes, ...ballots.map((one) => one.code_hash)];
    const tables = await rows(
      "select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    for (const { tablename } of tables) {
      if (tablename === 'vote_ballots') continue;
      for (const name of names) {
        const found = await rows(`select 1 from "${tablename}" t where t::text like $1 limit 1`, [`%${name}%`]).catch(
          () => [],
        );
        assert.equal(found.length, 0, `${tablename} names a ballot`);
      }
    }
    const written = await rows(
      'select xmin::text as written, ctid::text, code_hash from vote_ballots where vote_event_id = $1 order by ctid',
      [id],
    );
    assert.equal(new Set(written.map((one) => one.written)).size, 1, 'every ballot was written by the closing');
    assert.deepEqual(
      written.map((one) => one.code_hash),
      written.map((one) => one.code_hash).sort(),
    );
    const inputs = new Set(
      (
        await rows("select encode(input_hash, 'hex') as hash from receipts where command = 'council.cast_secret_vote'")
      ).map((one) => one.hash),
    );
    for (const { code_hash, option } of ballots)
      for (const guess of [code_hash, '', undefined]) {
        const input = { vote_event_id: id, option, receipt_code: guess };
        const hash = sha256(JSON.stringify(['council.cast_secret_vote', input])).toString('hex');
        assert.ok(!inputs.has(hash), 'a receipt can be computed from what is published');
      }
  });
});

describe('a vote is one a member, counted by rows,', () => {
  for (const ballot of ['open', 'secret'] as const)
    it(`however many devices send it at once: ${ballot}, 900 attempts`, async () => {
      const { id, meeting_id } = await voting(ballot);
      let accepted = 0;
      const once = (who: Actor, i: number) =>
        (ballot === 'open' ? openly(who, id, ['yes', 'no'][i % 2]!) : secretly(who, id, ['yes', 'no'][i % 2]!)).then(
          () => void accepted++,
          (error) => assert.equal(error.code, 'member_voted_already'),
        );
      for (let from = 0; from < 900; from += 180)
        await Promise.all(Array.from({ length: 180 }, (_, i) => once(stage.body.everybody[i % 9]!, from + i)));
      assert.equal(accepted, 9);
      assert.equal(await count(ballot === 'open' ? 'votes' : 'vote_ballots', id), 9);
      if (ballot === 'secret') assert.equal(await count('vote_roll', id), 9);
      const cast = await rows("select 1 from events where kind = 'vote.cast' and data->>'vote_event_id' = $1", [id]);
      assert.equal(cast.length, 9);
      await act(stage.body.secretary, council.close_vote, { id });
      const { counts } = (await see(visitor, council.show_meeting, { id: meeting_id })).motions[0]!.events[0]!;
      assert.equal(counts!.yes + counts!.no, 9);
    });

  it('while it is closed: what was acknowledged is counted, what came later is refused', async () => {
    const { id } = await voting('open');
    const casting = stage.body.everybody.map((who) =>
      openly(who, id, 'yes').then(
        () => 1,
        (error) => {
          assert.equal(error.code, 'vote_closed');
          return 0;
        },
      ),
    );
    const closing = act(stage.body.secretary, council.close_vote, { id });
    const acknowledged = (await Promise.all(casting)).reduce<number>((sum, one) => sum + one, 0);
    await closing;
    const [event] = await rows('select counts from vote_events where id = $1', [id]);
    assert.equal(event.counts.yes, acknowledged);
    assert.equal(await count('votes', id), acknowledged);
  });

  it('also when two close it: it is decided once', async () => {
    const { id, motion_id } = await voting('open');
    for (const who of stage.body.everybody) await openly(who, id, 'yes');
    const closed = await Promise.allSettled([1, 2, 3].map(() => act(stage.body.secretary, council.close_vote, { id })));
    assert.equal(closed.filter((one) => one.status === 'fulfilled').length, 1);
    const decided = await rows("select 1 from events where kind = 'motion.decided' and subject_id = $1", [motion_id]);
    assert.equal(decided.length, 1);
  });

  it('and a show of hands is written down by the secretary-general alone, in the open', async () => {
    const { id } = await voting('open');
    const [first] = stage.body.members as [Actor];
    await assert.rejects(openly(stage.body.chair, id, 'yes', first.id), refused('not_found'));
    const helped = stage.body.members[1]!;
    for (const helper of [stage.town.people.desk, stage.town.people.secretary])
      await assert.rejects(
        openly({ ...helper, on_behalf_of_id: helped.id }, id, 'yes', first.id),
        refused('not_found'),
        'who helps one member votes for no other',
      );
    await openly({ ...stage.town.people.desk, on_behalf_of_id: helped.id }, id, 'yes', helped.id);
    await openly(stage.body.secretary, id, 'no', first.id);
    await assert.rejects(openly(first, id, 'yes'), refused('member_voted_already'));
    const [row] = await rows('select option, recorded_by_id from votes where vote_event_id = $1 and person_id = $2', [
      id,
      first.id,
    ]);
    assert.deepEqual(row, { option: 'no', recorded_by_id: stage.body.secretary.id });
  });
});

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(stage.town, council.councilWitness), []));

it('an open box that was changed by SQL says so, and closing it tells the log for ever', async () => {
  const { id } = await voting('secret');
  const codes: string[] = [];
  for (const who of stage.body.everybody.slice(0, 6)) codes.push(await secretly(who, id, 'yes'));
  const [changed, gone] = codes.map((code) => hashOfCode(id, code));
  await rows("update vote_ballots set option = 'no' where code_hash = $1", [changed]);
  const found = async () =>
    (await findingsOf(stage.town, council.councilWitness)).map((one) => `${one.code} ${one.table} ${one.id}`).sort();
  assert.deepEqual(await found(), [`row_changed vote_ballots ${id}/${changed}`]);
  await rows('delete from vote_ballots where code_hash = $1', [gone]);
  const both = [`row_changed vote_ballots ${id}`, `row_changed vote_ballots ${id}/${changed}`];
  both.push(`rows_differ_in_number vote_ballots ${id}`);
  assert.deepEqual(await found(), both);
  await act(stage.body.secretary, council.close_vote, { id });
  assert.deepEqual(await found(), both);
  const [{ counts }] = await rows('select counts from vote_events where id = $1', [id]);
  assert.equal(counts.box_differs, 2);
});
