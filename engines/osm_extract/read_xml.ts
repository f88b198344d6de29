import { SaxesParser } from 'saxes';
import {
  dropMissingNodes,
  MOST_NODES,
  NO_TAGS,
  OsmError,
  type OsmExtract,
  type OsmMember,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
  type Tags,
} from './extract.ts';
import { OsmNodes } from './osm_nodes.ts';

const MEMBER_TYPES: readonly string[] = ['node', 'way', 'relation'];

/** How numbers of attributes are read: refused with the parser's place when they are none or out of range. */
type Read = {
  fail(code: string, message: string): never;
  number(value: string | undefined, what: string, limit: number): number;
};
type Attributes = Record<string, string>;

/**
 * Reads an OpenStreetMap extract in XML (API 0.6): nodes, ways and relations with their tags. Nodes that a way names but
 * the file does not hold are left out of it. Linear in the text. Errors: OsmError with line and column. Source: OSM wiki,
 * “OSM XML”.
 */
export function readOsmXml(text: string): OsmExtract {
  const parser = new SaxesParser();
  const extract: OsmExtract = { bounds: null, nodes: new OsmNodes(), ways: [], relations: [] };
  let open: OsmNode | OsmWay | OsmRelation | null = null;
  let isOsm = false;
  const fail = (code: string, message: string): never => {
    throw new OsmError(code, message, { line: parser.line, column: parser.column });
  };
  const read: Read = {
    fail,
    number(value, what, limit) {
      const number = Number(value);
      if (value === undefined || value.trim() === '' || !Number.isFinite(number) || Math.abs(number) > limit)
        fail('number_invalid', `${what} is not a number in range: "${value}"`);
      return number;
    },
  };
  parser.on('error', (error) => fail('xml_broken', error.message));
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'osm') isOsm = true;
    else if (!isOsm) fail('not_osm', `the file begins with <${name}>, not with <osm>`);
    else if (name === 'bounds') extract.bounds = boundsOf(attributes, read);
    else open = thingOf(name, attributes, read, extract) ?? open;
    if (open) readPart(name, attributes, read, open);
  });
  parser.on('closetag', ({ name }) => {
    // A node goes into its columns once its tags are known.
    if (name === 'node' && open && 'latitude' in open)
      extract.nodes.set(open.id, open.latitude, open.longitude, open.tags);
    if (name === 'node' || name === 'way' || name === 'relation') open = null;
  });
  parser.write(text).close();
  if (!isOsm) fail('not_osm', 'the file holds no <osm>');
  dropMissingNodes(extract);
  return extract;
}

function boundsOf(attributes: Attributes, read: Read): OsmExtract['bounds'] {
  const of = (key: string, limit: number) => read.number(attributes[key], key, limit);
  return { south: of('minlat', 90), west: of('minlon', 180), north: of('maxlat', 90), east: of('maxlon', 180) };
}

/** A node, way or relation that begins here, put into the extract. */
function thingOf(name: string, attributes: Attributes, read: Read, extract: OsmExtract) {
  const id = () => read.number(attributes.id, 'id', Number.MAX_SAFE_INTEGER);
  if (name === 'node') {
    const node: OsmNode = {
      id: id(),
      latitude: read.number(attributes.lat, 'lat', 90),
      longitude: read.number(attributes.lon, 'lon', 180),
      tags: NO_TAGS,
    };
    if (extract.nodes.size >= MOST_NODES)
      read.fail('extract_large', `more than ${MOST_NODES} nodes; cut the file to the neighbourhood`);
    return node;
  }
  if (name === 'way') {
    const way: OsmWay = { id: id(), nodes: [], tags: NO_TAGS };
    extract.ways.push(way);
    return way;
  }
  if (name === 'relation') {
    const relation: OsmRelation = { id: id(), members: [], tags: NO_TAGS };
    extract.relations.push(relation);
    return relation;
  }
  return null;
}

/** A tag, a node of a way or a member of a relation, put where it belongs. */
function readPart(name: string, attributes: Attributes, read: Read, open: OsmNode | OsmWay | OsmRelation): void {
  const ref = () => read.number(attributes.ref, 'ref', Number.MAX_SAFE_INTEGER);
  if (name === 'nd' && 'nodes' in open) open.nodes.push(ref());
  else if (name === 'member' && 'members' in open) {
    if (!MEMBER_TYPES.includes(attributes.type ?? ''))
      read.fail('member_invalid', `a member of the type "${attributes.type}"`);
    open.members.push({ type: attributes.type as OsmMember['type'], id: ref(), role: attributes.role ?? '' });
  } else if (name === 'tag' && attributes.k !== undefined && attributes.v !== undefined) {
    if (open.tags === NO_TAGS) open.tags = Object.create(null) as Tags;
    open.tags[attributes.k] = attributes.v;
  }
}
