import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crossValidate, zhengwuFile } from './zhengwu.ts';

describe('real messages', () => {
  const isThere = zhengwuFile('titles.csv') !== null;
  const skip = isThere ? false : 'The messages lie beside the repository in ../shared/data/zhengwu and are not there.';

  it('are told apart by their titles', { skip }, () => {
    const { macro_f1, top3, auto } = crossValidate('titles.csv', 'title');
    assert.ok(macro_f1 >= 0.875, `macro F1 ${macro_f1}`);
    assert.ok(top3 >= 0.97, `top 3 ${top3}`);
    assert.ok(auto.precision! >= 0.97, `automatic precision ${auto.precision}`);
  });

  it('are told apart by their texts (one fold of four)', { skip }, () => {
    const { macro_f1, top3, auto } = crossValidate('segmented.csv', 'segmented_text', { folds: ['2'] });
    assert.ok(macro_f1 >= 0.92, `macro F1 ${macro_f1}`);
    assert.ok(top3 >= 0.99, `top 3 ${top3}`);
    assert.ok(auto.precision! >= 0.96 && auto.coverage >= 0.8, JSON.stringify(auto));
  });
});
