import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { Caller } from './command.ts';
import type { Ctx } from './context.ts';
import type { DB } from './db.generated.ts';
import type { Environment } from './environment.ts';
import { newId } from './ids.ts';
import { parse } from './input.ts';

/** A read with a name and a schema. It may record that a personal file was read (`writes`), nothing else. */
export type Query<Input, Answer> = {
  name: string;
  input: z.ZodType<Input>;
  run: (ctx: Ctx, input: Input) => Promise<Answer>;
  /**
   * Whose files it shows: of `nobody`, the reader's `own`, or of `others`, which leaves a trace in each. Every query says
   * so; a test walks them all.
   */
  reads?: 'nobody' | 'own' | 'others';
  /** True when the read leaves a trace in `file_reads`: it then runs in a transaction, so no trace means no answer. */
  leaves_trace?: boolean;
};

export function query<Input, Answer>(definition: Query<Input, Answer>): Query<Input, Answer> {
  return definition;
}

/** Answers a query for a caller. One statement a query where it can be: there is no transaction unless a trace is left. */
export async function ask<Input, Answer>(
  environment: Environment,
  caller: Caller,
  wanted: Query<Input, Answer>,
  raw: unknown,
): Promise<Answer> {
  const input = parse(wanted.input, raw);
  const database = environment.database.of(caller.community.id);
  const now = caller.now ?? environment.clock();
  const run = (tx: Transaction<DB>) => wanted.run({ ...context(environment, caller, now), tx }, input);
  if (wanted.leaves_trace) return database.transaction().execute(run);
  return run(database as unknown as Transaction<DB>);
}

function context(environment: Environment, caller: Caller, now: Date): Omit<Ctx, 'tx'> {
  return {
    actor: caller.actor,
    community: caller.community,
    now,
    keys: environment.keys,
    command_id: newId(),
    via: caller.via,
    newId: () => newId(),
    events: [],
    jobs: [],
  };
}
