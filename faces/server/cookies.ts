import { createHmac } from 'node:crypto';
import { sameBytes } from '#platform/crypto.ts';
import { isId } from '#platform/ids.ts';

export const SESSION_COOKIE = 'yingmen_session';
export const ACTING_COOKIE = 'acting_for';

/** A cookie value that only this installation can have written, bound to the session it was written for. */
export function signActing(session_key: Buffer, session_hash: Buffer, subject_id: string): string {
  return `${subject_id}.${mac(session_key, session_hash, subject_id).toString('base64url')}`;
}

/** The person a signed cookie names, when it was written for this session. */
export function readActing(session_key: Buffer, session_hash: Buffer, cookie: string | undefined): string | undefined {
  const [subject_id, signature] = (cookie ?? '').split('.');
  if (!isId(subject_id) || !signature) return undefined;
  return sameBytes(Buffer.from(signature, 'base64url'), mac(session_key, session_hash, subject_id))
    ? subject_id
    : undefined;
}

function mac(session_key: Buffer, session_hash: Buffer, subject_id: string): Buffer {
  return createHmac('sha256', session_key).update('acting_for').update(session_hash).update(subject_id).digest();
}
