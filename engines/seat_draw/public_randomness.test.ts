import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agreeOnNumbers, canonicalNumbers, DRAND_CHAINS, drandInstant, drandRoundAt, openDrandRound } from './index.ts';

const codeOf = (run: () => unknown) => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('public randomness', () => {
  const quicknet = {
    round: 657413,
    signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
  };
  // Published rounds of the League of Entropy.
  const chained = {
    round: 3311596,
    previous_signature:
      '8ed588f2a7716fb1349e2d9803da5db0005e98a83783c353d4a08f183236a9ad91d70ddb01266f4b7c576983db464b430e65680b9e0098552758afd6c1e6afcb77e3f62fe1b93d42d1cb63abbb2205512fe12fbf74ea9c5ac3b8f5c1e283a1d8',
    signature:
      'a696b9409ababce45749c3a4ec369074453dd4a79967734e1390d969c8ad8d98897d217b9121e92c8ddebbddda8d92f900e3bd6bf9deb166863b1a19390d743f82774001487594c5c09e581db7365f02b70a2c8cc41ce32446ef08e4890c4754',
  };

  it('of a drand round is what the round’s signature gives', () => {
    assert.equal(
      openDrandRound(DRAND_CHAINS.quicknet, quicknet),
      'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
    );
    assert.equal(
      openDrandRound(DRAND_CHAINS.default, chained),
      '647c07b2abbf7ff2afb4d670214f565e5cd9f9c91bfdcecb59a21f3c78d73920',
    );
  });

  it('is refused when the signature is not that round’s', () => {
    const { quicknet: quick, default: chain } = DRAND_CHAINS;
    const bent = (hex: string) => hex.replace(/..$/, (end) => (end === '7b' ? '7a' : '7b'));
    assert.equal(
      codeOf(() => openDrandRound(quick, { ...quicknet, round: 657414 })),
      'signature_wrong',
    );
    assert.equal(
      codeOf(() => openDrandRound(quick, { ...quicknet, signature: bent(quicknet.signature) })),
      'signature_wrong',
    );
    assert.equal(
      codeOf(() => openDrandRound(chain, { ...chained, previous_signature: chained.signature })),
      'signature_wrong',
    );
    assert.equal(
      codeOf(() => openDrandRound(chain, { round: 3311596, signature: chained.signature })),
      'round_invalid',
    );
    assert.equal(
      codeOf(() => openDrandRound(quick, { round: 1, signature: '' })),
      'round_invalid',
    );
  });

  it('of an instant is a round that can be named beforehand', () => {
    const { quicknet: quick } = DRAND_CHAINS;
    assert.equal(drandRoundAt(quick, new Date('2026-04-20T00:00:00Z')), 27946612);
    assert.equal(drandInstant(quick, 657413).toISOString(), '2023-09-15T11:00:03.000Z');
    assert.throws(() => drandRoundAt(quick, new Date('2020-01-01')), RangeError);
  });

  it('of a lottery counts when two people typed the same', () => {
    assert.equal(agreeOnNumbers('03 17,9 / 8', '９、３、１７／８'), '3.9.17./8./');
    assert.equal(
      codeOf(() => agreeOnNumbers('3 9 17 / 8', '3 9 17 / 6')),
      'numbers_differ',
    );
    for (const wrong of ['', 'three', '3 9 / / 8', '1'.repeat(40)])
      assert.equal(
        codeOf(() => canonicalNumbers(wrong)),
        'numbers_invalid',
      );
  });
});
