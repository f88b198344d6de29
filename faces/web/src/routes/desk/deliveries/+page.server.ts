import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { DELIVERY_DAYS, deliveryFilters } from '#lib/server/delivery_filters.ts';
import { withParameters } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { hasRole } from '#platform/actor.ts';
import { CHANNELS } from '#platform/channels/channel.ts';
import { end_chat_address, list_team_chats, set_chat_address } from '#platform/channels/chat_addresses.ts';
import { DELIVERY_STATES, list_deliveries, retry_deliveries } from '#platform/channels/deliveries.ts';
import { isId } from '#platform/ids.ts';

/** How the word back fares: by channel and state, with what can be sent again, and the chat groups of teams. */
export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/desk/deliveries');
  if (!hasRole(visit.actor, 'desk_officer', 'secretary', 'administrator')) error(404, 'not_found');
  const filters = deliveryFilters(url);
  const after = url.searchParams.get('after') ?? undefined;
  const [list, teams] = await Promise.all([
    see(visit, list_deliveries, { ...filters, after: isId(after) ? after : undefined }),
    see(visit, list_team_chats, {}),
  ]);
  return {
    ...list,
    next: list.next ? withParameters(url, { after: list.next }) : null,
    filters,
    export_path: `/desk/deliveries/export${url.search}`,
    ...{ teams, channels: [...CHANNELS], states: [...DELIVERY_STATES], days: DELIVERY_DAYS },
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
