import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  appendLeaves,
  type CompactTree,
  checkSignature,
  emptyRoot,
  emptyTree,
  fulfil,
  hashLeaf,
  hashLeaves,
  nodesOf,
  type Plan,
  peakIds,
  planConsistency,
  planInclusion,
  planRoot,
  rootOf,
  toHex,
  treeFrom,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';
import { sha256, verifySignature } from './verify.ts';

/** What a caller stores: every completed node by its place. */
class Store {
  tree: CompactTree = emptyTree;
  nodes = new Map<string, Uint8Array>();
  append(entries: Uint8Array[]): void {
    const { tree, completed } = appendLeaves(
      treeFrom(this.tree.size, this.load(peakIds(this.tree.size))),
      hashLeaves(entries),
    );
    for (const { level, index, hashes } of completed)
      for (let i = 0; i < hashes.length / 32; i++) {
        const place = `${level}/${index + i}`;
        assert.ok(!this.nodes.has(place), 'a node is completed once');
        this.nodes.set(place, hashes.slice(32 * i, 32 * i + 32));
      }
    this.tree = tree;
  }
  load = (ids: readonly { level: number; index: number }[]) =>
    ids.map(({ level, index }) => this.nodes.get(`${level}/${index}`)!);
  prove = (plan: Plan) => fulfil(plan, this.load(nodesOf(plan)));
}

