import { error, type RequestEvent } from '@sveltejs/kit';
import { writeXlsx } from '#faces/documents/table.ts';
import { isRefusal, see } from '#lib/server/act.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { locale } from '#lib/server/locale.ts';
import { show_campaign } from '#modules/letters/index.ts';

const STATES = ['all', 'to_deliver', 'delivered', 'claimed', 'replied'] as const;

/** The letters of a campaign as a spreadsheet: doors and what became of each letter; no names, no codes. */
export async function GET({ locals, params, url }: RequestEvent) {
  const { visit } = locals;
  notAsThemselves(visit);
  const state = STATES.find((one) => one === url.searchParams.get('state')) ?? 'all';
  const t = (key: string) => locale(visit, `letters.${key}`);
  try {
    const { letters } = await see(visit, show_campaign, { id: params.id, state, limit: 5000 });
    const rows = letters.map((letter) => [
      letter.position,
      `${letter.building_names[visit.locale] ?? letter.building_names['zh-CN'] ?? ''} ${letter.unit}-${letter.door}`,
      letter.delivered_at ? new Date(letter.delivered_at) : null,
      letter.is_claimed ? t('is_claimed') : '',
      letter.replies,
    ]);
    const headings = [t('order'), t('door'), t('counts.delivered'), t('counts.claimed'), t('counts.replies')];
    return new Response(new Uint8Array(await writeXlsx(t('title'), headings, rows)), {
      headers: {
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': 'attachment; filename="home-letters.xlsx"',
        'cache-control': 'no-store',
      },
    });
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
}
