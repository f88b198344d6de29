import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { randomCode, sha256 } from '#platform/crypto.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { at, openRoundStage } from '#tests/open_round.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

let town: Neighbourhood;
let voters: Actor[];
const { act, see, clock, rows, count, openRound, cast, close } = openRoundStage(40, (made, residents) => {
  town = made;
  voters = residents;
});
const refused = (code: string) => ({ code });

describe('a ballot', () => {
  it('is for verified residents, once, on what stands there, and changes only by its code', async () => {
    const round = await openRound();
    const [voter, other] = voters as [Actor, Actor];
    await assert.rejects(cast(town.people.neighbour, round.id, [1]), refused('residence_unverified'));
    await assert.rejects(cast(voter, round.id, []), refused('ballot_empty'));
    await assert.rejects(cast(voter, round.id, [9]), refused('not_on_ballot'));
    await assert.rejects(cast(voter, round.id, [1, 2, 3]), refused('too_many_choices'));
    const relative = { ...other, on_behalf_of_id: voter.id };
    await assert.rejects(cast(relative, round.id, [1]), refused('vote_yourself'));
    const code = await cast(voter, round.id, [1]);
    await assert.rejects(cast(voter, round.id, [2]), refused('voted_already'));
    const change = (who: Actor, receipt_code: string) =>
      act(who, projects.change_ballot, { round_id: round.id, receipt_code, proposals: [2, 3] });
    await assert.rejects(change(other, code), refused('not_voted'));
    await assert.rejects(change(voter, randomCode(16)), refused('receipt_code_unknown'));
    await change(voter, ` ${code.toLowerCase().slice(0, 8)}-${code.slice(8)}`);
    assert.deepEqual(
      (await rows('select proposals from ballots where round_id = $1', [round.id]))[0].proposals,
      [2, 3],
    );
    const helped = { ...town.people.desk, on_behalf_of_id: other.id };
    await cast(helped, round.id, [1]);
    const { turnout } = await see(voter, projects.show_venture_round, { number: round.number });
    assert.deepEqual(turnout, { voters: 2, online: 1, assisted: 1, papers_given: 0, ballots: 2 });
    clock.now = at(20);
    await assert.rejects(cast(voters[2]!, round.id, [1]), refused('not_voting'));
  });

  it('on paper counts when two people read the same, and never more than were given', async () => {
    const round = await openRound();
    const { desk, secretary, administrator } = town.people;
    const code = randomCode(16);
    const type = (who: Actor, proposals: number[], receipt_code = code) =>
      act(who, projects.type_paper_ballot, { round_id: round.id, receipt_code, proposals });
    await act(desk, projects.give_paper_ballot, { round_id: round.id, person_id: voters[0]!.id });
    await assert.rejects(cast(voters[0]!, round.id, [1]), refused('voted_already'));
    assert.equal((await type(desk, [1])).state, 'waiting');
    assert.equal((await type(desk, [1, 3])).state, 'waiting');
    assert.equal((await type(secretary, [1])).state, 'differing');
    clock.now = at(21);
    await assert.rejects(act(secretary, projects.close_venture_round, { id: round.id }), refused('papers_waiting'));
    assert.equal((await type(administrator, [3, 1])).state, 'counted');
    await assert.rejects(type(desk, [1]), refused('paper_counted'));
    const more = randomCode(16);
    await type(desk, [2], more);
    await assert.rejects(type(secretary, [2], more), refused('more_papers_than_given'));
    assert.equal(await count('ballots', round.id), 1);
  });

  it('is one a person, however many devices send it at once: 10,000 attempts, counted by rows', async () => {
    const round = await openRound();
    const [sent, devices] = [10_000, 25];
    let accepted = 0;
    for (let from = 0; from < sent; from += 500) {
      const batch = Array.from({ length: 500 }, (_, i) => {
        const who = voters[Math.floor((from + i) / devices) % voters.length]!;
        return cast(who, round.id, [1 + (i % 3)]).then(
          () => void accepted++,
          (error) => assert.equal(error.code, 'voted_already'),
        );
      });
      await Promise.all(batch);
    }
    assert.equal(accepted, voters.length);
    assert.equal(await count('voter_roll', round.id), voters.length);
    assert.equal(await count('ballots', round.id), voters.length);
    assert.equal(
      (
        await rows("select count(*)::int as count from events where kind = 'ballot.cast' and subject_id = $1", [
          round.id,
        ])
      )[0].count,
      voters.length,
    );
  });

  it('cast while the round is closed is in the file, or refused', async () => {
    const round = await openRound();
    await cast(voters[0]!, round.id, [1]);
    // The clock of whoever votes is behind that of whoever closes.
    const early = { community: town.community, via: 'test', now: at(19) };
    const late = voters.slice(1).map((actor) =>
      perform(town.environment, { ...early, actor }, projects.cast_ballot, {
        ...{ round_id: round.id, receipt_code: randomCode(16), proposals: [2] },
      }).then(
        () => 1,
        () => 0,
      ),
    );
    await Promise.all([close(round.id), ...late]);
    const cast_late = (await Promise.all(late)).reduce<number>((sum, one) => sum + one, 0);
    assert.equal(await count('voter_roll', round.id), 1 + cast_late);
    assert.equal(await count('published_ballots', round.id), 1 + cast_late);
    assert.equal(await count('ballots', round.id), 0);
  });
});

