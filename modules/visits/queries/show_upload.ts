import { z } from 'zod';
import { isStaff } from '#platform/actor.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { uploadOf, visitsWithFile } from '../upload.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What became of a file that I send in parts; null before its first part. */
export const show_upload = query({
  name: 'visits.show_upload',
  reads: 'nobody',
  input: z.object({ source_hash: hash }),
  async run(ctx, { source_hash }) {
    if (!isStaff(ctx.actor)) refuse('staff_only');
    return (await uploadOf(ctx, source_hash)) ?? null;
  },
});

/** True when a visit that this reader may see has the file. */
export const may_see_visit_file = query({
  name: 'visits.may_see_visit_file',
  reads: 'nobody',
  input: z.object({ hash }),
  async run(ctx, input) {
    const visits = await visitsWithFile(ctx, input.hash);
    return visits.some((visit) =>
      allows(visitPolicy, 'show_visit', doorRelations(ctx.actor, visit, { visit_worker_id: visit.worker_id })),
    );
  },
});
