import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Names } from './meeting.ts';

export type AgendaItem = {
  id: string;
  meeting_id: string;
  position: number;
  titles: Names;
  dropped_at: Date | null;
  dropped_reason: string | null;
};

/** The agenda in its order; what was dropped stands at its end with the reason. */
export async function itemsOf(ctx: Ctx, meeting_id: string): Promise<AgendaItem[]> {
  const { rows } = await sql<AgendaItem>`
    select id, meeting_id, position, titles, dropped_at, dropped_reason from agenda_items
    where community_id = ${ctx.community.id} and meeting_id = ${meeting_id}
    order by dropped_at nulls first, position limit 200`.execute(ctx.tx);
  return rows;
}

export async function insertItem(ctx: Ctx, item: Pick<AgendaItem, 'id' | 'meeting_id' | 'position' | 'titles'>) {
  await ctx.tx
    .insertInto('agenda_items')
    .values({ ...item, titles: JSON.stringify(item.titles), community_id: ctx.community.id })
    .execute();
}

export async function changeItem(
  ctx: Ctx,
  id: string,
  { titles, ...rest }: Partial<Omit<AgendaItem, 'id' | 'meeting_id'>>,
): Promise<void> {
  await ctx.tx
    .updateTable('agenda_items')
    .set({ ...rest, ...(titles && { titles: JSON.stringify(titles) }) })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Two items change places, in three steps because no place holds two. */
export async function swapItems(ctx: Ctx, one: AgendaItem, other: AgendaItem, free: number): Promise<void> {
  await changeItem(ctx, one.id, { position: free });
  await changeItem(ctx, other.id, { position: one.position });
  await changeItem(ctx, one.id, { position: other.position });
}

export type Paper = {
  id: string;
  meeting_id: string;
  agenda_item_id: string | null;
  title: string;
  text: string | null;
  file_hash: string | null;
  media_type: string | null;
  byte_count: number | null;
  attached_at: Date;
};

export async function papersOf(ctx: Ctx, meeting_id: string): Promise<Paper[]> {
  const { rows } = await sql<Paper>`
    select p.id, p.meeting_id, p.agenda_item_id, p.title, p.text, p.file_hash, f.media_type, f.byte_count, p.attached_at
    from meeting_papers p left join files f on f.community_id = p.community_id and f.hash = p.file_hash
    where p.community_id = ${ctx.community.id} and p.meeting_id = ${meeting_id} and p.withdrawn_at is null
    order by p.attached_at, p.id limit 200`.execute(ctx.tx);
  return rows;
}

type NewPaper = Pick<Paper, 'id' | 'meeting_id' | 'agenda_item_id' | 'title' | 'text' | 'file_hash'>;

export async function insertPaper(ctx: Ctx, paper: NewPaper): Promise<void> {
  await ctx.tx
    .insertInto('meeting_papers')
    .values({ ...paper, community_id: ctx.community.id, attached_at: ctx.now, attached_by_id: ctx.actor.id })
    .execute();
}

/** Takes a paper off; false when it is not there. */
export async function withdrawPaper(ctx: Ctx, meeting_id: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('meeting_papers')
    .set({ withdrawn_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('meeting_id', '=', meeting_id)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function isPaper(ctx: Ctx, hash: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('meeting_papers')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('file_hash', '=', hash)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
