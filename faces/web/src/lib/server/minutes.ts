import type { FileSection } from '#faces/documents/file.ts';
import type { Locale } from '#faces/server/visit.ts';
import type { MinutesRecord } from '#modules/council/index.ts';
import { translate, type Vars } from '#platform/i18n.ts';
import { dateFormat } from '#platform/intl.ts';
import { messages } from './messages.ts';

type Item = MinutesRecord['items'][number];
type Motion = Item['motions'][number];

/** The minutes as headings and lines in one language, for paper. What somebody wrote stands as they wrote it. */
export function minutesOnPaper(record: MinutesRecord, locale: Locale, time_zone: string): FileSection[] {
  const t = (key: string, vars?: Vars) => translate(messages[locale], locale, `council.${key}`, vars);
  const somebody = t('somebody');
  const list = (names: readonly (string | null)[]) => names.map((name) => name ?? somebody).join(t('comma'));
  const at = (instant: string | null) =>
    instant
      ? dateFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
          ...{ timeZone: time_zone, dateStyle: 'long', timeStyle: 'short' },
        }).format(new Date(instant))
      : '—';
  const entry = (one: MinutesRecord['other'][number]) =>
    `${t(`entry_kinds.${one.kind}`, { number: String(one.number) })}: ${one.texts[locale] ?? one.texts['zh-CN'] ?? one.texts.en}`;
  const vote = ({ ballot, result, counts, voters }: Motion['votes'][number]) => [
    `${t(`ballots.${ballot}`)}: ${t(`results.${result}`)} · ${t('counted', { yes: counts.yes, no: counts.no, abstain: counts.abstain })}`,
    `${t('counted_by', { needed: counts.needed, present: counts.present, members: counts.members, quorum: counts.quorum })}`,
    ...(counts.on_paper ? [t('paper.count', { count: counts.on_paper })] : []),
    ...(['yes', 'no', 'abstain'] as const).flatMap((option) => {
      const those = voters.filter((voter) => voter.option === option);
      return those.length > 0 ? [`${t(`options.${option}`)}: ${list(those.map((voter) => voter.name))}`] : [];
    }),
  ];
  const motion = (one: Motion): string[] => [
    '',
    `${t(one.amends === null ? 'motion_number' : 'amendment_number', { number: String(one.number) })} ${one.title} (${t(`motion_states.${one.state}`)})`,
    one.text,
    `${t('moved_by', { name: one.moved_by ?? somebody })}${one.seconded_by ? ` · ${t('seconded_by', { name: one.seconded_by })}` : ''}`,
    ...one.votes.flatMap(vote),
    ...(one.resolution
      ? [
          `${t('resolution_number', { number: String(one.resolution.number) })} ${one.resolution.titles[locale]}: ${one.resolution.texts[locale]}`,
          `${t('owed_by')} ${one.resolution.owner_names[locale]} · ${t('due_by')} ${one.resolution.due_on}`,
        ]
      : []),
  ];
  const item = (one: Item, i: number): FileSection => ({
    heading: `${i + 1}. ${one.titles[locale]}`,
    lines: [
      ...(one.dropped_reason ? [`${t('dropped')}: ${one.dropped_reason}`] : []),
      ...one.interests.map((interest) => `${t('interests')}: ${interest.name ?? somebody} · ${interest.reason}`),
      ...one.motions.flatMap(motion),
      ...(one.entries.length > 0 ? [''] : []),
      ...one.entries.map(entry),
    ],
  });
  return [
    {
      heading: record.titles[locale],
      lines: [
        `${record.council[locale]} · ${record.place_text}`,
        `${at(record.opened_at)} – ${at(record.closed_at)}`,
        `${t('chair')}: ${record.chair ?? somebody}`,
        `${t('who_came')}: ${list(record.present)}`,
      ],
    },
    ...record.items.map(item),
    ...(record.other.length > 0 ? [{ heading: t('minutes'), lines: record.other.map(entry) }] : []),
  ];
}
