import type { Community } from './context.ts';

/**
 * What notices are about, as data: the first words of the templates of each kind, and whether it may pass quiet hours.
 * A community names its own urgent kinds in `settings.urgent_notice_kinds`.
 */
export const NOTICE_KINDS = {
  requests: { templates: ['request_'], is_urgent: false },
  home: { templates: ['residence_', 'household_', 'letter_', 'visit_'], is_urgent: false },
  forum: { templates: ['topic_', 'speech_', 'moderation_', 'post_'], is_urgent: false },
  calls: { templates: ['call_', 'shift_'], is_urgent: false },
  happenings: { templates: ['happening_', 'session_', 'seat_'], is_urgent: false },
  money: {
    templates: ['transfer_', 'account_', 'donation_', 'pledge_', 'spending_', 'advance_', 'disclosure_'],
    is_urgent: false,
  },
  votes: { templates: ['vote_', 'ballot_', 'motion_', 'meeting_', 'project_'], is_urgent: false },
  alerts: { templates: ['alert_'], is_urgent: true },
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;
export const NOTICE_KIND_NAMES = Object.keys(NOTICE_KINDS) as NoticeKind[];

/** The kind of a template by its first word; what no kind names belongs to the home. Pure. */
export function noticeKindOf(template: string): NoticeKind {
  const found = NOTICE_KIND_NAMES.find((kind) =>
    NOTICE_KINDS[kind].templates.some((beginning) => template.startsWith(beginning)),
  );
  return found ?? 'home';
}

/** Whether notices of a kind may go out in quiet hours and without waiting for others. Pure. */
export function isUrgent(kind: NoticeKind, community: Pick<Community, 'settings'>): boolean {
  const named = community.settings.urgent_notice_kinds;
  return Array.isArray(named) ? named.includes(kind) : NOTICE_KINDS[kind].is_urgent;
}

/** Where a notice leads. Pure. */
export function noticePath(notice: {
  subject_kind: string;
  subject_id: string;
  vars: Record<string, string | number>;
}): string {
  if (notice.subject_kind === 'request' && notice.vars.number !== undefined) return `/requests/${notice.vars.number}`;
  if (notice.subject_kind === 'topic') return `/forum/topics/${notice.subject_id}`;
  if (notice.subject_kind === 'post_invitation') return '/forum/invitations';
  if (notice.subject_kind === 'post_suggestions') return '/forum/posts';
  if (notice.subject_kind === 'meeting') return `/council/${notice.subject_id}`;
  if (notice.subject_kind === 'project') return `/projects/${notice.subject_id}`;
  if (notice.subject_kind === 'donation') return `/funds/receipts/${notice.subject_id}`;
  if (notice.subject_kind === 'spending') return `/funds/spendings/${notice.subject_id}`;
  if (notice.subject_kind === 'household') return '/me/household';
  if (notice.subject_kind === 'pledge') return '/funds/pledges';
  if (notice.subject_kind === 'campaign') return '/funds/disclosures';
  return '/me/notices';
}
