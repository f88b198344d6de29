import { z } from 'zod';
import { whoLivesAt } from '#modules/people/index.ts';
import { downloadsOf } from '#platform/downloads.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { campaignsWithCounts, listLetters } from '../campaign.store.ts';
import { letterPolicy } from '../letter.policy.ts';
import { repliesWith } from '../reply.store.ts';

/** Letter campaigns with what became of their letters. */
export const list_campaigns = query({
  name: 'letters.list_campaigns',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const thing = { kind: 'letter_campaigns', id: ctx.community.id };
    demand(letterPolicy, 'see_campaigns', generalRelations(ctx.actor), thing);
    return campaignsWithCounts(ctx);
  },
});

/** One campaign with a page of its letters, in walking order, and the prints that whoever may print can fetch. */
export const show_campaign = query({
  name: 'letters.show_campaign',
  reads: 'nobody',
  input: z.object({
    id: z.uuid(),
    state: z.enum(['all', 'to_deliver', 'delivered', 'claimed', 'replied']).default('all'),
    household_ids: z.array(z.uuid()).max(50).optional(),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(5000).default(50),
  }),
  async run(ctx, { id, ...filter }) {
    const relations = generalRelations(ctx.actor);
    demand(letterPolicy, 'see_campaigns', relations, { kind: 'letter_campaign', id });
    const [campaign] = await campaignsWithCounts(ctx, id);
    if (!campaign) notFound('letter_campaign', id);
    const may_print = allows(letterPolicy, 'print', relations);
    const prints = may_print ? await downloadsOf(ctx, 'letters', id) : [];
    return { campaign, may_print, prints, ...(await listLetters(ctx, id, filter)) };
  },
});

/** Replies and their words, for those who answer them; everybody of the door is told that it was read. */
export const list_replies = query({
  name: 'letters.list_replies',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    state: z.enum(['waiting', 'answered']).default('waiting'),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(200).default(20),
  }),
  async run(ctx, { state, ...page }) {
    const thing = { kind: 'letter_replies', id: ctx.community.id };
    demand(letterPolicy, 'answer_reply', generalRelations(ctx.actor), thing);
    const found = await repliesWith(ctx, { state }, page);
    const doors = found.replies.map((reply) => reply.household_id);
    await whoLivesAt.tell(ctx, doors, ['letter_reply'], 'letters.reasons.answering');
    return found;
  },
});

/** What we of my door wrote back, and the answers: only where my own residence stands. */
export const my_replies = query({
  name: 'letters.my_replies',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const doors = await whoLivesAt.homesOf(ctx, ctx.actor.id);
    if (doors.length === 0) return [];
    return (await repliesWith(ctx, { household_ids: doors }, { offset: 0, limit: 50 })).replies;
  },
});
