import { type RequestEvent, redirect } from '@sveltejs/kit';

/** From number and code to the page of the request; the code stays in the address, as on a letter. */
export function GET({ url }: RequestEvent) {
  const number = (url.searchParams.get('number') ?? '').normalize('NFKC').replace(/\D/g, '');
  const code = (url.searchParams.get('code') ?? '').trim();
  redirect(303, number ? `/requests/${number}${code ? `?code=${encodeURIComponent(code)}` : ''}` : '/');
}
