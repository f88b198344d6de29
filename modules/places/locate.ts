import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { type Area, buildGridIndex, contains, type GridIndex } from './grid_index.ts';
import { buildingById, gridBoundaries, householdById } from './place.store.ts';

export type PlaceInput = {
  latitude?: number;
  longitude?: number;
  building_id?: string;
  household_id?: string;
  address_text?: string;
};

export type Place = {
  latitude: number | null;
  longitude: number | null;
  grid_id: string | null;
  building_id: string | null;
  household_id: string | null;
  address_text: string | null;
};

// Grids change a few times a year; a process may answer with the old ones for this long after an edit.
const KEEP_MS = 5_000;
const kept = new Map<string, { at: number; index: GridIndex }>();

/** The index of a community's grids, kept by the process. */
export async function gridIndexOf(ctx: Ctx): Promise<GridIndex> {
  const found = kept.get(ctx.community.id);
  if (found && Date.now() - found.at < KEEP_MS) return found.index;
  const index = buildGridIndex(await gridBoundaries(ctx));
  kept.set(ctx.community.id, { at: Date.now(), index });
  return index;
}

/** Drops what the process keeps, so that the next question sees an edit made here at once. */
export function forgetGrids(communityId: string): void {
  kept.delete(communityId);
}

/**
 * What a door, a building, a pin or loose words say about a place: the most exact one wins and fills in the rest.
 * Refuses a place outside the community (`place_outside`) and a building or door that is not there (`place_unknown`).
 */
export async function locate(ctx: Ctx, input: PlaceInput): Promise<Place> {
  const household = input.household_id ? await householdById(ctx, input.household_id) : undefined;
  if (input.household_id && !household) refuse('place_unknown', {}, { field: 'place.household_id' });
  const buildingId = household?.building_id ?? input.building_id;
  const building = buildingId ? await buildingById(ctx, buildingId) : undefined;
  if (buildingId && !building) refuse('place_unknown', {}, { field: 'place.building_id' });
  const latitude = input.latitude ?? building?.latitude ?? null;
  const longitude = input.longitude ?? building?.longitude ?? null;
  let grid_id = building?.grid_id ?? null;
  if (latitude !== null && longitude !== null && !grid_id) {
    const boundary = ctx.community.boundary as Area | null;
    if (boundary && !contains(boundary, latitude, longitude)) refuse('place_outside', {}, { field: 'place' });
    grid_id = (await gridIndexOf(ctx)).gridAt(latitude, longitude);
  }
  return {
    latitude,
    longitude,
    grid_id,
    building_id: building?.id ?? null,
    household_id: household?.id ?? null,
    address_text: input.address_text?.trim() || null,
  };
}
