import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { ByteCursor } from './byte_cursor.ts';
import { dropMissingNodes, OsmError, type OsmExtract } from './extract.ts';
import { OsmNodes } from './osm_nodes.ts';
import { readPrimitiveBlock } from './read_pbf_block.ts';

const LARGEST_HEADER_BYTES = 64 * 1024;
const LARGEST_BLOCK_BYTES = 32 * 1024 * 1024;
const UNDERSTOOD = ['OsmSchema-V0.6', 'DenseNodes'];

/**
 * Reads an OpenStreetMap extract in PBF: nodes (plain and dense), ways and relations with their tags. Block by block, so
 * that only one inflated block is held beside what it gives. Blocks may be raw, zlib or zstd; what is larger than the format
 * allows, cut, or asks for features that are not known is refused (OsmError) with the byte where that shows; bytes within
 * a packed block are told by where the block begins. Linear in the file. Source: OSM wiki, “PBF Format”.
 */
export function readOsmPbf(bytes: Uint8Array): OsmExtract {
  const extract: OsmExtract = { bounds: null, nodes: new OsmNodes(), ways: [], relations: [] };
  let isFirst = true;
  for (let at = 0; at < bytes.length; isFirst = false) {
    const header = blobHeader(bytes, at);
    if (isFirst !== (header.type === 'OSMHeader'))
      fail('not_osm', isFirst ? 'the file does not begin with an OSMHeader' : 'a second header in the file', at);
    if (header.type === 'OSMHeader') readHeader(inflate(header.blob, at), extract);
    else if (header.type === 'OSMData') readPrimitiveBlock(inflate(header.blob, at), extract);
    at = header.blob.end;
  }
  if (isFirst) fail('not_osm', 'the file is empty', 0);
  dropMissingNodes(extract);
  return extract;
}

function fail(code: string, message: string, byte: number): never {
  throw new OsmError(code, message, { byte });
}

/** What stands before each block: how long its header is, what it holds, and how long it is. */
function blobHeader(bytes: Uint8Array, at: number): { type: string; blob: ByteCursor } {
  if (bytes.length - at < 4) fail('file_cut', 'the file ends within the length of a block', at);
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
  if (length > LARGEST_HEADER_BYTES) fail('not_osm', `a block's header is said to be ${length} bytes long`, at);
  const begin = at + 4;
  if (begin + length > bytes.length) fail('file_cut', "the file ends within a block's header", at);
  const cursor = new ByteCursor(bytes, begin, begin + length, (byte) => byte);
  let type = '';
  let size = -1;
  cursor.fields((field) => {
    if (field === 1) type = cursor.message().text();
    else if (field === 3) size = cursor.varint();
    else return false;
    return true;
  });
  if (size < 0 || size > LARGEST_BLOCK_BYTES) fail('not_osm', `a block is said to be ${size} bytes long`, at);
  const end = begin + length + size;
  if (end > bytes.length) fail('file_cut', `the file ends within a block of ${size} bytes`, begin + length);
  return { type, blob: new ByteCursor(bytes, begin + length, end, (byte) => byte) };
}

/** The bytes of a block. Never more than the format allows, whatever the block says of itself. */
function inflate(blob: ByteCursor, at: number): ByteCursor {
  const limit = { maxOutputLength: LARGEST_BLOCK_BYTES };
  let whole: Uint8Array | null = null;
  let size: number | null = null;
  const unpack = (how: (bytes: Uint8Array, limit: { maxOutputLength: number }) => Uint8Array) => {
    const packed = blob.message().view();
    try {
      return how(packed, limit);
    } catch (error) {
      return fail('pbf_broken', `a block cannot be unpacked: ${error instanceof Error ? error.message : error}`, at);
    }
  };
  blob.fields((field) => {
    if (field === 1) whole = blob.message().view();
    else if (field === 2) size = blob.varint();
    else if (field === 3) whole = unpack(inflateSync);
    else if (field === 7) whole = unpack(zstdDecompressSync);
    else if (field >= 4 && field <= 6)
      fail('packing_unknown', 'a block is packed with LZMA, bzip2 or LZ4; pack the file anew with zlib', at);
    else return false;
    return true;
  });
  const found = whole as Uint8Array | null;
  if (!found) fail('pbf_broken', 'a block holds nothing', at);
  if (size !== null && size !== found.length)
    fail('pbf_broken', `a block is said to hold ${size} bytes and holds ${found.length}`, at);
  return new ByteCursor(found, 0, found.length, () => at);
}

function readHeader(header: ByteCursor, extract: OsmExtract): void {
  header.fields((field) => {
    if (field === 1) extract.bounds = readBounds(header.message());
    else if (field === 4) {
      const feature = header.message().text();
      if (!UNDERSTOOD.includes(feature))
        header.fail('feature_unknown', `the file asks for "${feature}", which is not read here`);
    } else return false;
    return true;
  });
}

/** Left, right, top and bottom in nanodegrees. */
function readBounds(box: ByteCursor): OsmExtract['bounds'] {
  const sides = { 1: 'west', 2: 'east', 3: 'north', 4: 'south' } as const;
  const bounds = { south: 0, west: 0, north: 0, east: 0 };
  box.fields((field) => {
    const side = sides[field as keyof typeof sides];
    if (side) bounds[side] = box.zigzag() / 1e9;
    return side !== undefined;
  });
  const { south, west, north, east } = bounds;
  if (Math.max(Math.abs(south), Math.abs(north)) > 90 || Math.max(Math.abs(west), Math.abs(east)) > 180)
    box.fail('number_invalid', 'the bounds lie beyond the earth');
  return { south, west, north, east };
}
