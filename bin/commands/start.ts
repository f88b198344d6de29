import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, openDataFolder, REPOSITORY, readConfig } from '#platform/config.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';
import { buildPages } from '../build_pages.ts';
import { checkPort } from '../check_port.ts';
import { type CommandLine, UsageError } from '../command_line.ts';
import { finishes, untilEndIsWished } from '../ending.ts';
import { seedFirstDemo } from '../first_demo.ts';
import { type Installation, openInstallation } from '../open_installation.ts';

/** What faces/serve.ts exports. `close` finishes what is in flight. */
export type Serve = (
  options: Installation & { web: boolean; worker: boolean },
) => Promise<{ close(): Promise<void>; address?: string }>;

const CLOSE_PATIENCE_MS = 20_000;

export const command: CommandLine = {
  name: 'start',
  summary: 'Serves the pages, the API and the jobs.',
  usage: `yingmen start [--web] [--worker]

  --web     serves pages and API alone
  --worker  does the jobs alone

  PORT (3000), HOST (127.0.0.1; 0.0.0.0 for all networks), DATA_DIR (./data), DATABASE_URL (embedded PostgreSQL without it),
  DEMO (small, full, none: what the first start puts into an empty database), BASE_URL (the address people use)`,
  async run({ args, progress }) {
    const parts = wantedParts(args);
    const config = readConfig();
    if (parts.web && config.port !== 0) await checkPort(config.host, config.port);
    openDataFolder(config.data_dir);
    const wish = untilEndIsWished();
    const ended = new AbortController();
    void wish.then(() => ended.abort());
    if (parts.web) await buildPages(progress);
    const installation = ended.signal.aborted ? undefined : await openInstallation();
    try {
      if (installation && !ended.signal.aborted) await serveUntil(wish, ended.signal, installation, parts, progress);
    } finally {
      await installation?.database.stop();
    }
    return undefined;
  },
};

async function serveUntil(
  wish: Promise<string>,
  ended: AbortSignal,
  installation: Installation,
  parts: { web: boolean; worker: boolean },
  progress: (text: string) => void,
): Promise<void> {
  await seedFirstDemo(installation, ended, progress);
  if (ended.aborted) return;
  const serve = await loadServe();
  const server = await serve({ ...installation, ...parts });
  if (parts.web) progress(`Yingmen is ready on ${server.address ?? addressOf(installation.config)} (Ctrl-C ends it).`);
  else progress('Yingmen does the jobs (Ctrl-C ends it).');
  await wish;
  progress('Ending: finishing what is in flight …');
  if (!(await finishes(server.close(), CLOSE_PATIENCE_MS)))
    progress('Some requests did not end in time and were cut off.');
}

async function loadServe(): Promise<Serve> {
  const file = join(REPOSITORY, 'faces', 'serve.ts');
  if (!existsSync(file)) refuseInWords('faces_missing', `${file} is missing: this copy of Yingmen is not whole.`);
  return ((await import(file)) as { serve: Serve }).serve;
}

/** Where people on this machine find it; a host of all networks has no address of its own. */
function addressOf({ host, port }: Config): string {
  const isEverywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${isEverywhere ? 'localhost' : host}:${port}`;
}

function wantedParts(args: string[]): { web: boolean; worker: boolean } {
  const options = { web: { type: 'boolean' }, worker: { type: 'boolean' } } as const;
  try {
    const { web, worker } = parseArgs({ args, options }).values;
    return web || worker ? { web: web === true, worker: worker === true } : { web: true, worker: true };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
