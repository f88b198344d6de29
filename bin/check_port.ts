import { createServer } from 'node:net';
import { refuseInWords } from '#platform/refuse_in_words.ts';

/** Refused, before any slow work begins, when the server could not listen on this address. */
export async function checkPort(host: string, port: number): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  if (!code) return;
  const where = { field: code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' ? 'HOST' : 'PORT' };
  if (code === 'EADDRINUSE') {
    refuseInWords(
      'port_in_use',
      `Port ${port} is already in use: stop what listens there, or set PORT to another number.`,
      where,
    );
  }
  if (code === 'EACCES') {
    refuseInWords(
      'port_not_allowed',
      `This user may not listen on port ${port}: set PORT to a number above 1023.`,
      where,
    );
  }
  refuseInWords(
    'host_not_here',
    `This machine cannot listen on ${host} (${code}): set HOST to one of its own addresses.`,
    where,
  );
}
