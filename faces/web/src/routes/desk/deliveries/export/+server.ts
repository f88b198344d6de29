import type { RequestEvent } from '@sveltejs/kit';
import { writeXlsx } from '#faces/documents/table.ts';
import { see } from '#lib/server/act.ts';
import { deliveryFilters } from '#lib/server/delivery_filters.ts';
import { locale } from '#lib/server/locale.ts';
import { list_deliveries } from '#platform/channels/deliveries.ts';
import { clockIn } from '#platform/clock.ts';

const MOST = 20_000;

/** The deliveries as the filters stand, as a spreadsheet: no words, no names, addresses masked. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, key);
  // A spreadsheet knows no time zone: the clock on the wall here, as text that still sorts.
  const clock = (at: Date | null) => at && clockIn(visit.community.time_zone, at).slice(0, 16).replace('T', ' ');
  const rows = [];
  let after: string | undefined;
  do {
    const page = await see(visit, list_deliveries, { ...deliveryFilters(url), after, limit: 5_000 });
    for (const one of page.deliveries)
      rows.push([
        ...[t(`web.notices.${one.channel}`), one.address_masked, t(`web.deliveries.states.${one.state}`), one.attempts],
        ...[clock(one.created_at), clock(one.due_at), clock(one.sent_at), one.last_error ?? ''],
      ]);
    after = page.next ?? undefined;
  } while (after && rows.length < MOST);
  const keys = ['channel', 'address', 'state', 'tries', 'written', 'due', 'sent', 'error'];
  const headings = keys.map((key) => t(`web.deliveries.${key}`));
  const file = await writeXlsx(t('web.deliveries.title'), headings, rows);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="deliveries.xlsx"',
      'cache-control': 'no-store',
    },
  });
}
