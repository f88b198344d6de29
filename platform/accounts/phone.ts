import { refuse } from '../refusal.ts';

/** A phone number as it is kept: `+` and digits; Chinese mobile numbers may come without their country code. */
export function normalPhone(text: string, field = 'phone'): string {
  const plain = text.normalize('NFKC').replace(/[\s()-]/g, '');
  if (/^1[3-9]\d{9}$/.test(plain)) return `+86${plain}`;
  if (/^(?:\+|00)[1-9]\d{6,14}$/.test(plain)) return plain.replace(/^00/, '+');
  refuse('phone_invalid', {}, { field });
}

export function maskPhone(phone: string): string {
  return `${'•'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-4)}`;
}
