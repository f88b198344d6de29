import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { endOrganisation, insertOrganisation } from '../organisation.store.ts';

const KINDS = [
  'department',
  'partner_unit',
  'property_company',
  'social_organisation',
  'volunteer_team',
  'club',
  'building_group',
  'committee',
  'business',
] as const;

/** An administrator writes an organisation down. */
export const write_organisation = command({
  name: 'groups.write_organisation',
  input: z.object({
    kind: z.enum(KINDS),
    names: z.object({ 'zh-CN': z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) }),
  }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('organisations', ctx.community.id);
    const id = ctx.newId<'organisation'>();
    await insertOrganisation(ctx, { id, ...input });
    record(ctx, 'organisation.written_down', { kind: 'organisation', id }, { kind: input.kind });
    return { id };
  },
});

export const end_organisation = command({
  name: 'groups.end_organisation',
  input: z.object({ id: z.uuid() }),
  async run(ctx, input) {
    if (!hasRole(ctx.actor, 'administrator') || !(await endOrganisation(ctx, input.id)))
      notFound('organisation', input.id);
    record(ctx, 'organisation.ended', { kind: 'organisation', id: input.id });
    return { id: input.id };
  },
});
