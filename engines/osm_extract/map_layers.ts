import type { OsmExtract, Tags } from './extract.ts';

export type Layer = 'water' | 'green' | 'main' | 'street' | 'lane' | 'path';

const HIGHWAYS: Record<string, Layer> = {
  ...{ motorway: 'main', trunk: 'main', primary: 'main', secondary: 'main', tertiary: 'main' },
  ...{ residential: 'street', living_street: 'street', unclassified: 'street', service: 'lane', pedestrian: 'lane' },
  ...{ footway: 'path', path: 'path', steps: 'path', cycleway: 'path', track: 'path' },
};

/** Which layer of a map a way belongs to, or undefined. */
export function layerOf(tags: Tags): Layer | undefined {
  if (tags.highway) return HIGHWAYS[tags.highway];
  if (tags.natural === 'water' || tags.waterway === 'riverbank') return 'water';
  if (tags.leisure === 'park' || tags.leisure === 'garden' || tags.landuse === 'grass' || tags.natural === 'wood')
    return 'green';
  return undefined;
}

/** The lines of every layer as [longitude, latitude] rounded to a tenth of a metre. Linear in the extract. */
export function mapLayers(extract: OsmExtract): Record<Layer, number[][][]> {
  const layers: Record<Layer, number[][][]> = { water: [], green: [], main: [], street: [], lane: [], path: [] };
  for (const way of extract.ways) {
    const layer = layerOf(way.tags);
    if (!layer || way.nodes.length < 2) continue;
    layers[layer].push(
      way.nodes.map((id) => {
        const { longitude, latitude } = extract.nodes.get(id)!;
        return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6];
      }),
    );
  }
  return layers;
}
