import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { readOsm } from '#engines/osm_extract/index.ts';
import { writeOsmPbf } from '#engines/osm_extract/write_pbf.ts';
import { UsageError } from '../command_line.ts';
import { command } from './reach.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingmen-reach-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const run = (...args: string[]) => command.run({ args, json: true, progress: () => {} });

const OSM = `<osm version="0.6"><node id="1" lat="40" lon="116"/><node id="2" lat="40" lon="116.01"/><node id="3" lat="40.01" lon="116.01"/>
<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way></osm>`;
const osm = put('small.osm', OSM);
const from = put('from.csv', 'id,lat,lon\nhome,40.0001,116.002\naway,41,117\n');
const to = put('to.csv', '编号,纬度,经度\nfar,40.01,116.01\nnear,40.0002,116.008\n');

type Answer = { rows: Record<string, number | string | null>[]; vertices: number; edges: number };

it('finds the nearest point along the network, and says when there is none', async () => {
  const answer = (await run(osm, '--from', from, '--to', to)) as Answer;
  assert.deepEqual([answer.vertices, answer.edges], [2, 1]);
  const [home, away] = answer.rows;
  assert.equal(home!.to, 'near');
  assert.ok(Math.abs((home!.network_metres as number) - 511.1) < 0.2, String(home!.network_metres));
  assert.ok(Math.abs((home!.snap_from_metres as number) - 11.12) < 0.01);
  assert.ok(Math.abs((home!.snap_to_metres as number) - 22.24) < 0.01);
  assert.ok(Math.abs((home!.minutes as number) - (home!.network_metres as number) / 1.11 / 60) < 1e-9);
  assert.deepEqual([away!.from, away!.to, away!.network_metres], ['away', null, null]);
});

it('reads PBF as it reads XML, whatever the file is called, and other walkers take longer', async () => {
  const pbf = put('small.map', writeOsmPbf(readOsm(Buffer.from(OSM))));
  const [adult] = ((await run(osm, '--from', from, '--to', to)) as Answer).rows;
  const [frail] = ((await run(pbf, '--from', from, '--to', to, '--walker', 'frail')) as Answer).rows;
  assert.ok(Math.abs((frail!.network_metres as number) - (adult!.network_metres as number)) < 1e-6);
  assert.ok(Math.abs((frail!.minutes as number) / (adult!.minutes as number) - 1.11 / 0.75) < 1e-9);
});

it('refuses what cannot be read, and says where', async () => {
  const table: [args: string[], code: string, where: Record<string, unknown> | undefined][] = [
    [
      [osm, '--from', put('a.csv', 'id,lat,lon\na,40,116\nb,forty,116\n'), '--to', to],
      'degrees_invalid',
      { line: 3, column: 2 },
    ],
    [[osm, '--from', put('b.csv', 'lon,id,lat\n190,a,40\n'), '--to', to], 'degrees_invalid', { line: 2, column: 1 }],
    [[osm, '--from', put('c.csv', 'id,lat,lon\n,40,116\n'), '--to', to], 'place_nameless', { line: 2, column: 1 }],
    [[osm, '--from', put('d.csv', 'id,lat\na,40\n'), '--to', to], 'column_missing', { line: 1, field: 'lon' }],
    [[osm, '--from', put('e.csv', 'id,lat,lon\n"a,40,116\n'), '--to', to], 'file_broken', undefined],
    [
      [put('f.osm', '<osm><node id="1" lat="x" lon="1"/></osm>'), '--from', from, '--to', to],
      'number_invalid',
      undefined,
    ],
    [
      [put('g.pbf', writeOsmPbf(readOsm(Buffer.from(OSM))).subarray(0, -1)), '--from', from, '--to', to],
      'file_cut',
      undefined,
    ],
  ];
  for (const [args, code, where] of table) {
    await assert.rejects(
      run(...args),
      (error: { code?: string; where?: Record<string, unknown> }) => {
        assert.equal(error.code, code);
        if (where) assert.deepEqual(error.where, where);
        assert.ok(error.where?.line !== undefined || error.where?.byte !== undefined, code);
        return true;
      },
      args[0],
    );
  }
  for (const args of [[osm], [osm, '--from', from], [osm, '--from', from, '--to', to, '--walker', 'dog'], []])
    await assert.rejects(run(...args), UsageError);
});
