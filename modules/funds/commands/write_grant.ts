import { z } from 'zod';
import { organisationById } from '#modules/groups/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { fundPolicy } from '../fund.policy.ts';
import { grantsBy, insertGrants, insertInstalments, lockInstalment, setInstalment } from '../grant.store.ts';
import { GRANT_DIRECTIONS, problemOfInstalments } from '../grant.ts';
import { postTransfers } from '../post_transfers.ts';
import { amount } from '../transfer.input.ts';
import { askForSpending } from './request_spending.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

/** Writes a grant down, given or received, with its instalments and what each waits for. No money moves by it. */
export const write_grant = command({
  name: 'funds.write_grant',
  input: z.object({
    direction: z.enum(GRANT_DIRECTIONS),
    title: text(200),
    description: text(2_000),
    organisation_id: z.uuid().optional(),
    party_name: text(200).optional(),
    fund_id: z.uuid(),
    amount_fen: amount,
    awarded_on: z.iso.date(),
    starts_on: z.iso.date().optional(),
    ends_on: z.iso.date().optional(),
    instalments: z
      .array(
        z.object({
          amount_fen: amount,
          due_on: z.iso.date(),
          condition: z
            .string()
            .trim()
            .max(400)
            .nullable()
            .default(null)
            .transform((one) => one || null),
        }),
      )
      .min(1)
      .max(24),
  }),
  async run(ctx, { instalments, organisation_id, ...given }) {
    const id = ctx.newId<'grant'>();
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'grant', id });
    const fund = await findAccount(ctx, given.fund_id);
    if (fund?.kind !== 'fund' || fund.closed_at) refuse('account_unknown', {}, { field: 'fund_id' });
    const problem = problemOfInstalments(given.amount_fen, instalments);
    if (problem) refuse(problem, {}, { field: 'instalments' });
    const party = await partyOf(ctx, organisation_id, given.party_name);
    const identifier = `360G-${ctx.community.slug}-${id}`;
    const dates = { starts_on: given.starts_on ?? null, ends_on: given.ends_on ?? null };
    const whole = { ...given, ...party, ...dates, id, identifier, currency: fund.currency, source: null };
    await insertGrants(ctx, [whole]);
    await insertInstalments(ctx, id, instalments);
    const { direction, fund_id, amount_fen, awarded_on } = given;
    const facts = { direction, fund_id, amount_fen, awarded_on, party: party.party_identifier };
    record(ctx, 'grant.written', { kind: 'grant', id }, { ...facts, instalments });
    return { id, identifier };
  },
});

async function partyOf(ctx: Ctx, organisation_id: string | undefined, name: string | undefined) {
  if (!organisation_id) {
    const party_name = name ?? refuse('required', {}, { field: 'party_name' });
    return { organisation_id: null, party_name, party_identifier: `360G-${ctx.community.slug}-name:${party_name}` };
  }
  const found = (await organisationById(ctx, organisation_id)) ?? notFound('organisation', organisation_id);
  const number = found.registered_number;
  const party_identifier = number ? `CN-SCC-${number}` : `360G-${ctx.community.slug}-org:${found.id}`;
  return { organisation_id, party_name: found.names['zh-CN'], party_identifier };
}

const which = { grant_id: z.uuid(), number: z.number().int().min(1) };

/** Says that what an instalment waits for is so, and how that was seen. */
export const meet_condition = command({
  name: 'funds.meet_condition',
  input: z.object({ ...which, note: text(400) }),
  async run(ctx, { grant_id, number, note }) {
    demand(fundPolicy, 'approve', generalRelations(ctx.actor), { kind: 'grant', id: grant_id });
    const one = (await lockInstalment(ctx, grant_id, number)) ?? notFound('grant', grant_id);
    if (!one.condition || one.is_met) refuse('condition_met');
    await setInstalment(ctx, grant_id, number, { met_note: note });
    record(ctx, 'grant.condition_met', { kind: 'grant', id: grant_id }, { number });
    return { grant_id, number };
  },
});

/** Asks for an instalment of a grant given to be paid: a spending that others approve. Once, until it is refused. */
export const pay_instalment = command({
  name: 'funds.pay_instalment',
  input: z.object({
    ...which,
    bank_account_id: z.uuid(),
    category: z.string().regex(/^[a-z0-9_]{1,60}$/),
    file_hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(6),
  }),
  async run(ctx, { grant_id, number, bank_account_id, category, file_hashes }) {
    const { grant, instalment } = await dueInstalment(ctx, grant_id, number, 'given');
    const spending = await askForSpending(ctx, {
      ...{
        kind: 'expense',
        debit_account_id: grant.fund_id!,
        credit_account_id: bank_account_id,
        category,
        file_hashes,
      },
      ...{
        amount_fen: instalment.amount_fen,
        purpose: `${grant.title} ${number}/${grant.instalments.length}`,
        payee_id: null,
      },
      ...{ payee_name: grant.party_name.slice(0, 80), is_payee_public: true, is_photo_public: false },
    });
    await setInstalment(ctx, grant_id, number, { spending_id: spending.id });
    record(ctx, 'grant.instalment_asked', { kind: 'grant', id: grant_id }, { number, spending_id: spending.id });
    return { grant_id, number, spending_id: spending.id };
  },
});

/** Writes down that an instalment of a grant received has come into its fund. */
export const receive_instalment = command({
  name: 'funds.receive_instalment',
  input: z.object({ ...which, bank_account_id: z.uuid(), received_on: z.iso.date().optional() }),
  async run(ctx, { grant_id, number, bank_account_id, received_on }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'grant', id: grant_id });
    const { grant, instalment } = await dueInstalment(ctx, grant_id, number, 'received');
    const bank = await findAccount(ctx, bank_account_id);
    if (bank?.kind !== 'bank') refuse('account_unknown', {}, { field: 'bank_account_id' });
    const [row] = await postTransfers(ctx, [
      {
        ...{
          kind: 'grant',
          debit_account_id: bank_account_id,
          credit_account_id: grant.fund_id!,
          amount_fen: instalment.amount_fen,
        },
        ...{ effective_on: received_on, cause: { kind: 'grant', id: grant_id } },
      },
    ]);
    await setInstalment(ctx, grant_id, number, { transfer_id: row!.id });
    record(ctx, 'grant.instalment_received', { kind: 'grant', id: grant_id }, { number, transfer_id: row!.id });
    return { grant_id, number, transfer_id: row!.id };
  },
});

/** An instalment that may be paid now, locked: of a grant of this direction, its condition met, not asked for, not paid. */
async function dueInstalment(ctx: Ctx, grant_id: string, number: number, direction: 'given' | 'received') {
  const instalment = (await lockInstalment(ctx, grant_id, number)) ?? notFound('grant', grant_id);
  const [grant] = await grantsBy(ctx, { id: grant_id, limit: 1 });
  if (grant?.direction !== direction) notFound('grant', grant_id);
  if (instalment.is_asked || instalment.is_paid) refuse('instalment_settled');
  if (direction === 'given' && instalment.condition && !instalment.is_met) refuse('condition_not_met');
  return { grant, instalment };
}
