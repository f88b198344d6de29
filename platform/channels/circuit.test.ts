import assert from 'node:assert/strict';
import { it } from 'node:test';
import { waitAfter } from './channel.ts';
import { newCircuit } from './circuit.ts';

const failing = (circuit: ReturnType<typeof newCircuit>, times: number, now: number) => {
  for (let i = 0; i < times; i++) circuit.failed(now);
};

it('a circuit opens after five failures in a row, then lets one message try, and waits ever longer', () => {
  const circuit = newCircuit();
  failing(circuit, 4, 0);
  circuit.succeeded();
  failing(circuit, 4, 0);
  assert.equal(circuit.allows(0, 8), 8, 'four in a row are none too many');
  circuit.failed(0);
  const pauses: number[] = [];
  let now = 0;
  for (let i = 0; i < 7; i++) {
    assert.equal(circuit.allows(circuit.opens_at() - 1, 8), 0);
    assert.equal(circuit.allows(circuit.opens_at(), 8), 1);
    pauses.push((circuit.opens_at() - now) / 1000);
    now = circuit.opens_at();
    circuit.failed(now);
    // What was under way with it fails too, which says nothing new.
    circuit.failed(now);
  }
  assert.deepEqual(pauses, [15, 30, 60, 120, 240, 300, 300]);
  circuit.succeeded();
  assert.equal(circuit.allows(now, 8), 8);
});

it('a message waits 1, 2, 4 … 60 minutes between ten tries: more than four hours', () => {
  const waits = Array.from({ length: 10 }, (_, i) => waitAfter(i + 1));
  assert.deepEqual(
    waits.map((wait) => wait && wait / 60_000),
    [1, 2, 4, 8, 16, 32, 60, 60, 60, null],
  );
});
