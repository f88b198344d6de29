import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyRoot, hashLeaf, makeSigningKey, openHead, openSigningKey, readKey, signHead, toHex } from './index.ts';

const { key, secret } = makeSigningKey('yingmen.example/shiji');
const verifier = readKey(key.verifier);
const head = {
  origin: 'yingmen.example/shiji',
  size: 3,
  root: hashLeaf(new Uint8Array(9)),
  at: '2026-11-24T08:00:00.000Z',
};
const text = signHead(head, key);
const codeOf = (run: () => unknown) => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('a head', () => {
  it('is opened with the key that signed it, and says what was signed', () => {
    const opened = openHead(text, verifier);
    assert.deepEqual({ ...opened, root: toHex(opened.root) }, { ...head, root: toHex(head.root) });
    assert.equal(openHead(signHead({ ...head, at: null }, key), verifier).at, null);
  });

  it('is refused with a reason', () => {
    const other = makeSigningKey('yingmen.example/shiji').key;
    const table: [what: string, text: string, code: string][] = [
      ['another size', text.replace('\n3\n', '\n4\n'), 'signature_wrong'],
      ['another origin', text.replace('shiji\n', 'other\n'), 'signature_wrong'],
      ['signed by another key of that name', signHead(head, other), 'key_unknown'],
      ['no signature', `${text.split('\n\n')[0]}\n\n`, 'head_malformed'],
      ['a size with a zero before it', text.replace('\n3\n', '\n03\n'), 'head_malformed'],
      ['half a root', text.replace(/\n3\n..../, '\n3\n'), 'head_malformed'],
      ['windows line ends', text.replaceAll('\n', '\r\n'), 'head_malformed'],
      ['nothing', '', 'head_malformed'],
      ['far too much', text + 'x'.repeat(20_000), 'head_malformed'],
    ];
    for (const [what, forged, code] of table)
      assert.equal(
        codeOf(() => openHead(forged, verifier)),
        code,
        what,
      );
  });

  it('with any letter changed is refused', () => {
    const letters = fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...'aZ0+/= \n—'));
    fc.assert(
      fc.property(letters, ([at, letter]) => {
        const forged = text.slice(0, at) + letter + text.slice(at + 1);
        assert.ok(forged === text || codeOf(() => openHead(forged, verifier)) !== 'accepted');
      }),
    );
  });

  it('may carry signatures of witnesses beside the log’s own', () => {
    const witness = makeSigningKey('witness.example').key;
    const both = text + signHead(head, witness).split('\n\n')[1];
    assert.equal(openHead(both, verifier).size, 3);
    assert.equal(openHead(both, readKey(witness.verifier)).size, 3);
  });
});

describe('a key', () => {
  it('comes back from its secret', () => assert.equal(openSigningKey(key.name, secret).verifier, key.verifier));
  it('is refused when it is not whole', () => {
    for (const wrong of ['', key.verifier.slice(0, -4), key.verifier.replace('shiji', 'other'), 'a+00000000+AAAA'])
      assert.equal(
        codeOf(() => readKey(wrong)),
        'key_malformed',
        wrong,
      );
    assert.equal(
      codeOf(() => makeSigningKey('two words')),
      'key_malformed',
    );
  });
  it('signs no head that is none', () => {
    assert.throws(() => signHead({ ...head, origin: 'two\nlines' }, key), RangeError);
    assert.throws(() => signHead({ ...head, root: emptyRoot().slice(1) }, key), RangeError);
  });
});
