import { error, type RequestEvent } from '@sveltejs/kit';
import { writeXlsx } from '#faces/documents/table.ts';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { visitFilters } from '#lib/server/visit_filters.ts';
import { list_occasions, list_visits } from '#modules/visits/index.ts';
import { hasRole } from '#platform/actor.ts';
import { clockIn } from '#platform/clock.ts';

const MOST = 5_000;
const PAGE = 500;

/** The list as its filters stand, as a spreadsheet; notes stay here. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'grid_worker', 'desk_officer', 'secretary')) error(404, 'not_found');
  const t = (key: string) => locale(visit, key);
  const named = (names: Record<string, string> | undefined) => names?.[visit.locale] ?? '';
  const clock = (at: Date) => new Date(`${clockIn(visit.community.time_zone, at)}Z`);
  const occasions = new Map((await see(visit, list_occasions, {})).map((one) => [one.code, named(one.names)]));
  const rows = [];
  for (let after: number | null = 0; after !== null && rows.length < MOST; ) {
    const page: Awaited<ReturnType<typeof list_visits.run>> = await see(visit, list_visits, {
      ...visitFilters(url),
      limit: PAGE,
      after,
    });
    for (const one of page.visits) {
      rows.push([
        `${named(one.building_names)} ${one.unit}-${one.door}`,
        occasions.get(one.occasion) ?? one.occasion,
        t(`visits.outcomes.${one.outcome}`),
        clock(one.knocked_at),
        one.worker_name ?? '',
        one.needs.map((need) => need.number).join(', '),
      ]);
    }
    after = page.next;
  }
  const headings = ['search_hint', 'occasion', 'how', 'knocked', 'worker', 'need'].map((key) => t(`visits.${key}`));
  const file = await writeXlsx(t('visits.list'), headings, rows);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="visits.xlsx"',
      'cache-control': 'no-store',
    },
  });
}
