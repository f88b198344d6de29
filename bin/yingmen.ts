import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandLine, UsageError } from './command_line.ts';
import { explain } from './explain_error.ts';

const FOLDER = join(import.meta.dirname, 'commands');

/** Runs one command and returns the exit status: 0 done, 1 refused (or a finding, `"ok": false`), 2 bad usage. */
async function main(words: string[]): Promise<number> {
  const args = words.filter((word) => word !== '--json' && word !== '--help' && word !== '-h');
  const json = words.includes('--json');
  const help = words.includes('--help') || words.includes('-h') || args[0] === 'help';
  const name = args[0] === 'help' ? args[1] : args.shift();
  try {
    if (!name) {
      if (!help) throw new UsageError(`Say what to do.\n\n${await overview()}`);
      return await write(await overview());
    }
    const command = await load(name);
    if (help) return await write(helpOf(command));
    const answer = await command.run({ args, json, progress: (text) => void process.stderr.write(`${text}\n`) });
    if (json) await write(JSON.stringify(answer ?? {}));
    else if (answer !== undefined) await write(command.print?.(answer) ?? JSON.stringify(answer, null, 2));
    return (answer as { ok?: unknown } | undefined)?.ok === false ? 1 : 0;
  } catch (error) {
    return report(error, name, json);
  }
}

async function report(error: unknown, name: string | undefined, json: boolean): Promise<number> {
  const { kind, code, message, where } = explain(error);
  if (json) await write(JSON.stringify({ error: { code, message, where: where ?? null } }));
  if (kind === 'defect') process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  else if (!json) process.stderr.write(`${message}\n`);
  if (kind !== 'usage') return 1;
  if (name && !json) process.stderr.write(`See yingmen ${names().includes(name) ? `${name} ` : ''}--help.\n`);
  return 2;
}

function names(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

async function load(name: string): Promise<CommandLine> {
  if (!names().includes(name)) throw new UsageError(`There is no command "${name}": ${names().join(', ')}.`);
  return ((await import(join(FOLDER, `${name}.ts`))) as { command: CommandLine }).command;
}

async function overview(): Promise<string> {
  const commands = await Promise.all(names().map(load));
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['yingmen COMMAND [--json] [--help]', '', ...lines, '', 'yingmen COMMAND --help says more.'].join('\n');
}

function helpOf({ usage, summary }: CommandLine): string {
  return `${usage}\n\n${summary}\n\n--json prints one JSON object; exit status 0 done, 1 refused, 2 bad usage.`;
}

function write(text: string): Promise<number> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve(0)));
}

// A reader such as `head` may close our output early; that is no fault.
process.stdout.on('error', () => process.exit(0));
const status = await main(process.argv.slice(2));
process.exit(status);
