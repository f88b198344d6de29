import Flatbush from 'flatbush';

/** A GeoJSON Polygon or MultiPolygon in WGS-84: [longitude, latitude] pairs. */
export type Area =
  | { type: 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] };

export type GridIndex = { gridAt(latitude: number, longitude: number): string | null; size: number };

/**
 * Which grid holds a point: a packed R-tree of bounding boxes, then even-odd rings. Built once a version of the grids,
 * asked in microseconds. A point on a shared border belongs to the grid that comes first by id, so the answer is one.
 */
export function buildGridIndex(grids: { id: string; boundary: Area }[]): GridIndex {
  const sorted = [...grids].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (sorted.length === 0) return { gridAt: () => null, size: 0 };
  const tree = new Flatbush(sorted.length);
  for (const grid of sorted) {
    const [west, south, east, north] = boundsOf(grid.boundary);
    tree.add(west, south, east, north);
  }
  tree.finish();
  return {
    size: sorted.length,
    gridAt(latitude, longitude) {
      const hits = tree.search(longitude, latitude, longitude, latitude).sort((a, b) => a - b);
      for (const hit of hits) if (contains(sorted[hit]!.boundary, latitude, longitude)) return sorted[hit]!.id;
      return null;
    },
  };
}

export function boundsOf(area: Area): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of ringsOf(area)) {
    for (const [longitude, latitude] of ring as [number, number][]) {
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    }
  }
  return bounds;
}

export type Box = { south: number; west: number; north: number; east: number };

/** A box as the area it is. */
export function boxOf({ south, west, north, east }: Box): Area & { type: 'Polygon' } {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [corners] };
}

/** True when the point lies in the area (even-odd over all rings, so holes are outside); a point on an edge counts as in. */
export function contains(area: Area, latitude: number, longitude: number): boolean {
  let inside = false;
  for (const ring of ringsOf(area)) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i] as [number, number];
      const [x2, y2] = ring[j] as [number, number];
      const cross = (longitude - x1) * (y2 - y1) - (latitude - y1) * (x2 - x1);
      const within =
        Math.min(x1, x2) <= longitude &&
        longitude <= Math.max(x1, x2) &&
        Math.min(y1, y2) <= latitude &&
        latitude <= Math.max(y1, y2);
      if (cross === 0 && within) return true;
      if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1)
        inside = !inside;
    }
  }
  return inside;
}

/** All rings of an area, outer ones and holes alike. */
export function ringsOf(area: Area): number[][][] {
  return area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
}
