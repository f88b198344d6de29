import type { Distance } from './distances.ts';

/** Columns of coordinates as they stand in the file. */
export type Coordinates = { x: Float64Array; y: Float64Array; z: Float64Array };

const round = (value: number) => Math.floor(value + 0.5);
/** Both constants as TSPLIB gives them; better ones would give other whole numbers. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the format says 3.141592
const PI = 3.141592;
const EARTH_RADIUS_KILOMETRES = 6378.388;

type Measure = (dx: number, dy: number, dz: number) => number;
const euclidean: Measure = (dx, dy, dz) => Math.sqrt(dx * dx + dy * dy + dz * dz);

const MEASURES: Record<string, Measure> = {
  EUC_2D: (dx, dy) => round(euclidean(dx, dy, 0)),
  EUC_3D: (dx, dy, dz) => round(euclidean(dx, dy, dz)),
  CEIL_2D: (dx, dy) => Math.ceil(euclidean(dx, dy, 0)),
  MAN_2D: (dx, dy) => round(Math.abs(dx) + Math.abs(dy)),
  MAN_3D: (dx, dy, dz) => round(Math.abs(dx) + Math.abs(dy) + Math.abs(dz)),
  MAX_2D: (dx, dy) => Math.max(round(Math.abs(dx)), round(Math.abs(dy))),
  MAX_3D: (dx, dy, dz) => Math.max(round(Math.abs(dx)), round(Math.abs(dy)), round(Math.abs(dz))),
  ATT: (dx, dy) => {
    const exact = Math.sqrt((dx * dx + dy * dy) / 10);
    const near = round(exact);
    return near < exact ? near + 1 : near;
  },
  XRAY1: (dx, dy, dz) => round(100 * Math.max(turnOf(dx), Math.abs(dy), Math.abs(dz))),
  XRAY2: (dx, dy, dz) => round(100 * Math.max(turnOf(dx) / 1.25, Math.abs(dy) / 1.5, Math.abs(dz) / 1.15)),
};

/** The edge weight types that are worked out of coordinates. */
export const COORDINATE_TYPES = [...Object.keys(MEASURES), 'GEO'];
export const needsDepth = (type: string) => type.endsWith('_3D') || type.startsWith('XRAY');

/** The distance of an edge weight type, in whole numbers, by section 2 of the TSPLIB 95 description (Reinelt). */
export function distanceOf(type: string, coordinates: Coordinates): Distance {
  if (type === 'GEO') return geographic(coordinates);
  const { x, y, z } = coordinates;
  const measure = MEASURES[type]!;
  return (a, b) => measure(x[a]! - x[b]!, y[a]! - y[b]!, z[a]! - z[b]!);
}

/** Degrees of a turn, the shorter way around. */
function turnOf(degrees: number): number {
  return Math.min(Math.abs(degrees), Math.abs(Math.abs(degrees) - 360));
}

function geographic({ x, y }: Coordinates): Distance {
  const latitude = x.map(radians);
  const longitude = y.map(radians);
  return (a, b) => {
    if (a === b) return 0;
    const q1 = Math.cos(longitude[a]! - longitude[b]!);
    const q2 = Math.cos(latitude[a]! - latitude[b]!);
    const q3 = Math.cos(latitude[a]! + latitude[b]!);
    const cosine = Math.min(1, Math.max(-1, 0.5 * ((1 + q1) * q2 - (1 - q1) * q3)));
    return Math.trunc(EARTH_RADIUS_KILOMETRES * Math.acos(cosine) + 1);
  };
}

/** DDD.MM, degrees and minutes, in radians. */
function radians(value: number): number {
  const degrees = Math.trunc(value);
  return (PI * (degrees + (5 * (value - degrees)) / 3)) / 180;
}
