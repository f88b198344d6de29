import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { invite_to_post, list_suggestions, withdraw_invitation } from '#modules/forum/index.ts';
import { start_term } from '#modules/groups/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const found = await seeOrNotFound(visit, list_suggestions, {});
  return { ...found, title: locale(visit, 'forum.scouting.title') };
};

export const actions = {
  invite: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          invite_to_post,
          { person_id: text(form, 'person_id'), post_id: text(form, 'post_id'), reason: text(form, 'reason') },
          text(form, 'command_id'),
        ),
      () => '/forum/posts#invitations',
    ),
  /** Whoever accepted takes up the post; the invitation is kept with the term as its cause. */
  begin: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => {
        const cause = { kind: 'post_invitation', id: text(form, 'id') };
        const term = { post_id: text(form, 'post_id'), person_id: text(form, 'person_id'), cause };
        return act(visit, start_term, term, text(form, 'command_id'));
      },
      () => '/forum/posts#invitations',
    ),
  withdraw: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) => act(visit, withdraw_invitation, { id: text(form, 'id') }),
      () => '/forum/posts#invitations',
    ),
};
