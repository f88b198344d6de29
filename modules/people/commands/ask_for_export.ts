import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { DAY_MS } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { downloadsOf, insertDownload } from '#platform/downloads.ts';
import { record } from '#platform/event.ts';
import { enqueue } from '#platform/jobs.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';

const FORMATS = { json: 'application/json', pdf: 'application/pdf' } as const;
const MOST_WAITING = 4;

/** Everything recorded about me as a file, made by a job within minutes and kept for a day. A proxy's asking is told. */
export const ask_for_export = command({
  name: 'people.ask_for_export',
  input: z.object({ format: z.enum(['json', 'pdf']), locale: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  async run(ctx, { format, locale }) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const me = principalOf(ctx.actor);
    demand(personPolicy, 'read_own_file', personRelations(ctx.actor, me), { kind: 'person', id: me });
    if ((await downloadsOf(ctx, 'my_file', me)).length >= MOST_WAITING) refuse('exports_enough');
    if (ctx.actor.on_behalf_of_id) await leaveTraces(ctx, [me], ['file'], 'people.reasons.proxy');
    const id = ctx.newId<'download'>();
    await insertDownload(ctx, {
      ...{ id, kind: 'my_file', subject_id: me, file_name: `my-file.${format}`, media_type: FORMATS[format], total: 1 },
      expires_at: new Date(ctx.now.getTime() + DAY_MS),
    });
    const payload = { download_id: id, person_id: me, format, locale };
    enqueue(ctx, { task: 'export_file', payload, max_attempts: 3 });
    record(ctx, 'export.asked', { kind: 'person', id: me }, { format });
    return { id };
  },
});