/** The definition of RFC 6962 section 2.1, word for word. */
function naiveRoot(entries: Uint8Array[]): Uint8Array {
  const hash = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
  if (entries.length === 0) return hash();
  if (entries.length === 1) return hash(Uint8Array.of(0), entries[0]!);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return hash(Uint8Array.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

const entriesOf = (count: number) => Array.from({ length: count }, (_, i) => new TextEncoder().encode(`entry ${i}`));
const storeOf = (entries: Uint8Array[], batch = entries.length) => {
  const store = new Store();
  for (let at = 0; at < entries.length; at += batch) store.append(entries.slice(at, at + batch));
  return store;
};

describe('a tree', () => {
  it('has the roots of the definition, whatever the batches', () => {
    for (let count = 0; count <= 70; count++) {
      const entries = entriesOf(count);
      for (const batch of [1, 2, 3, 7, 64, 100]) {
        const store = storeOf(entries, batch);
        assert.equal(toHex(rootOf(store.tree)), toHex(naiveRoot(entries)), `${count} entries by ${batch}`);
        assert.equal(store.nodes.size, 2 * count - store.tree.peaks.length);
      }
    }
  });

  it('without entries has the root of nothing, and of one empty entry another', () => {
    assert.equal(toHex(rootOf(emptyTree)), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    assert.equal(toHex(emptyRoot()), toHex(rootOf(emptyTree)));
    assert.equal(
      toHex(hashLeaf(new Uint8Array(0))),
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('has the leaf hashes of the verifier, however long entries are and however many come together', () => {
    for (const count of [1, 2, 3, 4, 5, 130]) {
      const entries = Array.from({ length: count }, (_, i) => new Uint8Array(i).fill(i + count));
      assert.equal(toHex(hashLeaves(entries)), entries.map((entry) => toHex(hashLeaf(entry))).join(''));
    }
  });

  it('refuses half a hash and missing peaks', () => {
    assert.throws(() => appendLeaves(emptyTree, new Uint8Array(33)), RangeError);
    assert.throws(() => treeFrom(3, [new Uint8Array(32)]), RangeError);
  });
});

describe('proofs', () => {
  const entries = entriesOf(40);
  const store = storeOf(entries, 9);
  const roots = entries.map((_, i) => naiveRoot(entries.slice(0, i + 1)));
  const rootAt = (size: number) => roots[size - 1]!;

  it('of inclusion hold for every leaf of every size, from stored nodes alone', () => {
    for (let size = 1; size <= 40; size++) {
      assert.equal(toHex(store.prove(planRoot(size))[0]!), toHex(rootAt(size)));
      for (let index = 0; index < size; index++) {
        const proof = store.prove(planInclusion(index, size));
        const claim = { index, size, leaf_hash: hashLeaf(entries[index]!), root: rootAt(size), proof };
        assert.ok(verifyInclusion(claim), `${index} in ${size}`);
        assert.ok(!verifyInclusion({ ...claim, index: (index + 1) % 41 }));
      }
    }
  });

  it('of consistency hold between all sizes', () => {
    for (let size2 = 1; size2 <= 40; size2++)
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = store.prove(planConsistency(size1, size2));
        const claim = { size1, size2, root1: rootAt(size1), root2: rootAt(size2), proof };
        assert.ok(verifyConsistency(claim), `${size1} in ${size2}`);
        if (size1 < size2) assert.ok(!verifyConsistency({ ...claim, root1: rootAt(size1 === 1 ? 2 : size1 - 1) }));
      }
  });

  it('are not planned for what is not there', () => {
    for (const plan of [() => planInclusion(3, 3), () => planInclusion(-1, 3), () => planInclusion(0.5, 3)])
      assert.throws(plan, RangeError);
    for (const plan of [() => planConsistency(0, 3), () => planConsistency(4, 3), () => planRoot(-1)])
      assert.throws(plan, RangeError);
    assert.throws(() => fulfil(planRoot(3), [rootAt(1)]), RangeError);
  });

  it('of an inner node as if it were a leaf are refused, though its hashes lead to the root', () => {
    const [leaf_hash] = store.load([{ level: 1, index: 0 }]);
    const proof = store.prove(planInclusion(0, 32)).slice(1);
    const claim = { index: 0, leaf_hash: leaf_hash!, root: rootAt(32), proof };
    assert.ok(verifyInclusion({ ...claim, size: 16 }), 'the hashes do lead there');
    assert.ok(!verifyInclusion({ ...claim, size: 32 }));
  });

  it('that are forged, cut, grown or nonsense are refused', () => {
    const place = fc
      .integer({ min: 1, max: 40 })
      .chain((size2) => fc.tuple(fc.integer({ min: 1, max: size2 }), fc.constant(size2)));
    const forge = fc.record({
      what: fc.constantFrom('bit', 'cut', 'grow', 'swap', 'insert'),
      at: fc.nat(),
      bit: fc.nat(255),
    });
    fc.assert(
      fc.property(place, forge, ([size1, size2], { what, at, bit }) => {
        const index = size1 - 1;
        const leaf_hash = hashLeaf(entries[index]!);
        const inclusion = { index, size: size2, leaf_hash, root: rootAt(size2) };
        const consistency = { size1, size2, root1: rootAt(size1), root2: rootAt(size2) };
        const forged = (proof: Uint8Array[]) => forgeProof(proof, what, at, bit);
        const path = store.prove(planInclusion(index, size2));
        const grown = store.prove(planConsistency(size1, size2));
        assert.ok(!isChanged(path, forged(path)) || !verifyInclusion({ ...inclusion, proof: forged(path) }));
        assert.ok(!isChanged(grown, forged(grown)) || !verifyConsistency({ ...consistency, proof: forged(grown) }));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (a, b, c) => {
        const claims = [
          { index: a, size: b, leaf_hash: c, root: c, proof: a },
          { size1: a, size2: b, root1: c, root2: c, proof: b },
        ];
        assert.equal(verifyInclusion(claims[0] as never), false);
        assert.equal(verifyConsistency(claims[1] as never), false);
      }),
      { numRuns: 300 },
    );
  });
});

function forgeProof(proof: Uint8Array[], what: string, at: number, bit: number): Uint8Array[] {
  const copy = proof.map((hash) => hash.slice());
  const i = proof.length === 0 ? 0 : at % proof.length;
  if (what === 'bit' && copy[i]) copy[i]![bit >> 3]! ^= 1 << (bit & 7);
  else if (what === 'cut') copy.splice(i, 1);
  else if (what === 'grow') copy.push(...Array.from({ length: 1 + (at % 70) }, () => new Uint8Array(32).fill(bit)));
  else if (what === 'swap' && copy.length > 1) copy.unshift(copy.pop()!);
  else if (what === 'insert') copy.splice(i, 0, new Uint8Array(at % 40).fill(bit));
  return copy;
}

const isChanged = (a: Uint8Array[], b: Uint8Array[]) => a.map(toHex).join() !== b.map(toHex).join();

describe('the verifier’s own', () => {
  it('SHA-256 is that of OpenSSL at every length around its blocks', () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
      assert.equal(toHex(sha256(bytes)), createHash('sha256').update(bytes).digest('hex'));
    }
  });

  const verifiers = { 'by itself': verifySignature, 'by node:crypto': checkSignature };
  for (const [how, isSigned] of Object.entries(verifiers))
    it(`Ed25519 ${how} accepts what OpenSSL signed, and nothing else`, () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
      for (const length of [0, 1, 47, 48, 111, 112, 500]) {
        const message = new Uint8Array(length).fill(length);
        const signature = new Uint8Array(sign(null, message, privateKey));
        assert.ok(isSigned(message, signature, key));
        const bent = signature.slice();
        bent[length % 64]! ^= 1;
        assert.ok(!isSigned(message, bent, key));
        assert.ok(!isSigned(Uint8Array.of(...message, 1), signature, key));
      }
      assert.ok(!isSigned(new Uint8Array(0), new Uint8Array(63), key));
    });

  // RFC 8032 section 7.1, tests 1 to 3.
  const vectors: [key: string, message: string, signature: string][] = [
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ];
  const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  for (const [key, message, signature] of vectors)
    it(`Ed25519 holds for the vector of ${key.slice(0, 8)}`, () => {
      for (const isSigned of Object.values(verifiers))
        assert.ok(isSigned(bytesOf(message), bytesOf(signature), bytesOf(key)));
    });
});
