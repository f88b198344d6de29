import QRCode from 'qrcode';
import { inThread } from './in_thread.ts';

type Head = { community: Record<string, string>; base_url: string; size: number; note: string; signed_at: string };

let last: { key: string; sheet: Promise<Buffer> } | undefined;

/** The sheet of a head, drawn once until there is another: everybody may ask for it, and drawing takes a second. */
export function headNoticeOf(head: Head): Promise<Buffer> {
  const key = JSON.stringify(head);
  if (last?.key !== key) {
    const sheet = makeHeadNotice(head);
    last = { key, sheet };
    sheet.catch(() => (last = undefined));
  }
  return last.sheet;
}

/** An A4 sheet in both languages with a signed head of the log, its note whole in the QR code, to be hung up in a stairwell. */
async function makeHeadNotice({ base_url, ...head }: Head): Promise<Buffer> {
  const svg = await QRCode.toString(head.note, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
  const url = `${base_url}/log`.replace(/^https?:\/\//, '');
  return inThread('sheet_thread', { kind: 'head_notice', data: { ...head, svg, url } });
}
