import { error, type RequestEvent } from '@sveltejs/kit';
import { TABLES } from '#faces/documents/read_import.ts';
import { writeXlsx } from '#faces/documents/table.ts';
import { locale } from '#lib/server/locale.ts';
import { hasRole } from '#platform/actor.ts';

// Invented people and places: three rows that may be imported as they are, once the place is there.
const ROWS: Record<string, Record<string, string>[]> = {
  doors: [
    { building: '1', unit: '1', floor: '1', door: '101', latitude: '40.0021', longitude: '116.3264' },
    { building: '1', unit: '1', floor: '1', door: '102' },
    { building: '1', unit: '2', floor: '5', door: '501' },
  ],
  residents: [
    {
      building: '1',
      unit: '1',
      door: '101',
      name: '张小满',
      phone: '138 0000 0001',
      born_in_year: '1952',
      relation: '户主',
    },
    { building: '1', unit: '1', door: '101', name: '李谷雨', born_in_year: '1955', relation: '成员' },
    { building: '1', unit: '2', door: '501', name: '王立夏', phone: '138 0000 0002', relation: '租户' },
  ],
  organisations: [
    { kind: '社会组织', name_zh: '晚晴助老服务社', name_en: 'Evening Light', phase: '活动中' },
    { kind: '志愿队', name_zh: '荷塘里志愿队', name_en: 'Lotus Lane volunteers' },
    { kind: '文体团队', name_zh: '晨光合唱队', name_en: 'Morning choir' },
  ],
};
const GRIDS = {
  type: 'FeatureCollection',
  features: [0, 1].map((i) => {
    const [west, east] = [116.32 + i * 0.005, 116.325 + i * 0.005];
    const ring = [
      [west, 40],
      [east, 40],
      [east, 40.005],
      [west, 40.005],
      [west, 40],
    ];
    return {
      type: 'Feature',
      properties: { code: `G${i + 1}`, name: `第${i + 1}网格`, name_en: `Grid ${i + 1}` },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
  }),
};

/** A file to begin with: the headings in the reader's language and three rows. */
export const GET = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const kind = url.searchParams.get('kind') ?? '';
  const format = url.searchParams.get('format') ?? 'csv';
  if (kind === 'grids') return file(`${JSON.stringify(GRIDS, null, 2)}\n`, 'grids.geojson', 'application/geo+json');
  const columns = TABLES[kind as 'doors'] ?? error(404, 'not_found');
  const names = Object.keys(columns);
  const headings = names.map((name) => {
    const words = columns[name]!.words;
    return visit.locale === 'zh-CN' ? (words.find((word) => /\p{Script=Han}/u.test(word)) ?? words[0]!) : words[0]!;
  });
  const rows = ROWS[kind]!.map((row) => names.map((name) => row[name] ?? (name === 'estate' ? '荷塘里' : '')));
  if (format === 'xlsx') {
    const bytes = await writeXlsx(locale(visit, `places.import.kinds.${kind}`), headings, rows);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return file(new Uint8Array(bytes), `${kind}.xlsx`, type);
  }
  // The mark at the beginning makes spreadsheet programs read it as UTF-8.
  return file(`\uFEFF${[headings, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`, `${kind}.csv`, 'text/csv');
};

function file(body: string | Uint8Array<ArrayBuffer>, name: string, type: string): Response {
  return new Response(body, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}
