import { error, type RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';
import { needsOf, projectOf } from '#lib/server/projects.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const project = await projectOf(event);
  // The latest report stands; there is none before the first.
  const report = project.steps.findLast((one) => one.step === 'report');
  if (!report || !['reported', 'closed'].includes(project.state)) error(404, 'not_found');
  return {
    project,
    report,
    verdict: project.steps.findLast((one) => one.step === 'close') ?? null,
    needs: await needsOf(visit, project.request_ids),
    title: locale(visit, 'projects.delivery.report'),
  };
};
