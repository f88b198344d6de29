import pg from 'pg';
import * as projects from '#modules/projects/index.ts';
import type { Actor } from '#platform/actor.ts';
import { randomCode } from '#platform/crypto.ts';
import type { Neighbourhood } from './factories.ts';
import { makeVoters } from './held_round.ts';
import { openStage } from './stage.ts';

/** A day of the March in which the rounds are. */
export const at = (day: number) => new Date(Date.UTC(2026, 2, day));
export const both = (text: string) => ({ 'zh-CN': text, en: text });

/** Rules of a round that takes proposals until the 6th, and votes from the 10th until the 20th. */
export const rules = (more: object = {}) => ({
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

/** A stage with verified residents, on which rounds are opened, voted in and closed, and rows are looked at as their owner. */
export function openRoundStage(many: number, ready: (town: Neighbourhood, voters: Actor[]) => unknown) {
  const clock = { now: at(4) };
  let town: Neighbourhood;
  let owner: pg.Client;
  const stage = openStage(
    async (made) => {
      town = made;
      owner = new pg.Client(town.owner_url);
      await owner.connect();
      await owner.query("select set_config('app.community_id', $1, false)", [town.community.id]);
      ready(town, await makeVoters(town, many, at(1)));
      return () => owner.end();
    },
    () => clock.now,
  );
  const rows = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows;
  const count = async (table: string, round: string) =>
    Number((await rows(`select count(*) from ${table} where round_id = $1`, [round]))[0].count);

  /** A round with three admitted proposals, frozen, on its first day of voting. */
  async function openRound(more: object = {}) {
    const { secretary, resident } = town.people;
    clock.now = at(4);
    const round = await stage.act(secretary, projects.write_venture_round, {
      names: both('邻里项目'),
      rules: rules(more),
    });
    const ids: string[] = [];
    for (const [title, yuan] of [
      ['楼道扶手', 12_000],
      ['周末课堂', 15_000],
      ['樱花树', 20_000],
    ] as const) {
      const words = { title, summary: title, category: 'elders', asked_fen: yuan * 100, round_id: round.id };
      ids.push((await stage.act(resident, projects.submit_proposal, words)).id);
    }
    clock.now = at(7);
    for (const id of ids)
      await stage.act(secretary, projects.vet_proposal, {
        id,
        verdict: 'admit',
        reason: '好事',
        criteria: [true, true],
      });
    const { sha256: hash } = await stage.act(secretary, projects.freeze_venture_rules, { id: round.id });
    clock.now = at(11);
    return { ...round, ids, hash };
  }

  const cast = (who: Actor, round_id: string, chosen: number[], receipt_code = randomCode(16)) =>
    stage.act(who, projects.cast_ballot, { round_id, receipt_code, proposals: chosen }).then(() => receipt_code);

  async function close(id: string) {
    clock.now = at(21);
    return stage.act(town.people.secretary, projects.close_venture_round, { id });
  }

  return { ...stage, clock, rows, count, openRound, cast, close };
}
