import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './command_line.ts';

export type Explained = {
  kind: 'usage' | 'refusal' | 'defect';
  code: string;
  message: string;
  where?: Record<string, unknown>;
};

const ROOT = join(import.meta.dirname, '..');

/** What the system says about a file, in words: code, and the sentence after the file's name. */
const FILE_ERRORS: Record<string, [code: string, words: string]> = {
  ENOENT: ['file_not_found', 'does not exist'],
  EACCES: ['file_not_allowed', 'may not be opened by this user'],
  EPERM: ['file_not_allowed', 'may not be opened by this user'],
  EISDIR: ['file_is_folder', 'is a folder, not a file'],
  ENOTDIR: ['file_not_found', 'lies under something that is not a folder'],
  ENOSPC: ['disk_full', 'cannot be written: the disk is full'],
  EROFS: ['file_not_allowed', 'lies on a disk that cannot be written'],
};

/**
 * Tells bad usage, a refusal and a defect apart. A refusal is any error with a code in our form (`lower_case`); codes
 * of Node.js (`ERR_…`) and of PostgreSQL (`23505`) are defects, except options nobody knows and what the system says about a
 * file.
 */
export function explain(error: unknown): Explained {
  if (error instanceof UsageError) return { kind: 'usage', code: 'usage', message: error.message };
  const thrown = (error ?? {}) as { code?: unknown; message?: string; path?: string; where?: Record<string, unknown> };
  const code = typeof thrown.code === 'string' ? thrown.code : '';
  if (code.startsWith('ERR_PARSE_ARGS_')) return { kind: 'usage', code: 'usage', message: thrown.message ?? code };
  const file_error = FILE_ERRORS[code];
  if (file_error && thrown.path) {
    return {
      kind: 'refusal',
      code: file_error[0],
      message: `${thrown.path} ${file_error[1]}.`,
      where: { file: thrown.path },
    };
  }
  if (/^[a-z][a-z0-9_.]*$/.test(code)) {
    const where = thrown.where ?? positionOf(error);
    return { kind: 'refusal', code, message: withPosition(sentenceOf(code, error), where), where };
  }
  return {
    kind: 'defect',
    code: 'defect',
    message: `This is a fault of the program: ${thrown.message ?? String(error)}`,
  };
}

/** Errors of the engines carry the line and column of a file on themselves. */
function positionOf(error: unknown): Record<string, unknown> | undefined {
  const { file, line, column } = error as { file?: unknown; line?: unknown; column?: unknown };
  return typeof line === 'number' ? { file, line, column } : undefined;
}

function withPosition(sentence: string, where: Record<string, unknown> | undefined): string {
  if (where?.line === undefined || /\bline\b|第\s*\d+\s*行/.test(sentence)) return sentence;
  return `${sentence.replace(/\.$/, '')} (line ${where.line}${where.column === undefined ? '' : `, column ${where.column}`}).`;
}

function sentenceOf(code: string, error: unknown): string {
  const { message, vars } = error as { message: string; vars?: Record<string, string | number> };
  if (message && message !== code) return message;
  const language = /^zh/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'zh-CN' : 'en';
  const sentence = localeFiles(language)
    .map((file) => lookUp(file, code))
    .find((found) => found !== undefined);
  return (sentence ?? code).replace(/\{(\w+)\}/g, (whole, name: string) => String(vars?.[name] ?? whole));
}

function localeFiles(language: string): string[] {
  const modules = join(ROOT, 'modules');
  const folders = existsSync(modules) ? readdirSync(modules).map((name) => join(modules, name)) : [];
  return [join(ROOT, 'platform'), ...folders, join(ROOT, 'faces', 'web', 'src', 'lib')]
    .map((folder) => join(folder, 'locales', `${language}.json`))
    .filter((file) => existsSync(file));
}

function lookUp(file: string, code: string): string | undefined {
  let value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of ['refusals', ...code.split('.')]) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}
