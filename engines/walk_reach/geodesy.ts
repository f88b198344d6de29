/** The mean radius of the earth in metres (IUGG R1). */
export const EARTH_RADIUS_METRES = 6_371_008.8;
export const METRES_A_DEGREE = (EARTH_RADIUS_METRES * Math.PI) / 180;

/**
 * Metres between two points on a sphere of the mean radius, flat around the middle of the two: within a millimetre of the
 * great circle up to 10 km. Against the ellipsoid the sphere is off by at most 0.6 %, in middle latitudes by about 0.2 %.
 */
export function metresBetween(latitude: number, longitude: number, latitude2: number, longitude2: number): number {
  const scale = Math.cos(((latitude + latitude2) * Math.PI) / 360);
  const x = (longitude2 - longitude) * scale;
  const y = latitude2 - latitude;
  return Math.sqrt(x * x + y * y) * METRES_A_DEGREE;
}