it('no row of any table ties a person to a ballot: not by id, hash, code or time', async () => {
  const round = await openRound();
  const codes: string[] = [];
  for (const [i, who] of voters.slice(0, 6).entries()) codes.push(await cast(who, round.id, [1 + (i % 3)]));
  const found = (await rows('select * from ballots where round_id = $1', [round.id])) as Record<string, unknown>[];
  await lookForTies(round.id, codes, found);
  assert.deepEqual(Object.keys(found[0]!).sort(), ['code_hash', 'community_id', 'proposals', 'round_id', 'seal']);
  assert.deepEqual(Object.keys((await rows('select * from voter_roll limit 1'))[0]).sort(), [
    'channel',
    'community_id',
    'person_id',
    'round_id',
  ]);
  await close(round.id);
  const published = await rows(
    'select xmin::text as written, ctid, code_hash from published_ballots where round_id = $1 order by ctid',
    [round.id],
  );
  assert.equal(new Set(published.map((one) => one.written)).size, 1, 'every row was written by the closing');
  assert.deepEqual(
    published.map((one) => one.code_hash),
    published.map((one) => one.code_hash).sort(),
  );
  await lookForTies(round.id, codes, found, ['published_ballots', 'venture_results']);
});

/** Greps every row of every table for what names a ballot, and tries whether a receipt's hash can be computed from what is published. */
async function lookForTies(round_id: string, codes: string[], ballots: Record<string, unknown>[], more: string[] = []) {
  const tables = (
    await rows("select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")
  ).map((one) => one.tablename);
  const names = [...codes, ...ballots.map((one) => String(one.code_hash))];
  for (const table of tables) {
    if (['ballots', ...more].includes(table)) continue;
    const schema = (await rows('select schemaname from pg_tables where tablename = $1', [table]))[0].schemaname;
    const text = JSON.stringify(await rows(`select row_to_json(t) as row from "${schema}"."${table}" t`));
    for (const name of names) assert.ok(!text.includes(name), `${table} names a ballot`);
  }
  const receipts = await rows(
    "select encode(input_hash, 'hex') as hash from receipts where command like 'projects.%ballot'",
  );
  const hashes = new Set(receipts.map((one) => one.hash));
  for (const { code_hash, proposals } of ballots)
    for (const input of [
      { round_id, receipt_code: code_hash, proposals },
      { round_id, proposals },
      { round_id, code_hash, proposals },
    ])
      assert.ok(!hashes.has(sha256(JSON.stringify(['projects.cast_ballot', input])).toString('hex')));
}

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(town, projects.projectWitness), []));

it('an open box that was changed by SQL says so, also where an earlier ballot was put back, and closing it tells the log for ever', async () => {
  const round = await openRound();
  const found = async () =>
    (await findingsOf(town, projects.projectWitness)).map((one) => `${one.code} ${one.table} ${one.id}`);
  const codes: string[] = [];
  for (const voter of voters.slice(0, 3)) codes.push(await cast(voter, round.id, [1]));
  const key = (i: number) => `${round.id}/${projects.hashOfCode(round.id, codes[i]!)}`;
  const say = (i: number, what: string) =>
    rows(`update ballots set ${what} where round_id || '/' || code_hash = $1`, [key(i)]);
  const [earlier] = await rows("select seal from ballots where round_id || '/' || code_hash = $1", [key(0)]);
  await act(voters[0]!, projects.change_ballot, { round_id: round.id, receipt_code: codes[0], proposals: [2] });
  assert.deepEqual(await found(), []);
  const [later] = await rows("select seal from ballots where round_id || '/' || code_hash = $1", [key(0)]);
  await say(0, `proposals = '{1}', seal = '${earlier.seal}'`);
  assert.deepEqual(await found(), [`row_changed ballots ${key(0)}`]);
  const gone = await rows('delete from replaced_ballots where round_id = $1 returning *', [round.id]);
  assert.deepEqual(await found(), [`rows_differ_in_number replaced_ballots ${round.id}`]);
  await rows('insert into replaced_ballots select * from jsonb_populate_record(null::replaced_ballots, $1)', [gone[0]]);
  await say(0, `proposals = '{2}', seal = '${later.seal}'`);
  assert.deepEqual(await found(), []);
  await say(1, "proposals = '{3}'");
  await rows("delete from ballots where round_id || '/' || code_hash = $1", [key(2)]);
  const changed = [`row_changed ballots ${key(1)}`, `rows_differ_in_number ballots ${round.id}`];
  assert.deepEqual(await found(), changed);
  await close(round.id);
  assert.deepEqual(await found(), changed);
  assert.equal((await see(voters[0]!, projects.show_result, { number: round.number }))?.box_differs, 2);
  assert.equal(await count('replaced_ballots', round.id), 0);
  const [{ box_salt }] = await rows('select box_salt from venture_rounds where id = $1', [round.id]);
  assert.equal(box_salt, null, 'nothing ties a seal to a published ballot');
});
