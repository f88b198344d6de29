import { drawReceipt } from '#faces/documents/receipt.ts';
import type { Visit } from '#faces/server/visit.ts';
import type { show_receipt } from '#modules/funds/index.ts';
import { translate, type Vars } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';
import { capitalYuan, formatYuan } from '#platform/money.ts';
import { messages } from './messages.ts';

type Receipt = Awaited<ReturnType<typeof show_receipt.run>>;

/** A receipt on paper, in both languages whoever asks for it. */
export function receiptPaper(visit: Visit, gift: Receipt): Promise<Buffer> {
  const both = (key: string, vars?: Vars): [string, string] => [
    translate(messages['zh-CN'], 'zh-CN', key, vars),
    translate(messages.en, 'en', key, vars),
  ];
  const same = (text: string): [string, string] => [text, text];
  const row = (key: string, value: [string, string]) => ({ label: both(key), value });
  const amount = formatYuan(gift.amount_fen ?? 0);
  const day = (locale: string) =>
    dateFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(gift.received_on));
  const rows = [
    row('funds.donor_name', same(gift.donor_name ?? '')),
    row('funds.receipts_page.kind', both(`funds.given_kinds.${gift.kind}`)),
    ...(gift.kind === 'money'
      ? [
          row('funds.amount', same(`¥${amount}`)),
          row('funds.receipts_page.in_words', [capitalYuan(gift.amount_fen ?? 0), '']),
        ]
      : []),
    ...(gift.kind === 'hours' ? [row('funds.hours', same(String(gift.hours)))] : []),
    ...(gift.description ? [row('funds.description', same(gift.description))] : []),
    ...(gift.fund_names
      ? [row('funds.fund', [gift.fund_names['zh-CN'] ?? '', gift.fund_names.en ?? ''] as [string, string])]
      : []),
    ...(gift.line_names
      ? [
          row('funds.gifts.for_this_alone', [gift.line_names['zh-CN'] ?? '', gift.line_names.en ?? ''] as [
            string,
            string,
          ]),
        ]
      : []),
    row('funds.received_on', [day('zh-CN'), day('en-GB')]),
    ...(gift.is_reversed ? [row('funds.receipts_page.void', both('funds.gifts.reversed'))] : []),
  ];
  return drawReceipt({
    ...{ community: visit.community.names, number: gift.number, rows },
    ...{ title: both('funds.receipts_page.paper_title'), thanks: both('funds.receipts_page.paper_thanks') },
    ...{ check: both('funds.receipts_page.paper_check'), url: `${visit.environment.base_url}/funds/gifts/${gift.id}` },
  });
}
