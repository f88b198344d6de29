import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { endCategory, findCategory, saveCategory } from '../category.store.ts';
import { id, names } from '../request.input.ts';

const field = z.object({
  code: z.string().regex(/^[a-z0-9_]{1,40}$/),
  kind: z.enum(['text', 'choice', 'number', 'date']),
  labels: names,
  required: z.boolean().default(false),
  choices: z
    .array(z.object({ code: z.string().regex(/^[a-z0-9_]{1,40}$/), labels: names }))
    .max(30)
    .optional(),
});

/** An administrator adds a category or changes it; requests keep the target they were told. */
export const write_category = command({
  name: 'requests.write_category',
  input: z.object({
    id: id.optional(),
    expected_version: z.number().int().positive().optional(),
    code: z.string().regex(/^[a-z0-9_]{2,60}$/),
    names,
    descriptions: z.record(z.string(), z.string().max(500)).default({}),
    form: z.array(field).max(20).default([]),
    response_hours: z.number().int().min(1).max(2000),
    target_days: z.number().int().min(1).max(400),
    is_private: z.boolean().default(false),
    needs_place: z.boolean().default(false),
    position: z.number().int().min(0).max(10_000).default(100),
  }),
  async run(ctx, { id: known, expected_version, ...values }) {
    demandAdministrator(ctx);
    const categoryId = known ?? ctx.newId<'category'>();
    const version = known ? (expected_version ?? (await findCategory(ctx, { id: known })).version) : undefined;
    await saveCategory(ctx, categoryId, values, version);
    record(
      ctx,
      known ? 'category.changed' : 'category.added',
      { kind: 'category', id: categoryId },
      { code: values.code },
    );
    return { id: categoryId };
  },
});

/** No new requests of this category; those that are open go on. */
export const end_category = command({
  name: 'requests.end_category',
  input: z.object({ id }),
  async run(ctx, input) {
    demandAdministrator(ctx);
    await endCategory(ctx, input.id);
    record(ctx, 'category.ended', { kind: 'category', id: input.id });
    return { id: input.id };
  },
});

export function demandAdministrator(ctx: Ctx): void {
  if (!hasRole(ctx.actor, 'administrator') && ctx.actor.kind !== 'system') notFound('administration', ctx.community.id);
}
