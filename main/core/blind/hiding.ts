// Which commissions are hidden now, and the words that would tell of them. A commission stays hidden until its last task is
// approved: then its reports name it anyway. Read anew only after something of tasks or commissions was written.
import { hiddenText } from '../../../shared/blind/calls.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';

export interface HiddenSample {
  sampleNo: string;
  blindNo: string;
  commissionNo: string;
}

export interface Hidden {
  commissions: ReadonlySet<string>;
  projects: ReadonlySet<string>;
  samples: ReadonlyMap<string, HiddenSample>;
  byBlindNo: ReadonlyMap<string, HiddenSample>;
  /** Takes every word that would tell out of a text. */
  mask(text: string): string;
}

/** Columns whose whole value tells whose sample it is. */
const telling = [
  'commissionNo', 'contractNo', 'projectName', 'supervisionCode', 'clientUnit', 'ownerUnit', 'contractorUnit', 'supervisorUnit',
  'witnessUnit', 'siteAddress', 'sampleCode', 'structurePart', 'maker', 'batchNo',
] as const; // prettier-ignore

/** Shorter words, and figures, stand in texts by chance: those are hidden by their field alone. */
const tells = (text: string): boolean => text.length >= 4 && !/^[\d\s.,:+\-/×%]+$/.test(text);

/** Every word at every place of a text, the longest first; one pass over the text, however many words there are. */
export function masking(words: ReadonlyMap<string, string>): (text: string) => string {
  /** By their first two letters the lengths that words there have, the longest first. */
  const lengths = new Map<string, number[]>();
  for (const word of words.keys()) {
    const start = word.slice(0, 2);
    const known = lengths.get(start);
    if (known === undefined) lengths.set(start, [word.length]);
    else if (!known.includes(word.length)) known.push(word.length);
  }
  for (const known of lengths.values()) known.sort((a, b) => b - a);
  const wordAt = (text: string, at: number): string | undefined => {
    for (const length of lengths.get(text.slice(at, at + 2)) ?? []) {
      const word = text.slice(at, at + length);
      if (words.has(word)) return word;
    }
    return undefined;
  };
  return (text) => {
    let done = '';
    let from = 0;
    for (let at = 0; at < text.length - 1; at += 1) {
      const word = wordAt(text, at);
      if (word === undefined) continue;
      done += text.slice(from, at) + (words.get(word) ?? hiddenText);
      at += word.length - 1;
      from = at + 1;
    }
    return from === 0 ? text : done + text.slice(from);
  };
}

/** What is not finished and blind, from indexes alone. */
const openCommissions = `SELECT DISTINCT task.commissionNo FROM task WHERE state NOT IN ('approved', 'void')
  AND EXISTS (SELECT 1 FROM blindSample WHERE blindSample.commissionNo = task.commissionNo)`;

function read({ store }: Pick<Context, 'store'>): Hidden | null {
  const rows = store.all(
    `SELECT blindNo, sample.*, commission.*, blindSample.sampleNo AS hiddenNo
     FROM (${openCommissions}) AS open
       JOIN blindSample ON blindSample.commissionNo = open.commissionNo
       JOIN sample ON sample.sampleNo = blindSample.sampleNo
       JOIN commission ON commission.commissionNo = blindSample.commissionNo`,
  );
  if (rows.length === 0) return null;
  const own = String(store.first('SELECT name FROM institution')?.['name'] ?? '');
  const samples = rows.map((row) => ({
    sampleNo: String(row['hiddenNo']),
    blindNo: String(row['blindNo']),
    commissionNo: String(row['commissionNo']),
  }));
  const words = new Map<string, string>();
  const say = (row: Row): void => {
    for (const column of telling) {
      const text = String(row[column] ?? '').trim();
      if (tells(text) && text !== own) words.set(text, hiddenText);
    }
  };
  for (const row of rows) say(row);
  for (const { sampleNo, blindNo } of samples) words.set(sampleNo, blindNo);
  return {
    commissions: new Set(samples.map(({ commissionNo }) => commissionNo)),
    projects: new Set(rows.map((row) => String(row['projectId']))),
    samples: new Map(samples.map((sample) => [sample.sampleNo, sample])),
    byBlindNo: new Map(samples.map((sample) => [sample.blindNo, sample])),
    mask: masking(words),
  };
}

/** Null while nothing is hidden from anybody. */
export function hiddenNow({ store }: Pick<Context, 'store'>): () => Hidden | null {
  let known: { hidden: Hidden | null; open: string } | null = null;
  let stirred = true;
  store.onCommit((_, collections) => {
    // What a commission says may have changed; of tasks only whether they are finished counts.
    if (collections.includes('commissions')) known = null;
    if (collections.includes('tasks')) stirred = true;
  });
  const openNow = (): string =>
    store.first('SELECT 1 FROM blindSample LIMIT 1') === undefined
      ? ''
      : store.all(openCommissions).map(({ commissionNo }) => String(commissionNo)).join(' '); // prettier-ignore
  return () => {
    if (known !== null && !stirred) return known.hidden;
    stirred = false;
    const open = openNow();
    if (known?.open !== open) known = { hidden: open === '' ? null : read({ store }), open };
    return known.hidden;
  };
}
