import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { OsmError, readOsmXml } from './index.ts';

const SMALL = `<?xml version="1.0"?>
<osm version="0.6">
 <bounds minlat="40" minlon="116" maxlat="41" maxlon="117"/>
 <node id="1" lat="40.1" lon="116.1"/>
 <node id="2" lat="40.2" lon="116.2"><tag k="amenity" v="school"/></node>
 <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="99"/><tag k="highway" v="residential"/><tag k="name" v="荷塘路 &amp; 桥"/></way>
</osm>`;

describe('an extract in XML', () => {
  it('gives nodes and ways with their tags, without nodes that are not there', () => {
    const { bounds, nodes, ways } = readOsmXml(SMALL);
    assert.deepEqual(bounds, { south: 40, west: 116, north: 41, east: 117 });
    assert.equal(nodes.get(2)?.tags.amenity, 'school');
    assert.deepEqual(ways[0]?.nodes, [1, 2]);
    assert.equal(ways[0]?.tags.name, '荷塘路 & 桥');
  });

  const refused: [what: string, text: string, code: string][] = [
    ['another kind of file', '<html></html>', 'not_osm'],
    ['nothing', '', 'xml_broken'],
    ['a node beyond the pole', '<osm><node id="1" lat="91" lon="0"/></osm>', 'number_invalid'],
    ['a broken end', '<osm><node id="1" lat="1" lon="0"', 'xml_broken'],
    ['an unknown entity', '<osm><node id="1" lat="1" lon="0"><tag k="a" v="&boom;"/></node></osm>', 'xml_broken'],
  ];
  for (const [what, text, code] of refused) {
    it(`is refused when it is ${what}`, () => {
      assert.throws(
        () => readOsmXml(text),
        (error: OsmError) => error instanceof OsmError && error.code === code && (error.where.line ?? 0) >= 1,
      );
    });
  }

  it('that was cut or changed anywhere is read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.nat(SMALL.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, cut, put) => {
        const text = SMALL.slice(0, at) + put + SMALL.slice(at + cut);
        try {
          readOsmXml(text);
        } catch (error) {
          assert.ok(error instanceof OsmError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
