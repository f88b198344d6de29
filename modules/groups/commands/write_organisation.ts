import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { groupPolicy } from '../group.policy.ts';
import {
  changeOrganisation,
  hasBuilding,
  insertOrganisation,
  lockOrganisation,
  organisationById,
  standsAbove,
} from '../organisation.store.ts';
import { mayBecome, ORGANISATION_KINDS, PHASES } from '../organisation.ts';

const name = z.string().trim().min(1).max(80);
const about = z.string().trim().max(1000);

/** Writes an organisation down, or changes one: names in both languages, kind, where it belongs, its phase. */
export const write_organisation = command({
  name: 'groups.write_organisation',
  input: z.object({
    id: z.uuid().optional(),
    expected_version: z.number().int().positive().optional(),
    kind: z.enum(ORGANISATION_KINDS),
    names: z.object({ 'zh-CN': name, en: name }),
    parent_id: z.uuid().nullable().default(null),
    building_id: z.uuid().nullable().default(null),
    phase: z.enum(PHASES).exclude(['closed']).default('active'),
    phase_reason: z.string().trim().max(400).optional(),
    about: z.object({ 'zh-CN': about.optional(), en: about.optional() }).default({}),
    /** How the public reaches it: a desk's number or mailbox, never somebody's own. */
    contact: z.string().trim().max(120).nullable().default(null),
    registered_number: z.string().trim().toUpperCase().max(40).nullable().default(null),
  }),
  async run(ctx, { id: known, expected_version, phase_reason, ...organisation }) {
    const id = known ?? ctx.newId<'organisation'>();
    demand(groupPolicy, 'write', generalRelations(ctx.actor), { kind: 'organisation', id });
    await demandPlace(ctx, id, organisation);
    if (!known) {
      await insertOrganisation(ctx, id, organisation);
      record(ctx, 'organisation.written', { kind: 'organisation', id }, { kind: organisation.kind });
      return { id };
    }
    const before = (await lockOrganisation(ctx, known)) ?? notFound('organisation', known);
    if (!mayBecome(before.phase, organisation.phase)) refuse('phase_impossible', {}, { field: 'phase' });
    await changeOrganisation(ctx, before, organisation, expected_version, phase_reason);
    record(ctx, 'organisation.changed', { kind: 'organisation', id }, { phase: organisation.phase });
    return { id };
  },
});

/** The organisation it is part of and the building it belongs to are there, and none stands above itself. */
async function demandPlace(ctx: Ctx, id: string, to: { parent_id: string | null; building_id: string | null }) {
  const field = (name: string) => ({ field: name });
  if (to.building_id && !(await hasBuilding(ctx, to.building_id))) refuse('building_unknown', {}, field('building_id'));
  if (!to.parent_id) return;
  const parent = await organisationById(ctx, to.parent_id);
  if (!parent || parent.ended_at) refuse('organisation_unknown', {}, field('parent_id'));
  if (await standsAbove(ctx, id, to.parent_id)) refuse('parent_circle', {}, field('parent_id'));
}
