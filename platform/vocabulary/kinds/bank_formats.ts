import type { TermData, TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const format = (
  code: string,
  names: [chinese: string, english: string],
  descriptions: [chinese: string, english: string],
  data: TermData,
) => termOf(code, names, descriptions, { is_ours: true, data });

/** How a bank writes its statements as CSV: which columns it has under which headings, and how days and amounts look in it. */
export const bank_formats: TermKind = {
  kind: 'bank_format',
  names: both(['银行对账单格式', 'Formats of bank statements']),
  descriptions: both([
    '银行对账单（CSV）的列名、日期和金额的写法。换了银行，照着它的列名加一项。',
    'Headings, days and amounts of bank statements as CSV. For another bank, add one with its headings.',
  ]),
  is_closed: false,
  fields: [
    {
      code: 'encoding',
      kind: 'text',
      labels: both(['编码（auto、utf-8、gb18030）', 'Encoding (auto, utf-8, gb18030)']),
    },
    { code: 'day_style', kind: 'text', labels: both(['日期写法（ymd、dmy、mdy）', 'Order of a day (ymd, dmy, mdy)']) },
    { code: 'unit', kind: 'text', labels: both(['金额单位（yuan、fen）', 'Unit of amounts (yuan, fen)']) },
    { code: 'day', kind: 'list', labels: both(['日期列', 'Column of the day']) },
    { code: 'amount', kind: 'list', labels: both(['金额列（收支同一列）', 'Column of the amount, in and out in one']) },
    { code: 'money_in', kind: 'list', labels: both(['收入列', 'Column of money in']) },
    { code: 'money_out', kind: 'list', labels: both(['支出列', 'Column of money out']) },
    { code: 'direction', kind: 'list', labels: both(['收支标志列', 'Column that says in or out']) },
    { code: 'in_words', kind: 'list', labels: both(['表示收入的字', 'Words that mean money in']) },
    { code: 'out_words', kind: 'list', labels: both(['表示支出的字', 'Words that mean money out']) },
    { code: 'balance', kind: 'list', labels: both(['余额列', 'Column of the balance']) },
    { code: 'name', kind: 'list', labels: both(['对方户名列', 'Column of the other side’s name']) },
    { code: 'reference', kind: 'list', labels: both(['流水号、附言列', 'Column of the reference']) },
    { code: 'note', kind: 'list', labels: both(['摘要列', 'Column of the note']) },
  ],
  terms: [
    format(
      'two_columns',
      ['收入、支出两列', 'money in and money out'],
      ['收入、支出各一列，网上银行常见。', 'A column for what came in and one for what went out.'],
      {
        day: ['交易日期', '日期', '记账日期', '入账日期', 'Date', 'Booking date'],
        money_in: ['收入', '收入金额', '贷方发生额', '贷方金额', '转入金额', 'Paid in', 'Credit'],
        money_out: ['支出', '支出金额', '借方发生额', '借方金额', '转出金额', 'Paid out', 'Debit'],
        balance: ['余额', '账户余额', 'Balance'],
        name: ['对方户名', '对方名称', '对手户名', 'Name', 'Counterparty'],
        reference: ['附言', '流水号', '交易流水号', '凭证号', 'Reference'],
        note: ['摘要', '用途', '备注', 'Description', 'Details'],
      },
    ),
    format(
      'direction',
      ['金额一列，另有借贷标志', 'one amount and a word for in or out'],
      ['金额不带正负号，另有一列写“借”“贷”或“收”“支”。', 'Amounts without a sign; another column says in or out.'],
      {
        day: ['交易日期', '日期', '交易时间', '记账日期', 'Date'],
        amount: ['交易金额', '金额', '发生额', '金额(元)', '金额（元）', 'Amount'],
        direction: ['借贷标志', '借贷', '收支', '收/支', '收支类型', '借/贷', 'Type', 'In or out'],
        in_words: ['贷', '收', '收入', '转入', 'C', 'CR', 'credit', 'in'],
        out_words: ['借', '支', '支出', '转出', 'D', 'DR', 'debit', 'out'],
        balance: ['余额', '账户余额', 'Balance'],
        name: ['对方户名', '对方名称', '交易对方', '商户名称', 'Name'],
        reference: ['附言', '流水号', '交易流水号', '交易单号', '订单号', 'Reference'],
        note: ['摘要', '用途', '备注', '商品', 'Description'],
      },
    ),
    format(
      'signed',
      ['金额一列，支出带负号', 'one signed amount'],
      ['收支同在一列，支出写负数。', 'In and out in one column; what went out has a minus.'],
      {
        day: ['交易日期', '日期', '入账时间', 'Date', 'Booking date', 'Transaction date'],
        amount: ['交易金额', '金额', '发生额', 'Amount', 'Value'],
        balance: ['余额', '账户余额', 'Balance'],
        name: ['对方户名', '对方名称', 'Name', 'Counterparty', 'Payee'],
        reference: ['附言', '流水号', '交易流水号', 'Reference'],
        note: ['摘要', '用途', '备注', 'Description', 'Memo'],
      },
    ),
  ],
};
