import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { activeGrids, gridCards, gridShapes, mapLayers } from '../place.store.ts';

/** The grids by their code. */
export const list_grids = query({
  name: 'places.list_grids',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => activeGrids(ctx),
});

/** The grids with what stands in each and who answers, for administrators. */
export const list_grid_cards = query({
  name: 'places.list_grid_cards',
  reads: 'nobody',
  input: z.object({}),
  run(ctx) {
    if (!hasRole(ctx.actor, 'administrator')) notFound('grids', ctx.community.id);
    return gridCards(ctx);
  },
});

/** What every map is drawn from: the grids with their boundaries, and the lines and areas below them. */
export const show_map = query({
  name: 'places.show_map',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    return {
      boundary: ctx.community.boundary,
      grids: await gridShapes(ctx),
      layers: await mapLayers(ctx),
      attribution: ctx.community.attribution,
    };
  },
});
