import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { fundPolicy, fundRelations } from '../fund.policy.ts';
import { insertFiles, insertSpending } from '../spending.store.ts';
import { approvalsNeeded, fitsSpending, SPENDING_KINDS, sealOfRequest } from '../spending.ts';
import { demandCategory } from '../spending_category.ts';
import { tellApprovers } from '../tell_of_spending.ts';
import { amount } from '../transfer.input.ts';
import { keepsToGiver } from '../transfer.ts';

const input = z.object({
  kind: z.enum(SPENDING_KINDS).default('expense'),
  debit_account_id: z.uuid(),
  credit_account_id: z.uuid(),
  amount_fen: amount,
  purpose: z.string().trim().min(1).max(400),
  category: z.string().regex(/^[a-z0-9_]{1,60}$/),
  payee_name: z.string().trim().min(1).max(80),
  payee_id: z.uuid().nullable().default(null),
  is_payee_public: z.boolean().default(false),
  /** Said by whoever photographed it: nothing private is on it, everybody may look. */
  is_photo_public: z.boolean().default(false),
  file_hashes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(6)
    .default([]),
});

/** Asks for money to be spent, advanced or settled. Nothing moves until others have approved it. */
export const request_spending = command({
  name: 'funds.request_spending',
  input,
  run: askForSpending,
});

/** Asks within a command; whoever asks must be one who may. */
export async function askForSpending(ctx: Ctx, { file_hashes, ...asked }: z.output<typeof input>) {
  const id = ctx.newId<'spending'>();
  demand(fundPolicy, 'request_spending', fundRelations(ctx.actor, await ownPosts(ctx)), { kind: 'spending', id });
  const debit = await findAccount(ctx, asked.debit_account_id);
  const credit = await findAccount(ctx, asked.credit_account_id);
  if (!debit || debit.closed_at) refuse('account_unknown', {}, { field: 'debit_account_id' });
  if (!credit || credit.closed_at) refuse('account_unknown', {}, { field: 'credit_account_id' });
  await demandCategory(ctx, asked.category);
  if (!fitsSpending(asked.kind, debit.kind, credit.kind)) refuse('sides_do_not_fit', {}, { field: 'kind' });
  if (!keepsToGiver(debit, credit, asked.category)) refuse('restriction_broken', {}, { field: 'category' });
  if (asked.kind !== 'advance' && file_hashes.length === 0) refuse('receipt_photo_needed', {}, { field: 'photos' });
  const payee_id = asked.kind === 'advance' ? debit.holder_id : asked.payee_id;
  const approvals_needed = approvalsNeeded(asked.amount_fen, ctx.community.settings);
  await insertSpending(ctx, { id, ...asked, payee_id, approvals_needed });
  await insertFiles(ctx, id, file_hashes);
  const told = { id, purpose: asked.purpose, requested_by_id: ctx.actor.id, payee_id };
  await tellApprovers(ctx, told, credit.holder_id);
  const { kind: spending_kind, amount_fen, category, debit_account_id, credit_account_id } = asked;
  const facts = { spending_kind, amount_fen, category, debit_account_id, credit_account_id, approvals_needed };
  const seal = sealOfRequest({ ...asked, ...told });
  record(
    ctx,
    'spending.requested',
    { kind: 'spending', id },
    {
      ...facts,
      seal,
      files: [...new Set(file_hashes)].sort(),
      ...(asked.is_photo_public && { is_photo_public: true }),
    },
  );
  return { id, approvals_needed };
}
