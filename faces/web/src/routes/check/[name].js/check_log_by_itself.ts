import { startCheck } from '#engines/merkle_log/check_log.ts';

// By itself, in Node.js: `node check_log.mjs LOG [HEAD]` says what it finds; 0 when the log holds, 1 when it does not.
if (globalThis.process?.argv?.[1]?.endsWith('check_log.mjs')) await checkFile(process.argv[2], process.argv[3]);

async function checkFile(file: string | undefined, head: string | undefined): Promise<void> {
  const { createReadStream, readFileSync } = await import('node:fs');
  const { createInterface } = await import('node:readline');
  if (!file) {
    console.error('node check_log.mjs LOG [HEAD]');
    process.exit(2);
  }
  const check = startCheck({ kept_head: head && readFileSync(head, 'utf8') });
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) check.line(line);
  const verdict = check.verdict();
  console.log(JSON.stringify(verdict, null, 2));
  process.exitCode = verdict.ok ? 0 : 1;
}
