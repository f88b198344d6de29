import { gzipSync } from 'node:zlib';

const SCRIPT = /<script[^>]*\ssrc="([^"]+)"|<link[^>]*\srel="modulepreload"[^>]*\shref="([^"]+)"/g;
const INLINE = /<script(?![^>]*\ssrc=)(?![^>]*type="application\/(?:ld\+)?json")[^>]*>([\s\S]*?)<\/script>/g;
const IMPORT = /\b(?:import|from)\s*\(?\s*["']([^"']+)["']/g;

/** Bytes of script that a page loads, gzipped: what it names, what those import, and what stands in the page itself. */
export async function scriptBytes(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  let bytes = 0;
  for (const [, text] of html.matchAll(INLINE)) if (text!.trim()) bytes += gzipSync(text!).length;
  const waiting = [...html.matchAll(SCRIPT)].map((match) => new URL(match[1] ?? match[2]!, url).href);
  const seen = new Set<string>();
  for (let script = waiting.pop(); script; script = waiting.pop()) {
    if (seen.has(script)) continue;
    seen.add(script);
    const text = await (await fetch(script)).text();
    bytes += gzipSync(text).length;
    for (const [, name] of text.matchAll(IMPORT)) if (/^[./]/.test(name!)) waiting.push(new URL(name!, script).href);
  }
  return bytes;
}
