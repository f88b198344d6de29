import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { check_community } from '#modules/insight/index.ts';
import { type import_ballots, show_result } from '#modules/projects/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { holdRound, makeVoters } from '#tests/held_round.ts';
import { ballotsFile, readBallots } from './ballots_file.ts';
import { UsageError } from './command_line.ts';

const DAY = 86_400_000;
let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood({ clock: () => new Date() });
});
after(() => town.close());

const bringIn = async (bytes: Buffer) => {
  const { command, input } = readBallots(bytes);
  return perform(
    town.environment,
    { actor: system, community: town.community, via: 'test' },
    command as typeof import_ballots,
    input,
  );
};
const check = () =>
  perform(town.environment, { actor: system, community: town.community, via: 'test' }, check_community, {});

it('ballots go out as they were hashed, and come in again with the same result', async () => {
  const { environment, community } = town;
  await assert.rejects(ballotsFile(environment, community), { code: 'result_missing' });
  const voters = await makeVoters(town, 7, new Date(Date.now() - 60 * DAY));
  const { number } = await holdRound(
    town,
    voters,
    [
      ['扶手', 900],
      ['课堂', 700],
    ],
    new Date(Date.now() - DAY),
  );
  const { text, count, sha256: hash } = await ballotsFile(environment, community, String(number));
  assert.equal(count, 7);
  assert.equal(sha256(text).toString('hex'), hash);
  const brought = await bringIn(Buffer.from(text));
  assert.deepEqual([brought.read, brought.accepted], [7, 7]);
  const again = await ballotsFile(environment, community);
  assert.equal(again.number, brought.number);
  assert.equal(again.text, text);
  const see = (number: number) => ask(environment, { actor: system, community, via: 'test' }, show_result, { number });
  assert.deepEqual((await see(number))!.outcome.selected, (await see(brought.number))!.outcome.selected);
  await assert.rejects(ballotsFile(environment, community, 'x'), UsageError);
});

it('a file that is none is refused with its line, and nothing is written', async () => {
  const wrong = bringIn(Buffer.from('META\nkey;value\nbudget;12\nPROJECTS\nnothing\n'));
  await assert.rejects(wrong, (error: { code?: string; where?: { line?: number } }) => {
    assert.equal(error.code, 'ballots_unreadable');
    assert.ok(error.where?.line);
    return true;
  });
});

it('the standing check finds a ballot without a line on the roll, one that was put in later, and a file that was changed', async () => {
  assert.deepEqual((await check()).findings, []);
  await withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    const { rows } = await client.query('select id from venture_rounds where not is_imported');
    const id = rows[0].id;
    const found = async () => (await check()).findings.map((one) => [one.code, one.id]);
    await client.query(
      'delete from voter_roll where ctid = (select ctid from voter_roll where round_id = $1 limit 1)',
      [id],
    );
    const [gone, ...others] = (await found()).reverse();
    assert.deepEqual([gone![0], others], ['row_missing', [['ballots_differ_from_roll', id]]]);
    const [, person_id] = gone![1]!.split('/');
    await client.query(
      "insert into voter_roll (community_id, round_id, person_id, channel) values ($1, $2, $3, 'online')",
      [town.community.id, id, person_id],
    );
    assert.deepEqual(await found(), []);
    await client.query(
      "update venture_results set file_text = replace(file_text, '扶手', '椅子') where round_id = $1",
      [id],
    );
    // The row no longer is what the fact of its publication says either.
    assert.deepEqual(await found(), [
      ['ballots_file_changed', id],
      ['row_changed', id],
    ]);
  });
});
