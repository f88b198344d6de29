import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { CHANNELS } from '#platform/channels/channel.ts';
import { end_chat_address, set_chat_address } from '#platform/channels/chat_addresses.ts';
import { end_push } from '#platform/channels/push_subscriptions.ts';
import { RHYTHMS } from '#platform/channels/rhythm.ts';
import { NOTICE_KIND_NAMES, noticePath } from '#platform/notice_kinds.ts';
import { my_notice_preferences, my_notices, read_notices, set_notice_preferences } from '#platform/notices.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/notices');
  const notices = await see(visit, my_notices, { limit: 200 });
  return {
    notices: notices.map((notice) => ({ ...notice, path: noticePath(notice) })),
    preferences: visit.acting_for ? null : await see(visit, my_notice_preferences, {}),
    push_public_key: visit.environment.push_public_key ?? null,
    channels: [...CHANNELS],
    rhythms: [...RHYTHMS],
    title: locale(visit, 'web.notices.title'),
    live: `person/${visit.actor.on_behalf_of_id ?? visit.actor.id}`,
    island: 'push',
  };
};

/** Minutes after midnight of what a time field says, “07:00”. */
function minuteOf(form: FormData, name: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text(form, name) ?? '') ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

const choicesOf = (form: FormData) =>
  NOTICE_KIND_NAMES.map((kind) => ({
    kind,
    channels: form.getAll(`${kind}_channel`),
    rhythm: text(form, `${kind}_rhythm`),
  }));

export const actions = {
  read: (event: RequestEvent) =>
    formAction(
      event,
      async (_form, visit) => act(visit, read_notices, {}),
      () => '/me/notices',
    ),
  choose: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, set_notice_preferences, {
        choices: choicesOf(form),
        quiet_from_minute: minuteOf(form, 'quiet_from_minute'),
        quiet_until_minute: minuteOf(form, 'quiet_until_minute'),
      }),
    ),
  chat: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => void (await act(visit, set_chat_address, { url: text(form, 'url') ?? '' })),
    ),
  end_chat: (event: RequestEvent) =>
    formAction(event, async (_form, visit) => void (await act(visit, end_chat_address, {}))),
  end_push: (event: RequestEvent) =>
    formAction(event, async (form, visit) => void (await act(visit, end_push, { id: text(form, 'id') }))),
};
