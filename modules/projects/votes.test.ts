import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { allocate, fraction, readPabulib } from '#engines/equal_shares/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { randomCode, sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
let now = at(4);
let town: Neighbourhood;
let owner: pg.Client;
let voters: Actor[];
before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
  owner = new pg.Client(town.owner_url);
  await owner.connect();
  await owner.query("select set_config('app.community_id', $1, false)", [town.community.id]);
  voters = await makeVoters(40);
});
after(async () => {
  await owner.end();
  await town.close();
});

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, id?: string) =>
  perform(town.environment, { actor, community: town.community, via: 'test', id }, command, input);
const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'test' }, query, input);
const refused = (code: string) => (error: { code?: string }) => error.code === code;
const rows = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows;
const count = async (table: string, round: string) =>
  Number((await rows(`select count(*) from ${table} where round_id = $1`, [round]))[0].count);

/** Invented adults with a verified residence. */
async function makeVoters(many: number): Promise<Actor[]> {
  const made: Actor[] = [];
  for (let i = 0; i < many; i++) {
    const id = newId();
    await owner.query(
      `insert into people (community_id, id, name_sealed, name_masked, name_fingerprint, born_in_year, created_at, created_by_id)
       values ($1, $2, '', '某', $3, 1960, $4, $2)`,
      [town.community.id, id, sha256(id), at(1)],
    );
    await owner.query(
      `insert into household_members (community_id, id, household_id, person_id, started_at, verified_at, verified_how)
       values ($1, $2, $3, $4, $5, $5, 'letter')`,
      [town.community.id, newId(), town.household, id, at(1)],
    );
    made.push({ kind: 'person', id, roles: [] });
  }
  return made;
}

const both = (text: string) => ({ 'zh-CN': text, en: text });
const rules = (more: object = {}) => ({
  who_may_propose: 'both',
  budget_fen: 30_000_00,
  fund_account_id: null,
  categories: [{ code: 'elders', names: both('老人') }],
  criteria: [both('公益'), both('做得成')],
  ballot: { most_choices: 2, within_budget: false },
  allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 },
  calendar: {
    ...{ proposing_from: at(2).toISOString(), proposing_until: at(6).toISOString() },
    ...{ voting_from: at(10).toISOString(), voting_until: at(20).toISOString() },
  },
  ...more,
});

/** A round with three admitted proposals, frozen, on its first day of voting. */
async function openRound(more: object = {}) {
  const { secretary, resident } = town.people;
  now = at(4);
  const round = await act(secretary, projects.write_venture_round, { names: both('邻里项目'), rules: rules(more) });
  const ids: string[] = [];
  for (const [title, yuan] of [
    ['楼道扶手', 12_000],
    ['周末课堂', 15_000],
    ['樱花树', 20_000],
  ] as const) {
    const words = { title, summary: title, category: 'elders', asked_fen: yuan * 100, round_id: round.id };
    ids.push((await act(resident, projects.submit_proposal, words)).id);
  }
  now = at(7);
  for (const id of ids)
    await act(secretary, projects.vet_proposal, { id, verdict: 'admit', reason: '好事', criteria: [true, true] });
  const { sha256: hash } = await act(secretary, projects.freeze_venture_rules, { id: round.id });
  now = at(11);
  return { ...round, ids, hash };
}

const cast = (who: Actor, round_id: string, chosen: number[], receipt_code = randomCode(16)) =>
  act(who, projects.cast_ballot, { round_id, receipt_code, proposals: chosen }).then(() => receipt_code);

async function close(id: string) {
  now = at(21);
  return act(town.people.secretary, projects.close_venture_round, { id });
}

