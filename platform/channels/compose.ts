import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../config.ts';
import type { Community } from '../context.ts';
import { type Messages, mergeMessages, translate } from '../i18n.ts';
import { noticePath } from '../notice_kinds.ts';
import type { Outgoing } from './channel.ts';

type Locale = 'zh-CN' | 'en';
const read = new Map<Locale, Messages>();
const WORDS = ['notices', 'notices_outside', 'messages'];
/** What may be filled into a sentence that leaves; anything else was written by somebody, and stays here. */
const LEAVES = ['number'];

/** The sentences of all notices in a language, from the locale files of whoever sends them; read once. */
function wordsOf(locale: Locale): Messages {
  let words = read.get(locale);
  if (!words) {
    const files = globSync(`{platform,modules/*}/locales/${locale}.json`, { cwd: REPOSITORY }).sort();
    words = mergeMessages(
      ...files.map((file) => {
        const all = JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as Messages;
        return Object.fromEntries(Object.entries(all).filter(([key]) => WORDS.includes(key)));
      }),
    );
    read.set(locale, words);
  }
  return words;
}

export type Told = {
  template: string;
  vars: Record<string, string | number>;
  subject_kind: string;
  subject_id: string;
};

/**
 * The sentence of a notice as it leaves: that of the page, or where that would show what somebody wrote (a title), the
 * one under `notices_outside`. A mailbox, a lock screen and a chat group have other readers.
 */
function sentenceOf(t: (key: string, vars?: Record<string, string | number>) => string, locale: Locale, told: Told) {
  const outside = wordsOf(locale).notices_outside;
  if (typeof outside === 'object' && told.template in outside) return t(`notices_outside.${told.template}`);
  const isPlain = Object.keys(told.vars).every((name) => LEAVES.includes(name));
  return isPlain ? t(`notices.${told.template}`, told.vars) : t('messages.news');
}

/** A mailbox or a chat shows so many sentences; of more it says how many. */
const SHOWN = 20;

/**
 * One message of its notices for every channel, in the reader's language, from one template. A text message says that
 * there is news and where to read it, never what; mail, browser and chat show the sentences of the page without what people wrote.
 * Pure but for reading the locale files once.
 */
export function compose(
  community: Pick<Community, 'names'>,
  base_url: string,
  delivery: { id: string; locale: Locale },
  told: Told[],
): Omit<Outgoing, 'destinations' | 'inside'> {
  const { locale, id } = delivery;
  const t = (key: string, vars: Record<string, string | number> = {}) => translate(wordsOf(locale), locale, key, vars);
  const name = community.names[locale] ?? community.names['zh-CN'] ?? '';
  const all = `${base_url}/me/notices`;
  const lines = told
    .slice(0, SHOWN)
    .map((one) => ({ text: sentenceOf(t, locale, one), url: base_url + noticePath(one) }));
  const count = told.length;
  const subject = t('messages.subject', { community: name, count });
  const rest = count > SHOWN ? t('messages.rest', { count: count - SHOWN }) : '';
  const first = lines[0];
  const foot = t('messages.why');
  return {
    key: id,
    locale,
    subject,
    text: [
      subject,
      '',
      ...lines.map((line) => `· ${line.text}\n  ${line.url}`),
      ...(rest ? [rest] : []),
      '',
      `${t('messages.all')} ${all}`,
      foot,
    ].join('\n'),
    html: htmlOf(locale, { subject, lines, rest, all, open: t('messages.all'), foot }),
    markdown: [
      `**${markdownOf(subject)}**`,
      ...lines.map((line) => `> ${markdownOf(line.text)} [${t('messages.open')}](${line.url})`),
      ...(rest ? [rest] : []),
    ].join('\n'),
    push: {
      title: name,
      body: count === 1 && first ? first.text : t('messages.count', { count }),
      url: count === 1 && first ? new URL(first.url).pathname : '/me/notices',
      tag: id,
      lang: locale,
    },
  };
}

/** What a phone is told: one short line. Pure but for reading the locale files once. */
export function shortText(
  community: Pick<Community, 'names'>,
  base_url: string,
  locale: Locale,
  count: number,
): string {
  const name = community.names[locale] ?? community.names['zh-CN'] ?? '';
  return translate(wordsOf(locale), locale, 'messages.short', {
    community: name,
    count,
    url: `${base_url}/me/notices`,
  });
}

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (text: string) => text.replace(/[&<>"']/g, (one) => HTML[one]!);
const markdownOf = (text: string) => text.replace(/[\\`*_[\]<>#]/g, (one) => `\\${one}`).replace(/\s+/g, ' ');

/** Large type, one column, styles on each element, since mail programs drop all others. */
function htmlOf(
  locale: Locale,
  mail: {
    subject: string;
    lines: { text: string; url: string }[];
    rest: string;
    all: string;
    open: string;
    foot: string;
  },
): string {
  const font = "font-family:'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;color:#1f2328";
  const items = mail.lines
    .map(
      (line) =>
        `<li style="margin:0 0 16px;font-size:20px;line-height:1.6"><a href="${html(line.url)}" style="color:#1f3a93">${html(line.text)}</a></li>`,
    )
    .join('');
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(mail.subject)}</title></head>
<body style="margin:0;padding:24px;background:#fbf8f2;${font}"><div style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px;border-radius:12px">
<h1 style="margin:0 0 20px;font-size:24px;line-height:1.4">${html(mail.subject)}</h1><ul style="margin:0;padding:0 0 0 24px">${items}</ul>
${mail.rest ? `<p style="font-size:20px;line-height:1.6">${html(mail.rest)}</p>` : ''}
<p style="margin:24px 0"><a href="${html(mail.all)}" style="display:inline-block;padding:14px 24px;background:#1f3a93;color:#ffffff;font-size:20px;font-weight:bold;text-decoration:none;border-radius:10px">${html(mail.open)}</a></p>
<p style="margin:0;font-size:18px;line-height:1.6;color:#4a5058">${html(mail.foot)}</p></div></body></html>`;
}
