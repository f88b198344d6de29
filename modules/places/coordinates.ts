import gcoordModule from 'gcoord';

// The package is CommonJS: its types put the functions one step deeper than they are.
const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

export type CoordinateSystem = 'WGS-84' | 'GCJ-02' | 'BD-09';

const NAMES = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;

/** A point of a Chinese map service as it is kept here. The way back is exact to about a metre (the systems are made so). */
export function toWgs84(system: CoordinateSystem, latitude: number, longitude: number): { latitude: number; longitude: number } {
  if (system === 'WGS-84') return { latitude, longitude };
  const [x, y] = gcoord.transform([longitude, latitude], NAMES[system], gcoord.WGS84) as [number, number];
  return { latitude: y, longitude: x };
}

export function fromWgs84(system: CoordinateSystem, latitude: number, longitude: number): { latitude: number; longitude: number } {
  if (system === 'WGS-84') return { latitude, longitude };
  const [x, y] = gcoord.transform([longitude, latitude], gcoord.WGS84, NAMES[system]) as [number, number];
  return { latitude: y, longitude: x };
}
