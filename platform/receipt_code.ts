import { z } from 'zod';
import { randomCode, sha256 } from './crypto.ts';

/** Of letters and digits without look-alikes (79 bits), so that nobody finds a receipt code from its hash. */
export const RECEIPT_CODE_LENGTH = 16;
const RECEIPT_CODE = /^[A-HJKMNP-Z2-9]{16}$/;

/** A new code for the receipt of a secret ballot. */
export const newReceiptCode = (): string => randomCode(RECEIPT_CODE_LENGTH);

/** As people type it: spaces, hyphens and small letters do not matter. */
export const normaliseCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s–—-]/g, '');

/** The code of a receipt as a command takes it: however it was typed, nothing that is none. */
export const receipt_code = z.string().max(60).transform(normaliseCode).pipe(z.string().regex(RECEIPT_CODE));

/** In fours, as it is printed and read out. */
export const spacedCode = (code: string): string =>
  normaliseCode(code)
    .match(/.{1,4}/g)
    ?.join(' ') ?? code;

/** What a secret ballot of a vote is kept and found by; `kind` keeps the votes of a council from those of a round. The code itself is never stored. */
export const hashOfReceiptCode = (kind: string, vote_id: string, code: string): string =>
  sha256(`yingmen ${kind}\n${vote_id}\n${code}`).toString('hex');

/** The hash of the ballots of a vote that is closed, a line each: their order says nothing. */
export const hashOfBallots = (lines: readonly string[]): string => sha256([...lines].sort().join('\n')).toString('hex');
