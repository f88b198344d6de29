import { type RequestEvent, redirect } from '@sveltejs/kit';

const YEAR = 31_536_000;
const CHOICES: Record<string, readonly string[]> = {
  locale: ['zh-CN', 'en'],
  large_type: ['0', '1'],
  theme: ['system', 'light', 'dark'],
};

/** Keeps how somebody likes to read, in cookies of their browser alone, and goes back to where they were. */
export async function POST({ request, cookies, url }: RequestEvent) {
  const form = await request.formData();
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = form.get(name);
    if (typeof value === 'string' && choices.includes(value)) {
      cookies.set(name, value, {
        path: '/',
        maxAge: YEAR,
        httpOnly: true,
        sameSite: 'lax',
        secure: url.protocol === 'https:',
      });
    }
  }
  const back = form.get('back');
  // Only a path of our own: "//host" would be another host's.
  redirect(303, typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/');
}
