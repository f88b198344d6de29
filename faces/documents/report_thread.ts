import { parentPort, workerData } from 'node:worker_threads';
import PDFDocument from 'pdfkit';
import { registerFonts, runsOf } from './fonts.ts';
import type { ReportPaper, ReportRow } from './report.ts';

const MARGIN = 64;
const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN;
const LABEL = 190;
const BAR = { width: 120, height: 8 };
const QR_SIDE = 84;

const { paper, qr } = workerData as { paper: ReportPaper; qr: { size: number; data: number[] } };
const doc = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, info: { Title: paper.title } });
registerFonts(doc);
const chunks: Uint8Array[] = [];
doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
doc.on('end', () => parentPort?.postMessage(new Uint8Array(Buffer.concat(chunks))));

type Style = { size: number; bold?: boolean; x?: number; y?: number; width?: number; colour?: string };

function write(text: string, style: Style): void {
  const { size, bold = false, x = MARGIN, y = doc.y, width = WIDTH, colour = '#000000' } = style;
  doc.y = y;
  for (const line of text.split('\n')) {
    const runs = runsOf(line || ' ');
    runs.forEach((run, i) => {
      const options = { width, lineGap: 2.5, continued: i < runs.length - 1 };
      const font = `${run.script}-${bold ? 700 : 400}`;
      doc.font(font).fontSize(size).fillColor(colour);
      if (i === 0) doc.text(run.text, x, doc.y, options);
      else doc.text(run.text, options);
    });
  }
}

/** How high a text will be: the scripts differ by little, so the Chinese font stands for both. */
function heightOf(text: string, size: number, bold: boolean, width: number): number {
  doc.font(`Chinese-${bold ? 700 : 400}`).fontSize(size);
  return doc.heightOfString(text || ' ', { width, lineGap: 2.5 });
}

/** Begins a new page unless so much fits on this one. */
function makeRoom(height: number): void {
  if (doc.y + height > BOTTOM) doc.addPage();
}

function rule(y: number, weight: number, colour: string): void {
  doc
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(weight)
    .stroke(colour);
}

const RIGHT = { x: MARGIN + LABEL + 14, width: WIDTH - LABEL - 14 };
const PAST_BAR = { x: RIGHT.x + BAR.width + 12, width: RIGHT.width - BAR.width - 12 };

function heightOfRow({ label, value, share }: ReportRow): number {
  const { width } = share === undefined ? RIGHT : PAST_BAR;
  const lines = value.split('\n').reduce((sum, line) => sum + heightOf(line, 11, true, width), 0);
  return Math.max(heightOf(label, 10.5, false, LABEL), lines) + 12;
}

/** A label on the left, its value on the right, a bar before the value where there is a share; a thin line below. */
function row(one: ReportRow): void {
  const { label, value, share } = one;
  const height = heightOfRow(one);
  makeRoom(height);
  const top = doc.y + 5;
  write(label, { size: 10.5, y: top, width: LABEL });
  if (share !== undefined) {
    doc
      .rect(RIGHT.x, top + 4, BAR.width, BAR.height)
      .lineWidth(0.6)
      .stroke('#000000');
    doc.rect(RIGHT.x, top + 4, BAR.width * Math.min(1, Math.max(0, share)), BAR.height).fill('#000000');
  }
  write(value, { size: 11, bold: true, y: top, ...(share === undefined ? RIGHT : PAST_BAR) });
  doc.y = top + height - 5;
  rule(doc.y - 2, 0.4, '#999999');
}

function paragraph(text: string): void {
  makeRoom(heightOf(text, 11, false, WIDTH) > BOTTOM - MARGIN ? 40 : heightOf(text, 11, false, WIDTH));
  write(text, { size: 11 });
  doc.y += 4;
}

function section({ heading, words = [], rows = [], list = [] }: ReportPaper['sections'][number]): void {
  // A few rows stay together with their heading.
  const height = rows.reduce((sum, one) => sum + heightOfRow(one), 60);
  makeRoom(height < (BOTTOM - MARGIN) / 2 ? height : 84);
  doc.y += 14;
  write(heading, { size: 15, bold: true });
  doc.y += 4;
  for (const one of words) paragraph(one);
  for (const one of rows) row(one);
  for (const [i, one] of list.entries()) {
    const width = WIDTH - 22;
    makeRoom(heightOf(one, 11, false, width) + 4);
    const top = doc.y + 2;
    write(`${i + 1}.`, { size: 11, y: top, width: 20 });
    write(one, { size: 11, x: MARGIN + 22, y: top, width });
    doc.y += 3;
  }
}

function drawQr(x: number, y: number): void {
  const cell = QR_SIDE / qr.size;
  for (const [i, dark] of qr.data.entries())
    if (dark) doc.rect(x + (i % qr.size) * cell, y + Math.floor(i / qr.size) * cell, cell, cell);
  doc.fill('#000000');
}

/** The title and the page's number below every page, outside of what is written on it. */
function numberPages(): void {
  const { count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i);
    doc.page.margins.bottom = 0;
    write(`${i + 1} / ${count}`, { size: 9, y: BOTTOM + 22, x: MARGIN + WIDTH - 40, width: 40, colour: '#444444' });
    doc.page.margins.bottom = MARGIN;
  }
}

/** Beside the title the code that leads to what is behind it, so that it is never alone on a last page. */
function head(): void {
  const width = WIDTH - QR_SIDE - 20;
  drawQr(MARGIN + WIDTH - QR_SIDE, MARGIN);
  write(paper.community, { size: 11, y: MARGIN, width, colour: '#444444' });
  doc.y += 6;
  write(paper.title, { size: 22, bold: true, width });
  doc.y += 2;
  write(paper.about, { size: 11, width, colour: '#444444' });
  doc.y = Math.max(doc.y, MARGIN + QR_SIDE) + 8;
  rule(doc.y, 1.2, '#000000');
  doc.y += 6;
  for (const line of [paper.check, paper.url]) write(line, { size: 8.5, colour: '#444444' });
  doc.y += 10;
}

head();
for (const one of paper.lead) paragraph(one);
for (const one of paper.sections) section(one);
numberPages();
doc.end();
