import sharp from 'sharp';
import { chanceOf } from './chance.ts';

const COLOURS: Record<string, [wall: string, thing: string]> = {
  elders: ['#e9dfce', '#8a5a35'],
  children: ['#d7e6ef', '#d8763a'],
  stairwells: ['#e3e3dc', '#51606b'],
  greenery: ['#dfe9d2', '#4c7a3d'],
  neighbours: ['#f0e2d8', '#a8443c'],
};

/** A drawn stand-in for a photo of what was done: a wall, a floor and some things on it; nobody's own picture. */
export async function evidencePicture(category: string, words: string): Promise<Buffer> {
  const [wall, thing] = COLOURS[category] ?? COLOURS.neighbours!;
  // No two are the same, for a file belongs to whoever brought it first.
  const chance = chanceOf(words);
  const things = Array.from({ length: 5 }, (_, i) => {
    const [x, height] = [70 + i * 130, 90 + chance.below(120)];
    return `<rect x="${x}" y="${400 - height}" width="70" height="${height}" rx="10" fill="${thing}" opacity="${0.55 + (i % 3) * 0.15}"/>
      <circle cx="${x + 35}" cy="${400 - height - 26}" r="22" fill="${thing}" opacity="0.9"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="480"><rect width="720" height="480" fill="${wall}"/>
    <rect y="400" width="720" height="80" fill="#b9ad9a"/>${things.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A drawn stand-in for a photographed invoice: a sheet with lines, none of them words. */
export async function invoicePicture(words: string): Promise<Buffer> {
  const chance = chanceOf(words);
  const lines = Array.from({ length: 9 }, (_, i) => {
    const [y, width] = [150 + i * 38, 120 + chance.below(260)];
    return `<rect x="70" y="${y}" width="${width}" height="12" fill="#8d949b"/><rect x="470" y="${y}" width="70" height="12" fill="#5d646b"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="620" height="560"><rect width="620" height="560" fill="#8a7561"/>
    <rect x="30" y="30" width="560" height="500" fill="#fbf9f3"/><rect x="70" y="80" width="300" height="26" fill="#a8443c"/>${lines.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
