import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { boxOf } from '../grid_index.ts';
import { setBoundary, writeMapLayer } from '../roster.store.ts';

const LAYERS = ['water', 'green', 'main', 'street', 'lane', 'path'] as const;
const lines = z.array(z.array(z.array(z.number()).min(2).max(3)).min(2)).max(200_000);

/** The streets, waters and greens that every map is drawn from, and the boundary when there is none yet. Layers are replaced whole. */
export const import_network = command({
  name: 'places.import_network',
  input: z.object({
    layers: z.record(z.enum(LAYERS), lines),
    bounds: z.object({ south: z.number(), west: z.number(), north: z.number(), east: z.number() }).nullable(),
    attribution: z.string().trim().min(1).max(300),
  }),
  async run(ctx, { layers, bounds, attribution }) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'administrator')) notFound('network', ctx.community.id);
    let count = 0;
    for (const [layer, all] of Object.entries(layers)) {
      const isArea = layer === 'water' || layer === 'green';
      const geojson = isArea
        ? { type: 'MultiPolygon', coordinates: all.map((line) => [line]) }
        : { type: 'MultiLineString', coordinates: all };
      await writeMapLayer(ctx, layer, geojson, attribution);
      count += all.length;
    }
    if (bounds && !ctx.community.boundary) await setBoundary(ctx, boxOf(bounds), attribution);
    record(ctx, 'network.imported', { kind: 'community', id: ctx.community.id }, { lines: count });
    return { read: count, accepted: count };
  },
});
