import { belongsTo, type Category } from './categories.ts';
import type { Extract, Node, Point, Tags } from './extract.ts';
import { metresBetween } from './geodesy.ts';

/** Something people walk to, with the points at which it is entered. */
export type Facility = {
  id: string;
  category: string;
  name: string | null;
  at: Point;
  entrances: readonly Point[];
};
export type Building = Point & { id: string; tags: Tags };

/** Along the edge of open ground a point every so many metres stands for the whole edge. */
const RIM_METRES = 25;

/** The facilities of each category in an extract: nodes, areas and multipolygons. Linear in the extract × categories. */
export function findFacilities(extract: Extract, categories: readonly Category[]): Map<string, Facility[]> {
  const found = new Map(categories.map(({ key }): [string, Facility[]] => [key, []]));
  const consider = (id: string, tags: Tags, corners: () => Node[], isArea: boolean) => {
    for (const category of categories) {
      if (!belongsTo(tags, category)) continue;
      const all = corners();
      if (all.length === 0) continue;
      const at = isArea ? middleOf(all) : plain(all[0]!);
      const entrances = isArea ? entrancesOf(all, at, category.is_open_ground === true) : [at];
      found.get(category.key)!.push({ id, category: category.key, name: tags.name ?? null, at, entrances });
    }
  };
  for (const node of extract.nodes.withTags()) consider(`n${node.id}`, node.tags, () => [node], false);
  for (const { id, tags, nodes } of extract.ways) consider(`w${id}`, tags, () => cornersOf(extract, nodes), true);
  for (const { id, tags, corners } of multipolygons(extract)) consider(`r${id}`, tags, corners, true);
  return found;
}

/** Every building of an extract, at its middle. Linear in the extract. */
export function findBuildings(extract: Extract): Building[] {
  const isBuilding = (tags: Tags) => tags.building !== undefined && tags.building !== 'no';
  const found: Building[] = [];
  const add = (id: string, tags: Tags, corners: Node[]) => {
    if (corners.length > 0) found.push({ id, ...middleOf(corners), tags });
  };
  for (const { id, tags, nodes } of extract.ways) if (isBuilding(tags)) add(`w${id}`, tags, cornersOf(extract, nodes));
  for (const { id, tags, corners } of multipolygons(extract)) if (isBuilding(tags)) add(`r${id}`, tags, corners());
  return found;
}

function* multipolygons(extract: Extract): IterableIterator<{ id: number; tags: Tags; corners: () => Node[] }> {
  const wanted = extract.relations.filter(({ tags }) => tags.type === 'multipolygon');
  if (wanted.length === 0) return;
  const ways = new Map(extract.ways.map(({ id, nodes }) => [id, nodes]));
  for (const { id, tags, members } of wanted) {
    const corners = () =>
      members
        .filter(({ type, role }) => type === 'way' && role !== 'inner')
        .flatMap((member) => cornersOf(extract, ways.get(member.id) ?? []));
    yield { id, tags, corners };
  }
}

const plain = ({ latitude, longitude }: Point): Point => ({ latitude, longitude });

function cornersOf({ nodes }: Extract, ids: readonly number[]): Node[] {
  return ids.map((id) => {
    const at = nodes.indexOf(id);
    return { id, latitude: nodes.latitudes[at]!, longitude: nodes.longitudes[at]!, tags: nodes.tagsAt(at) };
  });
}

/** The middle of an area by its corners; a closed ring names its first corner twice, which counts once. */
function middleOf(corners: readonly Node[]): Point {
  const isClosed = corners.length > 1 && corners[0]!.id === corners[corners.length - 1]!.id;
  const all = isClosed ? corners.slice(1) : corners;
  const mean = (of: (point: Point) => number) => all.reduce((sum, corner) => sum + of(corner), 0) / all.length;
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}

/** Gates and entrances on the outline; without any, the rim of open ground, and the middle of everything else. */
function entrancesOf(corners: Node[], middle: Point, isOpenGround: boolean): Point[] {
  const gates = corners.filter(({ tags }) => tags.entrance !== undefined || tags.barrier === 'gate');
  if (gates.length > 0) return gates.map(plain);
  if (!isOpenGround) return [middle];
  const rim: Point[] = [plain(corners[0]!)];
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1]!, corners[i]!];
    const parts = Math.ceil(
      Math.min(200, metresBetween(a.latitude, a.longitude, b.latitude, b.longitude) / RIM_METRES),
    );
    for (let part = 1; part <= parts; part++) {
      const along = (from: number, to: number) => from + ((to - from) * part) / parts;
      rim.push({ latitude: along(a.latitude, b.latitude), longitude: along(a.longitude, b.longitude) });
    }
  }
  return rim;
}
