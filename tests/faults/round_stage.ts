import type { Page } from 'playwright-core';
import { plan_round } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { withClient } from '#platform/postgres/roles.ts';
import type { Neighbourhood } from '#tests/factories.ts';

export const PIN = '718281';
let doorNumber = 1000;

/** So many doors of one building that somebody moved into lately, on one round of its worker for today. */
export async function makeRound(town: Neighbourhood, doors: number): Promise<{ id: string; household_ids: string[] }> {
  const household_ids = Array.from({ length: doors }, () => newId());
  const number = doorNumber;
  doorNumber += doors;
  const { id: community_id } = town.community;
  const now = new Date();
  await withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community_id]);
    await client.query(
      `insert into households (community_id, id, building_id, unit, floor, door)
       select $1, h.id, $2, 1 + h.i % 4, 1 + h.i / 12, ($4::int + h.i)::text from unnest($3::uuid[]) with ordinality as h (id, i)`,
      [community_id, town.building, household_ids, number],
    );
    await client.query(
      `insert into household_members (community_id, id, household_id, person_id, started_at)
       select $1, h.id, h.id, $2, $4 from unnest($3::uuid[]) as h (id)`,
      [community_id, town.people.resident.id, household_ids, new Date(now.getTime() - 20 * 86_400_000)],
    );
  });
  const caller = { actor: town.people.east_worker, community: town.community, via: 'test' };
  // An evening has no time left for so many doors: the round is for tomorrow, and walked today.
  const planned_on = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const { id } = await perform(town.environment, caller, plan_round, {
    planned_on,
    household_ids,
    budget_minutes: 720,
  });
  const left = `insert into round_doors (community_id, round_id, household_id, position, occasion, reason, due_on, needs_two, added_at)
    select $1, $2, h.id, 1000 + h.i, 'newly_moved_in', 'moved_in', current_date, false, now() from unnest($3::uuid[]) with ordinality as h (id, i)
    on conflict do nothing`;
  await withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community_id]);
    await client.query(left, [community_id, id, household_ids]);
  });
  return { id, household_ids };
}

/** Chooses a PIN and takes a round along, as its worker does before leaving. */
export async function takeAlong(page: Page, url: string, round_id: string): Promise<void> {
  await page.goto(`${url}/rounds/phone#take/${round_id}`);
  await page.fill('#pin', PIN);
  await page.fill('#again', PIN);
  await page.click('form button.first');
  await page.waitForSelector('[data-counts]');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

export async function unlock(page: Page): Promise<void> {
  await page.fill('#pin', PIN);
  await page.click('form button.first');
  await page.waitForSelector('.phone-status');
}

/** Rows that the server holds of a round: visits, distinct doors, requests raised, files that arrived. */
export async function held(town: Neighbourhood, round_id: string) {
  return withClient(town.owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    const { rows } = await client.query(
      `select count(*)::int as visits, count(distinct v.household_id)::int as doors,
         (select count(*)::int from visit_needs n join visits w on w.community_id = n.community_id and w.id = n.visit_id where w.round_id = $1) as needs,
         (select count(*)::int from visit_files f join visits w on w.community_id = f.community_id and w.id = f.visit_id
           join uploads u on u.community_id = f.community_id and u.source_hash = f.source_hash and u.file_hash is not null where w.round_id = $1) as files
       from visits v where v.round_id = $1`,
      [round_id],
    );
    return rows[0] as { visits: number; doors: number; needs: number; files: number };
  });
}
