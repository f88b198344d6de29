/** What this engine reads of an OpenStreetMap extract; engines/osm_extract gives values of this shape. */
export type Tags = Readonly<Record<string, string>>;
export type Point = { latitude: number; longitude: number };
export type Node = Point & { id: number; tags: Tags };
export type Way = { id: number; nodes: readonly number[]; tags: Tags };
export type Relation = {
  id: number;
  members: readonly { type: 'node' | 'way' | 'relation'; id: number; role: string }[];
  tags: Tags;
};
/** Nodes in columns: identifiers, degrees, and the place of an identifier in them (-1 when it is not there). */
export type Nodes = {
  readonly size: number;
  readonly ids: Float64Array;
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  indexOf(id: number): number;
  tagsAt(index: number): Tags;
  withTags(): Iterable<Node>;
};
export type Extract = { nodes: Nodes; ways: readonly Way[]; relations: readonly Relation[] };
