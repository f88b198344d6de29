type Placed = { latitude: number; longitude: number };
type Layer = { layer: string; geojson: unknown };
type Geometry = { type: string; coordinates: number[][][] };

const AROUND_DEGREES = 0.002;
const WAYS = ['main', 'street', 'lane', 'path'];

/**
 * The ways of the street layers that pass near some places, as lines of [longitude, latitude] with five decimals (about a
 * metre): light enough for a phone. Pure.
 */
export function linesNear(
  layers: readonly Layer[],
  places: readonly Placed[],
): { layer: string; lines: number[][][] }[] {
  if (places.length === 0) return [];
  const [west, east] = spread(places.map((place) => place.longitude));
  const [south, north] = spread(places.map((place) => place.latitude));
  const isNear = ([x, y]: number[]) => x! >= west && x! <= east && y! >= south && y! <= north;
  return layers
    .filter(({ layer, geojson }) => WAYS.includes(layer) && (geojson as Geometry)?.type === 'MultiLineString')
    .map(({ layer, geojson }) => ({
      layer,
      lines: (geojson as Geometry).coordinates
        .filter((line) => line.some(isNear))
        .map((line) => line.map((point) => point.map(rounded))),
    }));
}

const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

function spread(values: number[]): [number, number] {
  return [Math.min(...values) - AROUND_DEGREES, Math.max(...values) + AROUND_DEGREES];
}
