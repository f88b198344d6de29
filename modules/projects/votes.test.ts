import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allocate, fraction, readPabulib } from '#engines/equal_shares/index.ts';
import type { Actor } from '#platform/actor.ts';
import { sha256 } from '#platform/crypto.ts';
import { newId } from '#platform/ids.ts';
import type { Neighbourhood } from '#tests/factories.ts';
import { at, both, openRoundStage, rules } from '#tests/open_round.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

let town: Neighbourhood;
let voters: Actor[];
const { act, see, clock, rows, openRound, cast, close } = openRoundStage(40, (made, residents) => {
  town = made;
  voters = residents;
});
const refused = (code: string) => ({ code });

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
    clock.now = at(4);
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
