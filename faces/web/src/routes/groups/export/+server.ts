import type { RequestEvent } from '@sveltejs/kit';
import { writeXlsx } from '#faces/documents/table.ts';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_organisations, ORGANISATION_KINDS } from '#modules/groups/index.ts';

const MOST = 5_000;

/** The organisations as the filters stand, as a spreadsheet. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, key);
  const kind = ORGANISATION_KINDS.find((one) => one === url.searchParams.get('kind'));
  const words = url.searchParams.get('words')?.slice(0, 80) || undefined;
  const rows = [];
  let after: string | undefined;
  do {
    const page = await see(visit, list_organisations, { kind, words, after, limit: 1000 });
    for (const one of page.organisations)
      rows.push([
        ...[t(`groups.kinds.${one.kind}`), one.names['zh-CN'], one.names.en, t(`groups.phases.${one.phase}`)],
        ...[one.contact ?? '', one.registered_number ?? '', one.vacancies],
      ]);
    after = page.next ?? undefined;
  } while (after && rows.length < MOST);
  const keys = ['web.admin.kind', 'web.admin.name_zh', 'web.admin.name_en', 'web.admin.phase'];
  const more = ['groups.contact', 'groups.registered_number', 'groups.vacancies'];
  const file = await writeXlsx(t('groups.title'), [...keys, ...more].map(t), rows);
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="organisations.xlsx"',
      'cache-control': 'no-store',
    },
  });
}
