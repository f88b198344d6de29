import gcoordModule from 'gcoord';

type Converter = {
  transform(point: [number, number], from: string, to: string): [number, number];
  WGS84: string;
  GCJ02: string;
  BD09: string;
};
// The package is CommonJS and its types differ by who reads them; this is the part that is used.
const gcoord = gcoordModule as unknown as Converter;

export type CoordinateSystem = 'WGS-84' | 'GCJ-02' | 'BD-09';

const NAMES = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;

/** A point of a Chinese map service as it is kept here. The way back is exact to about a metre (the systems are made so). */
export function toWgs84(
  system: CoordinateSystem,
  latitude: number,
  longitude: number,
): { latitude: number; longitude: number } {
  if (system === 'WGS-84') return { latitude, longitude };
  const [x, y] = gcoord.transform([longitude, latitude], NAMES[system], gcoord.WGS84);
  return { latitude: y, longitude: x };
}

export function fromWgs84(
  system: CoordinateSystem,
  latitude: number,
  longitude: number,
): { latitude: number; longitude: number } {
  if (system === 'WGS-84') return { latitude, longitude };
  const [x, y] = gcoord.transform([longitude, latitude], gcoord.WGS84, NAMES[system]);
  return { latitude: y, longitude: x };
}
