import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { amountFrom, hoursFrom, seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import {
  DONATION_KINDS,
  keep_pledge,
  lapse_pledge,
  list_open_accounts,
  list_pledges,
  make_pledge,
} from '#modules/funds/index.ts';
import { person_of_phone } from '#modules/people/index.ts';
import { dateIn } from '#platform/clock.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (visit.actor.kind !== 'person') error(404, 'not_found');
  const is_settled = url.searchParams.get('settled') === '1';
  const before = url.searchParams.get('before');
  const shown = await seeAllowed(visit, list_pledges, { is_settled, before: isId(before) ? before : undefined });
  const chosen = shown.may.post
    ? await see(visit, list_open_accounts, {})
    : { accounts: [], categories: [], offers: [] };
  return {
    ...{ ...shown, is_settled, kinds: DONATION_KINDS, categories: chosen.categories, offers: chosen.offers },
    funds: chosen.accounts.filter((one) => one.kind === 'fund'),
    banks: chosen.accounts.filter((one) => one.kind === 'bank'),
    today: dateIn(visit.community.time_zone, visit.environment.clock()),
    title: locale(visit, 'books.pledges.title'),
  };
};

/** What was chosen as a wish: a use of money, or something that a fund offers. */
async function wishOf(visit: Visit, chosen: string | undefined) {
  if (!isId(chosen)) return chosen ? { categories: [chosen] } : {};
  const { offers } = await see(visit, list_open_accounts, {});
  return offers.find((one) => one.id === chosen)?.restriction ?? refuse('line_not_offered', {}, { field: 'category' });
}

const sent = (form: FormData) => text(form, 'command_id');

export const actions = {
  make: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const kind = DONATION_KINDS.find((one) => one === text(form, 'kind'));
      const wish = await wishOf(visit, text(form, 'category'));
      const phone = text(form, 'phone');
      const found = phone ? await see(visit, person_of_phone, { phone, reason: 'funds.reasons.gift' }) : undefined;
      if (phone && !found) refuse('nobody_of_phone', {}, { field: 'phone' });
      const promised = {
        ...{ kind, donor_name: text(form, 'donor_name'), person_id: found?.id, is_hidden: form.has('is_hidden') },
        ...{ description: text(form, 'description'), due_on: text(form, 'due_on') },
        ...(kind === 'money' && { amount_fen: amountFrom(form, 'amount_fen') }),
        ...(kind === 'hours' && { hours: hoursFrom(form, 'hours') }),
        wish,
      };
      return act(visit, make_pledge, promised, sent(form));
    }),
  keep: (event: RequestEvent) =>
    formAction(event, (form, visit) => {
      const kind = text(form, 'kind');
      const gift = {
        ...{ id: text(form, 'id'), received_on: text(form, 'received_on') },
        ...(kind === 'money' && {
          ...{ amount_fen: amountFrom(form, 'amount_fen'), fund_id: text(form, 'fund_id') },
          ...{ bank_account_id: text(form, 'bank_account_id'), budget_line_id: text(form, 'budget_line_id') },
        }),
        ...(kind === 'hours' && { hours: hoursFrom(form, 'hours') }),
        ...(kind === 'goods' && { is_whole: form.has('is_whole') }),
      };
      return act(visit, keep_pledge, gift, sent(form));
    }),
  lapse: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, lapse_pledge, { id: text(form, 'id'), reason: text(form, 'reason') ?? '' }, sent(form)),
    ),
};
