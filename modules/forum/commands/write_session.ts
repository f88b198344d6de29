import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { changeSession, insertSession, lockSession } from '../session.store.ts';
import { HELD, phaseOf } from '../session.ts';

const words = (limit: number) => z.string().trim().min(1).max(limit);

/** A session is planned, on site, online or both, or the plan is changed before it opens. */
export const write_session = command({
  name: 'forum.write_session',
  input: z.object({
    id: z.uuid().optional(),
    expected_version: z.number().int().positive().optional(),
    titles: z.object({ 'zh-CN': words(80), en: words(80) }),
    about: z.object({ 'zh-CN': words(1000).optional(), en: words(1000).optional() }).default({}),
    held: z.enum(HELD),
    place_text: words(200).optional(),
    online_url: z
      .url({ protocol: /^https$/ })
      .max(400)
      .optional(),
    starts_at: z.coerce.date(),
    ends_at: z.coerce.date(),
    speech_seconds: z.number().int().min(30).max(1800).default(180),
    secretary_id: z.uuid().optional(),
  }),
  async run(ctx, { id: wanted, expected_version, ...plan }) {
    demand(forumPolicy, 'write_session', forumRelations(ctx.actor), { kind: 'forum_session', id: wanted ?? '' });
    if (plan.held !== 'online' && !plan.place_text) refuse('required', {}, { field: 'place_text' });
    if (plan.held === 'online' && !plan.online_url) refuse('required', {}, { field: 'online_url' });
    if (plan.ends_at <= plan.starts_at) refuse('session_backwards', {}, { field: 'ends_at' });
    const row = {
      ...plan,
      place_text: plan.place_text ?? null,
      online_url: plan.online_url ?? null,
    };
    if (!wanted) {
      const id = ctx.newId<'forum_session'>();
      await insertSession(ctx, { id, ...row, secretary_id: plan.secretary_id ?? ctx.actor.id });
      record(ctx, 'forum_session.planned', { kind: 'forum_session', id }, { starts_at: plan.starts_at.toISOString() });
      return { id };
    }
    const session = (await lockSession(ctx, wanted)) ?? notFound('forum_session', wanted);
    if (phaseOf(session) !== 'coming') refuse('session_over');
    await changeSession(
      ctx,
      wanted,
      { ...row, secretary_id: plan.secretary_id ?? session.secretary_id },
      expected_version,
    );
    record(
      ctx,
      'forum_session.changed',
      { kind: 'forum_session', id: wanted },
      { starts_at: plan.starts_at.toISOString() },
    );
    return { id: wanted };
  },
});
