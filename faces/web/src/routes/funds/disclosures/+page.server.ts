import type { RequestEvent } from '@sveltejs/kit';
import { act, both, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { end_campaign, list_disclosures, show_ledger, start_campaign } from '#modules/funds/index.ts';
import { dateIn } from '#platform/clock.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const shown = await see(visit, list_disclosures, {});
  const funds = shown.may_disclose ? (await see(visit, show_ledger, {})).funds : [];
  return {
    ...shown,
    funds: funds.map(({ id, names }) => ({ id, names })),
    today: dateIn(visit.community.time_zone, visit.environment.clock()),
    title: locale(visit, 'books.disclosures.title'),
  };
};

const sent = (form: FormData) => text(form, 'command_id');

export const actions = {
  start: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const campaign = {
        ...{ names: both(form, 'name'), purposes: both(form, 'purpose'), fund_id: text(form, 'fund_id') },
        ...{
          subject: text(form, 'subject'),
          is_emergency: form.has('is_emergency'),
          filed_number: text(form, 'filed_number'),
        },
        ...{ starts_on: text(form, 'starts_on'), ends_on: text(form, 'ends_on') },
      };
      return act(visit, start_campaign, campaign, sent(form));
    }),
  end: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, end_campaign, { id: text(form, 'id'), ends_on: text(form, 'ends_on') }, sent(form)),
    ),
};
