import { Worker } from 'node:worker_threads';
import QRCode from 'qrcode';

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
  const file = new URL(
    'faces/documents/receipt_thread.ts',
    `file://${process.env.YINGMEN_REPOSITORY ?? process.cwd()}/`,
  );
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: { paper, qr: { size: qr.size, data: [...qr.data] } },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`the document thread ended with ${code}`)));
  });
}
