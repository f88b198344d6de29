import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { fingerprint, open, seal } from '#platform/crypto.ts';
import type { BankEntry } from './bank_format.ts';

export type LineState = 'open' | 'matched' | 'left';
export type BankLine = Omit<BankEntry, 'line'> & {
  id: string;
  account_id: string;
  line_number: number;
  state: LineState;
  left_reason: string | null;
  spending_id: string | null;
};
type Sealed = Omit<BankLine, 'name' | 'reference' | 'note'> & { words_sealed: Buffer };

const place = (id: string) => `bank_lines/words/${id}`;
const COLUMNS = sql`id, account_id, line_number, booked_on::text as booked_on, amount_fen, balance_fen, words_sealed, state, left_reason, spending_id`;

function opened(ctx: Ctx, { words_sealed, ...row }: Sealed): BankLine {
  const [name = '', reference = '', note = ''] = JSON.parse(open(ctx.keys, place(row.id), words_sealed)) as string[];
  return { ...row, name, reference, note };
}

export type StatementFile = {
  id: string;
  account_id: string;
  format: string;
  file_sha256: string;
};

/**
 * Writes a statement and those of its lines that are not there yet. The same line is known by all that it says and by the
 * how-manieth of its like it is in its file, so that statements may overlap. Gives how many were new.
 */
export async function insertStatement(ctx: Ctx, file: StatementFile, entries: readonly BankEntry[]): Promise<number> {
  const seen = new Map<string, number>();
  const rows = entries.map((one) => {
    const { line, booked_on, amount_fen, balance_fen, name, reference, note } = one;
    const said = JSON.stringify([booked_on, amount_fen, balance_fen, name, reference, note]);
    const turn = (seen.get(said) ?? 0) + 1;
    seen.set(said, turn);
    const id = ctx.newId();
    const words = seal(ctx.keys, place(id), JSON.stringify([name, reference, note]));
    const known = fingerprint(ctx.keys, 'bank_lines', JSON.stringify([file.account_id, said, turn]));
    return { id, line, booked_on, amount_fen, balance_fen, words: words.toString('hex'), known: known.toString('hex') };
  });
  const days = entries.map((one) => one.booked_on).sort();
  // One import of an account after the other: which lines are new is counted once.
  await sql`select pg_advisory_xact_lock(hashtext(${`bank_lines/${file.account_id}`}))`.execute(ctx.tx);
  const known = await knownFingerprints(
    ctx,
    file.account_id,
    rows.map((row) => row.known),
  );
  const fresh = rows.filter((row) => !known.has(row.known));
  await ctx.tx
    .insertInto('bank_statements')
    .values({
      ...file,
      ...{ community_id: ctx.community.id, line_count: rows.length, new_count: fresh.length },
      ...{ from_on: days[0]!, until_on: days.at(-1)!, imported_at: ctx.now, imported_by_id: ctx.actor.id },
    })
    .execute();
  await sql`
    insert into bank_lines (community_id, id, statement_id, account_id, line_number, booked_on, amount_fen, balance_fen, words_sealed, fingerprint)
    select ${ctx.community.id}::uuid, id, ${file.id}::uuid, ${file.account_id}::uuid, line, booked_on, amount_fen, balance_fen,
      decode(words, 'hex'), decode(known, 'hex')
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as l (id uuid, line int, booked_on date, amount_fen bigint,
      balance_fen bigint, words text, known text)`.execute(ctx.tx);
  return fresh.length;
}

async function knownFingerprints(ctx: Ctx, account_id: string, all: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ known: string }>`
    select encode(fingerprint, 'hex') as known from bank_lines where community_id = ${ctx.community.id} and account_id = ${account_id}
      and fingerprint in (select decode(k, 'hex') from unnest(${all}::text[]) k)`.execute(ctx.tx);
  return new Set(rows.map((row) => row.known));
}

/** A line, locked: whoever else decides about it waits. */
export async function lockLine(ctx: Ctx, id: string): Promise<BankLine | undefined> {
  const { rows } = await sql<Sealed>`
    select ${COLUMNS} from bank_lines where community_id = ${ctx.community.id} and id = ${id} for update`.execute(
    ctx.tx,
  );
  return rows[0] && opened(ctx, rows[0]);
}

export async function setLine(
  ctx: Ctx,
  id: string,
  change: { state?: LineState; left_reason?: string | null; spending_id?: string | null },
): Promise<void> {
  await ctx.tx
    .updateTable('bank_lines')
    .set(change)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

type LineFilter = { account_id: string; state: LineState; before?: { booked_on: string; id: string }; limit: number };

/** Lines of an account in a state, the latest first. */
export async function linesBy(ctx: Ctx, by: LineFilter): Promise<BankLine[]> {
  const { rows } = await sql<Sealed>`
    select ${COLUMNS} from bank_lines where community_id = ${ctx.community.id} and account_id = ${by.account_id} and state = ${by.state}
      ${by.before ? sql`and (booked_on, id) < (${by.before.booked_on}::date, ${by.before.id}::uuid)` : sql``}
    order by bank_lines.booked_on desc, id desc limit ${by.limit}`.execute(ctx.tx);
  return rows.map((row) => opened(ctx, row));
}
