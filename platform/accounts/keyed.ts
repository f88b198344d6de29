import { createHmac } from 'node:crypto';
import type { Environment } from '../environment.ts';

/** A hash that only this installation can make: what is kept of codes, addresses and logins that were tried. */
export function keyed(environment: Environment, purpose: string, text: string): Buffer {
  return createHmac('sha256', environment.session_key).update(`accounts/${purpose}\u0000${text}`).digest();
}
