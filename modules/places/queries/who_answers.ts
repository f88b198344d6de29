import { z } from 'zod';
import { query } from '#platform/query.ts';
import { toWgs84 } from '../coordinates.ts';
import { locate } from '../locate.ts';
import { activeGrids, answerersOf, posterByCode } from '../place.store.ts';

/** Who answers for this door? From a pin (in any of the three systems), a building, a door or a poster's code. */
export const who_answers = query({
  name: 'places.who_answers',
  reads: 'nobody',
  input: z.object({
    latitude: z.coerce.number().optional(),
    longitude: z.coerce.number().optional(),
    system: z.enum(['WGS-84', 'GCJ-02', 'BD-09']).default('WGS-84'),
    building_id: z.uuid().optional(),
    household_id: z.uuid().optional(),
    poster: z.string().max(20).optional(),
  }),
  async run(ctx, { poster, system, ...input }) {
    const building_id = poster ? (await posterByCode(ctx, poster))?.building_id : input.building_id;
    const pin =
      input.latitude !== undefined && input.longitude !== undefined
        ? toWgs84(system, input.latitude, input.longitude)
        : {};
    const place = await locate(ctx, { household_id: input.household_id, building_id, ...pin });
    const grid = place.grid_id ? (await activeGrids(ctx)).find((one) => one.id === place.grid_id) : undefined;
    return { place, grid: grid ?? null, people: grid ? await answerersOf(ctx, grid.id) : [] };
  },
});

/** The building a poster hangs in. */
export const find_poster = query({
  name: 'places.find_poster',
  reads: 'nobody',
  input: z.object({ code: z.string().regex(/^[A-Z0-9]{4,12}$/) }),
  run: async (ctx, { code }) => (await posterByCode(ctx, code)) ?? null,
});
