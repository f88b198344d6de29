import type { RequestEvent } from '@sveltejs/kit';
import { formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { ballotOf, roundOf } from '#lib/server/venture.ts';
import { find_ballot, show_result } from '#modules/projects/index.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const round = await roundOf(event);
  return {
    round,
    result: await see(visit, show_result, { number: round.number }),
    proposals: await ballotOf(visit, round.number),
    title: locale(visit, 'projects.result'),
  };
};

export const actions = {
  // Posted, so that the code stands in no address and no log.
  find: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const { number } = await roundOf(event);
      const receipt_code = text(form, 'receipt_code')?.slice(0, 60) ?? '';
      const ballot = await see(visit, find_ballot, { number, receipt_code });
      // One wrong letter in sixteen is mended, not typed anew; a code that found its ballot is not shown again.
      return { ballot, receipt_code: ballot ? '' : receipt_code };
    }),
};
