import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let number: number;
let proposal: string;
let past: number;
const DAY = 86_400_000;

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now?: Date) =>
  perform(stage.town.environment, { actor, community: stage.town.community, via: 'test', now }, command, input);

const both = (text: string) => ({ 'zh-CN': text, en: `The ${text}` });

/** A round whose voting began yesterday, or ended yesterday and is closed, seen from the stage's clock. */
async function makeRound(closed: boolean) {
  const { secretary, resident } = stage.town.people;
  const now = stage.town.environment.clock().getTime();
  const at = (days: number) => new Date(now + (days - (closed ? 6 : 0)) * DAY);
  const rules = {
    ...{ who_may_propose: 'both', budget_fen: 30_000_00, fund_account_id: null },
    ...{ categories: [{ code: 'elders', names: both('老人') }], criteria: [both('公益')] },
    ballot: { most_choices: 2, within_budget: false },
    allocation: { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 },
    calendar: {
      ...{ proposing_from: at(-9).toISOString(), proposing_until: at(-4).toISOString() },
      ...{ voting_from: at(-1).toISOString(), voting_until: at(5).toISOString() },
    },
  };
  const round = await act(secretary, projects.write_venture_round, { names: both('邻里项目'), rules }, at(-9));
  const ids: string[] = [];
  for (const [title, yuan] of [
    ['楼道扶手', 12_000],
    ['周末课堂', 15_000],
    ['樱花树', 20_000],
  ] as const) {
    const words = { title, summary: title, body: title, category: 'elders', asked_fen: yuan * 100, round_id: round.id };
    const { id } = await act(resident, projects.submit_proposal, words, at(-5));
    await act(secretary, projects.vet_proposal, { id, verdict: 'admit', reason: '好事', criteria: [true] }, at(-3));
    ids.push(id);
  }
  await act(secretary, projects.freeze_venture_rules, { id: round.id }, at(-2));
  if (closed) {
    const receipt_code = 'ABCDEFGHJKMNPQRS';
    await act(resident, projects.cast_ballot, { round_id: round.id, receipt_code, proposals: [1, 2] }, at(0));
    await act(secretary, projects.close_venture_round, { id: round.id }, at(5.5));
  }
  return { ...round, ids };
}

before(async () => {
  stage = await openStage();
  const { community, owner_url, household, people } = stage.town;
  const at = new Date(stage.town.environment.clock().getTime() - 40 * DAY);
  await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    await client.query('update people set born_in_year = 1950');
    await client.query(
      `insert into household_members (community_id, id, household_id, person_id, started_at, verified_at, verified_how)
       values ($1, $2, $3, $4, $5, $5, 'letter')`,
      [community.id, newId(), household, people.resident.id, at],
    );
  });
  past = (await makeRound(true)).number;
  const open = await makeRound(false);
  number = open.number;
  proposal = open.ids[0]!;
});
after(() => stage.close());

describe('a venture round', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
        const here = `/venture/${number}`;
        const paths = [
          '/venture',
          here,
          `${here}/vote`,
          `${here}/propose`,
          `${here}/result`,
          `/venture/${past}/result`,
          `${here}/proposals/${proposal}`,
          '/venture/99',
        ];
        assert.deepEqual(await findProblems(stage, paths, { as: stage.town.people.resident, locale, large }), []);
        const staff = [`${here}/paper`, '/venture/plan', `${here}/proposals/${proposal}`];
        assert.deepEqual(await findProblems(stage, staff, { as: stage.town.people.secretary, locale, large }), []);
      });

  it('is voted in without scripts, once, and the receipt finds the ballot', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.resident, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/venture/${number}/vote`);
    for (const i of [1, 2, 3]) await page.check(`#choice_${i}`);
    await page.click('form[data-budget] button');
    assert.match(await page.innerText('[role=alert]'), /at most 2/);
    assert.ok(await page.isChecked('#choice_3'));
    await page.uncheck('#choice_3');
    await page.click('form[data-budget] button');
    const code = (await page.innerText('main .big-number')).trim();
    assert.match(code, /^[A-Z2-9]{4}( [A-Z2-9]{4}){3}$/);
    await page.goto(`${stage.url}/venture/${number}/vote`);
    await page.fill('#receipt_code', code.toLowerCase());
    await page.check('#choice_3');
    await page.click('form[data-budget] button');
    assert.match(await page.innerText('main [role=status]'), /樱花树/);
    await page.goto(`${stage.url}/venture/${past}/result`);
    await page.fill('#receipt_code', 'abcd efgh jkmn pqrt');
    await page.click('form[action^="?/find"] button');
    assert.equal(await page.inputValue('#receipt_code'), 'abcd efgh jkmn pqrt', 'mended, not typed anew');
    await page.fill('#receipt_code', 'abcd efgh jkmn pqrs');
    await page.click('form[action^="?/find"] button');
    assert.match(await page.innerText('main [role=status]'), /楼道扶手/);
    await context.close();
  });

  it('shows what the ticked projects cost together while choosing', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.resident, locale: 'en' });
    await page.goto(`${stage.url}/venture/${number}/vote`);
    await page.focus('#choice_1');
    await page.keyboard.press('Space');
    assert.equal(await page.innerText('[data-sum]'), '12,000.00');
    await context.close();
  });
});
