/** Draws places on a page as SVG: longitude and latitude become metres east and north of a corner (equirectangular). */
export type Bounds = { west: number; south: number; east: number; north: number };
export type View = { width: number; height: number; x: (longitude: number) => number; y: (latitude: number) => number };

export function viewOf(bounds: Bounds, width = 1000): View {
  const stretch = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180);
  const scale = width / ((bounds.east - bounds.west) * stretch);
  return {
    width,
    height: Math.round((bounds.north - bounds.south) * scale),
    x: (longitude) => Math.round((longitude - bounds.west) * stretch * scale * 10) / 10,
    y: (latitude) => Math.round((bounds.north - latitude) * scale * 10) / 10,
  };
}

export function lineOf(view: View, points: number[][], close = false): string {
  return (
    points
      .map(([longitude, latitude], i) => `${i === 0 ? 'M' : 'L'}${view.x(longitude!)} ${view.y(latitude!)}`)
      .join('') + (close ? 'Z' : '')
  );
}

export function boundsOfRing(ring: number[][]): Bounds {
  const [longitudes, latitudes] = [ring.map((point) => point[0]!), ring.map((point) => point[1]!)];
  return {
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
  };
}
