import { z } from 'zod';

/** What queries of places answer, as it stands in JSON: what /api/v1 promises and is checked against. */
const id = z.uuid();
const names = z.record(z.string(), z.string()).describe('one a language, by its tag: zh-CN, en');
const grid = z.object({ id, code: z.string(), names, version: z.int().min(1) });

export const grids = z.array(grid);

export const placesFound = z.array(
  z.object({
    building_id: id,
    household_id: id.nullable(),
    names,
    latitude: z.number(),
    longitude: z.number(),
  }),
);

export const answerers = z.object({
  place: z.object({
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    grid_id: id.nullable(),
    building_id: id.nullable(),
    household_id: id.nullable(),
    address_text: z.string().nullable(),
  }),
  grid: grid.nullable(),
  people: z.array(z.object({ id, public_name: z.string().nullable(), duty: z.string() })),
});
