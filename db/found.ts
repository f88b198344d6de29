import { chinaCalendar } from '#engines/answer_clock/index.ts';
import { grant_role, welcome_person } from '#modules/people/index.ts';
import { write_category, write_rule } from '#modules/requests/index.ts';
import { ensureLogin, normalPhone } from '#platform/accounts/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Environment } from '#platform/environment.ts';
import { newId } from '#platform/ids.ts';
import { insertRows } from './seed/bulk.ts';
import { CATEGORIES } from './seed/categories.ts';

export type Founding = {
  slug: string;
  names: { 'zh-CN': string; en: string };
  phone: string;
  latitude: number;
  longitude: number;
  time_zone: string;
};

/**
 * Begins a real neighbourhood: its name and place, China's working calendar, the default categories, one rule (the grid
 * worker answers first) and its first administrator, who signs in with a code to their phone.
 */
export async function foundCommunity(environment: Environment, wanted: Founding): Promise<{ community_id: string }> {
  const phone = normalPhone(wanted.phone);
  const now = environment.clock();
  const id = newId();
  await writeCommunity(environment, id, wanted, now);
  const community = await environment.communityById(id);
  const caller = { actor: system, community, via: 'command_line' };
  const login = await ensureLogin(environment, phone);
  const administrator = await perform(environment, caller, welcome_person, { login_id: login.id, phone });
  await perform(environment, caller, grant_role, { person_id: administrator.id, role: 'administrator' });
  for (const [i, [code, zh, en, response_hours, target_days, is_private, needs_place]] of CATEGORIES.entries()) {
    const names = { 'zh-CN': zh, en };
    const category = { code, names, response_hours, target_days, is_private, needs_place, position: i + 1 };
    await perform(environment, caller, write_category, category);
  }
  const rule = { position: 100, owner_kind: 'grid_worker', reason: '网格里的事，网格员先应' };
  await perform(environment, caller, write_rule, rule);
  return { community_id: id };
}

async function writeCommunity(environment: Environment, id: string, wanted: Founding, now: Date): Promise<void> {
  const client = await environment.database.pool.connect();
  try {
    const calendar = chinaCalendar({ from_year: now.getUTCFullYear() - 1 });
    await client.query(
      'insert into calendars (id, version, data, changed_at) values ($1, $2, $3, $4) on conflict do nothing',
      [calendar.id, calendar.version, calendar, now],
    );
    const { slug, names, time_zone, latitude, longitude } = wanted;
    const community = { id, slug, names, calendar_id: calendar.id, time_zone, created_at: now, settings: {} };
    await insertRows(client, 'communities', [{ ...community, centre_latitude: latitude, centre_longitude: longitude }]);
  } finally {
    client.release();
  }
}
