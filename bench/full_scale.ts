import type pg from 'pg';

/** How much of everything the main paths are measured on. */
export const SCALE = { requests: 150_000, events: 1_000_000 };

// Ids that sort by time, made in SQL: 48 bits of milliseconds, then the row.
export const ID = (at: string, salt: string) =>
  `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5('${salt}' || n), 1, 3) || '8' || substr(md5('${salt}' || n), 4, 15))::uuid`;

const EVENTS: Record<string, string> = {
  submit: 'submitted',
  accept: 'accepted',
  finish: 'finished',
  confirm: 'confirmed',
};

/**
 * Fills a seeded neighbourhood up to full size: requests over three years with their steps, receipts and events, shaped like
 * those that commands write (three in a hundred open, one in twelve late, words from the demonstration).
 */
export async function fillUp(client: pg.ClientBase, community_id: string): Promise<void> {
  await client.query("select set_config('app.community_id', $1, false)", [community_id]);
  await planRequests(client);
  await client.query(
    `insert into requests (community_id, id, kind, intake, category_id, state, text, public_text, is_public, wants_public, grid_id, building_id, household_id, latitude, longitude,
      reporter_id, recorded_by_id, owner_id, routed_by, response_due_at, due_at, original_due_at, submitted_at, responded_at, answered_at, closed_at, stars, search, changed_at, version)
    select $1, p.id, 'need', 'web', k.id, case when p.is_open then 'accepted' else 'confirmed' end, w.text, w.public_text, not k.is_private, true, d.grid_id, d.building_id, d.household_id, d.latitude, d.longitude,
      t.id, t.id, o.id, '{"rule_number": 7, "reason": "", "matched": [], "owner_kind": "grid_worker"}', p.at + interval '1 day', p.due_at, p.due_at, p.at, p.responded_at,
      case when not p.is_open then p.answered_at end, case when not p.is_open then p.answered_at end, case when not p.is_open then 1 + p.n % 5 end, w.search, p.answered_at, 3
    from plan p
      join words w on w.i = (p.n * 31) % (select count(*) from words)
      join doors d on d.i = (p.n * 7) % (select count(*) from doors)
      join tellers t on t.i = (p.n * 13) % (select count(*) from tellers)
      join owners o on o.i = (p.n * 17) % (select count(*) from owners)
      join kinds k on k.i = (p.n * 3) % (select count(*) from kinds)`,
    [community_id],
  );
  await writeHistory(client, community_id);
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from events');
  const missing = Math.max(0, SCALE.events - rows[0]!.count);
  // The rest are facts about the first need, each with the receipt of its telling.
  await client.query(
    `insert into events (community_id, id, kind, at, actor_id, command_id, subject_kind, subject_id)
    select $1, ${ID('(now() - make_interval(mins => n))', 'follow')}, 'request.followed', now(), first.actor_id, first.command_id, 'request', first.subject_id
    from generate_series(1, ${missing}) n, (select actor_id, command_id, subject_id from events where kind = 'request.submitted' limit 1) first`,
    [community_id],
  );
  await client.query(
    "insert into request_followers (community_id, request_id, person_id, because, since) select community_id, id, reporter_id, 'reporter', submitted_at from requests where reporter_id is not null on conflict do nothing",
  );
}

/** What each request is made of: when, by whom, where, which words. */
async function planRequests(client: pg.ClientBase): Promise<void> {
  await client.query(`create temp table plan as
    select n, at, ${ID('at', 'r')} as id, n % 33 = 0 as is_open,
      at + make_interval(hours => 2 + n % 20) as responded_at,
      at + make_interval(hours => 20 + (n * 7919) % 90) as answered_at,
      at + interval '4 days' as due_at
    from (select n, now() - make_interval(mins => ((${SCALE.requests} - n) * 10.5)::int) as at from generate_series(1, ${SCALE.requests}) n) as rows`);
  await client.query(
    `create temp table words as select row_number() over () - 1 as i, text, public_text, search from requests where is_public limit 200`,
  );
  await client.query(`create temp table doors as select row_number() over (order by h.id) - 1 as i, h.id as household_id, b.id as building_id, b.grid_id, b.latitude, b.longitude
    from households h join buildings b on b.community_id = h.community_id and b.id = h.building_id order by h.id limit 5000`);
  await client.query(
    `create temp table tellers as select row_number() over (order by id) - 1 as i, id from people where public_name is null order by id limit 20000`,
  );
  await client.query(
    `create temp table owners as select row_number() over (order by id) - 1 as i, person_id as id from role_grants where role in ('grid_worker', 'handler') order by id`,
  );
  await client.query(
    `create temp table kinds as select row_number() over (order by position) - 1 as i, id, is_private from categories order by position`,
  );
}

async function writeHistory(client: pg.ClientBase, community_id: string): Promise<void> {
  const steps: [step: string, from: string | null, to: string, at: string, where: string][] = [
    ['submit', null, 'submitted', 'p.at', 'true'],
    ['accept', 'submitted', 'accepted', 'p.responded_at', 'true'],
    ['finish', 'accepted', 'done', 'p.answered_at', 'not p.is_open'],
    ['confirm', 'done', 'confirmed', "p.answered_at + interval '1 hour'", 'not p.is_open'],
  ];
  for (const [step, from, to, at, where] of steps) {
    const id = ID(at, step);
    await client.query(
      `insert into receipts (community_id, id, command, actor_id, input_hash, answer, created_at)
      select $1, ${id}, $2, r.reporter_id, '\\x00', '{}', ${at} from plan p join requests r on r.community_id = $1 and r.id = p.id where ${where}`,
      [community_id, `requests.${step}`],
    );
    await client.query(
      `insert into request_steps (community_id, id, request_id, step, from_state, to_state, at, actor_id, owner_id, due_at)
      select $1, ${id}, p.id, $2, $3, $4, ${at}, r.reporter_id, r.owner_id, r.due_at from plan p join requests r on r.community_id = $1 and r.id = p.id where ${where}`,
      [community_id, step, from, to],
    );
    await client.query(
      `insert into events (community_id, id, kind, at, actor_id, command_id, subject_kind, subject_id)
      select $1, ${id}, $2, ${at}, r.reporter_id, ${id}, 'request', p.id from plan p join requests r on r.community_id = $1 and r.id = p.id where ${where}`,
      [community_id, `request.${EVENTS[step]}`],
    );
  }
}
