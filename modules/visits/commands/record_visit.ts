import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { findConflicts } from '../find_conflicts.ts';
import { raise, raised } from '../needs.ts';
import { occasionsOf } from '../occasion.store.ts';
import { roundById } from '../round.store.ts';
import { doorRelations, visitPolicy } from '../visit.policy.ts';
import { doorById, insertFiles, insertVisit, lockDoor } from '../visit.store.ts';
import { OUTCOMES, SEEN } from '../visit.ts';
import { timeOf } from '../visit_time.ts';

const MOST_NEEDS = 10;
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const visitInput = z.object({
  id: z.uuid(),
  household_id: z.uuid(),
  round_id: z.uuid().optional(),
  occasion: z.string().regex(/^[a-z_]{2,40}$/),
  outcome: z.enum(OUTCOMES),
  companion_id: z.uuid().optional(),
  seen: z.array(z.enum(SEEN)).max(SEEN.length).default([]),
  asked: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  note: z.string().trim().max(4000).optional(),
  needs: z.array(raised).max(MOST_NEEDS).default([]),
  /** Hashes (SHA-256) of the files as the phone holds them; the bytes follow by `uploads`, before or after. */
  photos: z.array(hash).max(12).default([]),
  voice: hash.optional(),
  letter_delivered: z.boolean().default(false),
  reply_brought_back: z.boolean().default(false),
  come_again_on: z.iso.date().optional(),
  /** When the phone took the door along: what changed at the desk since is put beside the visit. */
  packed_at: z.coerce.date().optional(),
  /** The phone, its count of what it recorded, its clock, and how far that was from the server's when they last spoke. */
  device: z
    .object({
      id: z.uuid(),
      order: z.number().int().min(0).max(1e9),
      at: z.coerce.date(),
      offset_seconds: z.number().int().min(-2e9).max(2e9),
    })
    .optional(),
});

/**
 * Records one knock and what came of it, under the phone's id: sending it twice is doing it once. Each need or idea becomes
 * a request in the same transaction, so nothing is half there. Two accounts of one door are kept side by side and flagged.
 */
export const record_visit = command({
  name: 'visits.record_visit',
  input: visitInput,
  async run(ctx, input) {
    const door = await doorById(ctx, input.household_id);
    const round = input.round_id ? await roundById(ctx, input.round_id) : undefined;
    const relations = doorRelations(ctx.actor, door, { round_worker_id: round?.worker_id });
    demand(visitPolicy, 'record', relations, { kind: 'household', id: door.id });
    await checkWords(ctx, input);
    await lockDoor(ctx, door.id);
    const time = await timeOf(ctx, input.device);
    const { id, occasion, outcome } = input;
    await insertVisit(ctx, {
      ...time,
      ...{ id, household_id: door.id, building_id: door.building_id, grid_id: door.grid_id, occasion, outcome },
      ...{ seen: input.seen, asked: input.asked, note: input.note },
      ...{ letter_delivered: input.letter_delivered, reply_brought_back: input.reply_brought_back },
      round_id: round?.id ?? null,
      companion_id: input.companion_id ?? null,
      packed_at: input.packed_at ?? null,
      needed_two: door.needs_two,
      come_again_on: input.come_again_on ?? null,
    });
    await insertFiles(ctx, id, [
      ...input.photos.map((source_hash) => ({ source_hash, kind: 'photo' as const })),
      ...(input.voice ? [{ source_hash: input.voice, kind: 'voice' as const }] : []),
    ]);
    const requests = [];
    for (const need of input.needs) requests.push(await raise(ctx, { ...time, id, household_id: door.id }, need));
    const conflicts = await findConflicts(ctx, { ...time, id, household_id: door.id, occasion }, input.packed_at);
    record(
      ctx,
      'visit.recorded',
      { kind: 'visit', id },
      {
        ...{ occasion, outcome, needs: requests.length, household_id: door.id },
        ...{ letter_delivered: input.letter_delivered, reply_brought_back: input.reply_brought_back },
      },
    );
    return { id, requests, conflicts, clock_is_skewed: time.clock_is_skewed };
  },
});

type Input = z.infer<typeof visitInput>;

/** What only the place's own words and the form together can say is wrong. */
async function checkWords(ctx: Ctx, input: Input): Promise<void> {
  const occasions = await occasionsOf(ctx);
  if (!occasions.some((one) => one.code === input.occasion)) refuse('occasion_unknown', {}, { field: 'occasion' });
  input.needs.forEach((need, i) => {
    if (need.settled === 'promised' && !need.promised_on)
      refuse('promise_needs_date', {}, { field: `needs.${i}.promised_on` });
    if (need.settled !== 'promised' && need.promised_on)
      refuse('promise_only', {}, { field: `needs.${i}.promised_on` });
  });
  if (input.outcome === 'nobody_home' && input.needs.length > 0) refuse('nobody_said', {}, { field: 'outcome' });
}
