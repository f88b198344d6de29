import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may go wrong between a phone and the server: no signal at all; a request that never arrives; a request that
 * arrives and whose reply is lost. `fault` says of each request which of them it suffers.
 */
export type Fault = 'none' | 'no_signal' | 'lost_request' | 'lost_reply';
export type FaultyWay = {
  url: string;
  fault: (path: string, method: string) => Fault;
  /** Requests that came through whole, by method and path. */
  passed: string[];
  close(): Promise<void>;
};

/** A way to a server over which anything may be lost, as a server of its own, so that every part of a browser goes over it. */
export async function openFaultyWay(target: string): Promise<FaultyWay> {
  const { hostname, port } = new URL(target);
  const way: FaultyWay = { url: '', fault: () => 'none', passed: [], close: async () => {} };
  const pass = (incoming: IncomingMessage, answer: ServerResponse) => {
    const fault = way.fault(incoming.url ?? '', incoming.method ?? '');
    if (fault === 'no_signal' || fault === 'lost_request') return incoming.socket.destroy();
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (reply) => {
        if (fault === 'lost_reply') {
          reply.resume();
          reply.once('end', () => incoming.socket.destroy());
          return;
        }
        way.passed.push(`${incoming.method} ${incoming.url}`);
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    onward.once('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  way.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  way.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return way;
}
