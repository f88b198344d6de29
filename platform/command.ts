import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from './actor.ts';
import type { Community, Ctx } from './context.ts';
import { sameBytes, sha256 } from './crypto.ts';
import {
  DEADLOCK_DETECTED,
  databaseError,
  FOREIGN_KEY_VIOLATION,
  SERIALIZATION_FAILURE,
  UNIQUE_VIOLATION,
} from './db.ts';
import type { Environment } from './environment.ts';
import { isId, newId } from './ids.ts';
import { parse } from './input.ts';
import { writeJobs } from './jobs.ts';
import { Refusal, refuse } from './refusal.ts';

/** A write with a name, a schema and a rule: `run` finds, asks whether they may and it may, changes, and records. */
export type Command<Input, Answer> = {
  name: string;
  input: z.ZodType<Input>;
  run: (ctx: Ctx, input: Input) => Promise<Answer>;
};

export function command<Input, Answer>(definition: Command<Input, Answer>): Command<Input, Answer> {
  return definition;
}

/** Who sends a command, to which community, under which id. */
export type Caller = { actor: Actor; community: Community; id?: string; via: string; now?: Date };

const TRIES = 5;

/**
 * Carries out a command once. Parses the input, opens a transaction, runs the rule and writes receipt, events and jobs
 * with it. The same id again gives the first answer; by another actor or with another body it is refused
 * (`id_used_before`); a refusal leaves no receipt. Serialisation failures and deadlocks are tried again, at most 5 times.
 *
 * Errors: Refusal for every rule that says no; anything else is a defect or the database being away.
 */
export async function perform<Input, Answer>(
  environment: Environment,
  caller: Caller,
  wanted: Command<Input, Answer>,
  raw: unknown,
): Promise<Answer> {
  const id = caller.id ?? newId();
  if (!isId(id)) refuse('command_id_invalid', {}, { field: 'id' });
  const input = parse(wanted.input, raw);
  const input_hash = sha256(JSON.stringify([wanted.name, input]));
  for (let tried = 1; ; tried++) {
    try {
      const { answer, subjects } = await attempt(environment, caller, wanted, input, id, input_hash);
      environment.live.tell(caller.community.id, subjects);
      return answer;
    } catch (error) {
      const first = await firstAnswer<Answer>(environment, caller, wanted.name, id, input_hash, error);
      if (first) return first.answer;
      const code = databaseError(error)?.code;
      if (tried < TRIES && (code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED)) continue;
      // What only the database can know for certain: somebody was first, or names a thing that is not there.
      if (code === UNIQUE_VIOLATION) refuse('there_already');
      if (code === FOREIGN_KEY_VIOLATION) refuse('reference_unknown');
      throw error;
    }
  }
}

/** What a rehearsal ends with, so that nothing of it is written. */
class Rehearsed extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('rehearsed');
    this.answer = answer;
  }
}

/** Tries a command in a transaction that is rolled back: its answer, or its refusals, and nothing written. */
export async function rehearse<Input, Answer>(
  environment: Environment,
  caller: Caller,
  wanted: Command<Input, Answer>,
  raw: unknown,
): Promise<Answer> {
  const last = async (ctx: Ctx, input: Input): Promise<Answer> => {
    throw new Rehearsed(await wanted.run(ctx, input));
  };
  try {
    return await perform(environment, { ...caller, id: undefined }, { ...wanted, run: last }, raw);
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer as Answer;
    throw error;
  }
}

async function attempt<Input, Answer>(
  environment: Environment,
  caller: Caller,
  wanted: Command<Input, Answer>,
  input: Input,
  id: string,
  input_hash: Buffer,
) {
  return environment.database
    .of(caller.community.id)
    .transaction()
    .execute(async (tx) => {
      const now = caller.now ?? environment.clock();
      const ctx: Ctx = {
        tx,
        actor: caller.actor,
        community: caller.community,
        now,
        keys: environment.keys,
        command_id: id,
        via: caller.via,
        newId: () => newId(now.getTime()),
        events: [],
        jobs: [],
      };
      const answer = await wanted.run(ctx, input);
      await writeReceiptAndEvents(ctx, wanted.name, input_hash, answer, environment.reactions);
      await writeJobs(ctx);
      return { answer, subjects: ctx.events.map((event) => `${event.subject_kind}/${event.subject_id}`) };
    });
}

/** One statement for receipt and events; events that somebody reacts to become jobs, one a reaction. */
async function writeReceiptAndEvents(
  ctx: Ctx,
  name: string,
  input_hash: Buffer,
  answer: unknown,
  reactions: Map<string, string[]>,
): Promise<void> {
  const on_behalf_of_id = ctx.actor.on_behalf_of_id ?? null;
  const rows = ctx.events.map((event) => ({ id: ctx.newId(), data: {}, ...event }));
  await sql`
    with receipt as (
      insert into receipts (community_id, id, command, actor_id, input_hash, answer, created_at)
      values (${ctx.community.id}, ${ctx.command_id}, ${name}, ${ctx.actor.id}, ${input_hash}, ${JSON.stringify(answer ?? null)}, ${ctx.now})
    )
    insert into events (community_id, id, kind, at, actor_id, on_behalf_of_id, command_id, subject_kind, subject_id, data)
    select ${ctx.community.id}::uuid, e.id, e.kind, ${ctx.now}::timestamptz, ${ctx.actor.id}::uuid, ${on_behalf_of_id}::uuid,
      ${ctx.command_id}::uuid, e.subject_kind, e.subject_id, e.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e (id uuid, kind text, subject_kind text, subject_id uuid, data jsonb)`.execute(ctx.tx);
  for (const row of rows) {
    for (const reaction of [...(reactions.get(row.kind) ?? []), ...(reactions.get('*') ?? [])]) {
      ctx.jobs.push({ task: 'react', payload: { reaction, event_id: row.id }, key: `${row.id}/${reaction}` });
    }
  }
}

/**
 * After a failure: was this id already carried out? A repeat fails on the receipt's primary key, or on a rule that its
 * first run made true; either way the first answer stands.
 */
async function firstAnswer<Answer>(
  environment: Environment,
  caller: Caller,
  name: string,
  id: string,
  input_hash: Buffer,
  error: unknown,
): Promise<{ answer: Answer } | undefined> {
  const isRepeat = databaseError(error)?.code === UNIQUE_VIOLATION || error instanceof Refusal;
  if (!isRepeat || !caller.id) return undefined;
  const receipt = await environment.database
    .of(caller.community.id)
    .selectFrom('receipts')
    .select(['command', 'actor_id', 'input_hash', 'answer'])
    .where('community_id', '=', caller.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!receipt) return undefined;
  const isSame =
    receipt.command === name && receipt.actor_id === caller.actor.id && sameBytes(receipt.input_hash, input_hash);
  if (!isSame) refuse('id_used_before', {}, { field: 'id' });
  return { answer: receipt.answer as Answer };
}
