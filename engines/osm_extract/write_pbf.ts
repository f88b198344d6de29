import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { OsmExtract, OsmNode, Tags } from './extract.ts';

type Options = { is_dense?: boolean; is_packed?: boolean };
/** Gives each word its number in the block's list of texts. */
type Numbering = (word: string) => number;

/**
 * Writes an extract as PBF through the library `pbf`: for tests (it shares no code with the reader), and to hand an
 * extract in XML to programs that read PBF alone. One block, so at most 32 MiB unpacked. Linear in the extract. Source: OSM
 * wiki, “PBF Format”.
 */
export function writeOsmPbf(extract: OsmExtract, { is_dense = true, is_packed = true }: Options = {}): Buffer {
  const texts = new Map<string, number>([['', 0]]);
  const numberOf: Numbering = (word) => {
    if (!texts.has(word)) texts.set(word, texts.size);
    return texts.get(word)!;
  };
  const nodes = Array.from({ length: extract.nodes.size }, (_, i) => extract.nodes.get(extract.nodes.ids[i]!)!);
  const group = message((pbf) => {
    if (is_dense) pbf.writeBytesField(2, denseNodes(nodes, numberOf));
    else for (const node of nodes) pbf.writeBytesField(1, plainNode(node, numberOf));
    for (const way of extract.ways)
      pbf.writeBytesField(
        3,
        message((inner) => {
          inner.writeVarintField(1, way.id);
          writeTags(inner, way.tags, numberOf);
          inner.writePackedSVarint(8, differences(way.nodes));
        }),
      );
    for (const relation of extract.relations) pbf.writeBytesField(4, relationOf(relation, numberOf));
  });
  const block = message((pbf) => {
    pbf.writeBytesField(2, group);
    pbf.writeBytesField(
      1,
      message((inner) => {
        for (const word of texts.keys()) inner.writeBytesField(1, Buffer.from(word));
      }),
    );
  });
  return Buffer.concat([blob('OSMHeader', header(extract), is_packed), blob('OSMData', block, is_packed)]);
}

/** A block with its header before it. */
export function blob(type: string, bytes: Uint8Array, is_packed = true): Buffer {
  const body = message((pbf) => {
    if (is_packed) pbf.writeVarintField(2, bytes.length);
    pbf.writeBytesField(is_packed ? 3 : 1, is_packed ? deflateSync(bytes) : bytes);
  });
  const head = message((pbf) => {
    pbf.writeStringField(1, type);
    pbf.writeVarintField(3, body.length);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

function message(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}

function header({ bounds }: OsmExtract): Uint8Array {
  return message((pbf) => {
    if (bounds) {
      const sides = [bounds.west, bounds.east, bounds.north, bounds.south];
      const box = message((inner) => {
        for (const [i, side] of sides.entries()) inner.writeSVarintField(i + 1, Math.round(side * 1e9));
      });
      pbf.writeBytesField(1, box);
    }
    for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) pbf.writeStringField(4, feature);
  });
}

const differences = (numbers: readonly number[]) => numbers.map((number, i) => number - (i > 0 ? numbers[i - 1]! : 0));
const units = (degrees: number) => Math.round(degrees * 1e7);

function writeTags(pbf: PbfWriter, tags: Tags, numberOf: Numbering): void {
  pbf.writePackedVarint(2, Object.keys(tags).map(numberOf));
  pbf.writePackedVarint(3, Object.values(tags).map(numberOf));
}

function plainNode(node: OsmNode, numberOf: Numbering): Uint8Array {
  return message((pbf) => {
    pbf.writeSVarintField(1, node.id);
    writeTags(pbf, node.tags, numberOf);
    pbf.writeSVarintField(8, units(node.latitude));
    pbf.writeSVarintField(9, units(node.longitude));
  });
}

function denseNodes(nodes: OsmNode[], numberOf: Numbering): Uint8Array {
  return message((pbf) => {
    pbf.writePackedSVarint(1, differences(nodes.map(({ id }) => id)));
    pbf.writePackedSVarint(8, differences(nodes.map(({ latitude }) => units(latitude))));
    pbf.writePackedSVarint(9, differences(nodes.map(({ longitude }) => units(longitude))));
    pbf.writePackedVarint(
      10,
      nodes.flatMap(({ tags }) => [...Object.entries(tags).flat().map(numberOf), 0]),
    );
  });
}

function relationOf({ id, tags, members }: OsmExtract['relations'][number], numberOf: Numbering): Uint8Array {
  const types = ['node', 'way', 'relation'];
  return message((pbf) => {
    pbf.writeVarintField(1, id);
    writeTags(pbf, tags, numberOf);
    pbf.writePackedVarint(
      8,
      members.map(({ role }) => numberOf(role)),
    );
    pbf.writePackedSVarint(9, differences(members.map((member) => member.id)));
    pbf.writePackedVarint(
      10,
      members.map(({ type }) => types.indexOf(type)),
    );
  });
}
