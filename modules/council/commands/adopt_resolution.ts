import { z } from 'zod';
import { organisationById, postsOf } from '#modules/groups/index.ts';
import { oweRequest } from '#modules/requests/index.ts';
import { endOfDay } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { link, record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { sealOfResolution } from '../council_history.ts';
import { motionFor } from '../find.ts';
import { insertResolution, nextNumber, resolutionsBy } from '../resolution.store.ts';

const words = (limit: number) => z.string().trim().min(1).max(limit);

/**
 * A carried motion becomes a resolution with a number, an owner and a due date, in both languages. A request carries it, so
 * that it has the same clock, escalation and queue as what residents ask (decision 0011); whoever writes it down confirms it.
 */
export const adopt_resolution = command({
  name: 'council.adopt_resolution',
  input: z.object({
    motion_id: z.uuid(),
    titles: z.object({ 'zh-CN': words(80), en: words(120) }),
    texts: z.object({ 'zh-CN': words(1800), en: words(1800) }),
    owner: z.union([z.object({ organisation_id: z.uuid() }), z.object({ post_id: z.uuid() })]),
    due_on: z.iso.date(),
    category: z.string().max(60),
  }),
  async run(ctx, { motion_id, titles, texts, owner, due_on, category }) {
    const { meeting, motion } = await motionFor(ctx, motion_id, 'resolve', ['open', 'closed']);
    if (motion.state !== 'carried' || motion.amends_id) refuse('motion_not_carried');
    if ((await resolutionsBy(ctx, { motion_id, limit: 1 })).length > 0) refuse('resolved_already');
    const due_at = endOfDay(ctx.community.time_zone, due_on);
    if (due_at <= ctx.now) refuse('date_past', {}, { field: 'due_on' });
    const { organisation_id, id: meeting_id } = meeting;
    const number = await nextNumber(ctx, organisation_id);
    const [id, request_id] = [ctx.newId<'resolution'>(), ctx.newId<'request'>()];
    const text = `${titles['zh-CN']}\n${texts['zh-CN']}\n\n${titles.en}\n${texts.en}`;
    await oweRequest(ctx, {
      id: request_id,
      text,
      category,
      due_at,
      owner: await ownerOf(ctx, organisation_id, owner),
    });
    const owners = {
      owner_organisation_id: 'organisation_id' in owner ? owner.organisation_id : null,
      owner_post_id: 'post_id' in owner ? owner.post_id : null,
    };
    const row = { id, number, organisation_id, meeting_id, motion_id, titles, texts, ...owners, due_on, request_id };
    await insertResolution(ctx, row);
    await link(ctx, { kind: 'motion', id: motion_id }, 'became_resolution', { kind: 'resolution', id });
    await link(ctx, { kind: 'resolution', id }, 'became_request', { kind: 'request', id: request_id });
    const facts = { number, motion_id, request_id, due_on, ...owners, seal: sealOfResolution(row) };
    record(ctx, 'resolution.adopted', { kind: 'resolution', id }, facts);
    return { id, number, request_id };
  },
});

type Owner = { organisation_id: string } | { post_id: string };

/** Who answers for it today: a handler of the organisation, or whoever holds the council's post. */
async function ownerOf(ctx: Ctx, council_id: string, owner: Owner) {
  const where = { field: 'owner' };
  if ('organisation_id' in owner) {
    const organisation = await organisationById(ctx, owner.organisation_id);
    if (!organisation || organisation.ended_at) refuse('organisation_unknown', {}, where);
    return owner;
  }
  const post = (await postsOf(ctx, council_id)).find((one) => one.id === owner.post_id);
  const holder = post?.terms[0];
  if (!holder) refuse('post_vacant', {}, where);
  return { person_id: holder.person_id };
}
