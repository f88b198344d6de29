import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { ask, query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { addUp, FACTS } from './measures.ts';
import { countByDimension } from './month_counts.ts';
import { STATES, type State } from './request.ts';

const HOUR = 3_600_000;
const BEGIN = Date.parse('2025-09-20T00:00:00Z');

let town: Neighbourhood;
let client: pg.Client;
before(async () => {
  town = await makeNeighbourhood();
  client = new pg.Client({ connectionString: town.owner_url });
  await client.connect();
  await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
});
after(async () => {
  await client.end();
  await town.close();
});

type Row = {
  state: State;
  grid_id: string | null;
  category_id: string;
  owner_id: string;
  submitted_at: Date;
  responded_at: Date | null;
  answered_at: Date | null;
  closed_at: Date | null;
  paused_at: Date | null;
  response_due_at: Date;
  due_at: Date;
  original_due_at: Date;
  stars: number | null;
  reopened_count: number;
};

const after_hours = (most: number) => fc.option(fc.integer({ min: 0, max: most }));
/** Any row at all, probable or not: the figures have to follow the formulas whatever the rows say. */
const anyRow = fc
  .record({
    state: fc.constantFrom(...STATES),
    grid: fc.constantFrom('east', 'west', null),
    category: fc.constantFrom('repairs', 'noise', 'hardship'),
    owner: fc.constantFrom('desk', 'handler'),
    submitted: fc.integer({ min: 0, max: 4_400 * 60 }),
    responded: after_hours(60),
    answered: after_hours(900),
    closed: after_hours(1_000),
    paused: fc.boolean(),
    due: fc.integer({ min: 1, max: 900 }),
    stars: fc.option(fc.integer({ min: 1, max: 5 })),
    reopened_count: fc.nat(2),
  })
  .map((seed): Row => {
    const submitted = BEGIN + seed.submitted * 60_000;
    const at = (hours: number | null) => (hours === null ? null : new Date(submitted + hours * HOUR + 1_234_567));
    return {
      state: seed.state,
      grid_id: seed.grid && town.grids[seed.grid as 'east'],
      category_id: town.categories[seed.category as 'noise'],
      owner_id: town.people[seed.owner as 'desk'].id,
      submitted_at: new Date(submitted),
      responded_at: at(seed.responded),
      answered_at: at(seed.answered),
      closed_at: at(seed.closed),
      paused_at: seed.paused ? at(1) : null,
      response_due_at: at(4)!,
      due_at: at(seed.due + 5)!,
      original_due_at: at(seed.due)!,
      stars: seed.stars,
      reopened_count: seed.reopened_count,
    };
  });

async function write(id: string, row: Row, version: number): Promise<void> {
  const values = { ...row, version, changed_at: row.submitted_at };
  if (version > 1) {
    const set = Object.keys(values).map((column, at) => `${column} = $${at + 2}`);
    await client.query(`update requests set ${set.join(', ')} where id = $1`, [id, ...Object.values(values)]);
    return;
  }
  const all = {
    community_id: town.community.id,
    id,
    kind: 'need',
    intake: 'web',
    text: 'x',
    is_public: true,
    recorded_by_id: row.owner_id,
    ...values,
  };
  const places = Object.keys(all).map((_, at) => `$${at + 1}`);
  await client.query(
    `insert into requests (${Object.keys(all).join(', ')}) values (${places.join(', ')})`,
    Object.values(all),
  );
}

/** Month as Shanghai's clocks show it. */
const monthOf = (at: Date) => new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 7);

/** The plain formulas, row by row. */
function plainly(rows: Row[], from: Date, to: Date, now: Date) {
  const groups = new Map<string, Row[]>([['all/null', []]]);
  for (const row of rows) {
    if (row.submitted_at < from || row.submitted_at >= to || ['joined', 'split', 'withdrawn'].includes(row.state))
      continue;
    const keys = { all: null, grid: row.grid_id, category: row.category_id, owner: row.owner_id };
    for (const [dimension, key] of Object.entries({ ...keys, month: monthOf(row.submitted_at) }))
      groups.set(`${dimension}/${key}`, [...(groups.get(`${dimension}/${key}`) ?? []), row]);
  }
  return new Map([...groups].map(([key, told]) => [key, countPlainly(told, now)]));
}

