import { type Head, openHead, readKey, sha256, toHex, type VerifierKey } from './verify.ts';

/** What is wrong, in which line of the file, and about which transfer or head. */
export type CheckFinding = { code: string; line: number; id: string };

export type CheckVerdict = {
  ok: boolean;
  size: number;
  root: string;
  heads: number;
  transfers: number;
  findings: CheckFinding[];
};

type Fact = { kind: string; subject: string; data: Record<string, string | number | null> };

const FINDINGS_KEPT = 1000;
/** Accounts whose balance grows by debits; all others grow by credits. */
const DEBIT_KINDS = ['bank', 'advance', 'expense'];

/**
 * Checks a published log (yingmen.log.1) line by line with nothing but its lines: every signed head is the root of the
 * entries before it, and the transfers told of balance, resolve what was held once, and lead to the balances they say.
 * `kept_head` is one that somebody kept, for example from a printed notice: the log must have been that at that size.
 * `hash` is SHA-256; the one of Node.js is faster than the verifier's own. Memory: 32 bytes for every one in the size
 * written in binary, and the accounts. A line that is no log throws an Error with `code` 'file_broken' and its `line`.
 */
export function startCheck({
  kept_head,
  hash = sha256,
}: {
  kept_head?: string;
  hash?: (bytes: Uint8Array) => Uint8Array;
} = {}) {
  const findings: CheckFinding[] = [];
  const find = (code: string, at: number, id: string) => {
    if (findings.length < FINDINGS_KEPT) findings.push({ code, line: at, id });
  };
  const heads = new Map<number, { root: string; line: number }[]>();
  const tree = growTree(hash);
  const books = openBooks(find);
  let key: VerifierKey | undefined;
  let line = 0;

  function takeHead(note: string) {
    let head: Head;
    try {
      head = openHead(note, key!);
    } catch {
      return find('head_forged', line, '');
    }
    const signed = { root: toHex(head.root), line };
    heads.set(head.size, [...(heads.get(head.size) ?? []), signed]);
    if (head.size <= tree.size()) compare(head.size);
  }

  function compare(size: number) {
    for (const head of heads.get(size) ?? [])
      if (size !== tree.size() || head.root !== toHex(tree.root())) find('head_differs', head.line, String(size));
  }

  return {
    /** Takes the next line, without its end. */
    line(text: string): void {
      line += 1;
      const row = parse(text, line);
      if (line === 1) {
        if (row.format !== 'yingmen.log.1') throw broken(line);
        key = readKey(String(row.verifier));
        if (kept_head?.trim()) takeHead(kept_head);
      } else if (typeof row.head === 'string') takeHead(row.head);
      else if (typeof row.entry === 'string') {
        tree.append(new TextEncoder().encode(row.entry));
        books.take(parse(row.entry, line) as Fact, line);
        compare(tree.size());
      } else find('fact_missing', line, '');
    },
    /** After the last line. */
    verdict(): CheckVerdict {
      if (line === 0) throw broken(1);
      for (const [size, signed] of heads)
        for (const head of signed) if (size > tree.size()) find('log_shortened', head.line, String(size));
      const count = [...heads.values()].reduce((sum, signed) => sum + signed.length, 0);
      const said = { size: tree.size(), root: toHex(tree.root()), heads: count, transfers: books.count() };
      return { ok: findings.length === 0, ...said, findings };
    },
  };
}

const broken = (line: number) => Object.assign(new Error(`line ${line} is broken`), { code: 'file_broken', line });

function parse(text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value) return value as Record<string, unknown>;
  } catch {}
  throw broken(line);
}

/** The complete subtrees so far, the largest first; two of one size become one. RFC 6962 section 2.1. */
function growTree(hash: (bytes: Uint8Array) => Uint8Array) {
  const peaks: { size: number; root: Uint8Array }[] = [];
  let size = 0;
  const nodeOf = (left: Uint8Array, right: Uint8Array) => {
    const bytes = new Uint8Array(65);
    bytes[0] = 1;
    bytes.set(left, 1);
    bytes.set(right, 33);
    return hash(bytes);
  };
  return {
    size: () => size,
    append(entry: Uint8Array) {
      const bytes = new Uint8Array(entry.length + 1);
      bytes.set(entry, 1);
      let peak = { size: 1, root: hash(bytes) };
      while (peaks.at(-1)?.size === peak.size)
        peak = { size: peak.size * 2, root: nodeOf(peaks.pop()!.root, peak.root) };
      peaks.push(peak);
      size += 1;
    },
    root: () =>
      peaks.length === 0
        ? hash(new Uint8Array(0))
        : peaks.map((peak) => peak.root).reduceRight((right, left) => nodeOf(left, right)),
  };
}

/** Goes through the transfers told of, account by account. */
function openBooks(find: (code: string, line: number, id: string) => void) {
  const balances = new Map<string, number>();
  const held = new Map<string, number>();
  const grows = new Map<string, 1 | -1>();
  let count = 0;
  function take({ kind, subject, data }: Fact, line: number): void {
    const id = String(subject).split('/')[1] ?? '';
    if (kind === 'account.opened') grows.set(id, DEBIT_KINDS.includes(String(data.kind)) ? 1 : -1);
    if (!kind?.startsWith('transfer.')) return;
    count += 1;
    const amount_fen = Number(data.amount_fen);
    if (data.flow === 'pending') held.set(id, amount_fen);
    if (data.pending_id) {
      if ((held.get(String(data.pending_id)) ?? -1) < amount_fen) find('hold_unknown', line, id);
      held.delete(String(data.pending_id));
    }
    const moved = data.flow === 'posted' || data.flow === 'post' ? amount_fen : 0;
    move(String(data.debit_account_id), moved, data.debit_balance_fen);
    move(String(data.credit_account_id), -moved, data.credit_balance_fen);

    function move(account: string, change: number, said: unknown) {
      const balance = (balances.get(account) ?? 0) + change;
      balances.set(account, balance);
      if (balance * (grows.get(account) ?? 1) !== said) find('balance_broken', line, id);
    }
  }
  return { take, count: () => count };
}
