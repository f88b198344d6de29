import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  appendLeaves,
  emptyTree,
  fromBase64,
  hashLeaves,
  rootOf,
  toHex,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';

const ARCHIVE = join(import.meta.dirname, '../../../shared/data/merkle/rfc6962_testdata.tgz');
const skip = existsSync(ARCHIVE) ? false : 'the published cases (../shared/data/merkle) are not here';

/** The files of a tar archive by name (POSIX ustar; names up to 100 characters, and the longer ones of GNU and pax). */
function readTar(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const textAt = (from: number, length: number) => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  let long = '';
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(textAt(at + 124, 12), 8);
    const type = textAt(at + 156, 1);
    const prefix = textAt(at + 257, 5) === 'ustar' ? textAt(at + 345, 155) : '';
    const content = bytes.toString('utf8', at + 512, at + 512 + size);
    const name = long || (prefix ? `${prefix}/${textAt(at, 100)}` : textAt(at, 100));
    long =
      type === 'L' ? content.replace(/\0.*$/s, '') : (/\d+ path=(.*)\n/.exec(type === 'x' ? content : '')?.[1] ?? '');
    if (type === '0' || type === '') files.set(name, content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

type Case = Record<'root' | 'leafHash' | 'root1' | 'root2', string> &
  Record<'leafIdx' | 'treeSize' | 'size1' | 'size2', number> & {
    proof: string[] | null;
    desc: string;
    wantErr: boolean;
  };

describe('cases published by transparency-dev/merkle', { skip }, () => {
  const files = skip ? new Map<string, string>() : readTar(gunzipSync(readFileSync(ARCHIVE)));
  const cases = [...files].filter(([name]) => /^(\.\/)?testdata\/.*\.json$/.test(name));
  const bytesOf = (text: string) => fromBase64(text)!;

  it('are all there', () => assert.equal(cases.length, 196));
  for (const kind of ['inclusion', 'consistency'])
    it(`of ${kind} are judged alike`, () => {
      for (const [name, text] of cases.filter(([name]) => name.includes(`testdata/${kind}/`))) {
        const one = JSON.parse(text) as Case;
        const proof = (one.proof ?? []).map(bytesOf);
        const holds =
          kind === 'inclusion'
            ? verifyInclusion({
                index: one.leafIdx,
                size: one.treeSize,
                leaf_hash: bytesOf(one.leafHash),
                root: bytesOf(one.root),
                proof,
              })
            : verifyConsistency({ ...one, root1: bytesOf(one.root1), root2: bytesOf(one.root2), proof });
        assert.equal(holds, !one.wantErr, `${name}: ${one.desc}`);
      }
    });

  it('have the same roots and nodes', () => {
    const source = [...files].find(([name]) => name.endsWith('testonly/constants.go'))![1];
    const part = (name: string) => new RegExp(`func ${name}\\(\\)[\\s\\S]*?\\n}`).exec(source)![0];
    const strings = (text: string) => [...text.matchAll(/hd\("([0-9a-f]*)"\)/g)].map((match) => match[1]!);
    const entries = strings(part('LeafInputs')).map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
    const roots = [...strings(part('EmptyRootHash')), ...strings(part('RootHashes'))];
    assert.equal(roots.length, 9);
    const { completed } = appendLeaves(emptyTree, hashLeaves(entries));
    assert.deepEqual(
      completed.flatMap(({ hashes }) => toHex(hashes).match(/.{64}/g)),
      strings(part('NodeHashes')),
    );
    roots.forEach((root, size) => {
      assert.equal(toHex(rootOf(appendLeaves(emptyTree, hashLeaves(entries.slice(0, size))).tree)), root);
    });
  });
});
