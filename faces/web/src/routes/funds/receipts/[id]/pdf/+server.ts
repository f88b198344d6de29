import type { RequestEvent } from '@sveltejs/kit';
import { seeThe } from '#lib/server/funds.ts';
import { receiptPaper } from '#lib/server/receipt.ts';
import { show_receipt } from '#modules/funds/index.ts';

/** The receipt on paper, for whoever gave and for those who keep the books. */
export async function GET(event: RequestEvent) {
  const gift = await seeThe(event, show_receipt, { id: event.params.id });
  const pdf = await receiptPaper(event.locals.visit, gift);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="receipt-${gift.number}.pdf"`,
      'cache-control': 'no-store',
    },
  });
}
