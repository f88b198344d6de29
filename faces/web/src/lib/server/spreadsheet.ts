import { writeXlsx } from '#faces/documents/table.ts';

export const MOST_ROWS = 20_000;

type Cells = (string | number)[];

/** Pages of a list as one spreadsheet, at most 20,000 rows; one that is longer says so in its last row. */
export async function spreadsheetOf(
  { name, file_name, headings, cut }: { name: string; file_name: string; headings: string[]; cut: string },
  pages: (before: string | undefined) => Promise<{ rows: Cells[]; next: string | null }>,
): Promise<Response> {
  const rows: Cells[] = [];
  let before: string | undefined;
  do {
    const page = await pages(before);
    rows.push(...page.rows);
    before = page.next ?? undefined;
  } while (before && rows.length < MOST_ROWS);
  if (before) rows.push([cut]);
  return new Response(new Uint8Array(await writeXlsx(name, headings, rows)), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${file_name}.xlsx"`,
      'cache-control': 'no-store',
    },
  });
}
