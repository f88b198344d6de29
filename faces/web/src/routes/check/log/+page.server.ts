import type { RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';

export const load = ({ locals }: RequestEvent) => ({
  island: 'check_log',
  title: locale(locals.visit, 'web.check_log.title'),
});
