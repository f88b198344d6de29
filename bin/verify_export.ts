import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { appendLeaves, emptyTree, hashLeaves, openHead, readKey, rootOf, toHex } from '#engines/merkle_log/index.ts';
import { refuseInWords } from '#platform/refuse_in_words.ts';

const BATCH = 10_000;

export type Verdict = {
  ok: boolean;
  size: number;
  root: string;
  heads: number;
  transfers: number;
  findings: { code: string; line: number; id: string }[];
};

type Transfer = {
  flow: string;
  debit_account_id: string;
  credit_account_id: string;
  amount_fen: number;
  pending_id: string | null;
};

/**
 * Checks an exported log with nothing but the file: every signed head is the root of the entries before it, and the
 * transfers told of balance, resolve what was held once, and lead to the balances they say. Reads line by line.
 */
export async function verifyExport(file: string): Promise<Verdict> {
  const reader = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const findings: Verdict['findings'] = [];
  const heads = new Map<number, { root: Uint8Array; line: number }>();
  const books = openBooks(findings);
  let key: ReturnType<typeof readKey> | undefined;
  let tree = emptyTree;
  let waiting: Uint8Array[] = [];
  let line = 0;
  const flush = () => {
    if (waiting.length === 0) return;
    tree = appendLeaves(tree, hashLeaves(waiting)).tree;
    waiting = [];
    const head = heads.get(tree.size);
    if (head && toHex(head.root) !== toHex(rootOf(tree)))
      findings.push({ code: 'head_differs', line: head.line, id: String(tree.size) });
  };
  try {
    for await (const text of reader) {
      line += 1;
      const row = parseLine(text, file, line);
      if (line === 1) {
        if (row.format !== 'yingmen.log.1') refuseInWords('file_broken', `${file} is not an exported log.`, { line });
        key = readKey(String(row.verifier));
      } else if (typeof row.head === 'string') {
        try {
          const { size, root } = openHead(row.head, key!);
          heads.set(size, { root, line });
        } catch {
          findings.push({ code: 'head_forged', line, id: '' });
        }
      } else if (typeof row.entry === 'string') {
        waiting.push(Buffer.from(row.entry));
        books(JSON.parse(row.entry) as never, line);
        if (waiting.length === BATCH || heads.has(tree.size + waiting.length)) flush();
      } else findings.push({ code: 'fact_missing', line, id: '' });
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      refuseInWords('file_unreadable', `${file} cannot be read (${code}).`);
    throw error;
  }
  flush();
  if (line === 0) refuseInWords('file_broken', `${file} is empty.`);
  for (const [size, head] of heads)
    if (size > tree.size) findings.push({ code: 'log_shortened', line: head.line, id: String(size) });
  return {
    ok: findings.length === 0,
    size: tree.size,
    root: toHex(rootOf(tree)),
    heads: heads.size,
    transfers: books.count(),
    findings,
  };
}

function parseLine(text: string, file: string, line: number): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refuseInWords('file_broken', `${file} is broken in line ${line}.`, { line });
  }
}

/** Goes through the transfers told of, account by account. */
function openBooks(findings: Verdict['findings']) {
  const balances = new Map<string, number>();
  const held = new Map<string, number>();
  const sides = new Map<string, 1 | -1>();
  let count = 0;
  const take = (
    fact: {
      kind: string;
      subject: string;
      data: Transfer & { kind: string; debit_balance_fen: number; credit_balance_fen: number };
    },
    line: number,
  ) => {
    const id = fact.subject.split('/')[1]!;
    if (fact.kind === 'account.opened') sides.set(id, ['bank', 'advance', 'expense'].includes(fact.data.kind) ? 1 : -1);
    if (!fact.kind.startsWith('transfer.')) return;
    count += 1;
    const { flow, debit_account_id, credit_account_id, amount_fen, pending_id } = fact.data;
    if (flow === 'pending') held.set(id, amount_fen);
    if (pending_id) {
      if ((held.get(pending_id) ?? -1) < amount_fen) findings.push({ code: 'hold_unknown', line, id });
      held.delete(pending_id);
    }
    const moved = flow === 'posted' || flow === 'post' ? amount_fen : 0;
    for (const [account, change, said] of [
      [debit_account_id, moved, fact.data.debit_balance_fen],
      [credit_account_id, -moved, fact.data.credit_balance_fen],
    ] as const) {
      const balance = (balances.get(account) ?? 0) + change;
      balances.set(account, balance);
      if (balance * (sides.get(account) ?? 1) !== said) findings.push({ code: 'balance_broken', line, id });
    }
  };
  return Object.assign(take, { count: () => count });
}
