import { z } from 'zod';
import { list_staff, membersOf } from '#modules/people/index.ts';
import { show_map } from '#modules/places/index.ts';
import { list_categories } from '#modules/requests/index.ts';
import { DAY_MS } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { safetyNotesOf } from '../door.store.ts';
import { linesNear } from '../map_around.ts';
import { occasionsOf } from '../occasion.store.ts';
import { metresBetween } from '../plan_walk.ts';
import { knockingHours } from '../quiet.ts';
import { doorsOfRound, type RoundDoor } from '../round.store.ts';
import { lastVisits, notesOf } from '../visit.store.ts';
import { OUTCOMES, SEEN, SETTLED } from '../visit.ts';
import { traceDoors } from './list_due_doors.ts';
import { roundFor } from './show_round.ts';

/** A pack that is older is wiped from the phone. */
export const PACK_LASTS_DAYS = 3;

/**
 * Everything a phone needs to walk a round without a signal, and nothing else: the doors in order with their reasons, who
 * lives there by masked names, the last time, safety notes, the words of the place, and the streets around. Everybody
 * behind these doors can read that it was taken along.
 */
export const pack_round = query({
  name: 'visits.pack_round',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const round = await roundFor(ctx, id);
    const doors = await doorsOfRound(ctx, id);
    const ids = doors.map((door) => door.household_id);
    await traceDoors(ctx, ids, 'people.reasons.round_pack', ['name_masked', 'doors', 'care', 'visits']);
    const members = Map.groupBy(await membersOf(ctx, ids), (member) => member.household_id);
    const about = await aboutDoors(ctx, doors);
    const packed = doors.map((door) => ({
      ...door,
      ...about(door.household_id),
      members: (members.get(door.household_id) ?? []).map(named),
    }));
    const map = await show_map.run(ctx, {});
    const { attribution } = map;
    return {
      format: 'yingmen.round.1',
      round,
      packed_at: ctx.now,
      expires_at: new Date(ctx.now.getTime() + PACK_LASTS_DAYS * DAY_MS),
      doors: packed,
      hours: knockingHours(ctx.community.settings),
      occasions: await occasionsOf(ctx),
      outcomes: OUTCOMES,
      seen: SEEN,
      settled: SETTLED,
      categories: (await list_categories.run(ctx, {})).map(({ code, names, is_private }) => ({
        code,
        names,
        is_private,
      })),
      companions: await companions(ctx),
      map: { lines: linesNear(map.layers, doors), attribution },
      walk: await metresBetween(ctx, doors),
    };
  },
});

const named = ({ person_id, name_masked, relation }: { person_id: string; name_masked: string; relation: string }) => ({
  person_id,
  name_masked,
  relation,
});

/** What was last, and what to heed, at each door. */
async function aboutDoors(ctx: Ctx, doors: readonly RoundDoor[]) {
  const ids = (some: readonly RoundDoor[]) => some.map((door) => door.household_id);
  const visits = await lastVisits(ctx, ids(doors), 1);
  const notes = await notesOf(
    ctx,
    visits.filter((visit) => visit.has_note).map((visit) => visit.id),
  );
  const safety = await safetyNotesOf(ctx, ids(doors.filter((door) => door.needs_two)));
  const heed = Map.groupBy(safety, (one) => one.household_id);
  const byDoor = new Map(visits.map((visit) => [visit.household_id, visit]));
  return (household_id: string) => {
    const last = byDoor.get(household_id);
    return {
      safety: (heed.get(household_id) ?? []).map((one) => one.note),
      last: last && {
        ...{ outcome: last.outcome, knocked_at: last.knocked_at, occasion: last.occasion },
        note: notes.get(last.id) ?? null,
      },
    };
  };
}

/** Colleagues who work in grids, to say who came along. */
async function companions(ctx: Ctx) {
  const staff = await list_staff.run(ctx, {});
  const workers = staff.filter((one) => one.role === 'grid_worker' && one.id !== ctx.actor.id);
  return [...new Map(workers.map((one) => [one.id, { id: one.id, public_name: one.public_name }])).values()];
}
