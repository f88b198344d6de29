import QRCode from 'qrcode';
import { inThread } from './in_thread.ts';

/** A bar of a figure: how far of its whole, and what stands beside it. */
export type ReportRow = { label: string; value: string; share?: number };
export type ReportSection = { heading: string; words?: string[]; rows?: ReportRow[]; list?: string[] };

/** A report as it is printed, in one language: words, figures, and where it is checked. */
export type ReportPaper = {
  community: string;
  title: string;
  about: string;
  lead: string[];
  sections: ReportSection[];
  check: string;
  url: string;
};

/** One report on A4 in black and white, with page numbers and a QR code to what is behind it, drawn in a thread of its own. */
export async function drawReport(paper: ReportPaper): Promise<Buffer> {
  const qr = QRCode.create(paper.url, { errorCorrectionLevel: 'M' }).modules;
  return inThread('report_thread', { paper, qr: { size: qr.size, data: [...qr.data] } });
}
