import { z } from 'zod';
import { LARGEST_FEN } from '#platform/money.ts';
import { TRANSFER_KINDS } from './transfer.ts';

export const amount = z.number().int().positive().max(LARGEST_FEN);

/** A transfer as its sender writes it. The id is the sender's: the same one again is the same transfer. */
export const transferInput = z.object({
  id: z.uuid().optional(),
  kind: z.enum(TRANSFER_KINDS).exclude(['reversal']),
  flow: z.enum(['posted', 'pending']).default('posted'),
  debit_account_id: z.uuid(),
  credit_account_id: z.uuid(),
  amount_fen: amount,
  effective_on: z.iso.date().optional(),
  category: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .nullable()
    .default(null),
  reason: z.string().trim().max(400).nullable().default(null),
  cause: z
    .object({ kind: z.string().max(40), id: z.uuid() })
    .nullable()
    .default(null),
});
