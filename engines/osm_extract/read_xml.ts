import { SaxesParser } from 'saxes';

export type Tags = Record<string, string>;
export type OsmNode = { id: number; latitude: number; longitude: number; tags: Tags };
export type OsmWay = { id: number; nodes: number[]; tags: Tags };
export type OsmExtract = {
  bounds: { south: number; west: number; north: number; east: number } | null;
  nodes: Map<number, OsmNode>;
  ways: OsmWay[];
};

/** A file that is not an OpenStreetMap extract, with the line and column where that shows. */
export class OsmError extends Error {
  readonly code: string;
  readonly where: { line: number; column: number };
  constructor(code: string, message: string, where: { line: number; column: number }) {
    super(message);
    this.code = code;
    this.where = where;
  }
}

const NO_TAGS: Tags = Object.freeze({});

/**
 * Reads an OpenStreetMap extract in XML (API 0.6): nodes and ways with their tags. Nodes that a way names but the file
 * does not hold are left out of it. Linear in the text. Errors: OsmError with line and column. Source: the OSM XML format.
 */
export function readOsmXml(text: string): OsmExtract {
  const parser = new SaxesParser();
  const extract: OsmExtract = { bounds: null, nodes: new Map(), ways: [] };
  let open: OsmNode | OsmWay | null = null;
  let isOsm = false;
  const fail = (code: string, message: string): never => {
    throw new OsmError(code, message, { line: parser.line, column: parser.column });
  };
  const numberOf = (value: string | undefined, what: string, limit: number): number => {
    const number = Number(value);
    if (value === undefined || value.trim() === '' || !Number.isFinite(number) || Math.abs(number) > limit)
      fail('number_invalid', `${what} is not a number in range: "${value}"`);
    return number;
  };
  parser.on('error', (error) => fail('xml_broken', error.message));
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'osm') isOsm = true;
    else if (!isOsm) fail('not_osm', `the file begins with <${name}>, not with <osm>`);
    else if (name === 'bounds') {
      const of = (key: string, limit: number) => numberOf(attributes[key], key, limit);
      extract.bounds = {
        south: of('minlat', 90),
        west: of('minlon', 180),
        north: of('maxlat', 90),
        east: of('maxlon', 180),
      };
    } else if (name === 'node') {
      const id = numberOf(attributes.id, 'id', Number.MAX_SAFE_INTEGER);
      const node: OsmNode = {
        id,
        latitude: numberOf(attributes.lat, 'lat', 90),
        longitude: numberOf(attributes.lon, 'lon', 180),
        tags: NO_TAGS,
      };
      extract.nodes.set(id, node);
      open = node;
    } else if (name === 'way') {
      const way: OsmWay = { id: numberOf(attributes.id, 'id', Number.MAX_SAFE_INTEGER), nodes: [], tags: NO_TAGS };
      extract.ways.push(way);
      open = way;
    } else if (name === 'relation') open = null;
    else if (name === 'nd' && open && 'nodes' in open)
      open.nodes.push(numberOf(attributes.ref, 'ref', Number.MAX_SAFE_INTEGER));
    else if (name === 'tag' && open && attributes.k !== undefined && attributes.v !== undefined) {
      if (open.tags === NO_TAGS) open.tags = Object.create(null) as Tags;
      open.tags[attributes.k] = attributes.v;
    }
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'node' || name === 'way') open = null;
  });
  parser.write(text).close();
  if (!isOsm) fail('not_osm', 'the file holds no <osm>');
  for (const way of extract.ways) way.nodes = way.nodes.filter((id) => extract.nodes.has(id));
  return extract;
}
