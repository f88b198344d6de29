import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { automaticThreshold, NEVER } from './calibrate.ts';
import { featuresOf, featuresWithPlaces } from './features.ts';
import {
  classify,
  learnMore,
  measure,
  packRouter,
  spokenFor,
  starterExamples,
  starterModel,
  suggestCategories,
  trainRouter,
  unpackRouter,
} from './index.ts';

const sample = starterExamples().filter(({ label }) => ['noise', 'parking', 'health'].includes(label));

describe('features of a text', () => {
  it('do not depend on spaces of a segmented text, width or case', () => {
    assert.deepEqual(featuresOf('楼道 灯 坏 了'), featuresOf('楼道灯坏了'));
    assert.deepEqual(featuresOf('Ｌｉｆｔ is broken！'), featuresOf('lift IS broken'));
    assert.deepEqual(featuresOf('3号楼'), featuresOf('5号楼'));
    assert.notDeepEqual(featuresOf('楼道灯坏了'), featuresOf('楼道门坏了'));
  });
  it('are the same with their places, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('3号楼 the Lift坏了', '电梯 lift'),
    );
    fc.assert(
      fc.property(text, (one) => {
        // Forms that unify to several characters are counted otherwise when read with places.
        fc.pre(one.normalize('NFKC').length === one.length && one.toLowerCase().length === one.length);
        fc.pre([...one].every((letter) => letter.length === 1 && letter.normalize('NFKC').length === 1));
        const { buckets } = featuresOf(one);
        const placed = new Set(featuresWithPlaces(one).map(({ bucket }) => bucket));
        assert.deepEqual(
          [...placed].sort((a, b) => a - b),
          [...buckets],
        );
      }),
    );
  });
});

describe('a router', () => {
  const router = trainRouter(sample);

  it('is the same for the same examples', () => {
    assert.deepEqual(packRouter(trainRouter(sample)), packRouter(router));
  });
  it('gives every label a probability, whatever the text, and they sum to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const { suggestions } = classify(router, text);
        assert.equal(suggestions.length, 3);
        assert.ok(Math.abs(suggestions.reduce((sum, one) => sum + one.probability, 0) - 1) < 1e-9);
        spokenFor(router, text, 'noise');
      }),
    );
  });
  it('keeps its answers when packed as JSON and read back', () => {
    const back = unpackRouter(JSON.parse(JSON.stringify(packRouter(router))));
    for (const { text } of sample.slice(0, 40)) assert.deepEqual(classify(back, text), classify(router, text));
  });
  it('refuses a packed router that is cut short', () => {
    const packed = packRouter(router);
    assert.throws(() => unpackRouter({ ...packed, label_weights: packed.label_weights.slice(0, -40) }), {
      code: 'packed_invalid',
    });
    assert.throws(() => unpackRouter({ ...packed, bias: [] }), { code: 'packed_invalid' });
  });
  it('refuses to learn from fewer than two labels', () => {
    assert.throws(() => trainRouter([{ text: 'a', label: 'one' }]), { code: 'labels_missing' });
  });
  it('learns more, with new words and a new label, and leaves the one given as it was', () => {
    const before = packRouter(router);
    const more = learnMore(router, [
      { text: '想借图书馆的绘本', label: 'books' },
      { text: 'borrow a novel from the library', label: 'books' },
      { text: '图书馆几点开门借书', label: 'books' },
    ]);
    assert.equal(classify(more, '图书馆能借几本绘本').suggestions[0]!.label, 'books');
    assert.equal(classify(more, 'the library has no novel').suggestions[0]!.label, 'books');
    assert.equal(classify(more, '楼上半夜太吵睡不着').suggestions[0]!.label, 'noise');
    assert.deepEqual(packRouter(router), before);
  });
  it('names the words that spoke for a label', () => {
    const words = (text: string, label: string) => spokenFor(starterModel(), text, label).map(({ word }) => word);
    assert.ok(words('我家停车的车位被占了', 'parking').slice(0, 2).includes('车位'));
    assert.equal(words('my parking bay is taken', 'parking')[0], 'parking');
  });
});

describe('the automatic threshold', () => {
  const likeliest = (rights: boolean[]) =>
    rights.map((is_right, at) => ({ probability: 1 - at / rights.length / 2, is_right }));
  it('is where enough of those above are right', () => {
    assert.equal(automaticThreshold(likeliest(Array(100).fill(true)), 0.97), 0.505);
    const half = automaticThreshold(likeliest([...Array(200).fill(true), ...Array(200).fill(false)]), 0.97);
    assert.ok(half > 0.74 && half < 0.76);
  });
  it('is never when too few are', () => {
    assert.equal(automaticThreshold(likeliest(Array(100).fill(false)), 0.97), NEVER);
    assert.equal(automaticThreshold([], 0.97), NEVER);
    assert.equal(automaticThreshold(likeliest([true, true]), 0.97), NEVER);
  });
});

it('measures as the formulas say', () => {
  const answer = (label: string, given: string[], is_automatic: boolean) => ({
    label,
    classified: { suggestions: given.map((one) => ({ label: one, probability: 0.25 })), is_automatic },
  });
  const measured = measure([
    answer('a', ['a', 'b', 'c', 'd'], true),
    answer('a', ['b', 'a', 'c', 'd'], true),
    answer('b', ['b', 'a', 'c', 'd'], false),
    answer('d', ['b', 'a', 'c', 'd'], false),
  ]);
  assert.deepEqual(measured, {
    accuracy: 0.5,
    macro_f1: (2 / 3 + 2 / 4 + 0) / 3,
    top3: 0.75,
    auto: { precision: 0.5, coverage: 0.5 },
  });
});

describe('the starter model', () => {
  it('has at least 60 phrases a category in two languages, none of them twice', () => {
    const examples = starterExamples();
    const labels = new Set(examples.map(({ label }) => label));
    assert.equal(labels.size, 12);
    for (const label of labels) assert.ok(examples.filter((one) => one.label === label).length >= 60, label);
    assert.equal(new Set(examples.map(({ text }) => text)).size, examples.length);
  });
  const told: [text: string, label: string][] = [
    ['三楼的水管漏水了', 'repairs'],
    ['楼下垃圾桶满了臭得很', 'environment'],
    ['隔壁半夜唱歌太吵', 'noise'],
    ['我的车位又被人占了', 'parking'],
    ['楼道里充电怕着火', 'safety'],
    ['奶奶一个人住想申请送餐', 'elder_care'],
    ['The radiator in our flat is cold', 'repairs'],
    ['Loud music from upstairs at night', 'noise'],
    ['I cannot find a parking space at night', 'parking'],
    ['Where can I get vaccinated against the flu', 'health'],
  ];
  for (const [text, label] of told) {
    it(`suggests ${label} for “${text}”`, () => assert.equal(suggestCategories(text)[0]!.label, label));
  }
  it('suggests nothing for a text without words', () => assert.deepEqual(suggestCategories('… 123'), []));
});
