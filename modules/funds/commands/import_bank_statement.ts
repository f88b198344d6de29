import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { Refusal, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import { BANK_COLUMNS, type BankEntry, type BankFormat, type BankRow, readEntry } from '../bank_format.ts';
import { bankFormats } from '../bank_formats.ts';
import { insertStatement } from '../bank_line.store.ts';
import { fundPolicy } from '../fund.policy.ts';

const ROWS_LIMIT = 20_000;
const SHOWN = 1_000;
const cell = z.string().max(500).optional();

/** Takes a bank statement in: all its rows or none, each wrong one with its line and column; known ones are counted, not written. */
export const import_bank_statement = command({
  name: 'funds.import_bank_statement',
  input: z.object({
    account_id: z.uuid(),
    format: z.string().max(60),
    file_sha256: z.string().regex(/^[0-9a-f]{64}$/),
    rows: z
      .array(z.object({ line: z.number().int().min(1), ...Object.fromEntries(BANK_COLUMNS.map((one) => [one, cell])) }))
      .min(1)
      .max(ROWS_LIMIT),
  }),
  async run(ctx, { account_id, format, file_sha256, rows }) {
    demand(fundPolicy, 'reconcile', generalRelations(ctx.actor), { kind: 'account', id: account_id });
    const account = await findAccount(ctx, account_id);
    if (account?.kind !== 'bank') refuse('account_unknown', {}, { field: 'account_id' });
    const known = (await bankFormats(ctx)).find((one) => one.code === format);
    if (!known) refuse('bank_format_unknown', {}, { field: 'format' });
    const entries = readEntries(rows as BankRow[], known, dateIn(ctx.community.time_zone, ctx.now));
    const id = ctx.newId<'bank_statement'>();
    const accepted = await insertStatement(ctx, { id, account_id, format, file_sha256 }, entries);
    const counts = { read: entries.length, accepted, known_already: entries.length - accepted };
    record(ctx, 'bank_statement.imported', { kind: 'bank_statement', id }, { ...counts, file_sha256 });
    return { id, ...counts };
  },
});

function readEntries(rows: readonly BankRow[], format: BankFormat, today: string): BankEntry[] {
  const refusals: Refusal[] = [];
  const entries: BankEntry[] = [];
  for (const row of rows) {
    const read = readEntry(row, format);
    const no = 'code' in read ? read : read.booked_on > today ? { code: 'bank_day_ahead', field: 'day' } : null;
    if (no) refusals.push(new Refusal(no.code, {}, { line: row.line, field: no.field }));
    else entries.push(read as BankEntry);
    if (refusals.length >= SHOWN) break;
  }
  const [one, ...others] = refusals;
  if (one) throw new Refusal(one.code, one.vars, one.where, others);
  return entries;
}