function countPlainly(told: Row[], now: Date) {
  const count = (is: (row: Row) => boolean | null) => told.filter(is).length;
  const hours = told
    .flatMap(({ answered_at, submitted_at }) => (answered_at ? [(+answered_at - +submitted_at) / HOUR] : []))
    .map((one) => Math.max(0, Math.round(one)))
    .sort((a, b) => a - b);
  const rank = (share: number) => hours[Math.ceil(hours.length * share) - 1] ?? null;
  return {
    total: told.length,
    open: count((row) => !row.closed_at),
    open_overdue: count((row) => !row.closed_at && !row.paused_at && row.due_at <= now),
    response_overdue: count((row) => !row.closed_at && !row.responded_at && row.response_due_at <= now),
    answered: count((row) => row.answered_at !== null),
    answered_on_time: count((row) => row.answered_at && row.answered_at <= row.original_due_at),
    responded_on_time: count((row) => row.responded_at && row.responded_at <= row.response_due_at),
    responded_late: count((row) => row.responded_at && row.responded_at > row.response_due_at),
    resolved: count((row) => ['done', 'confirmed'].includes(row.state)),
    confirmed: count((row) => row.state === 'confirmed'),
    refused: count((row) => row.state === 'refused'),
    closed_without_word: count((row) => row.state === 'closed_without_word'),
    reopened: count((row) => row.reopened_count > 0),
    rated: count((row) => row.stars !== null),
    satisfied: count((row) => (row.stars ?? 0) >= 4),
    median_hours: rank(0.5),
    p90_hours: rank(0.9),
  };
}

it('months added up apart and kept give what one pass over the rows gives, whatever changes in between', async () => {
  const rows = new Map<string, { row: Row; version: number }>();
  const count = query({
    name: 'test.count',
    input: z.object({ from: z.date(), to: z.date() }),
    run: (ctx, { from, to }) => countByDimension(ctx, from, to),
  });
  const change = fc.record({
    told: fc.array(anyRow, { minLength: 1, maxLength: 25 }),
    changed: fc.array(fc.tuple(fc.nat(), anyRow), { maxLength: 6 }),
    from: fc.integer({ min: -30, max: 100 }),
    days: fc.integer({ min: 1, max: 260 }),
    now: fc.integer({ min: 0, max: 240 }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ told, changed, from: first, days, now: at }) => {
      for (const row of told) {
        const id = newId();
        await write(id, row, 1);
        rows.set(id, { row, version: 1 });
      }
      const ids = [...rows.keys()];
      for (const [which, { submitted_at: _, ...row }] of changed) {
        const id = ids[which % ids.length]!;
        const known = rows.get(id)!;
        const next = { row: { ...row, submitted_at: known.row.submitted_at }, version: known.version + 1 };
        await write(id, next.row, next.version);
        rows.set(id, next);
      }
      const from = new Date(BEGIN + first * 24 * HOUR);
      const to = new Date(from.getTime() + days * 24 * HOUR);
      const now = new Date(BEGIN + at * 24 * HOUR);
      const caller = { actor: town.people.secretary, community: town.community, via: 'test', now };
      const groups = await ask(town.environment, caller, count, { from, to });
      const found = new Map(groups.map(({ dimension, key, names: _, ...counts }) => [`${dimension}/${key}`, counts]));
      const wanted = plainly(
        [...rows.values()].map((one) => one.row),
        from,
        to,
        now,
      );
      assert.deepEqual(found, wanted);
      assert.ok(groups.every((group) => !group.key || group.dimension === 'month' || group.names));
    }),
    { numRuns: 40 },
  );
});

it('adds facts up by their bits', () => {
  const hours = { values: [], times: [] };
  for (const [bit, fact] of FACTS.entries()) {
    const counts = addUp([{ facts: { values: [1 << bit, 0], times: [3, 2] }, hours }]);
    assert.equal(counts[fact], 3);
    assert.equal(counts.total, 5);
  }
});
