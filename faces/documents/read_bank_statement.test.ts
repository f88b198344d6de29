import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type BankFormat, type BankRow, formatOf, readEntry } from '#modules/funds/index.ts';
import { Refusal } from '#platform/refusal.ts';
import { bank_formats } from '#platform/vocabulary/kinds/bank_formats.ts';
import { readBankStatement } from './read_bank_statement.ts';

const formats: BankFormat[] = bank_formats.terms.flatMap(
  (term) => formatOf({ code: term.code, data: term.data ?? {} }) ?? [],
);
const gb18030 = (text: string): Buffer => {
  // What decodes to each character, looked up: the platform has a decoder alone.
  const bytes: number[] = [];
  for (const letter of text) bytes.push(...(letter.charCodeAt(0) < 128 ? [letter.charCodeAt(0)] : GB[letter]!));
  return Buffer.from(bytes);
};
const GB: Record<string, number[]> = {};
for (let high = 0xa1; high <= 0xf7; high++)
  for (let low = 0xa1; low <= 0xfe; low++)
    GB[new TextDecoder('gb18030').decode(Uint8Array.from([high, low]))] ??= [high, low];

const read = (text: string | Buffer, wanted?: string) => {
  const { format, rows } = readBankStatement(Buffer.from(text), formats, wanted);
  const known = formats.find((one) => one.code === format)!;
  return { format, entries: rows.map((row) => readEntry(row, known)) };
};

describe('a bank statement', () => {
  const table: [what: string, file: string | Buffer, format: string, days: string[], amounts: number[]][] = [
    [
      'with money in and out in two columns, words above and sums below',
      '﻿账户:1234,,,\n交易日期,摘要,收入金额,支出金额,余额,对方户名\n2026-03-01,捐款,"1,200.50",,1200.50,王明\n20260302,买灯,-,300.00,900.50,五金店\n合计,,1200.50,300.00,,\n',
      'two_columns',
      ['2026-03-01', '2026-03-02'],
      [120050, -30000],
    ],
    [
      'with a word for in or out, tabs that keep numbers from spreadsheets, and times',
      '交易时间,收/支,金额(元),交易对方,交易单号\n2026/3/1 10:20:30,收入,¥50.00,李明,\t4200001\n2026/3/2 08:00:00,支出,"=""20.00""",超市,x\n',
      'direction',
      ['2026-03-01', '2026-03-02'],
      [5000, -2000],
    ],
    [
      'signed and set apart by semicolons',
      'Date;Amount;Name\n2026-03-01;-12.5;Shop\n2026-03-02;+7;Ann\n',
      'signed',
      ['2026-03-01', '2026-03-02'],
      [-1250, 700],
    ],
    [
      'in GB18030',
      gb18030('日期,摘要,收入,支出,余额,对方户名\n2026年3月1日,利息,0.88,,0.88,\n'),
      'two_columns',
      ['2026-03-01'],
      [88],
    ],
    ['in UTF-16', Buffer.from('\ufeffDate,Amount\n2026-03-01,3\n', 'utf16le'), 'signed', ['2026-03-01'], [300]],
  ];
  for (const [what, file, format, days, amounts] of table)
    it(`is read ${what}`, () => {
      const found = read(file);
      assert.equal(found.format, format);
      assert.deepEqual(
        found.entries.map((one) => ('code' in one ? one : [one.booked_on, one.amount_fen])),
        days.map((day, i) => [day, amounts[i]]),
      );
    });

  const wrong: [row: string, code: string, field: string][] = [
    ['2026-02-30,1,,', 'bank_day_wrong', 'day'],
    ['04/03/2026,1,,', 'bank_day_wrong', 'day'],
    ['2026-03-01,1,2,', 'bank_amount_twice', 'money_out'],
    ['2026-03-01,,,5', 'bank_amount_none', 'money_in'],
    ['2026-03-01,1.234,,', 'bank_amount_wrong', 'money_in'],
    ['2026-03-01,,1e5,', 'bank_amount_wrong', 'money_out'],
    ['2026-03-01,1,,much', 'bank_amount_wrong', 'balance'],
    ['2026-03-01,99999999999999999,,', 'bank_amount_wrong', 'money_in'],
  ];
  for (const [row, code, field] of wrong)
    it(`refuses the row ${row}: ${code}`, () =>
      assert.deepEqual(read(`日期,收入,支出,余额\n${row}\n`).entries, [{ code, field }]));

  const refused: [what: string, file: Buffer, code: string][] = [
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['a heading alone', Buffer.from('日期,收入,支出\n'), 'file_empty'],
    ['another table', Buffer.from('a,b\n1,2\n'), 'bank_format_unknown'],
    ['bytes of no encoding', Buffer.from([0xff, 0xff, 0x2c, 0x80]), 'bank_encoding_wrong'],
  ];
  for (const [what, file, code] of refused) it(`refuses ${what}`, () => assert.throws(() => read(file), { code }));
});

describe('whatever a file holds', () => {
  /** Either it is refused in words, or each of its rows is: nothing else comes out. */
  const isOrderly = (bytes: Buffer) => {
    let found: { format: string; rows: BankRow[] };
    try {
      found = readBankStatement(bytes, formats);
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      return;
    }
    const format = formats.find((one) => one.code === found.format)!;
    for (const row of found.rows) {
      const entry = readEntry(row, format);
      if ('code' in entry) continue;
      assert.ok(Number.isSafeInteger(entry.amount_fen) && entry.amount_fen !== 0);
      assert.match(entry.booked_on, /^\d{4}-\d{2}-\d{2}$/);
      assert.ok(entry.name.length <= 200 && entry.reference.length <= 200 && entry.note.length <= 200);
    }
  };
  it('of any bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isOrderly(Buffer.from(bytes))),
      { numRuns: 300 },
    ));
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      '=cmd|x',
      '"',
      '""',
      '\u0000',
      '-',
      '9'.repeat(400),
      '2026-03-01',
      '1,000.00',
      '-0',
      '0',
      '合计',
      "'; drop table",
    ),
  );
  it('of any cells below a heading', () =>
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 20 }), fc.boolean(), (rows, quoted) => {
        const write = (text: string) => (quoted ? `"${text.replaceAll('"', '""')}"` : text);
        const heading = '日期,收入,支出,余额,对方户名,附言,摘要';
        isOrderly(Buffer.from([heading, ...rows.map((row) => row.map(write).join(','))].join('\r\n')));
      }),
      { numRuns: 300 },
    ));
});
