import type { RequestEvent } from '@sveltejs/kit';
import { stringify } from '#faces/documents/csv.ts';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_moderation } from '#modules/forum/index.ts';

const MOST = 20_000;
const PAGE = 500;
const COLUMNS = ['at', 'step', 'kind', 'id', 'topic', 'rule', 'reason', 'moderator'];

/** The whole log of moderation as CSV, for anybody. */
export async function GET({ locals }: RequestEvent) {
  const { visit } = locals;
  const t = (key: string) => locale(visit, `forum.${key}`);
  const rows: (string | null)[][] = [COLUMNS.map((name) => t(`columns.${name}`))];
  let before: string | undefined;
  do {
    const page = await see(visit, list_moderation, { before, limit: PAGE });
    for (const one of page.steps)
      rows.push([
        ...[one.at.toISOString(), t(`steps.${one.step}`), t(`kinds.${one.subject_kind}`), one.subject_id],
        ...[one.title, t(`rules.${one.rule}`), one.reason, one.moderator],
      ]);
    before = page.next ?? undefined;
  } while (before && rows.length < MOST);
  return new Response(stringify(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="moderation.csv"',
      'cache-control': 'no-store',
    },
  });
}
