import type { ByteCursor } from './byte_cursor.ts';
import { MOST_NODES, NO_TAGS, type OsmExtract, type OsmMember, type Tags } from './extract.ts';

const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

/** The texts of a block and how its coordinates are written: degrees = (offset + granularity × number) / 10^9. */
type Block = { texts: string[]; granularity: number; latitudeOffset: number; longitudeOffset: number };

/** Reads one block of nodes, ways and relations into the extract. Linear in its bytes. */
export function readPrimitiveBlock(cursor: ByteCursor, extract: OsmExtract): void {
  const block: Block = { texts: [], granularity: 100, latitudeOffset: 0, longitudeOffset: 0 };
  const groups: ByteCursor[] = [];
  cursor.fields((field) => {
    if (field === 1) block.texts = readTexts(cursor.message());
    else if (field === 2) groups.push(cursor.message());
    else if (field === 17) block.granularity = cursor.varint();
    else if (field === 19) block.latitudeOffset = cursor.varint();
    else if (field === 20) block.longitudeOffset = cursor.varint();
    else return false;
    return true;
  });
  // Granularity and offsets may stand behind the groups they are for.
  for (const group of groups)
    group.fields((field) => {
      if (field === 1) readNode(group.message(), block, extract);
      else if (field === 2) readDenseNodes(group.message(), block, extract);
      else if (field === 3) readWay(group.message(), block, extract);
      else if (field === 4) readRelation(group.message(), block, extract);
      else return false;
      return true;
    });
}

function readTexts(cursor: ByteCursor): string[] {
  const texts: string[] = [];
  cursor.fields((field) => {
    if (field === 1) texts.push(cursor.message().text());
    return field === 1;
  });
  return texts;
}

function textAt(block: Block, at: number, cursor: ByteCursor): string {
  return block.texts[at] ?? cursor.fail('pbf_broken', `a tag names text ${at} of ${block.texts.length}`);
}

type PlainNode = { id: number; latitude: number; longitude: number };

function addNode(extract: OsmExtract, block: Block, cursor: ByteCursor, plain: PlainNode, tags: Tags): void {
  const id = plain.id;
  const latitude = (block.latitudeOffset + block.granularity * plain.latitude) / 1e9;
  const longitude = (block.longitudeOffset + block.granularity * plain.longitude) / 1e9;
  if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180))
    cursor.fail('number_invalid', `node ${id} lies beyond the earth: ${latitude}, ${longitude}`);
  if (extract.nodes.size >= MOST_NODES)
    cursor.fail('extract_large', `more than ${MOST_NODES} nodes; cut the file to the neighbourhood`);
  extract.nodes.set(id, latitude, longitude, tags);
}

function readNode(cursor: ByteCursor, block: Block, extract: OsmExtract): void {
  const plain: PlainNode = { id: 0, latitude: 0, longitude: 0 };
  let [keys, values]: number[][] = [[], []];
  cursor.fields((field) => {
    if (field === 1) plain.id = cursor.zigzag();
    else if (field === 2) keys = cursor.packed(false);
    else if (field === 3) values = cursor.packed(false);
    else if (field === 8) plain.latitude = cursor.zigzag();
    else if (field === 9) plain.longitude = cursor.zigzag();
    else return false;
    return true;
  });
  addNode(extract, block, cursor, plain, tagsOf(block, keys!, values!, cursor));
}

/** Identifiers and coordinates stand in columns, each as the difference to the one before; tags as key, value, …, 0. */
function readDenseNodes(cursor: ByteCursor, block: Block, extract: OsmExtract): void {
  const columns: (ByteCursor | undefined)[] = [];
  cursor.fields((field) => {
    const isWanted = field === 1 || field === 8 || field === 9 || field === 10;
    if (isWanted) columns[field] = cursor.message();
    return isWanted;
  });
  const [ids, latitudes, longitudes, tags] = [columns[1], columns[8], columns[9], columns[10]];
  if (!ids) return;
  if (!latitudes || !longitudes) cursor.fail('pbf_broken', 'nodes without coordinates');
  const plain: PlainNode = { id: 0, latitude: 0, longitude: 0 };
  while (ids.at < ids.end) {
    plain.id += ids.zigzag();
    plain.latitude += latitudes.zigzag();
    plain.longitude += longitudes.zigzag();
    addNode(extract, block, ids, plain, tags ? denseTags(block, tags) : NO_TAGS);
  }
  if (latitudes.at < latitudes.end || longitudes.at < longitudes.end)
    cursor.fail('pbf_broken', 'more coordinates than nodes');
}

function denseTags(block: Block, cursor: ByteCursor): Tags {
  let tags = NO_TAGS;
  while (cursor.at < cursor.end) {
    const key = cursor.varint();
    if (key === 0) break;
    if (tags === NO_TAGS) tags = Object.create(null) as Tags;
    tags[textAt(block, key, cursor)] = textAt(block, cursor.varint(), cursor);
  }
  return tags;
}

function tagsOf(block: Block, keys: number[], values: number[], cursor: ByteCursor): Tags {
  if (keys.length !== values.length)
    cursor.fail('pbf_broken', `${keys.length} keys of tags and ${values.length} values`);
  if (keys.length === 0) return NO_TAGS;
  const tags = Object.create(null) as Tags;
  for (let i = 0; i < keys.length; i++) tags[textAt(block, keys[i]!, cursor)] = textAt(block, values[i]!, cursor);
  return tags;
}

/** Differences summed up in place. */
function summed(numbers: number[]): number[] {
  for (let i = 1; i < numbers.length; i++) numbers[i]! += numbers[i - 1]!;
  return numbers;
}

function readWay(cursor: ByteCursor, block: Block, extract: OsmExtract): void {
  let id = 0;
  let [keys, values, nodes]: number[][] = [[], [], []];
  cursor.fields((field) => {
    if (field === 1) id = cursor.varint();
    else if (field === 2) keys = cursor.packed(false);
    else if (field === 3) values = cursor.packed(false);
    else if (field === 8) nodes = summed(cursor.packed(true));
    else return false;
    return true;
  });
  extract.ways.push({ id, nodes: nodes!, tags: tagsOf(block, keys!, values!, cursor) });
}

function readRelation(cursor: ByteCursor, block: Block, extract: OsmExtract): void {
  let id = 0;
  let [keys, values, roles, ids, types]: number[][] = [[], [], [], [], []];
  cursor.fields((field) => {
    if (field === 1) id = cursor.varint();
    else if (field === 2) keys = cursor.packed(false);
    else if (field === 3) values = cursor.packed(false);
    else if (field === 8) roles = cursor.packed(false);
    else if (field === 9) ids = summed(cursor.packed(true));
    else if (field === 10) types = cursor.packed(false);
    else return false;
    return true;
  });
  if (ids!.length !== roles!.length || ids!.length !== types!.length)
    cursor.fail('pbf_broken', `relation ${id} has members without role or type`);
  const members = ids!.map((member, i): OsmMember => {
    const type = MEMBER_TYPES[types![i]!] ?? cursor.fail('pbf_broken', `a member of the kind ${types![i]}`);
    return { type, id: member, role: textAt(block, roles![i]!, cursor) };
  });
  extract.relations.push({ id, members, tags: tagsOf(block, keys!, values!, cursor) });
}
