import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_projects, PROJECT_STATES } from '#modules/projects/index.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const state = PROJECT_STATES.find((one) => one === asked('state'));
  const id = (name: string) => (isId(asked(name)) ? asked(name) : undefined);
  const [round_id, organisation_id] = [id('round'), id('organisation')];
  const found = await see(visit, list_projects, {
    ...{ states: state && [state], round_id, organisation_id, before: id('before') },
  });
  return {
    ...found,
    ...{ state: state ?? '', states: PROJECT_STATES, round_id, organisation_id },
    title: locale(visit, 'projects.delivery.title'),
  };
};
