import type { Ctx } from '#platform/context.ts';

export type Helper = {
  id: string;
  organisation_id: string | null;
  person_id: string | null;
  asked_for: string;
  asked_at: Date;
  answered_at: Date | null;
  answer: string | null;
};

const COLUMNS = ['id', 'organisation_id', 'person_id', 'asked_for', 'asked_at', 'answered_at', 'answer'] as const;

export async function askHelper(
  ctx: Ctx,
  requestId: string,
  helper: { organisation_id?: string; person_id?: string; asked_for: string },
) {
  const id = ctx.newId();
  await ctx.tx
    .insertInto('request_helpers')
    .values({
      ...helper,
      community_id: ctx.community.id,
      id,
      request_id: requestId,
      asked_at: ctx.now,
      asked_by_id: ctx.actor.id,
    })
    .execute();
  return id;
}

export async function helpersOf(ctx: Ctx, requestId: string): Promise<Helper[]> {
  return ctx.tx
    .selectFrom('request_helpers')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .orderBy('asked_at')
    .execute();
}

export async function answerHelper(ctx: Ctx, id: string, answer: string): Promise<void> {
  await ctx.tx
    .updateTable('request_helpers')
    .set({ answered_at: ctx.now, answer })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
