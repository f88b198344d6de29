import { type RequestEvent, redirect } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { my_notice_preferences, my_notices, read_notices, set_notice_preferences } from '#platform/notices.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/notices');
  return {
    notices: await see(visit, my_notices, { limit: 200 }),
    preferences: visit.acting_for ? null : await see(visit, my_notice_preferences, {}),
    title: locale(visit, 'web.notices.title'),
    live: `person/${visit.actor.on_behalf_of_id ?? visit.actor.id}`,
  };
};

/** Minutes after midnight of what a time field says, “07:00”. */
function minuteOf(form: FormData, name: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text(form, name) ?? '') ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

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
        channel: text(form, 'channel'),
        quiet_from_minute: minuteOf(form, 'quiet_from_minute'),
        quiet_until_minute: minuteOf(form, 'quiet_until_minute'),
      }),
    ),
};
