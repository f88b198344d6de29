import { z } from 'zod';
import { findLost } from '#modules/requests/index.ts';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { notFound } from '#platform/refusal.ts';
import { findUnwritten, saveCheckRun } from '../check.store.ts';

/** The standing check that nothing heard is lost; what it finds is kept and shown to the secretary. */
export const check_community = command({
  name: 'insight.check_community',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'secretary', 'administrator'))
      notFound('check', ctx.community.id);
    const began = performance.now();
    const findings = [...(await findLost(ctx)), ...(await findUnwritten(ctx))];
    const run = { ok: findings.length === 0, findings, elapsed_ms: Math.round(performance.now() - began) };
    await saveCheckRun(ctx, run);
    return run;
  },
});
