import { z } from 'zod';
import * as funds from '#modules/funds/index.ts';
import { type Actor, type Role, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query, query } from '#platform/query.ts';
import { bringPhoto, makeNeighbourhood } from '#tests/factories.ts';

export type Books = Awaited<ReturnType<typeof makeBooks>>;

/** The hash of a receipt that the desk officer has photographed. */
export const RECEIPT = 'a'.repeat(64);

export const as = (person: Actor, role: Role): Actor => ({
  ...person,
  roles: [{ role, scope_kind: 'community', scope_id: null }],
});

/** The codes of those that were refused. */
export const refusalsOf = (tries: PromiseSettledResult<unknown>[]): string[] =>
  tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));

/** A neighbourhood that keeps books: a treasurer, a bank account, a photographed receipt, and what is done with them. */
export async function makeBooks(options: { clock?: () => Date } = {}) {
  const town = await makeNeighbourhood(options);
  const { environment, community, people } = town;
  const db = environment.database.of(community.id);
  const treasurer = as(people.administrator, 'treasurer');
  const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
    perform(environment, { actor, community, via: 'test' }, command, input);
  const see = <I, A>(actor: Actor, wanted: Query<I, A>, input: unknown) =>
    ask(environment, { actor, community, via: 'test' }, wanted, input);
  const look = <A>(run: Query<object, A>['run']) =>
    see(system, query({ name: 'test', reads: 'nobody', input: z.object({}), run }), {});
  const photograph = (hash: string, by: Actor) => bringPhoto(town, hash, by);
  const open = async (kind: string, more: object = {}) =>
    (await act(treasurer, funds.open_account, { kind, names: { 'zh-CN': kind, en: kind }, ...more })).id;
  await db
    .insertInto('role_grants')
    .values({
      ...{ community_id: community.id, id: newId(), person_id: treasurer.id, role: 'treasurer' },
      ...{ scope_kind: 'community', started_at: new Date(0), granted_by_id: treasurer.id },
    })
    .execute();
  await photograph(RECEIPT, people.desk);
  const bank = await open('bank');
  const give = (fund_id: string, amount_fen: number, more: object = {}) =>
    act(treasurer, funds.record_donation, {
      ...{ kind: 'money', donor_name: '丁一', fund_id, bank_account_id: bank, amount_fen, ...more },
    });
  const askFor = (account: string, amount_fen: number, more: object = {}) =>
    act(people.desk, funds.request_spending, {
      ...{ debit_account_id: account, credit_account_id: bank, amount_fen, purpose: '买茶', category: 'meetings' },
      ...{ payee_name: '茶叶店', is_payee_public: true, file_hashes: [RECEIPT], ...more },
    });
  return {
    ...{ town, people, db, treasurer, bank, act, see, photograph, open, give, askFor, close: town.close },
    /** A fund with an amount in it. */
    async endowed(amount_fen: number, more: object = {}) {
      const fund = await open('fund', more);
      await give(fund, amount_fen);
      return fund;
    },
    /** Asked for by the desk and approved by the secretary. */
    async spend(account: string, amount_fen: number, more: object = {}) {
      const { id } = await askFor(account, amount_fen, more);
      await act(people.secretary, funds.approve_spending, { id });
      return id;
    },
    closing: async (account_id: string) => (await see(treasurer, funds.show_statement, { account_id })).closing_fen,
    wrongSums: () => look((ctx) => funds.wrongSums(ctx)),
    witness: () => look((ctx) => funds.ledgerWitness(ctx)),
    /** What a person was told, by its template. */
    notices: async (person_id: string) =>
      (
        await db
          .selectFrom('notices')
          .select('template')
          .where('person_id', '=', person_id)
          .orderBy('template')
          .execute()
      ).map((one) => one.template),
  };
}
