import { error, json, type RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { show_grid, show_map } from '#modules/places/index.ts';
import { hasRole } from '#platform/actor.ts';

const feature = (geometry: unknown, properties: Record<string, unknown>) => ({ type: 'Feature', geometry, properties });
const collection = (features: unknown[]) => ({ type: 'FeatureCollection', features });

/** What the grid editor draws below the grid: our own streets, greens and waters, buildings, and the neighbours' borders. */
export const GET = async ({ locals, params }: RequestEvent<{ id: string }>) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const [{ layers, attribution }, { neighbours, buildings }] = await Promise.all([
    see(visit, show_map, {}),
    see(visit, show_grid, { id: params.id }),
  ]);
  const shapes = buildings.map(({ id, footprint, longitude, latitude }) =>
    feature(footprint ?? { type: 'Point', coordinates: [longitude, latitude] }, { id }),
  );
  return json({
    layers: Object.fromEntries(layers.map(({ layer, geojson }) => [layer, geojson])),
    buildings: collection(shapes),
    neighbours: collection(neighbours.map(({ id, names, boundary }) => feature(boundary, { id, names }))),
    attribution,
  });
};
