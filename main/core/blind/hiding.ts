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

/** Every word at every place of a text, the longest first; one pass over the text. */
function masking(words: ReadonlyMap<string, string>): (text: string) => string {
  const starts = new Map<string, string[]>();
  for (const word of words.keys()) {
    const start = word.slice(0, 2);
    starts.set(start, [...(starts.get(start) ?? []), word]);
  }
  for (const list of starts.values()) list.sort((a, b) => b.length - a.length);
  return (text) => {
    let done = '';
    let from = 0;
    for (let at = 0; at < text.length - 1; at += 1) {
      const word = starts.get(text.slice(at, at + 2))?.find((one) => text.startsWith(one, at));
      if (word === undefined) continue;
      done += text.slice(from, at) + (words.get(word) ?? hiddenText);
      at += word.length - 1;
      from = at + 1;
    }
    return from === 0 ? text : done + text.slice(from);
  };
}

function read({ store }: Pick<Context, 'store'>): Hidden | null {
  const rows = store.all(
    `SELECT blindNo, sample.*, commission.*, blindSample.sampleNo AS hiddenNo
     FROM (SELECT DISTINCT commissionNo FROM task WHERE state NOT IN ('approved', 'void')) AS open
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
export function hiddenNow(context: Pick<Context, 'store'>): () => Hidden | null {
  let known: { hidden: Hidden | null } | null = null;
  context.store.onCommit((_, collections) => {
    if (collections.includes('tasks') || collections.includes('commissions')) known = null;
  });
  return () => {
    known ??= { hidden: read(context) };
    return known.hidden;
  };
}
