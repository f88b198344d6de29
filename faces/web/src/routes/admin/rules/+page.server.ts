import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_organisations } from '#modules/groups/index.ts';
import { list_staff } from '#modules/people/index.ts';
import { list_grids } from '#modules/places/index.ts';
import { end_rule, list_categories, list_rules, preview_rule, write_rule } from '#modules/requests/index.ts';

/** The kinds of organisation that answer requests. */
const ANSWERING = ['department', 'property_company', 'partner_unit'] as const;

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const [rules, categories, grids, staff, organisations] = await Promise.all([
    see(visit, list_rules, {}),
    see(visit, list_categories, {}),
    see(visit, list_grids, {}),
    see(visit, list_staff, {}),
    Promise.all(ANSWERING.map((kind) => see(visit, list_organisations, { kind, limit: 500 }))),
  ]);
  return {
    rules,
    categories,
    grids,
    staff: [...new Map(staff.map((one) => [one.id, { id: one.id, name: one.public_name }])).values()],
    organisations: organisations.flatMap((page) => page.organisations),
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
