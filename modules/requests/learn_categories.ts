import { fork } from 'node:child_process';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask, query } from '#platform/query.ts';
import { listCategories } from './category.store.ts';
import { countDecidedSince, listModels, selectDecided } from './category_model.store.ts';
import { type Decided, LEAST_DECIDED, type Learnt } from './category_model.ts';
import { keep_category_model } from './commands/keep_category_model.ts';

const decided_by_now = query({
  name: 'requests.decided_by_now',
  reads: 'nobody',
  input: z.object({ at_least: z.number().int().positive() }),
  async run(ctx, { at_least }) {
    const [newest] = await listModels(ctx, 1);
    const wanted = newest ? at_least : LEAST_DECIDED;
    if ((await countDecidedSince(ctx, newest?.trained_at ?? new Date(0), wanted)) < wanted) return null;
    return { decided: await selectDecided(ctx), codes: (await listCategories(ctx)).map(({ code }) => code) };
  },
});

/**
 * Learns the categories anew from what the neighbourhood has decided, when at least so many decisions are new. Learning
 * runs in a process of its own. Safe to repeat: without new decisions nothing happens.
 */
export async function learnCategories(environment: Environment, community: Community, at_least: number) {
  const caller = { actor: system, community, via: 'job' };
  const known = await ask(environment, caller, decided_by_now, { at_least });
  const learnt = known && (await learnApart(known));
  return learnt ? perform(environment, caller, keep_category_model, learnt) : null;
}

function learnApart(known: { decided: Decided[]; codes: string[] }): Promise<Learnt | null> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./learn_process.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    child.once('message', ({ learnt }: { learnt: Learnt | null }) => resolve(learnt));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`learning ended with ${code} before it was done`)));
    child.send(known);
  });
}
