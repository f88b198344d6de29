import type { OsmNodes } from './osm_nodes.ts';

export type Tags = Record<string, string>;
export type OsmNode = { id: number; latitude: number; longitude: number; tags: Tags };
export type OsmWay = { id: number; nodes: number[]; tags: Tags };
export type OsmMember = { type: 'node' | 'way' | 'relation'; id: number; role: string };
export type OsmRelation = { id: number; members: OsmMember[]; tags: Tags };
export type OsmExtract = {
  bounds: { south: number; west: number; north: number; east: number } | null;
  nodes: OsmNodes;
  ways: OsmWay[];
  relations: OsmRelation[];
};

/** Line and column of a text, or the byte of a binary file (counted from 0 in the file as it lies on the disk). */
export type OsmPosition = { line?: number; column?: number; byte?: number };

/** A file that is not an OpenStreetMap extract, with the place where that shows. */
export class OsmError extends Error {
  readonly code: string;
  readonly where: OsmPosition;
  constructor(code: string, message: string, where: OsmPosition) {
    super(message);
    this.code = code;
    this.where = where;
  }
}

/** Shared by everything without tags, so that a hundred thousand plain nodes cost no objects of their own. */
export const NO_TAGS: Tags = Object.freeze(Object.create(null) as Tags);

/** A neighbourhood has some hundred thousand nodes; whole countries are refused before they fill the memory. */
export const MOST_NODES = 12_000_000;

/** Nodes that a way names but the file does not hold are left out of it. */
export function dropMissingNodes({ nodes, ways }: OsmExtract): void {
  for (const way of ways)
    if (!way.nodes.every((id) => nodes.has(id))) way.nodes = way.nodes.filter((id) => nodes.has(id));
}
