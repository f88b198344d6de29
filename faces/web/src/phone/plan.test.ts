import assert from 'node:assert/strict';
import { it } from 'node:test';
import { planAnew } from './plan.ts';
import type { Door, Pack } from './round.ts';

it('a phone plans anew by the metres along the streets that were packed', () => {
  const at = { near: 0.009, middle: 0.007, far: 0.001 };
  const doors = Object.entries(at).map(([id, east]) => ({
    ...{ household_id: id, building_id: id, unit: 1, floor: 1, door: '101', wish: null },
    ...{ latitude: 40, longitude: 116 + east },
  }));
  const order = (walk: Pack['walk']) =>
    planAnew(doors as unknown as Door[], { latitude: 40, longitude: 116.009 }, walk).map((door) => door.building_id);
  assert.deepEqual(order(null), ['near', 'middle', 'far']);
  const building_ids = ['far', 'near', 'middle'];
  const metres = [[0, 10, 400], [10, 0, 1800], [400, 1800, 0]]; // biome-ignore format: pairs
  assert.deepEqual(order({ building_ids, metres }), ['near', 'far', 'middle']);
});
