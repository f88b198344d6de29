import type { RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';

export const load = ({ locals }: RequestEvent) => ({ title: locale(locals.visit, 'web.offline.title') });
