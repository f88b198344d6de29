import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, problemsOf, see, text } from '#lib/server/act.ts';
import { cornersFrom, geojsonFrom } from '#lib/server/corners.ts';
import { locale } from '#lib/server/locale.ts';
import { preview_redraw, redraw_grid, show_grid } from '#modules/places/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals, params }: RequestEvent<{ id: string }>) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const shown = await see(visit, show_grid, { id: params.id });
  return { ...shown, title: locale(visit, 'places.grids.redraw'), island: 'grid_editor' };
};

/** What the form asks for: GeoJSON when some was given, else the corners as they stand in their fields. */
async function drawnIn(form: FormData, id: string) {
  const boundary = await geojsonFrom(form);
  return boundary ? { id, boundary } : { id, corners: cornersFrom(form) };
}

export const actions = {
  preview: (event: RequestEvent<{ id: string }>) =>
    formAction(event, async (form, visit) => {
      const { faults, ...preview } = await see(visit, preview_redraw, await drawnIn(form, event.params.id));
      const problems = faults.flatMap((fault) => problemsOf(visit, fault));
      const versions = Object.fromEntries(preview.changed.map(({ id, version }) => [id, version]));
      const values: Record<string, string> = {};
      for (const [name, value] of form) if (typeof value === 'string') values[name] = value;
      return { preview: { ...preview, problems, versions: JSON.stringify(versions) }, values };
    }),
  save: (event: RequestEvent<{ id: string }>) =>
    formAction(
      event,
      async (form, visit) => {
        const { id } = event.params;
        const { changed } = await see(visit, preview_redraw, await drawnIn(form, id));
        const seen = JSON.parse(text(form, 'versions') ?? '{}') as Record<string, number>;
        const withVersion = changed.map(({ id: one, boundary, version }) => ({
          ...{ id: one, boundary, expected_version: seen[one] ?? version },
        }));
        const [grid, ...neighbours] = withVersion;
        const names = { 'zh-CN': text(form, 'name_zh') ?? '', en: text(form, 'name_en') ?? '' };
        return act(visit, redraw_grid, { ...grid, names, neighbours }, text(form, 'command_id'));
      },
      ({ id }) => `/admin/grids/${id}?saved=1`,
    ),
};
