import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_moderation, list_waiting, MODERATION, moderate } from '#modules/forum/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const before = url.searchParams.get('before');
  const log = await see(visit, list_moderation, { before: isId(before) ? before : undefined });
  return {
    ...log,
    waiting: log.may_moderate ? (await see(visit, list_waiting, {})).waiting : null,
    moderation: MODERATION,
    title: locale(visit, 'forum.log'),
  };
};

export const actions = {
  moderate: (event: RequestEvent) =>
    formAction(
      event,
      (form, visit) =>
        act(
          visit,
          moderate,
          {
            subject: { kind: text(form, 'kind'), id: text(form, 'id') },
            ...{ step: text(form, 'step'), rule: text(form, 'rule'), reason: text(form, 'reason') },
          },
          text(form, 'command_id'),
        ),
      () => '/forum/moderation',
    ),
};
