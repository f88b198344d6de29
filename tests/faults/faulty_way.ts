import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may go wrong between a phone and the server: no signal at all; a request that never arrives, or breaks off within
 * its body; a request that is carried out and whose reply is lost, or breaks off half-way. `fault` says of each request
 * which of them it suffers.
 */
export type Fault = 'none' | 'no_signal' | 'lost_request' | 'cut_request' | 'lost_reply' | 'cut_reply';
export type FaultyWay = {
  url: string;
  fault: (path: string, method: string) => Fault;
  /** What a test answers itself, whatever the way suffers; true when it did. */
  own: (incoming: IncomingMessage, answer: ServerResponse) => boolean;
  /** How often the way failed, by fault. */
  failed: Partial<Record<Fault, number>>;
  close(): Promise<void>;
};

const LOSSES: Fault[] = ['lost_request', 'cut_request', 'lost_reply', 'cut_reply'];

/** Loses that share of all requests, each in one of the ways in which something can be lost. */
export function losing(share: number, random: () => number): () => Fault {
  return () => (random() < share ? LOSSES[Math.floor(random() * LOSSES.length)]! : 'none');
}

/** A way to a server over which anything may be lost, as a server of its own, so that every part of a browser goes over it. */
export async function openFaultyWay(target: string): Promise<FaultyWay> {
  const way: FaultyWay = {
    ...{ url: '', fault: () => 'none', own: () => false, failed: {} },
    close: async () => {},
  };
  const server = createServer((incoming, answer) => {
    if (way.own(incoming, answer)) return;
    const fault = way.fault(incoming.url ?? '', incoming.method ?? '');
    if (fault !== 'none') way.failed[fault] = (way.failed[fault] ?? 0) + 1;
    pass(new URL(target), fault, incoming, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  way.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  way.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return way;
}

function pass({ hostname, port }: URL, fault: Fault, incoming: IncomingMessage, answer: ServerResponse): void {
  const cut = () => incoming.socket.destroy();
  if (fault === 'no_signal' || fault === 'lost_request') return void cut();
  const onward = request(
    { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
    (reply) => {
      if (fault === 'lost_reply') return void reply.resume().once('end', cut);
      // A browser sends again by itself what was lost on a connection that it had used before: here each is used once.
      answer.writeHead(reply.statusCode ?? 502, { ...reply.headers, connection: 'close' });
      if (fault === 'cut_reply') void bytesOf(reply).then((whole) => answer.write(half(whole), cut));
      else reply.pipe(answer);
    },
  );
  onward.once('error', cut);
  if (fault !== 'cut_request') return void incoming.pipe(onward);
  void bytesOf(incoming).then((whole) =>
    onward.write(half(whole), () => {
      onward.destroy();
      cut();
    }),
  );
}

const half = (whole: Buffer) => (whole.length > 1 ? whole.subarray(0, whole.length / 2) : whole.subarray(0, 0));

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
