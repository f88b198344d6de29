import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { endMembership, insertMembership, lockMembership } from '../membership.store.ts';
import { lockOrganisation, organisationById } from '../organisation.store.ts';
import { takesOrganisations } from '../organisation.ts';
import { demandForOrganisation, maySpeak } from '../speak_for.ts';

/** Somebody, or an organisation, becomes a member: partner units of an alliance, people of a team. One is a member once. */
export const admit_member = command({
  name: 'groups.admit_member',
  input: z
    .object({
      organisation_id: z.uuid(),
      person_id: z.uuid().optional(),
      member_organisation_id: z.uuid().optional(),
    })
    .refine((one) => (one.person_id === undefined) !== (one.member_organisation_id === undefined), {
      path: ['person_id'],
    }),
  async run(ctx, { organisation_id, person_id = null, member_organisation_id = null }) {
    await demandForOrganisation(ctx, 'admit', organisation_id);
    const organisation = (await lockOrganisation(ctx, organisation_id)) ?? notFound('organisation', organisation_id);
    if (member_organisation_id) {
      const field = { field: 'member_organisation_id' };
      const member = await organisationById(ctx, member_organisation_id);
      if (!member || member.ended_at || member.id === organisation_id) refuse('organisation_unknown', {}, field);
      if (!takesOrganisations(organisation.kind)) refuse('members_are_people', {}, field);
    }
    const id = ctx.newId<'membership'>();
    await insertMembership(ctx, { id, organisation_id, person_id, member_organisation_id });
    const of = { kind: 'organisation', id: organisation_id };
    record(ctx, 'member.admitted', of, { person_id, member_organisation_id });
    return { id };
  },
});

/** A membership ends: by those who admit, or by the member. */
export const end_membership = command({
  name: 'groups.end_membership',
  input: z.object({ id: z.uuid(), reason: z.string().trim().max(400).optional() }),
  async run(ctx, { id, reason }) {
    const membership = (await lockMembership(ctx, id)) ?? notFound('membership', id);
    const { organisation_id, person_id, member_organisation_id } = membership;
    const isOwn = person_id
      ? person_id === ctx.actor.id && !ctx.actor.on_behalf_of_id
      : await maySpeak(ctx, member_organisation_id!);
    if (!isOwn) await demandForOrganisation(ctx, 'admit', organisation_id);
    await endMembership(ctx, id, reason ?? null);
    const of = { kind: 'organisation', id: organisation_id };
    record(ctx, 'membership.ended', of, { person_id, member_organisation_id });
    return { id };
  },
});
