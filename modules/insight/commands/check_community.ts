import { z } from 'zod';
import { type LogFinding, verifyLog } from '#modules/log/index.ts';
import { wrongRolls } from '#modules/projects/index.ts';
import { findLost } from '#modules/requests/index.ts';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { notFound } from '#platform/refusal.ts';
import { type CheckRun, findUnwritten, saveCheckRun } from '../check.store.ts';
import { WITNESSES } from '../witnesses.ts';

/**
 * The standing check: nothing heard is lost, the books balance, ballots are as many as the roll
 * says, and, with the key that its heads are checked with, the log
 * is what it was. What it finds is kept and shown to the secretary.
 */
export const check_community = command({
  name: 'insight.check_community',
  input: z.object({ verifier: z.string().max(400).optional() }),
  async run(ctx, { verifier }) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'secretary', 'administrator'))
      notFound('check', ctx.community.id);
    const began = performance.now();
    const findings = [
      ...[...(await findLost(ctx)), ...(await findUnwritten(ctx)), ...(await wrongRolls(ctx))],
      ...(await findTampered(ctx, verifier)),
    ];
    const run = { ok: findings.length === 0, findings, elapsed_ms: Math.round(performance.now() - began) };
    await saveCheckRun(ctx, run);
    return run;
  },
});

/** What differs between the rows, the journal and the log. */
async function findTampered(ctx: Ctx, verifier: string | undefined): Promise<CheckRun['findings']> {
  const found: LogFinding[] = [];
  if (verifier) found.push(...(await verifyLog(ctx, { verifier, witnesses: WITNESSES })).findings);
  else for (const witness of WITNESSES) found.push(...(await witness(ctx)));
  return found.map(({ code, table, id }) => ({ code, kind: table, id }));
}
