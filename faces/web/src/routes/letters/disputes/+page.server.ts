import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { withParameters } from '#lib/server/filters.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_disputes, settle_dispute } from '#modules/people/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  const after = url.searchParams.get('after');
  const { disputes, next, total } = await seeOrNotFound(visit, list_disputes, {
    after: isId(after) ? after : undefined,
  });
  return {
    ...{ disputes, total, next: next && withParameters(url, { after: next }) },
    title: locale(visit, 'letters.disputes.title'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, settle_dispute, {
        id: text(form, 'id'),
        decision: text(form, 'decision'),
        reason: text(form, 'reason') ?? '',
      }),
    ),
};
