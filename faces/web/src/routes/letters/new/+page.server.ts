import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { VARIABLES, write_campaign } from '#modules/letters/index.ts';
import { list_grids } from '#modules/places/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  notAsThemselves(visit);
  if (!hasRole(visit.actor, 'desk_officer', 'administrator', 'secretary')) error(404, 'not_found');
  const grids = await see(visit, list_grids, {});
  return {
    grids: grids.map(({ id, names }) => ({ id, names })),
    variables: VARIABLES,
    title: locale(visit, 'letters.write'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) =>
        act(
          visit,
          write_campaign,
          {
            titles: { 'zh-CN': text(form, 'titles.zh-CN'), en: text(form, 'titles.en') },
            texts: { 'zh-CN': text(form, 'texts.zh-CN'), en: text(form, 'texts.en') },
            valid_days: Number(text(form, 'valid_days')) || undefined,
            grid_ids: form.getAll('grid_id'),
          },
          text(form, 'command_id'),
        ),
      ({ id }) => `/letters/${id}`,
    ),
};
