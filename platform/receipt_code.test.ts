import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newReceiptCode, normaliseCode, receipt_code, spacedCode } from './receipt_code.ts';

it('a receipt code is the same however it is typed, and nothing else is one', () => {
  assert.equal(normaliseCode(' abcd-efgh　JKMN–pqrs'), 'ABCDEFGHJKMNPQRS');
  const code = newReceiptCode();
  for (const typed of [code, spacedCode(code), spacedCode(code).toLowerCase(), ` ${code} `])
    assert.equal(receipt_code.parse(typed), code);
  for (const none of ['', 'short', code.slice(1), `${code}A`, 'ABCDEFGHJKMNPQR0', `${code}${' '.repeat(60)}`])
    assert.equal(receipt_code.safeParse(none).success, false, none);
});
