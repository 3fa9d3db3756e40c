// The blind number of a sample: drawn at random, so that nothing of the commission can be read off it, once for ever.
// When it is drawn is a setting of the lab; a commission with one such item goes blind as a whole, since its other samples
// would tell whose it is.
import { randomInt } from 'node:crypto';
import type { BlindSetting } from '../../../shared/blind/calls.ts';
import { blindSettingSchema } from '../../../shared/blind/calls.ts';
import type { Sample } from '../../../shared/entities/commission.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';

type Reader = Pick<Transaction, 'get'>;

const settingKey = 'blindSamples';
/** No letter that is taken for a digit, and no vowel that makes words. */
const letters = '23456789BCDFGHJKMNPQRTVWXY';
const length = 8;
/** `MY` and eight characters; no series of the lab has this form. */
export const blindNumberPattern = /^MY[2-9B-DF-HJKMNP-RTV-Y]{8}$/;

export function blindSettingOf(reader: Reader): BlindSetting {
  const value = reader.get('setting', settingKey)?.['value'];
  return value == null ? { scope: 'off', itemCodes: [] } : blindSettingSchema.parse(JSON.parse(String(value)));
}

export function changeBlindSetting(tx: Transaction, { scope, itemCodes }: BlindSetting, reason: string): void {
  const kept: BlindSetting = { scope, itemCodes: scope === 'items' ? [...new Set(itemCodes)].toSorted() : [] };
  tx.put('setting', { key: settingKey, value: JSON.stringify(kept) }, reason);
}

export const goesBlind = ({ scope, itemCodes }: BlindSetting, items: readonly string[]): boolean =>
  scope === 'all' || (scope === 'items' && items.some((code) => itemCodes.includes(code)));

export function drawBlindNumber(tx: Transaction, commissionNo: string, sampleNo: string, now: Date): string {
  for (;;) {
    const blindNo = `MY${Array.from({ length }, () => letters[randomInt(letters.length)]).join('')}`;
    const taken =
      tx.first('SELECT 1 FROM blindSample WHERE blindNo = ?', blindNo) ??
      tx.first('SELECT 1 FROM sample WHERE sampleCode = ?', blindNo);
    if (taken !== undefined) continue;
    tx.insert('blindSample', { sampleNo, blindNo, commissionNo, madeAt: toWallTime(now) });
    return blindNo;
  }
}

/** The sample with the number it goes by, where it has one. */
export function withBlindNo(reader: Reader, sample: Sample): Sample {
  const blindNo = blindNoOf(reader, sample.sampleNo);
  return blindNo === null ? sample : { ...sample, blindNo };
}

export function blindNoOf(reader: Reader, sampleNo: string): string | null {
  const row = reader.get('blindSample', sampleNo);
  return row === undefined ? null : String(row['blindNo']);
}

/** Draws for every sample of a new commission, where one of its items goes blind. */
export function drawForCommission(tx: Transaction, commissionNo: string, now: Date): void {
  const samples = tx.all(
    'SELECT sampleNo, itemCode FROM sample WHERE commissionNo = ? ORDER BY sampleNo',
    commissionNo,
  );
  const items = samples.map(({ itemCode }) => String(itemCode));
  if (!goesBlind(blindSettingOf(tx), items)) return;
  for (const { sampleNo } of samples) drawBlindNumber(tx, commissionNo, String(sampleNo), now);
}

/** With an approval a commission may open to those it was hidden from: their windows look again. */
export function tellOpened(tx: Transaction, commissionNo: string): void {
  if (tx.first('SELECT 1 FROM blindSample WHERE commissionNo = ?', commissionNo) === undefined) return;
  tx.touch('commissions', commissionNo);
  tx.touch('projects', String(tx.get('commission', commissionNo)?.['projectId']));
  for (const { taskId, recordNo } of tx.all('SELECT taskId, recordNo FROM task WHERE commissionNo = ?', commissionNo)) {
    tx.touch('tasks', String(taskId));
    if (recordNo == null) continue;
    tx.touch('records', String(recordNo));
    const told = tx.all(`SELECT noticeId FROM notice WHERE subjectKind = 'record' AND subjectKey = ?`, recordNo);
    for (const { noticeId } of told) tx.touch('notices', String(noticeId));
  }
  for (const { reportKey } of tx.all('SELECT reportKey FROM report WHERE commissionNo = ?', commissionNo))
    tx.touch('reports', String(reportKey));
}
