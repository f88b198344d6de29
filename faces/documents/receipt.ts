import QRCode from 'qrcode';
import { inThread } from './in_thread.ts';

/** A donation's receipt as it is printed. Labels and sentences come in both languages; amounts also in capital figures. */
export type ReceiptPaper = {
  community: Record<string, string>;
  title: [zh: string, en: string];
  number: string;
  rows: { label: [zh: string, en: string]; value: [zh: string, en: string] }[];
  thanks: [zh: string, en: string];
  check: [zh: string, en: string];
  url: string;
};

/** One receipt on A4 in black and white, with a QR code to where it is checked, drawn in a thread of its own. */
export async function drawReceipt(paper: ReceiptPaper): Promise<Buffer> {
  const qr = QRCode.create(paper.url, { errorCorrectionLevel: 'M' }).modules;
  return inThread('receipt_thread', { paper, qr: { size: qr.size, data: [...qr.data] } });
}
