import { error, type RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { seeAllowed } from '#lib/server/funds.ts';
import { locale } from '#lib/server/locale.ts';
import { ACCOUNT_KINDS, list_open_accounts, my_rights, open_account } from '#modules/funds/index.ts';
import { list_staff, person_of_phone } from '#modules/people/index.ts';
import { refuse } from '#platform/refusal.ts';

const KINDS = ACCOUNT_KINDS.filter((kind) => kind !== 'income' && kind !== 'expense');

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!(await see(visit, my_rights, {})).open_account) error(404, 'not_found');
  const { accounts, categories } = await seeAllowed(visit, list_open_accounts, {});
  return {
    ...{ kinds: KINDS, kind: KINDS.find((kind) => kind === url.searchParams.get('kind')) ?? 'fund', categories },
    funds: accounts.filter((one) => one.kind === 'fund'),
    staff: [...new Map((await see(visit, list_staff, {})).map((one) => [one.id, one.public_name ?? ''])).entries()],
    title: locale(visit, 'funds.open_account'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const kind = KINDS.find((one) => one === text(form, 'kind'));
        const chosen = [...form.keys()].flatMap((name) => (name.startsWith('allowed_') ? [name.slice(8)] : []));
        const wanted = {
          ...{ kind, names: { 'zh-CN': text(form, 'name_zh'), en: text(form, 'name_en') } },
          ...(kind === 'budget_line' && { fund_id: text(form, 'fund_id'), category: text(form, 'category') ?? null }),
          ...(kind === 'advance' && { holder_id: await holderOf(visit, form) }),
          ...(kind === 'fund' && chosen.length > 0 && { restriction: { categories: chosen } }),
        };
        return act(visit, open_account, wanted, text(form, 'command_id'));
      },
      ({ id }) => `/funds/${id}`,
    ),
};

/** Who answers for an advance: somebody who works here, or a resident by the number they gave. */
async function holderOf(visit: Visit, form: FormData): Promise<string> {
  const [chosen, phone] = [text(form, 'holder_id'), text(form, 'phone')];
  if (!phone) return chosen ?? refuse('required', {}, { field: 'holder_id' });
  const found = await see(visit, person_of_phone, { phone, reason: 'funds.reasons.advance' });
  return found?.id ?? refuse('nobody_of_phone', {}, { field: 'phone' });
}
