import assert from 'node:assert/strict';
import { createHash, hkdfSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  bitsNeeded,
  canonicalEntries,
  canonicalNumbers,
  drawByRfc3797,
  drawSeats,
  type Entry,
  hashEntries,
  isRevealed,
  linkOf,
  makeSeed,
  orderByRfc3797,
  placeOf,
  readEntries,
} from './index.ts';
import { sha256, toHex } from './recompute.ts';

const codeOf = (run: () => unknown) => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
const single = (id: string): Entry => ({ id, priority: null, group: null });

describe('draft-thomson-elegy-vrs', () => {
  // The worked example of the draft: a secret, ten links, three sources of numbers, the colours of CSS 3.
  const randomness = '1.2.3.4.5.6./1.2.3.4.5.6./1.2.3.4.5.6./';
  const [commitment, first, second] = [10, 9, 8].map((times) => linkOf('totally not a bikeshed', times)) as [
    string,
    string,
    string,
  ];

  it('has the links of its example', () => {
    assert.equal(commitment, '950ea08d8d5fd3ae415b9967aba7a48aba39ca62a4d98f2e7fe25cb1b8f8c488');
    assert.equal(first, '5346f2efb5397a6788fc1f1d9c05c6d3f2abe9b7d16d8592a3695b6dbe9f2456');
    assert.equal(second, '2f70f884997ce80771adbefbbbc6c71a1b921da71896c25ca0f64966bfd0c8ce');
    assert.ok(isRevealed(commitment, first) && isRevealed(commitment, second, 2) && !isRevealed(commitment, second));
    assert.equal(
      codeOf(() => makeSeed({ commitment, link: second, randomness })),
      'commitment_differs',
    );
    assert.equal(
      codeOf(() => makeSeed({ commitment, link: first, randomness: ' ' })),
      'randomness_missing',
    );
  });

  it('has the order of its example', () => {
    const seed = makeSeed({ commitment, link: first, randomness });
    const colours = ['bisque', 'lightpink', 'blue', 'mediumvioletred', 'darkgoldenrod', 'lavenderblush'];
    const order = ['lavenderblush', 'blue', 'darkgoldenrod', 'mediumvioletred', 'bisque', 'lightpink'];
    assert.deepEqual(drawSeats(colours.map(single), 2, seed).winners, order.slice(0, 2));
    assert.deepEqual(drawSeats(colours.map(single), 2, seed).waiting, order.slice(2));
    const places = order.map((colour) => toHex(placeOf(seed, colour)));
    assert.equal(places[0], '002ed527ae0a44a86c205d1cdba61826951a2ffb53c13729c3762eea04e21676');
    const starts = [
      '002ed527',
      '03f710be2b61a6f9',
      '08bab81380d7f076',
      '0c26494fa81f3aed',
      '0e1af5d1ccfd44de',
      '13a07cc9abf3b737',
    ];
    places.forEach((place, i) => {
      assert.ok(place.startsWith(starts[i]!));
    });
    const again = makeSeed({ commitment, link: second, times: 2, randomness });
    assert.ok(toHex(placeOf(again, 'aqua')).startsWith('00d1c59a9f1b5810'));
    assert.ok(toHex(placeOf(again, 'darkgray')).startsWith('02b514b0b1807bfe'));
    assert.ok(toHex(placeOf(again, 'cornflowerblue')).startsWith('0337add95eac62a3'));
  });

  it('is HKDF-SHA256 as OpenSSL computes it, and SHA-256 at every length', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }),
        fc.string({ maxLength: 150 }),
        (label, text) => {
          const seed = `s${text}`;
          assert.equal(
            toHex(placeOf(seed, label)),
            Buffer.from(hkdfSync('sha256', seed, '', label, 32)).toString('hex'),
          );
          const salted = Buffer.from(hkdfSync('sha256', seed, Buffer.from(first, 'hex'), label, 32)).toString('hex');
          assert.equal(toHex(placeOf(`${first}:${seed}`, label)), salted);
        },
      ),
    );
    for (let length = 0; length <= 300; length++) {
      const bytes = new Uint8Array(length).fill(length);
      assert.equal(toHex(sha256(bytes)), createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

describe('RFC 3797', () => {
  it('has the picks of its example', () => {
    const key = canonicalNumbers('9319 / 2 5 12 8 10 / 9 18 26 34 41 45');
    assert.equal(key, '9319./2.5.8.10.12./9.18.26.34.41.45./');
    const picks = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4, 12, 15, 20, 14, 11, 3, 6, 21, 10];
    assert.deepEqual(
      orderByRfc3797(key, 25),
      picks.map((pick) => pick - 1),
    );
    assert.deepEqual(
      drawByRfc3797(
        picks.map((_, i) => single(String(i + 1))),
        10,
        key,
      ).winners,
      picks.slice(0, 10).map(String),
    );
  });

  it('has the picks of the IETF of 2022', () => {
    const key = canonicalNumbers(
      '7.8.11.18.28.40.48./15.16.21.31.36.65./8.12.13.17.21.26.35.42./1.5.10.13.14.16.21.25.27./',
    );
    const picks = [171, 245, 68, 190, 70, 126, 110, 128, 138, 173];
    assert.deepEqual(
      orderByRfc3797(key, 267, 10),
      picks.map((pick) => pick - 1),
    );
  });

  it('says how much randomness a choice needs', () => {
    for (const [pool, picks, bits] of [
      [25, 10, 21.64],
      [60, 30, 56.71],
      [100, 10, 43.98],
      [300, 15, 82.67],
    ] as const)
      assert.equal(bitsNeeded(pool, picks).toFixed(2), bits.toFixed(2));
  });
});

const name = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(...'abc12一二😀') });
const someEntries = fc.uniqueArray(
  fc.record({
    id: name,
    priority: fc.option(fc.integer({ min: 0, max: 3 })),
    group: fc.option(fc.constantFrom('x', 'y', 'z')),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 40 },
);

describe('a draw', () => {
  it('seats groups whole or not at all, never above the seats, and leaves no seat that somebody waiting would fit', () => {
    fc.assert(
      fc.property(
        someEntries,
        fc.nat(45),
        fc.string({ minLength: 1 }).map((text) => `s${text}`),
        (entries, seats, seed) => {
          const { winners, waiting } = drawSeats(entries, seats, seed);
          assert.deepEqual([...winners, ...waiting].sort(), entries.map(({ id }) => id).sort());
          assert.ok(winners.length <= seats);
          const won = new Set(winners);
          for (const { id, group } of entries) {
            const mates = entries.filter((one) => (group === null ? one.id === id : one.group === group));
            assert.ok(mates.every((mate) => won.has(mate.id) === won.has(id)));
            assert.ok(won.has(id) || mates.length > seats - winners.length);
          }
        },
      ),
    );
  });

  it('does not depend on the order of the file, and a withdrawal moves nobody past anybody', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, at) => {
        const order = (list: Entry[]) => drawSeats(list, 0, 'seed').waiting;
        assert.deepEqual(order([...entries].reverse()), order(entries));
        const gone = entries[at % entries.length]!;
        fc.pre(gone.group === null && entries.length > 1);
        assert.deepEqual(
          order(entries.filter((one) => one !== gone)),
          order(entries).filter((id) => id !== gone.id),
        );
      }),
    );
  });

  it('keeps to priorities; a group stands with its last member', () => {
    const entries = readEntries('id,priority,group\nA,2,\nB,1,\nC,,\nD,1,pair\nE,2.5,pair\n');
    for (const seed of ['a', 'b', 'c', 'd'])
      assert.deepEqual(drawSeats(entries, 1, seed).waiting, ['A', 'D', 'E', 'C']);
  });

  it('gives everybody and every group the same chance', () => {
    const entries = [single('A'), single('B'), { ...single('C'), group: 'g' }, { ...single('D'), group: 'g' }];
    const times = { A: 0, B: 0, C: 0 } as Record<string, number>;
    for (let i = 0; i < 3000; i++) times[drawSeats(entries, 4, `seed ${i}`).winners[0]!]! += 1;
    for (const count of Object.values(times)) assert.ok(Math.abs(count - 1000) < 130, JSON.stringify(times));
  });

  it('takes an id that looks like a group for what it is', () => {
    assert.equal(
      codeOf(() => placeOf('s', 'x'.repeat(300))),
      'entry_invalid',
    );
    assert.equal(drawSeats([{ ...single('A'), group: '一'.repeat(200) }], 1, 's').winners.length, 1);
    assert.equal(
      codeOf(() => drawSeats([single('group\0x')], 1, 's')),
      'entry_invalid',
    );
    for (const seats of [-1, 0.5, Number.NaN])
      assert.equal(
        codeOf(() => drawSeats([single('A')], seats, 's')),
        'seats_invalid',
      );
  });
});

describe('the list of entries', () => {
  it('has one form, whatever the file looks like', () => {
    const plain = readEntries('id,priority,group\na,1,\n"b,""c""",,g\n');
    assert.equal(canonicalEntries(plain), 'id,priority,group\na,1,\n"b,""c""",,g\n');
    const other = readEntries('\ufeffGroup, ID ,note,Priority\r\ng,"b,""c""",\u4e00,\r\n\r\n,a,"two\nlines",1.0');
    assert.equal(hashEntries(other), hashEntries(plain));
    assert.equal(hashEntries(plain), createHash('sha256').update(canonicalEntries(plain)).digest('hex'));
  });

  it('is sorted by its bytes, and comes back as it went out', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const text = canonicalEntries(entries);
        assert.equal(canonicalEntries(readEntries(text)), text);
        const ids = readEntries(text).map(({ id }) => Buffer.from(id));
        assert.deepEqual(ids, [...ids].sort(Buffer.compare));
      }),
    );
  });

  it('is read or refused with a place, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'id,"\n\r1x\0') }), (text) => {
        try {
          readEntries(`id,priority\n${text}`);
        } catch (error) {
          assert.equal(typeof (error as { line?: number }).line, 'number', String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});
