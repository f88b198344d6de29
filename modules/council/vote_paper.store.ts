import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Tally } from './vote.ts';

/** What one person read of the papers of a secret vote: whose they are, and how often what. */
export type PaperReading = Tally & { entered_by_id: string; voter_ids: string[] };

export async function readingsOf(ctx: Ctx, vote_event_id: string): Promise<PaperReading[]> {
  return ctx.tx
    .selectFrom('vote_papers')
    .select(['entered_by_id', 'voter_ids', 'yes', 'no', 'abstain'])
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', vote_event_id)
    .orderBy('entered_by_id')
    .execute();
}

/** Writes what somebody read; whoever reads again replaces their own reading. */
export async function writeReading(
  ctx: Ctx,
  vote_event_id: string,
  { voter_ids, yes, no, abstain }: Omit<PaperReading, 'entered_by_id'>,
): Promise<void> {
  await sql`
    insert into vote_papers (community_id, vote_event_id, entered_by_id, voter_ids, yes, no, abstain)
    values (${ctx.community.id}, ${vote_event_id}, ${ctx.actor.id}, ${voter_ids}::uuid[], ${yes}, ${no}, ${abstain})
    on conflict (community_id, vote_event_id, entered_by_id) do update
      set voter_ids = excluded.voter_ids, yes = excluded.yes, no = excluded.no, abstain = excluded.abstain`.execute(
    ctx.tx,
  );
}

export async function deleteReadings(ctx: Ctx, vote_event_id: string): Promise<void> {
  await ctx.tx
    .deleteFrom('vote_papers')
    .where('community_id', '=', ctx.community.id)
    .where('vote_event_id', '=', vote_event_id)
    .execute();
}
