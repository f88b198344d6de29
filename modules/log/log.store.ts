import { sql } from 'kysely';
import type { CompletedNodes, NodeId } from '#engines/merkle_log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { type Fact, LOGGED } from './entry.ts';

const HASH_BYTES = 32;
const LOCK_SPACE = 7_205;
// Written out, not passed: only so does the planner see that the partial index holds what is asked for.
const isLogged = sql`e.kind ~ ${sql.lit(LOGGED)}`;

/** One sequencer at a time in a community; those who write facts wait for nothing. */
export async function lockSequencer(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${ctx.community.id}))`.execute(ctx.tx);
}

export async function sizeOf(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(max(leaf_index) + 1, 0)::bigint as size from log_leaves where community_id = ${ctx.community.id}`.execute(
    ctx.tx,
  );
  return rows[0]!.size;
}

/** Facts that have no leaf yet, the oldest first. */
export async function factsToLog(ctx: Ctx, limit: number): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    select e.id, e.kind, e.at, e.subject_kind, e.subject_id, e.data, e.actor_id, e.on_behalf_of_id, e.command_id from events e
    where e.community_id = ${ctx.community.id} and ${isLogged}
      and not exists (select 1 from log_leaves l where l.community_id = e.community_id and l.event_id = e.id)
    order by e.id limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function insertLeaves(ctx: Ctx, from: number, event_ids: readonly string[], hashes: Uint8Array) {
  await sql`
    insert into log_leaves (community_id, leaf_index, event_id, leaf_hash, logged_at)
    select ${ctx.community.id}::uuid, ${from}::bigint + i - 1, event_id, substring(${Buffer.from(hashes)}::bytea from ((i - 1) * 32 + 1)::int for 32),
      ${ctx.now}::timestamptz
    from unnest(${event_ids}::uuid[]) with ordinality as one (event_id, i)`.execute(ctx.tx);
}

export async function insertNodes(ctx: Ctx, completed: readonly CompletedNodes[]): Promise<void> {
  for (const { level, index, hashes } of completed) {
    if (level === 0) continue;
    await sql`
      insert into log_nodes (community_id, level, node_index, hash)
      select ${ctx.community.id}::uuid, ${level}::smallint, ${index}::bigint + i - 1,
        substring(${Buffer.from(hashes)}::bytea from ((i - 1) * 32 + 1)::int for 32)
      from generate_series(1, ${hashes.length / HASH_BYTES}::int) as i`.execute(ctx.tx);
  }
}

/** The hashes of nodes, in the order asked for; one that is not there is left out. */
export async function hashesOf(ctx: Ctx, nodes: readonly NodeId[]): Promise<Buffer[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<{ hash: Buffer }>`
    select coalesce(l.leaf_hash, n.hash) as hash
    from jsonb_to_recordset(${JSON.stringify(nodes.map((node, i) => ({ ...node, i })))}::jsonb) as w (level int, index bigint, i int)
    left join log_leaves l on w.level = 0 and l.community_id = ${ctx.community.id} and l.leaf_index = w.index
    left join log_nodes n on w.level > 0 and n.community_id = ${ctx.community.id} and n.level = w.level and n.node_index = w.index
    order by w.i`.execute(ctx.tx);
  return rows.filter((row) => row.hash !== null).map((row) => row.hash);
}

export type HeadRow = { size: number; root: Buffer; note: string; signed_at: Date };

