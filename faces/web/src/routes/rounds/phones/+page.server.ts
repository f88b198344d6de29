import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_phones, order_wipe } from '#modules/visits/index.ts';

/** Phones that took rounds along, and the order to wipe one that is lost. */
export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/rounds/phones');
  return { phones: await see(visit, list_phones, {}), title: locale(visit, 'visits.phone.phones') };
};

export const actions = {
  wipe: (event: RequestEvent) =>
    formAction(event, (form, visit) => act(visit, order_wipe, { id: text(form, 'id') }, text(form, 'command_id'))),
};
