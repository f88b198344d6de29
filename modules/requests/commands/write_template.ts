import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { id } from '../request.input.ts';
import { addTemplate, endTemplate } from '../template.store.ts';

/** Words ready for an answer; a new version ends the old one. */
export const write_template = command({
  name: 'requests.write_template',
  input: z.object({
    id: id.optional(),
    category_id: id.nullable().default(null),
    title: z.string().trim().min(1).max(100),
    texts: z.object({ 'zh-CN': z.string().trim().min(1).max(4000), en: z.string().trim().min(1).max(4000) }),
  }),
  async run(ctx, { id: replaced, ...template }) {
    if (!hasRole(ctx.actor, 'administrator', 'desk_officer')) notFound('template', replaced ?? 'new');
    if (replaced) await endTemplate(ctx, replaced);
    const templateId = ctx.newId<'template'>();
    await addTemplate(ctx, { id: templateId, ...template });
    record(ctx, 'template.written', { kind: 'template', id: templateId });
    return { id: templateId };
  },
});
