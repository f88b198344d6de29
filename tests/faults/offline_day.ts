import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { withClient } from '#platform/postgres/roles.ts';
import type { Neighbourhood } from '#tests/factories.ts';

/** A picture like no other: a colour and stripes of its own. */
export async function pictureOf(i: number): Promise<Buffer> {
  const stripes = Array.from({ length: 20 }, (_, y) => {
    const colour = `hsl(${(i * 37 + y * 11) % 360} 60% ${30 + ((i + y) % 5) * 10}%)`;
    return `<rect x="${(i * 13 + y * 29) % 300}" y="${y * 30}" width="${200 + ((i * y) % 500)}" height="30" fill="${colour}"/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">${stripes.join('')}<text x="40" y="300" font-size="90">${i}</text></svg>`;
  return sharp(Buffer.from(drawing)).jpeg({ quality: 85 }).toBuffer();
}

export type Day = { visits: number; photos: number };

/** Some doors stay shut: such a visit is one tap, and nothing but its id says that it is the same when it is sent again. */
export const staysShut = (i: number, { photos }: Day) => i > photos && i % 2 === 0;

/** Knocks at one door after the other by the form of the phone: a need at each that opens, a picture at the first so many. */
export async function walkDay(page: Page, day: Day, draw = pictureOf): Promise<void> {
  for (let i = 1; i <= day.visits; i++) {
    await page.click('section a.button.first');
    if (staysShut(i, day)) await page.click('[data-outcome=nobody_home]');
    else await tellAt(page, i, i <= day.photos ? await draw(i) : undefined);
    await page.waitForFunction(
      (count) => document.querySelector('[data-counts]')?.getAttribute('data-counts')?.endsWith(`/${count}`),
      i,
    );
  }
}

async function tellAt(page: Page, i: number, picture: Buffer | undefined): Promise<void> {
  await page.click('[data-outcome=answered]');
  await page.fill('[data-need]', needOf(i));
  if (picture) {
    await page.setInputFiles('input[type=file]', { name: `${i}.jpg`, mimeType: 'image/jpeg', buffer: picture });
    await page.waitForSelector('ul.photos li');
  }
  await page.click('[data-save]');
}

export const needOf = (i: number) => `第${i}户：楼道灯坏了`;

/**
 * What the server holds of a day, a row a visit in the order of the phone: what was asked, and of the files that the visit
 * names those that are whole in the store of files.
 */
export async function dayAtServer(town: Neighbourhood, round_id: string) {
  const { rows } = await withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    return client.query<{
      id: string;
      household_id: string;
      device_order: number;
      needs: string[];
      files: string[];
      named: number;
    }>(
      `select v.id, v.household_id, v.device_order,
         array(select r.text from visit_needs n join requests r on r.community_id = n.community_id and r.id = n.request_id where n.visit_id = v.id) as needs,
         array(select u.file_hash from visit_files f join uploads u on u.community_id = f.community_id and u.source_hash = f.source_hash and u.uploaded_by_id = v.worker_id
           where f.visit_id = v.id and u.file_hash is not null order by f.position) as files,
         (select count(*)::int from visit_files f where f.visit_id = v.id) as named
       from visits v where v.round_id = $1 order by v.device_order`,
      [round_id],
    );
  });
  for (const { files } of rows)
    for (const hash of files) {
      const bytes = await town.environment.files.get(hash);
      await sharp(bytes, { failOn: 'truncated' }).stats();
    }
  return rows;
}
