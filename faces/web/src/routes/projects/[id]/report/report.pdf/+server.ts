import type { RequestEvent } from '@sveltejs/kit';
import { reportOf, reportPaper } from '#lib/server/project_report.ts';

/** The closing report on A4, for everybody. */
export async function GET(event: RequestEvent) {
  const told = await reportOf(event);
  const pdf = await reportPaper(event.locals.visit, told);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="project-${told.project.proposal.number}.pdf"`,
      'cache-control': 'no-store',
    },
  });
}
