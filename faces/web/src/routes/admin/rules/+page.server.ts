import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { ownersOf } from '#lib/server/owners.ts';
import { list_grids } from '#modules/places/index.ts';
import { end_rule, list_categories, list_rules, preview_rule, write_rule } from '#modules/requests/index.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const [rules, categories, grids, owners] = await Promise.all([
    see(visit, list_rules, {}),
    see(visit, list_categories, {}),
    see(visit, list_grids, {}),
    ownersOf(visit),
  ]);
  return {
    rules,
    categories,
    grids,
    ...owners,
    title: locale(visit, 'web.admin.rules'),
  };
};

function ruleOf(form: FormData) {
  const [owner_kind, owner_id] = (text(form, 'owner') ?? 'grid_worker').split('/');
  const time = text(form, 'time');
  return {
    number: Number(text(form, 'number')) || undefined,
    position: Number(text(form, 'position') ?? 100),
    category_id: text(form, 'category_id') ?? null,
    grid_id: text(form, 'grid_id') ?? null,
    outside_working_hours: time === 'outside' ? true : time === 'in' ? false : null,
    owner_kind,
    owner_id: owner_id ?? null,
    reason: text(form, 'reason') ?? '',
  };
}

export const actions = {
  /** The effect first: what the rule would have done, with everything typed still in the form. */
  preview: (event: RequestEvent) =>
    formAction(event, async (form, visit) => ({
      effect: await see(visit, preview_rule, ruleOf(form)),
      values: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
    })),
  write: (event: RequestEvent) =>
    formAction(event, async (form, visit) => void (await act(visit, write_rule, ruleOf(form)))),
  end: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => void (await act(visit, end_rule, { number: Number(text(form, 'number')) })),
    ),
};
