import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { hasRole } from '#platform/actor.ts';
import { CHANNELS, type Channel } from '#platform/channels/channel.ts';
import { end_chat_address, list_team_chats, set_chat_address } from '#platform/channels/chat_addresses.ts';
import { DELIVERY_STATES, list_deliveries, retry_deliveries } from '#platform/channels/deliveries.ts';
import { isId } from '#platform/ids.ts';

const DAYS = [1, 7, 30, 365];

/** How the word back fares: by channel and state, with what can be sent again, and the chat groups of teams. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/desk/deliveries');
  if (!hasRole(visit.actor, 'desk_officer', 'secretary', 'administrator')) error(404, 'not_found');
  const wanted = <T extends string>(name: string, known: readonly T[]) =>
    known.find((one) => one === url.searchParams.get(name));
  const filters = {
    channel: wanted<Channel>('channel', CHANNELS),
    state: wanted('state', DELIVERY_STATES),
    days: DAYS.find((one) => one === Number(url.searchParams.get('days'))) ?? 30,
  };
  const after = url.searchParams.get('after') ?? undefined;
  const [list, teams] = await Promise.all([
    see(visit, list_deliveries, { ...filters, after: isId(after) ? after : undefined }),
    see(visit, list_team_chats, {}),
  ]);
  return {
    ...list,
    next: list.next ? withParameters(url, { after: list.next }) : null,
    filters,
    ...{ teams, channels: [...CHANNELS], states: [...DELIVERY_STATES], days: DAYS },
    title: locale(visit, 'web.deliveries.title'),
    wide: true,
  };
};

export const actions = {
  retry: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const id = text(form, 'retry');
      return act(visit, retry_deliveries, isId(id) ? { id } : { channel: text(form, 'channel') });
    }),
  chat: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const sent = { url: text(form, 'url') ?? '', organisation_id: text(form, 'organisation_id') ?? '' };
      await act(visit, set_chat_address, sent);
      return { retried: null };
    }),
  end_chat: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      await act(visit, end_chat_address, { organisation_id: text(form, 'organisation_id') ?? '' });
      return { retried: null };
    }),
};
