import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect, promisify } from 'node:util';

/** What has passed and failed so far, over everything that runs. */
export type Tally = { passed: number; failed: number; skipped: number; failing: string[] };

/** A file that hangs is ended after so long; the longest takes a sixth of it, and a thousand deaths of a phone by hand fit. */
const FILE_PATIENCE_MS = 900_000;

export function tallyOf(): Tally {
  return { passed: 0, failed: 0, skipped: 0, failing: [] };
}

/** Runs a program that is one check: it counts one, and its output is shown when it fails. */
export async function runProgram(
  tally: Tally,
  name: string,
  program: string,
  args: string[],
  cwd?: string,
): Promise<void> {
  const began = performance.now();
  // Under our own Node.js: the programs' first line would find the system's, which may be older.
  const has_passed = await promisify(execFile)(process.execPath, [program, ...args], { cwd, maxBuffer: 64 << 20 }).then(
    () => true,
    ({ stdout, stderr, message }) => {
      process.stdout.write(`${stdout}${stderr}${stdout || stderr ? '' : message}\n`);
      return false;
    },
  );
  if (has_passed) tally.passed += 1;
  else {
    tally.failed += 1;
    tally.failing.push(name);
  }
  process.stdout.write(`${has_passed ? 'ok' : 'FAILED'} ${name} (${seconds(performance.now() - began)})\n`);
}

/** Runs test files, each in a process of its own; prints a line a file and the reasons of what failed. */
export async function runTests(tally: Tally, title: string, files: string[], concurrency: number): Promise<void> {
  if (files.length === 0) return;
  process.stdout.write(`— ${title}: ${files.length} files\n`);
  const stream = run({ files, concurrency, timeout: FILE_PATIENCE_MS });
  const output = new Map<string, string>();
  for await (const { type, data } of stream as AsyncIterable<TestEvent>) {
    if (type === 'test:pass' && data.details?.type !== 'suite') {
      if (data.skip !== undefined || data.todo !== undefined) tally.skipped += 1;
      else tally.passed += 1;
      if (typeof data.skip === 'string' && data.skip) process.stdout.write(`skipped: ${data.name}: ${data.skip}\n`);
    }
    if (type === 'test:fail' && data.details?.type !== 'suite') countFailure(tally, data);
    if (type === 'test:stdout' || type === 'test:stderr') {
      output.set(data.file ?? '', (output.get(data.file ?? '') ?? '') + (data.message ?? ''));
    }
    if (type === 'test:summary' && data.file) {
      printFile(data, output.get(data.file));
      output.delete(data.file);
    }
  }
  // A file that broke off before its first test has no summary; what it said is the reason.
  for (const [file, text] of output) process.stdout.write(`${relative(process.cwd(), file)} said:\n${text}\n`);
}

type TestEvent = {
  type: string;
  data: {
    name: string;
    file?: string;
    line?: number;
    skip?: string | boolean;
    todo?: string | boolean;
    message?: string;
    success?: boolean;
    duration_ms?: number;
    counts?: { tests: number };
    details?: { type?: string; error?: Error & { cause?: unknown } };
  };
};

function countFailure(tally: Tally, data: TestEvent['data']): void {
  // A test whose inner test failed fails with it; the inner one has been counted.
  if (data.details?.error && (data.details.error as { failureType?: string }).failureType === 'subtestsFailed') return;
  if (data.todo !== undefined) {
    tally.skipped += 1;
    return;
  }
  const place = data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? 1}` : '';
  tally.failed += 1;
  tally.failing.push(`${place} ${data.name}`);
  const cause = data.details?.error?.cause ?? data.details?.error;
  process.stdout.write(`FAILED ${place} ${data.name}\n${inspect(cause)}\n`);
}

function printFile({ file, success, duration_ms, counts }: TestEvent['data'], output: string | undefined): void {
  if (!success && output) process.stdout.write(`${output}\n`);
  const name = relative(process.cwd(), file ?? '');
  process.stdout.write(
    `${success ? 'ok' : 'FAILED'} ${name} (${counts?.tests ?? 0} tests, ${seconds(duration_ms ?? 0)})\n`,
  );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
