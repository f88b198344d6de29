import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { OsmError, type OsmExtract, readOsm, readOsmPbf, readOsmXml } from './index.ts';
import { blob, writeOsmPbf } from './write_pbf.ts';

const SMALL = readOsmXml(`<osm version="0.6">
 <bounds minlat="-40" minlon="-116" maxlat="41" maxlon="117"/>
 <node id="1" lat="40.1" lon="116.1"/>
 <node id="9876543210" lat="-40.2" lon="-116.2"><tag k="amenity" v="school"/><tag k="name" v="荷塘小学"/></node>
 <node id="3" lat="0" lon="180"/>
 <way id="7"><nd ref="1"/><nd ref="9876543210"/><nd ref="99"/><nd ref="3"/><tag k="highway" v="steps"/></way>
 <relation id="5"><member type="way" ref="7" role="outer"/><member type="node" ref="1" role=""/><tag k="type" v="multipolygon"/></relation>
</osm>`);

const plain = ({ bounds, nodes, ways, relations }: OsmExtract) =>
  JSON.stringify({
    bounds,
    nodes: Array.from({ length: nodes.size }, (_, i) => nodes.get(nodes.ids[i]!)),
    ways,
    relations,
  });

const dataFile = (name: string) => fileURLToPath(new URL(`../../../shared/data/osm/${name}`, import.meta.url));
const isHere = existsSync(dataFile('monaco.osm.pbf'));
const absent = isHere ? false : '../shared/data/osm is not here';

const codeOf = (bytes: Uint8Array) => {
  try {
    readOsmPbf(bytes);
    return 'read';
  } catch (error) {
    assert.ok(error instanceof OsmError, String(error));
    assert.ok(error.where.byte !== undefined && error.where.byte >= 0 && error.where.byte <= bytes.length);
    return error.code;
  }
};

const withBody = (field: number, bytes: Uint8Array, size?: number) => {
  const body = new PbfWriter();
  if (size !== undefined) body.writeVarintField(2, size);
  body.writeBytesField(field, bytes);
  const whole = body.finish();
  const head = new PbfWriter();
  head.writeStringField(1, 'OSMData');
  head.writeVarintField(3, whole.length);
  const before = head.finish();
  return Buffer.concat([blob('OSMHeader', new Uint8Array()), Buffer.from([0, 0, 0, before.length]), before, whole]);
};

describe('an extract in PBF', () => {
  for (const is_dense of [true, false])
    for (const is_packed of [true, false])
      it(`gives what its XML gives: ${is_dense ? 'dense' : 'plain'} nodes, ${is_packed ? 'packed' : 'raw'}`, () =>
        assert.equal(plain(readOsm(writeOsmPbf(SMALL, { is_dense, is_packed }))), plain(SMALL)));

  it('may be packed with zstd', () => assert.equal(codeOf(withBody(7, zstdCompressSync(new Uint8Array()))), 'read'));

  const file = writeOsmPbf(SMALL);
  const feature = new PbfWriter();
  feature.writeStringField(4, 'HistoricalInformation');
  const refused: [what: string, bytes: Uint8Array, code: string][] = [
    ['empty', new Uint8Array(), 'not_osm'],
    ['another kind of file', Buffer.from('PK\x03\x04 and so on'), 'not_osm'],
    ['cut within a block', file.subarray(0, -3), 'file_cut'],
    ['cut within a length', Buffer.concat([file, Buffer.from([0, 0])]), 'file_cut'],
    ['a history of edits', blob('OSMHeader', feature.finish()), 'feature_unknown'],
    ['packed with LZMA', withBody(4, new Uint8Array(3)), 'packing_unknown'],
    ['a block that does not unpack', withBody(3, new Uint8Array(30)), 'pbf_broken'],
    ['a block that lies about its size', withBody(3, deflateSync(new Uint8Array(30)), 31), 'pbf_broken'],
    ['a bomb', withBody(3, deflateSync(new Uint8Array(33 * 1024 * 1024))), 'pbf_broken'],
  ];
  for (const [what, bytes, code] of refused)
    it(`is refused when it is ${what}`, () => assert.equal(codeOf(bytes), code));

  it('that was cut or changed anywhere is read or refused with its byte, never anything else', () => {
    const raw = writeOsmPbf(SMALL, { is_packed: false });
    fc.assert(
      fc.property(fc.nat(raw.length), fc.nat(6), fc.uint8Array({ maxLength: 6 }), (at, cut, put) => {
        codeOf(Buffer.concat([raw.subarray(0, at), put, raw.subarray(at + cut)]));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('real extracts', { skip: absent }, () => {
  const table: [name: string, nodes: number, ways: number, relations: number][] = [
    ['monaco.osm.pbf', 180_118, 27_377, 212],
    ['helsinki-centre.osm.pbf', 24_260, 5_130, 620],
    ['beijing-tsinghua.osm', 7_450, 1_360, 189],
  ];
  for (const [name, nodes, ways, relations] of table)
    it(`${name} is read whole`, () => {
      const extract = readOsm(readFileSync(dataFile(name)));
      assert.deepEqual([extract.nodes.size, extract.ways.length, extract.relations.length], [nodes, ways, relations]);
    });

  it('Beijing is the same in XML and written as PBF', () => {
    const beijing = readOsm(readFileSync(dataFile('beijing-tsinghua.osm')));
    assert.equal(plain(readOsmPbf(writeOsmPbf(beijing))), plain(beijing));
  });
});
