import * as funds from '#modules/funds/index.ts';
import { entryOf, LOGGED } from '#modules/log/index.ts';
import * as projects from '#modules/projects/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask, type Query } from '#platform/query.ts';
import { bringPhoto, makeNeighbourhood } from './factories.ts';
import { holdRound, makeVoters } from './held_round.ts';

export type Delivery = Awaited<ReturnType<typeof makeDelivery>>;

/** Ten in the morning of a day in March 2026, and that day as a date. */
export const at = (day: number) => new Date(Date.UTC(2026, 2, day, 2));
export const on = (day: number) => at(day).toISOString().slice(0, 10);
/** What shows that work was done; the organisation brought it. */
export const PHOTO = 'b'.repeat(64);
export const refused = (code: string) => (error: { code?: string }) => error.code === code;

/** Projects that won a round which ended on 20 March, each worth 9,000 yuan; an organisation that carries them out, and money for them. */
export async function makeDelivery(titles: readonly string[]) {
  const clock = { now: at(20) };
  const town = await makeNeighbourhood({ clock: () => clock.now });
  const { environment, community, people } = town;
  const { handler: organisation, secretary } = people;
  const treasurer: Actor = {
    ...people.administrator,
    roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
  };
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
    perform(environment, { actor, community, via: 'test' }, command, input);
  const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown) =>
    ask(environment, { actor, community, via: 'test' }, query, input);
  const voters = await makeVoters(town, 12, at(1));
  const open = async (kind: string, name: string) =>
    (await act(treasurer, funds.open_account, { kind, names: { 'zh-CN': name, en: name } })).id;
  const [bank, fund] = [await open('bank', '银行'), await open('fund', '创投')];
  await act(treasurer, funds.record_donation, {
    ...{ kind: 'money', donor_name: '丁一', fund_id: fund, bank_account_id: bank, amount_fen: 90_000_00 },
  });
  const chosen = titles.map((title) => [title, 9_000] as const);
  const { project_ids: waiting } = await holdRound(town, voters, chosen, at(20));
  await bringPhoto(town, PHOTO, organisation);
  const agreement = (more: object = {}) => ({
    organisation_id: town.organisation,
    words: '按提案做，做完教会楼组长维护。',
    offers: [{ kind: 'service', title: '扶手报修' }],
    questions: [{ 'zh-CN': '上下楼更稳了吗', en: 'Are the stairs safer' }],
    milestones: [
      { title: '装好一单元', due_on: on(25), tranche_fen: 3_000_00 },
      { title: '装好其余', due_on: on(30), tranche_fen: 4_000_00 },
    ],
    ...more,
  });
  return {
    ...{ clock, town, people, treasurer, organisation, voters, bank, fund, waiting, act, see, agreement },
    show: (id: string) => see(visitor, projects.show_project, { id }),
    /** A project that runs, with its money set aside. */
    async running(more: object = {}, funded = true): Promise<string> {
      clock.now = at(21);
      const id = waiting.shift()!;
      const { agreement_version } = await act(organisation, projects.draft_agreement, { id, ...agreement(more) });
      await act(organisation, projects.sign_agreement, { id, agreement_version, side: 'organisation' });
      await act(secretary, projects.sign_agreement, { id, agreement_version, side: 'community' });
      const purse = { id, fund_account_id: fund, bank_account_id: bank, category: 'elders' };
      if (funded) await act(treasurer, projects.fund_project, purse);
      return id;
    },
    /** Shown with a photo, and accepted. */
    async reach(milestone_id: string) {
      await act(organisation, projects.submit_evidence, { milestone_id, words: '装好了', file_hashes: [PHOTO] });
      await act(secretary, projects.decide_milestone, { milestone_id, verdict: 'accept', reason: '看过了' });
    },
    balance: async (account_id: string) => (await see(treasurer, funds.show_statement, { account_id })).closing_fen,
    /** The leaves that tell of projects: their kinds, and all that they say. */
    async leaves() {
      const rows = await environment.database
        .of(community.id)
        .selectFrom('events')
        .selectAll()
        .where('subject_kind', '=', 'project')
        .execute();
      const leaves = rows.filter((row) => new RegExp(LOGGED).test(row.kind));
      return {
        kinds: new Set(leaves.map((row) => row.kind)),
        text: leaves.map((row) => entryOf(row as never)).join(),
      };
    },
  };
}
