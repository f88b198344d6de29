import { extractOfLines, type WalkNetwork, walkNetwork } from '#engines/walk_reach/index.ts';
import type { Ctx } from '#platform/context.ts';
import { mapLayers, streetsChangedAt } from './place.store.ts';

const WAYS = ['main', 'street', 'lane', 'path'];
/** A process keeps the networks of so many communities, and none of more points than this: 7 MB, made in half a second. */
const MOST_KEPT = 3;
const MOST_POINTS = 100_000;

type Geometry = { type: string; coordinates: number[][][] } | null;
const kept = new Map<string, { changed_at: number; network: WalkNetwork | undefined }>();

/**
 * The streets of a community as a network to walk on, made of the lines its maps are drawn from and kept by the process
 * until they change; undefined where no streets were brought in, or so many that a server would not hold them.
 */
export async function walkNetworkOf(ctx: Ctx): Promise<WalkNetwork | undefined> {
  const { id } = ctx.community;
  const changed_at = (await streetsChangedAt(ctx, WAYS))?.getTime() ?? 0;
  const found = kept.get(id);
  if (found?.changed_at === changed_at) return found.network;
  const network = networkOf(changed_at ? await mapLayers(ctx) : []);
  kept.delete(id);
  kept.set(id, { changed_at, network });
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
  return network;
}

function networkOf(layers: readonly { layer: string; geojson: unknown }[]): WalkNetwork | undefined {
  const lines = layers
    .filter(({ layer, geojson }) => WAYS.includes(layer) && (geojson as Geometry)?.type === 'MultiLineString')
    .flatMap(({ geojson }) => (geojson as NonNullable<Geometry>).coordinates);
  const points = lines.reduce((sum, line) => sum + line.length, 0);
  return points > 0 && points <= MOST_POINTS ? walkNetwork(extractOfLines(lines)) : undefined;
}
