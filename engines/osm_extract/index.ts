import { OsmError, type OsmExtract } from './extract.ts';
import { readOsmPbf } from './read_pbf.ts';
import { readOsmXml } from './read_xml.ts';

export { OsmError, type OsmExtract, type OsmNode, type OsmPosition, type OsmRelation, type OsmWay } from './extract.ts';
export { type Layer, layerOf, mapLayers } from './map_layers.ts';
export { readOsmPbf } from './read_pbf.ts';
export { readOsmXml } from './read_xml.ts';

/**
 * Reads an OpenStreetMap extract, .osm or .osm.pbf: which of the two is told by the bytes, not by the name. Linear in the
 * file. Errors: OsmError with line and column (XML) or byte (PBF).
 */
export function readOsm(bytes: Uint8Array): OsmExtract {
  if (isPbf(bytes)) return readOsmPbf(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OsmError('not_osm', 'the file is neither XML in UTF-8 nor PBF', { line: 1, column: 1 });
  }
  return readOsmXml(text);
}

/** A PBF file begins with the length of a small message, whose first field says OSMHeader. */
function isPbf(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0 && bytes[1] === 0 && Buffer.from(bytes.subarray(4, 15)).toString('latin1').includes('OSMHeader')
  );
}
