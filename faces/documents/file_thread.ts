import { parentPort, workerData } from 'node:worker_threads';
import PDFDocument from 'pdfkit';
import type { FileSection } from './file.ts';
import { registerFonts, runsOf } from './fonts.ts';

const { title, sections } = workerData as { title: string; sections: FileSection[] };
const doc = new PDFDocument({ size: 'A4', margin: 56, info: { Title: 'Yingmen' } });
registerFonts(doc);
const chunks: Uint8Array[] = [];
doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
doc.on('end', () => parentPort?.postMessage(new Uint8Array(Buffer.concat(chunks))));

function write(text: string, size: number, weight: 400 | 700): void {
  for (const line of text.split('\n')) {
    const runs = runsOf(line || ' ');
    runs.forEach(({ text: run, script }, i) => {
      doc.font(`${script}-${weight}`).fontSize(size);
      doc.text(run, { continued: i < runs.length - 1, lineGap: 2 });
    });
  }
}

write(title, 22, 700);
for (const { heading, lines } of sections) {
  doc.moveDown(0.6);
  write(heading, 15, 700);
  for (const line of lines) write(line, 11, 400);
}
doc.end();
