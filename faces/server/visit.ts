import type { Actor } from '#platform/actor.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';

export type Locale = 'zh-CN' | 'en';
export const LOCALES: readonly Locale[] = ['zh-CN', 'en'];
export type Theme = 'system' | 'light' | 'dark';

/** One request of somebody's browser: who it is, where, and how they like to read. Made by the outer server. */
export type Visit = {
  environment: Environment;
  community: Community;
  actor: Actor;
  person?: { id: string; public_name: string | null; name_masked: string; large_type: boolean };
  /** Whom the person acts for, when they act for somebody. */
  acting_for?: { id: string; name_masked: string };
  login_id?: string;
  session_hash?: Buffer;
  locale: Locale;
  large_type: boolean;
  theme: Theme;
  /** The network address the request came from, for limits alone. */
  address: string;
};
