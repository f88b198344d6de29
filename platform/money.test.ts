import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capitalYuan } from './money.ts';

const FIGURES = '零壹贰叁肆伍陆柒捌玖';
const UNITS: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1_000 };

/** Reads capital figures back, by the value of each sign alone. */
function readBack(text: string): number {
  const [whole, small] = text.includes('元') ? text.split('元') : ['', text];
  let [sum, group, digit] = [0, 0, 0];
  for (const sign of whole!) {
    if (FIGURES.includes(sign)) digit = FIGURES.indexOf(sign);
    else if (UNITS[sign]) [group, digit] = [group + digit * UNITS[sign]!, 0];
    else if (sign === '万') [sum, group, digit] = [sum + (group + digit) * 10_000, 0, 0];
    else if (sign === '亿') [sum, group, digit] = [(sum + group + digit) * 100_000_000, 0, 0];
  }
  const part = (unit: string) => FIGURES.indexOf(new RegExp(`(.)${unit}`).exec(small!)?.[1] ?? '零');
  return (sum + group + digit) * 100 + part('角') * 10 + part('分');
}

describe('capital figures', () => {
  for (const [fen, text] of [
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [10_700_053, '壹拾万零柒仟元伍角叁分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    [0, '零元整'],
    [5, '伍分'],
    [30, '叁角整'],
    [1_000, '壹拾元整'],
    [100_000, '壹仟元整'],
    [1_000_000, '壹万元整'],
    [100_000_100, '壹佰万零壹元整'],
    [1_000_000_000_000, '壹佰亿元整'],
    [1_000_001_000_000, '壹佰亿零壹万元整'],
    [1_000_000_000_000_000, '壹拾万亿元整'],
  ] as const)
    it(`write ${fen} fen as ${text}`, () => assert.equal(capitalYuan(fen), text));

  it('are read back as the same amount, never with two noughts in a row', () => {
    let fen = 1;
    for (let i = 0; i < 20_000; i++) {
      fen = (fen * 48_271) % 2_147_483_647;
      const amount = i % 2 ? fen : fen * 4_001;
      const text = capitalYuan(amount);
      assert.equal(readBack(text), amount, text);
      assert.ok(!text.includes('零零'), text);
    }
  });
});