/** False when there is a head of that size already. */
export async function insertHead(ctx: Ctx, head: Omit<HeadRow, 'signed_at'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await ctx.tx
    .insertInto('log_heads')
    .values({ ...head, community_id: ctx.community.id, signed_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** What kind of fact stands at a place. */
export async function kindAt(ctx: Ctx, leaf_index: number): Promise<string | undefined> {
  const { rows } = await sql<{ kind: string }>`
    select e.kind from log_leaves l join events e on e.community_id = l.community_id and e.id = l.event_id
    where l.community_id = ${ctx.community.id} and l.leaf_index = ${leaf_index}`.execute(ctx.tx);
  return rows[0]?.kind;
}

/** Heads that were published and are not there, or are there and never were. */
export async function changedHeads(ctx: Ctx): Promise<{ code: string; id: string }[]> {
  const { rows } = await sql<{ code: string; id: string }>`
    with facts as (
      select (data->>'size')::bigint as size, data->>'root' as root from events
      where community_id = ${ctx.community.id} and kind = 'head.published'
    ), told as (
      select size, encode(root, 'hex') as root from log_heads where community_id = ${ctx.community.id}
    )
    select case when facts.size is null then 'row_unlogged' when told.size is null then 'row_missing' else 'row_changed' end as code,
      coalesce(told.size, facts.size)::text as id
    from told full join facts on facts.size = told.size where told.root is distinct from facts.root limit 1000`.execute(
    ctx.tx,
  );
  return rows;
}

/** Heads, the latest first; `below` gives those smaller than a size. */
export async function headsBy(ctx: Ctx, by: { below?: number; limit: number }): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select size, root, note, signed_at from log_heads where community_id = ${ctx.community.id}
      and (${by.below ?? null}::bigint is null or size < ${by.below ?? null})
    order by size desc limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

/** The smallest head that covers a leaf, or undefined while none does. */
export async function headCovering(ctx: Ctx, leaf_index: number): Promise<HeadRow | undefined> {
  const { rows } = await sql<HeadRow>`
    select size, root, note, signed_at from log_heads where community_id = ${ctx.community.id} and size > ${leaf_index}
    order by size limit 1`.execute(ctx.tx);
  return rows[0];
}

export type LeafRow = Fact & { leaf_index: number; leaf_hash: Buffer; logged_at: Date };

/** A leaf by its place, or by the fact or the thing it tells of. */
export async function findLeaf(ctx: Ctx, by: { leaf_index: number } | { id: string }): Promise<LeafRow | undefined> {
  const [index, id] = 'id' in by ? [null, by.id] : [by.leaf_index, null];
  const { rows } = await sql<LeafRow>`
    select l.leaf_index, l.leaf_hash, l.logged_at, e.id, e.kind, e.at, e.subject_kind, e.subject_id, e.data, e.actor_id, e.on_behalf_of_id, e.command_id
    from log_leaves l join events e on e.community_id = l.community_id and e.id = l.event_id
    where l.community_id = ${ctx.community.id}
      and (l.leaf_index = ${index}::bigint or e.id = ${id}::uuid
        or e.id = (select max(s.id::text)::uuid from events s join log_leaves k on k.community_id = s.community_id and k.event_id = s.id
          where s.community_id = ${ctx.community.id} and s.subject_id = ${id}::uuid))
    limit 1`.execute(ctx.tx);
  return rows[0];
}

/** A leaf whose fact may be gone: what verification looks for. */
export type MaybeLeaf = { leaf_index: number; leaf_hash: Buffer; logged_at: Date; event_id: string } & (
  | Fact
  | { id: null }
);

/** Leaves with their facts by place, from one on; for lists, exports and verification. */
export async function leavesFrom(ctx: Ctx, from: number, limit: number): Promise<MaybeLeaf[]> {
  const { rows } = await sql<MaybeLeaf>`
    select l.leaf_index, l.leaf_hash, l.logged_at, l.event_id, e.id, e.kind, e.at, e.subject_kind, e.subject_id, e.data, e.actor_id, e.on_behalf_of_id, e.command_id
    from log_leaves l left join events e on e.community_id = l.community_id and e.id = l.event_id
    where l.community_id = ${ctx.community.id} and l.leaf_index >= ${from} order by l.leaf_index limit ${limit}`.execute(
    ctx.tx,
  );
  return rows;
}

/** Stored nodes of a level, in order, from one on. */
export async function nodesFrom(ctx: Ctx, level: number, from: number, limit: number) {
  const { rows } = await sql<{ node_index: number; hash: Buffer }>`
    select node_index, hash from log_nodes where community_id = ${ctx.community.id} and level = ${level} and node_index >= ${from}
    order by node_index limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** Facts that should have had a leaf for a while. */
export async function unloggedBefore(ctx: Ctx, at: Date, limit: number): Promise<{ id: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; kind: string }>`
    select e.id, e.kind from events e where e.community_id = ${ctx.community.id} and ${isLogged} and e.at < ${at}
      and not exists (select 1 from log_leaves l where l.community_id = e.community_id and l.event_id = e.id)
    order by e.id limit ${limit}`.execute(ctx.tx);
  return rows;
}
