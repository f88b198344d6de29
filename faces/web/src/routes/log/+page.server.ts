import { type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { keyOf, show_log } from '#modules/log/index.ts';
import { isId } from '#platform/ids.ts';

const SHOWN = 20;

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const id = url.searchParams.get('id')?.trim().toLowerCase();
  if (id && isId(id)) redirect(303, `/log/${id}`);
  const from = Number(url.searchParams.get('from') ?? -SHOWN);
  const shown = await see(visit, show_log, { from: Number.isSafeInteger(from) ? from : -SHOWN, limit: SHOWN });
  return {
    ...shown,
    heads: shown.heads.map(({ size, note, signed_at }) => ({ size, note, signed_at })),
    verifier: keyOf(visit.environment, visit.community).verifier,
    is_wrong: id !== undefined && id !== '',
    asked: id ?? '',
    page: SHOWN,
    title: locale(visit, 'log.title'),
  };
};
