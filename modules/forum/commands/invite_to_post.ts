import { z } from 'zod';
import { isVacant } from '#modules/groups/index.ts';
import { agreedTo } from '#modules/people/index.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { forumPolicy, forumRelations } from '../forum.policy.ts';
import { askedAlready, changeInvitation, insertInvitation, lockInvitation, markedSpeeches } from '../scouting.store.ts';
import { suggest } from '../scouting.ts';

/**
 * Asks somebody who is suggested whether they would take a vacant post, with the reason. Whoever did not agree to be found,
 * or whom nothing speaks for, is not there to be asked.
 */
export const invite_to_post = command({
  name: 'forum.invite_to_post',
  input: z.object({ post_id: z.uuid(), person_id: z.uuid(), reason: z.string().trim().min(1).max(1000) }),
  async run(ctx, { post_id, person_id, reason }) {
    demand(forumPolicy, 'suggest', forumRelations(ctx.actor), { kind: 'person', id: person_id });
    const [agreed] = await agreedTo(ctx, 'scouting', [person_id]);
    const { speeches, people } = await markedSpeeches(ctx, agreed ? [person_id] : []);
    if (suggest(speeches, people).length === 0) notFound('person', person_id);
    if (!(await isVacant(ctx, post_id))) refuse('post_not_vacant', {}, { field: 'post_id' });
    const asked = await askedAlready(ctx, post_id, person_id);
    if (asked) refuse(asked === 'waits' ? 'invited_already' : 'declined_lately', {}, { field: 'post_id' });
    const id = ctx.newId<'post_invitation'>();
    await insertInvitation(ctx, { id, post_id, person_id, reason });
    record(ctx, 'post_invitation.sent', { kind: 'post_invitation', id }, { post_id });
    await notify(
      ctx,
      { person_id, template: 'post_invitation', vars: {}, subject: { kind: 'post_invitation', id } },
      id,
    );
    return { id };
  },
});

/** Whoever is invited says yes or no, once; a word with it if they like. Nobody else answers for them. */
export const answer_invitation = command({
  name: 'forum.answer_invitation',
  input: z.object({ id: z.uuid(), accepts: z.boolean(), words: z.string().trim().max(500).default('') }),
  async run(ctx, { id, accepts, words }) {
    const invitation = (await lockInvitation(ctx, id)) ?? notFound('post_invitation', id);
    const isMine = invitation.person_id === ctx.actor.id && !ctx.actor.on_behalf_of_id;
    if (!isMine || (await agreedTo(ctx, 'scouting', [ctx.actor.id])).length === 0) notFound('post_invitation', id);
    if (invitation.answer) refuse('invitation_answered');
    if (accepts && !(await isVacant(ctx, invitation.post_id))) refuse('post_not_vacant');
    const answer = accepts ? 'accepted' : 'declined';
    await changeInvitation(ctx, id, { answer, answer_words: words === '' ? null : words, answered_at: ctx.now });
    record(ctx, `post_invitation.${answer}`, { kind: 'post_invitation', id }, { post_id: invitation.post_id });
    const subject = { kind: 'post_suggestions', id: ctx.community.id };
    await notify(
      ctx,
      { person_id: invitation.invited_by_id, template: `post_invitation_${answer}`, vars: {}, subject },
      id,
    );
    return { id, answer };
  },
});

/** Takes back an invitation that was not answered. */
export const withdraw_invitation = command({
  name: 'forum.withdraw_invitation',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    demand(forumPolicy, 'suggest', forumRelations(ctx.actor), { kind: 'post_invitation', id });
    const invitation = (await lockInvitation(ctx, id)) ?? notFound('post_invitation', id);
    if (invitation.answer) refuse('invitation_answered');
    await changeInvitation(ctx, id, { withdrawn_at: ctx.now });
    record(ctx, 'post_invitation.withdrawn', { kind: 'post_invitation', id }, { post_id: invitation.post_id });
    return { id };
  },
});
