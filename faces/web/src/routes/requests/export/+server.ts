import type { RequestEvent } from '@sveltejs/kit';
import { writeXlsx } from '#faces/documents/table.ts';
import { see } from '#lib/server/act.ts';
import { filtersFrom } from '#lib/server/filters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_requests } from '#modules/requests/index.ts';
import { clockIn } from '#platform/clock.ts';

const MOST = 5_000;
const PAGE = 200;

/** The list as its filters stand, as a spreadsheet: what this reader may see of it, the newest five thousand. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, key);
  const named = (names: Record<string, string> | null | undefined) => names?.[visit.locale] ?? '';
  // A spreadsheet knows no time zones: it gets the time on the neighbourhood's clocks.
  const clock = (at: Date | null) => at && new Date(`${clockIn(visit.community.time_zone, at)}Z`);
  const rows = [];
  let after: string | undefined;
  do {
    const page = await see(visit, list_requests, { ...filtersFrom(url), limit: PAGE, after });
    for (const one of page.requests) {
      rows.push([
        one.number,
        t(`requests.states.${one.state}`),
        one.text,
        named(one.category.names),
        named(one.grid?.names),
        one.owner?.public_name ?? '',
        clock(one.submitted_at),
        clock(one.due_at),
        clock(one.answered_at),
        one.reopened_count,
      ]);
    }
    after = page.next ?? undefined;
  } while (after && rows.length < MOST);
  const headings = [
    'home.follow_number',
    'list.phase',
    'ask.what',
    'list.category',
    'list.grid',
    'request.owner',
    'request.submitted',
    'request.due',
    'list.answered',
    'measures.reopening',
  ].map((key) => t(`web.${key}`));
  const file = await writeXlsx(t('web.list.title'), headings, rows);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="requests.xlsx"',
      'cache-control': 'no-store',
    },
  });
}
