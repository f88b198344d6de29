import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_venture_rounds } from '#modules/projects/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const before = Number(url.searchParams.get('before')) || undefined;
  return { ...(await see(visit, list_venture_rounds, { before })), title: locale(visit, 'projects.title') };
};
