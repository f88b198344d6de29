import type { RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';

export const load = ({ locals }: RequestEvent) => ({
  base: locals.visit.environment.base_url,
  title: locale(locals.visit, 'web.nav.developers'),
});
