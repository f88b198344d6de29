import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { answer_invitation, my_invitations } from '#modules/forum/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (visit.actor.kind !== 'person') redirect(303, '/sign-in?to=/forum/invitations');
  if (visit.actor.on_behalf_of_id) redirect(303, '/me');
  return { ...(await see(visit, my_invitations, {})), title: locale(visit, 'forum.scouting.mine') };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          answer_invitation,
          { id: text(form, 'id'), accepts: text(form, 'answer') === 'accept', words: text(form, 'words') },
          text(form, 'command_id'),
        ),
      () => '/forum/invitations',
    ),
};
