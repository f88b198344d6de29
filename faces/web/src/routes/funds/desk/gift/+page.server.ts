import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { amountFrom, hoursFrom, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { DONATION_KINDS, list_open_accounts, my_rights, record_donation } from '#modules/funds/index.ts';
import { person_of_phone } from '#modules/people/index.ts';
import { dateIn } from '#platform/clock.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!(await see(visit, my_rights, {})).post) error(404, 'not_found');
  const { accounts, offers } = await seeAllowed(visit, list_open_accounts, {});
  const asked = url.searchParams.get('kind');
  return {
    kind: DONATION_KINDS.find((kind) => kind === asked) ?? 'money',
    ...{ kinds: DONATION_KINDS, offers },
    funds: accounts.filter((one) => one.kind === 'fund'),
    banks: accounts.filter((one) => one.kind === 'bank'),
    today: dateIn(visit.community.time_zone, visit.environment.clock()),
    title: locale(visit, 'funds.record_donation'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const kind = DONATION_KINDS.find((one) => one === text(form, 'kind')) ?? 'money';
        const given = {
          ...{ kind, donor_name: text(form, 'donor_name'), is_hidden: form.has('is_hidden') },
          ...{ received_on: text(form, 'received_on'), description: text(form, 'description') },
          ...(kind === 'money' && {
            amount_fen: amountFrom(form, 'amount_fen'),
            ...{ fund_id: text(form, 'fund_id'), budget_line_id: text(form, 'budget_line_id') },
            bank_account_id: text(form, 'bank_account_id'),
          }),
          ...(kind === 'hours' && { hours: hoursFrom(form, 'hours') }),
        };
        const person_id = await giverOf(visit, text(form, 'phone'));
        return act(visit, record_donation, { ...given, person_id }, text(form, 'command_id'));
      },
      ({ id }) => `/funds/receipts/${id}?written=1`,
    ),
};

/** The resident whose number the giver named, so that the gift stands on their own page; told in their file. */
async function giverOf(visit: Visit, phone: string | undefined): Promise<string | undefined> {
  if (!phone) return undefined;
  const found = await see(visit, person_of_phone, { phone, reason: 'funds.reasons.gift' });
  return found?.id ?? refuse('nobody_of_phone', {}, { field: 'phone' });
}
