import type { RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';
import { reportOf } from '#lib/server/project_report.ts';

export const load = async (event: RequestEvent) => ({
  ...(await reportOf(event)),
  title: locale(event.locals.visit, 'projects.delivery.report'),
});
