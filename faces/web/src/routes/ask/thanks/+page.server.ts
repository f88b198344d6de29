import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { show_request } from '#modules/requests/index.ts';

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  const code = url.searchParams.get('code');
  const number = url.searchParams.get('number') ?? '0';
  const request = await see(visit, show_request, {
    number: /^\d{1,15}$/.test(number) ? number : 0,
    follow_code: code ?? undefined,
  });
  return { request, code, title: locale(visit, 'web.ask.thanks') };
};
