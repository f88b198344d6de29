import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays } from '#platform/clock.ts';
import { usualExpiry, wrongExpiry } from './care_circumstance.ts';
import { isGuarded, textInForce } from './consent.ts';

describe('the rules of circumstances and consents', () => {
  it('let nothing stand for ever', () => {
    const on = '2026-03-04';
    assert.equal(usualExpiry('bereaved', on), '2026-06-02');
    assert.equal(usualExpiry('of_our_own', on), addDays(on, 180));
    for (const [expires_on, wrong] of [
      ['2026-03-04', 'expiry_past'],
      ['2026-03-05', undefined],
      ['2027-04-08', undefined],
      ['2027-04-09', 'expiry_far'],
    ] as const)
      assert.equal(wrongExpiry(expires_on, on), wrong, expires_on);
  });

  it('count as younger than fourteen the whole year of the fourteenth birthday', () => {
    for (const [born, guarded] of [
      [2012, true],
      [2011, false],
      [2020, true],
      [null, false],
    ] as const)
      assert.equal(isGuarded(born, 2026), guarded, String(born));
  });

  it('let older consents count until a text asks again', () => {
    assert.deepEqual(textInForce([]), { version: 1, oldest_counting: 1 });
    const texts = [
      { version: 3, asks_again: false },
      { version: 2, asks_again: true },
    ];
    assert.deepEqual(textInForce(texts), { version: 3, oldest_counting: 2 });
  });
});
