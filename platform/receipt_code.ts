import { z } from 'zod';
import { randomCode } from './crypto.ts';

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
