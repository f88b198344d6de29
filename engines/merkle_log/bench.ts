import { hash } from 'node:crypto';
import {
  appendLeaves,
  emptyTree,
  fulfil,
  hashLeaf,
  hashLeaves,
  type NodeId,
  nodesOf,
  planInclusion,
  rootOf,
  verifyInclusion,
} from './index.ts';

const LEAVES = 1_000_000;
const SAMPLE = 100_000;
const PROOFS = 2_000;

/** A million leaves in one batch, then proofs in that tree; each beside the hashing alone, by OpenSSL through node:crypto. */
export async function rows(progress: (text: string) => void) {
  const entries = Array.from({ length: LEAVES }, (_, i) => new TextEncoder().encode(`request.answered ${i} 01938a`));
  progress(`merkle_log: ${LEAVES} leaves …`);
  let began = performance.now();
  const hashes = hashLeaves(entries);
  const { tree, completed } = appendLeaves(emptyTree, hashes);
  const root = rootOf(tree);
  const append_ms = performance.now() - began;

  began = performance.now();
  const node = new Uint8Array(65);
  for (let i = 0; i < SAMPLE; i++) hash('sha256', node, 'buffer');
  const hash_us = ((performance.now() - began) * 1000) / SAMPLE;
  const floor_ms = (2 * LEAVES * hash_us) / 1000;

  progress('merkle_log: proofs …');
  const load = ({ level, index }: NodeId) => {
    const row = completed[level]!;
    return row.hashes.subarray((index - row.index) * 32, (index - row.index + 1) * 32);
  };
  const times: number[] = [];
  const verifying: number[] = [];
  for (let i = 0; i < PROOFS; i++) {
    const index = (i * 7919 * 131) % LEAVES;
    const start = performance.now();
    const plan = planInclusion(index, LEAVES);
    const proof = fulfil(plan, nodesOf(plan).map(load));
    const made = performance.now();
    if (!verifyInclusion({ index, size: LEAVES, leaf_hash: hashLeaf(entries[index]!), root, proof }))
      throw new Error(`the proof of leaf ${index} does not hold`);
    times.push(made - start);
    verifying.push(performance.now() - made);
  }
  const at = (values: number[], share: number) => values.sort((a, b) => a - b)[Math.floor(values.length * share)]!;
  const worst = (values: number[]) => `99 of 100 within ${at(values, 0.99).toFixed(2)}`;
  const path_ms = (20 * hash_us) / 1000;
  const row = (name: string, ours: number, theirs: number, note: string) => ({
    ...{ name: `merkle_log: ${name}`, ours, theirs, ratio: ours / theirs, unit: 'ms', note },
  });
  return [
    row(
      '1,000,000 leaves appended, hashed too',
      append_ms,
      floor_ms,
      'goal < 3,000; theirs: the hashing alone, by node:crypto',
    ),
    row(
      'inclusion proof, median',
      at(times, 0.5),
      path_ms,
      `goal < 1, ${worst(times)}; theirs: 20 hashes by node:crypto`,
    ),
    row(
      'proof verified, median',
      at(verifying, 0.5),
      path_ms,
      `by the file that runs in browsers, ${worst(verifying)}; theirs: 20 hashes by node:crypto`,
    ),
  ];
}