describe('a venture round', () => {
  it('goes from proposal to result, which anybody computes again from the published file', async () => {
    const round = await openRound();
    const codes: string[] = [];
    for (const [i, who] of voters.slice(0, 12).entries()) codes.push(await cast(who, round.id, i < 7 ? [1, 2] : [3]));
    await assert.rejects(
      act(town.people.secretary, projects.close_venture_round, { id: round.id }),
      refused('not_counting'),
    );
    const { file_sha256 } = await close(round.id);
    const { text } = await see(town.people.resident, projects.export_ballots, { number: round.number });
    assert.equal(sha256(text).toString('hex'), file_sha256);
    const { election } = readPabulib(text);
    const again = allocate(election, {
      rule: 'equal-shares',
      utility: 'cost',
      completion: 'add1u',
      increment: fraction(1n),
    });
    const result = (await see(town.people.resident, projects.show_result, { number: round.number }))!;
    assert.deepEqual(
      again.selected.map((project) => election.projects[project]!.id),
      result.outcome.selected,
    );
    assert.deepEqual(result.outcome.selected, ['1', '2']);
    assert.equal(result.outcome.voters, 12);
    const mine = (await see(town.people.resident, projects.find_ballot, {
      number: round.number,
      receipt_code: codes[0]!,
    }))!;
    assert.equal(mine.ballot, '1,2');
    assert.equal(mine.outcome.funded, 2);
    assert.equal(
      await see(town.people.resident, projects.find_ballot, { number: round.number, receipt_code: 'ABCD' }),
      null,
    );
    const events = await rows("select kind, data from events where subject_id = $1 and kind like 'venture_%'", [
      round.id,
    ]);
    assert.equal(events.find((one) => one.kind === 'venture_rules.frozen').data.sha256, round.hash);
    assert.equal(events.find((one) => one.kind === 'venture_result.published').data.file_sha256, file_sha256);
  });

  it('freezes what it hashed: no rule, cost or verdict changes after', async () => {
    const round = await openRound();
    const { secretary } = town.people;
    const [{ frozen_text }] = await rows('select frozen_text from venture_rounds where id = $1', [round.id]);
    assert.equal(sha256(frozen_text).toString('hex'), round.hash);
    assert.deepEqual(
      JSON.parse(frozen_text).projects.map((one: { cost_fen: number }) => one.cost_fen),
      [1_200_000, 1_500_000, 2_000_000],
    );
    const again = { id: round.id, names: both('别的'), rules: rules() };
    await assert.rejects(act(secretary, projects.write_venture_round, again), refused('rules_frozen'));
    await assert.rejects(act(secretary, projects.freeze_venture_rules, { id: round.id }), refused('rules_frozen'));
    const verdict = { id: round.ids[0], verdict: 'refuse', reason: '晚了', criteria: [false, true] };
    await assert.rejects(act(secretary, projects.vet_proposal, verdict), refused('rules_frozen'));
  });

  it('admits by every criterion with reasons, hears the proposer, and joins what is alike', async () => {
    const { secretary, resident, neighbour } = town.people;
    now = at(4);
    const round = await act(secretary, projects.write_venture_round, { names: both('评审'), rules: rules() });
    const words = { round_id: round.id, summary: 's', category: 'elders', asked_fen: 100 };
    const need = newId();
    const one = await act(resident, projects.submit_proposal, { ...words, title: '甲', request_ids: [need] });
    const two = await act(neighbour, projects.submit_proposal, { ...words, title: '乙' });
    const verdict = { id: one.id, reason: '缺预算', criteria: [true, false] };
    await assert.rejects(act(resident, projects.vet_proposal, { ...verdict, verdict: 'refuse' }), refused('not_found'));
    await assert.rejects(
      act(secretary, projects.vet_proposal, { ...verdict, verdict: 'admit' }),
      refused('criterion_unmet'),
    );
    await act(secretary, projects.vet_proposal, { ...verdict, verdict: 'refuse' });
    await assert.rejects(
      act(neighbour, projects.reply_to_vetting, { id: one.id, text: '我来说' }),
      refused('not_found'),
    );
    await act(resident, projects.reply_to_vetting, { id: one.id, text: '预算补上了' });
    const met = { id: one.id, verdict: 'admit', reason: '补齐了', criteria: [true, true], reviewed_fen: 90 };
    await act(secretary, projects.vet_proposal, met);
    await act(secretary, projects.merge_proposal, { id: two.id, into_id: one.id, reason: '说的是一件事' });
    const shown = await see(neighbour, projects.show_proposal, { id: one.id });
    assert.deepEqual(
      shown.steps.map((step) => step.step),
      ['submit', 'refuse', 'reply', 'admit'],
    );
    assert.equal(shown.reviewed_fen, 90);
    assert.deepEqual(shown.request_ids, [need]);
    assert.equal((await see(neighbour, projects.list_proposals_from, { request_id: need }))[0]!.id, one.id);
    assert.equal((await see(neighbour, projects.show_proposal, { id: two.id })).merged_into!.id, one.id);
  });
});

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
    now = at(20);
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
    now = at(21);
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

it('a vote of another place comes in from its file and goes out the same', async () => {
  const text =
    'META\nkey;value\ndescription;Elsewhere\nnum_projects;2\nnum_votes;3\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;votes;name\na;60;2;Trees\nb;50;2;Bench\nVOTES\nvoter_id;vote\n1;a\n2;a,b\n3;b\n';
  const { administrator, resident } = town.people;
  await assert.rejects(act(resident, projects.import_ballots, { text }), refused('not_found'));
  await assert.rejects(
    act(administrator, projects.import_ballots, { text: text.replace('2;a,b', '2;a,c') }),
    refused('ballots_unreadable'),
  );
  const { number, accepted } = await act(administrator, projects.import_ballots, { text });
  assert.equal(accepted, 3);
  assert.equal((await see(resident, projects.export_ballots, { number })).text, text);
  const { phase, is_imported } = await see(resident, projects.show_venture_round, { number });
  assert.deepEqual([phase, is_imported], ['closed', true]);
});

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
  assert.equal(await count('replaced_ballots', round.id), 0);
  const [{ box_salt }] = await rows('select box_salt from venture_rounds where id = $1', [round.id]);
  assert.equal(box_salt, null, 'nothing ties a seal to a published ballot');
});
