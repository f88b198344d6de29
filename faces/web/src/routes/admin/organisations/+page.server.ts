import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import {
  end_organisation,
  list_organisations,
  ORGANISATION_KINDS,
  type OrganisationKind,
  PHASES,
  write_organisation,
} from '#modules/groups/index.ts';
import { search_address } from '#modules/places/index.ts';
import { hasRole } from '#platform/actor.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const asked = (name: string) => url.searchParams.get(name) || undefined;
  const kind = ORGANISATION_KINDS.find((one) => one === asked('kind'));
  const words = asked('words')?.slice(0, 80);
  const after = asked('after');
  const page = { kind, words, after: isId(after) ? after : undefined };
  return {
    ...(await see(visit, list_organisations, page)),
    filter: { kind: kind ?? '', words: words ?? '' },
    after: page.after,
    kinds: ORGANISATION_KINDS,
    phases: PHASES.filter((phase) => phase !== 'closed'),
    title: locale(visit, 'web.admin.organisations'),
  };
};

export const actions = {
  write: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const where = text(form, 'building');
      const [place] = where ? await see(visit, search_address, { text: where, limit: 1 }) : [];
      if (where && !place) refuse('building_unknown', {}, { field: 'building' });
      const version = text(form, 'expected_version');
      return act(
        visit,
        write_organisation,
        {
          id: text(form, 'id'),
          expected_version: version ? Number(version) : undefined,
          kind: text(form, 'kind') as OrganisationKind,
          names: { 'zh-CN': text(form, 'name_zh') ?? '', en: text(form, 'name_en') ?? '' },
          parent_id: text(form, 'parent_id') ?? null,
          building_id: place?.building_id ?? text(form, 'building_id') ?? null,
          phase: text(form, 'phase'),
        },
        text(form, 'command_id'),
      );
    }),
  end: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(visit, end_organisation, {
        id: text(form, 'id'),
        expected_version: Number(text(form, 'expected_version')),
      }),
    ),
};
