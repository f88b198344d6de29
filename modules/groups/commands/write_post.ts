import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { lockOrganisation } from '../organisation.store.ts';
import { changePost, insertPost, lockPost, seatsTaken } from '../post.store.ts';
import { demandForOrganisation } from '../speak_for.ts';

const name = z.string().trim().min(1).max(60);
const duty = z.string().trim().max(1000);

/** Writes a post of an organisation down, or changes one: its names, duties, seats, how long a term is, whether it speaks for it. */
export const write_post = command({
  name: 'groups.write_post',
  input: z.object({
    id: z.uuid().optional(),
    expected_version: z.number().int().positive().optional(),
    organisation_id: z.uuid(),
    code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
    names: z.object({ 'zh-CN': name, en: name }),
    duties: z.object({ 'zh-CN': duty.optional(), en: duty.optional() }).default({}),
    seats: z.number().int().min(1).max(200).default(1),
    term_months: z.number().int().min(1).max(240).nullable().default(null),
    speaks_for: z.boolean().default(false),
    position: z.number().int().min(0).max(1000).default(0),
  }),
  async run(ctx, { id: known, expected_version, ...post }) {
    await demandForOrganisation(ctx, 'write_post', post.organisation_id);
    if (!(await lockOrganisation(ctx, post.organisation_id))) notFound('organisation', post.organisation_id);
    const id = known ?? ctx.newId<'post'>();
    if (!known) {
      await insertPost(ctx, { id, ...post });
      record(ctx, 'post.written', { kind: 'post', id }, { organisation_id: post.organisation_id, seats: post.seats });
      return { id };
    }
    const before = (await lockPost(ctx, known)) ?? notFound('post', known);
    if (before.organisation_id !== post.organisation_id) notFound('post', known);
    const taken = await seatsTaken(ctx, known);
    if (Math.max(0, ...taken) > post.seats) refuse('seats_taken', { count: taken.length }, { field: 'seats' });
    await changePost(ctx, known, post, expected_version);
    record(ctx, 'post.changed', { kind: 'post', id }, { organisation_id: post.organisation_id, seats: post.seats });
    return { id };
  },
});

/** A post is no more; whoever held it is told first by ending their term. */
export const end_post = command({
  name: 'groups.end_post',
  input: z.object({ id: z.uuid(), expected_version: z.number().int().positive().optional() }),
  async run(ctx, { id, expected_version }) {
    const post = (await lockPost(ctx, id)) ?? notFound('post', id);
    await demandForOrganisation(ctx, 'write_post', post.organisation_id);
    const taken = await seatsTaken(ctx, id);
    if (taken.length > 0) refuse('post_held', { count: taken.length });
    await changePost(ctx, id, { ended_at: ctx.now }, expected_version);
    record(ctx, 'post.ended', { kind: 'post', id }, { organisation_id: post.organisation_id });
    return { id };
  },
});
