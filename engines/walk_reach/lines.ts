import type { Extract } from './extract.ts';

/**
 * An extract made of lines alone, each a row of [longitude, latitude]: everything is walked, and lines meet where they have
 * a point in common. For networks that are kept as the lines of a map; what forbids walking has to be left out before.
 * Linear in the points.
 */
export function extractOfLines(lines: readonly (readonly (readonly number[])[])[]): Extract {
  const known = new Map<string, number>();
  const [latitudes, longitudes]: [number[], number[]] = [[], []];
  const nodeOf = ([longitude, latitude]: readonly number[]) => {
    const key = `${longitude},${latitude}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, latitudes.length);
    latitudes.push(latitude!);
    longitudes.push(longitude!);
    return latitudes.length - 1;
  };
  const ways = lines.map((line, id) => ({ id, nodes: line.map(nodeOf), tags: { highway: 'footway' } }));
  const size = latitudes.length;
  const nodes: Extract['nodes'] = {
    size,
    ids: Float64Array.from({ length: size }, (_, id) => id),
    latitudes: Float64Array.from(latitudes),
    longitudes: Float64Array.from(longitudes),
    indexOf: (id) => (id < size ? id : -1),
    tagsAt: () => ({}),
    withTags: () => [],
  };
  return { nodes, ways, relations: [] };
}
