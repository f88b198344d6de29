import type { RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { end_category, list_categories, write_category } from '#modules/requests/index.ts';

export const load = async ({ locals }: RequestEvent) => ({
  categories: await see(locals.visit, list_categories, {}),
  title: locale(locals.visit, 'web.admin.categories'),
});

export const actions = {
  write: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const id = text(form, 'id');
      const known = id ? (await see(visit, list_categories, {})).find((one) => one.id === id) : undefined;
      await act(visit, write_category, {
        ...(known && {
          id,
          expected_version: Number(text(form, 'version')),
          form: known.form,
          descriptions: known.descriptions,
        }),
        code: text(form, 'code') ?? '',
        names: { 'zh-CN': text(form, 'name_zh') ?? '', en: text(form, 'name_en') ?? '' },
        response_hours: Number(text(form, 'response_hours')),
        target_days: Number(text(form, 'target_days')),
        position: Number(text(form, 'position') ?? 100),
        is_private: form.has('is_private'),
        needs_place: form.has('needs_place'),
      });
    }),
  end: (event: RequestEvent) =>
    formAction(event, async (form, visit) => act(visit, end_category, { id: text(form, 'id') })),
};
