// The form profile as a port. It never throws for what a network or a platform does.
import type {
  BatchEntry,
  BatchReceipt,
  CallOptions,
  CommissionState,
  EntryReceipt,
  FailureClass,
  PlatformAnswer,
  ProvincialPort,
} from '../../port.ts';
import { capabilityMissing } from '../profile-data.ts';
import {
  commissionRows,
  eventPage,
  fileRows,
  institution,
  referencePage,
  serverTime,
  verification,
} from './answers.ts';
import { encode, isCarried } from './encode.ts';
import { createFormExchange, type ExchangeOptions, type Result, type Steps } from './exchange.ts';
import { FORM_PROFILE } from './profile.ts';
import { formReports } from './reports.ts';
import { Settling } from './settling.ts';
import { compare, conflict, FormWriting, type Written } from './writing.ts';

export { FORM_PROFILE } from './profile.ts';

export interface FormPortOptions extends ExchangeOptions {
  /** How long after a lost answer "absent" is not yet believed. */
  settleMs?: number;
}

export type FormPort = ProvincialPort & {
  /** Lets go of idle connections. */
  close(): void;
};

/** These are about the line or the account; anything else is about the entry. */
const ABOUT_THE_LINE = new Set<FailureClass>(['unknown-outcome', 'auth', 'clock', 'slow-down']);
/** The platform's number for "no such thing". */
const NOTHING_FOUND = '2008';

const done = (result: Result<Written>): Result<{ done: true }> =>
  result.ok ? { ok: true, value: { done: true } } : result;

export function createFormPort(options: FormPortOptions): FormPort {
  const exchange = createFormExchange(options);
  const writing = new FormWriting(exchange, new Settling(options.settleMs ?? 20_000, options.now ?? Date.now));
  const reports = formReports(exchange, writing);

  function operation<T>(
    name: string,
    o: CallOptions | undefined,
    work: (steps: Steps) => Promise<Result<T>>,
  ): Promise<PlatformAnswer<T>> {
    return exchange.operation(name, o?.signal, work);
  }

  async function putCommission(
    commissionNo: string,
    { digest, payload }: { digest: string; payload: BatchEntry['payload'] },
    steps: Steps,
  ): Promise<Result<CommissionState>> {
    const found = await exchange.ask(encode.queryCommission(commissionNo), commissionRows, steps);
    if (!found.ok) return found;
    const { rows } = found.value;
    const there = compare(rows, digest);
    if (there === 'other') return { ok: false, failure: conflict('平台上同一委托编号已有内容不同的委托。') };
    if (there === 'same') return { ok: true, value: commissionState(commissionNo, rows[0]!) };
    const request = encode.saveCommission(commissionNo, payload);
    const answer = await writing.save({ what: `wt ${commissionNo}`, request }, steps);
    return answer.ok ? { ok: true, value: { commissionNo, platformId: answer.value.id, state: 'active' } } : answer;
  }

  async function saveEntry(entry: BatchEntry, steps: Steps): Promise<Result<Written>> {
    const { kind, key, revision, payload, digest } = entry;
    if (!isCarried(kind)) return { ok: false, failure: capabilityMissing(FORM_PROFILE.title, `“${kind}”类数据`) };
    const write = { what: `sj ${kind} ${key} ${revision}`, request: encode.saveData(kind, key, revision, payload) };
    return writing.lookAndSave(encode.queryData(kind, key, revision), digest, write, steps);
  }

  /** One after the other. What stops the line stops the rest; they get no receipt and are asked about. */
  async function postBatch(batchId: string, entries: BatchEntry[], steps: Steps): Promise<Result<BatchReceipt>> {
    const receipts: EntryReceipt[] = [];
    for (const { entryId, ...entry } of entries) {
      const result = await saveEntry({ entryId, ...entry }, steps);
      if (result.ok) receipts.push({ entryId, state: result.value });
      else if (!ABOUT_THE_LINE.has(result.failure.class)) {
        receipts.push({ entryId, state: 'rejected', failure: result.failure });
      } else {
        writing.noteEnd(`batch ${batchId}`, result);
        if (receipts.length === 0) return result;
        break;
      }
    }
    return { ok: true, value: { batchId, receipts } };
  }

  return {
    profile: FORM_PROFILE.id,
    capabilities: FORM_PROFILE.capabilities,
    limits: FORM_PROFILE.limits,
    close: () => exchange.close(),

    time: (o) => operation('time', o, (steps) => exchange.ask(encode.time(), serverTime, steps)),
    institution: (o) => operation('institution', o, (steps) => exchange.ask(encode.institution(), institution, steps)),
    referencePage: (kind, cursor, limit, o) =>
      operation('referencePage', o, (steps) =>
        exchange.ask(encode.reference(kind, cursor, limit), referencePage, steps),
      ),
    putCommission: (commissionNo, submission, o) =>
      operation('putCommission', o, (steps) => putCommission(commissionNo, submission, steps)),
    getCommission: (commissionNo, o) =>
      operation<CommissionState | null>('getCommission', o, async (steps) => {
        const found = await exchange.ask(encode.queryCommission(commissionNo), commissionRows, steps);
        if (!found.ok) return found;
        const [row] = found.value.rows;
        if (row === undefined) return writing.absent(`wt ${commissionNo}`, null);
        return { ok: true, value: commissionState(commissionNo, row) };
      }),
    postBatch: (batchId, entries, o) => operation('postBatch', o, (steps) => postBatch(batchId, entries, steps)),
    // There are no batches here. "Never saw it" sends the entry again, and sending looks for it first.
    getBatch: (batchId, o) => operation('getBatch', o, () => Promise.resolve(writing.absent(`batch ${batchId}`, null))),
    putMedia: (sha256, bytes, o) =>
      operation<{ wasThere: boolean }>('putMedia', o, async (steps) => {
        const found = await exchange.ask(encode.queryFile(sha256), fileRows, steps);
        if (!found.ok) return found;
        if (found.value.rows.length > 0) return { ok: true, value: { wasThere: true } };
        const answer = await writing.save({ what: `wj ${sha256}`, request: encode.saveFile(sha256, bytes) }, steps);
        return answer.ok ? { ok: true, value: { wasThere: false } } : answer;
      }),
    hasMedia: (sha256, o) =>
      operation('hasMedia', o, async (steps) => {
        const found = await exchange.ask(encode.queryFile(sha256), fileRows, steps);
        if (!found.ok) return found;
        return found.value.rows.length > 0 ? { ok: true, value: true } : writing.absent(`wj ${sha256}`, false);
      }),
    putReport: (reportNo, revision, submission, o) =>
      operation('putReport', o, (steps) => reports.put(reportNo, revision, submission, steps)),
    getReport: (reportNo, revision, o) => operation('getReport', o, (steps) => reports.get(reportNo, revision, steps)),
    obtainCode: (reportNo, revision, o) =>
      operation('obtainCode', o, (steps) => reports.obtainCode(reportNo, revision, steps)),
    fileReport: (reportNo, revision, sha256, bytes, o) =>
      operation('fileReport', o, (steps) => reports.file(reportNo, revision, sha256, bytes, steps)),
    postChange: (reportNo, submission, o) =>
      operation('postChange', o, async (steps) => done(await reports.change(reportNo, submission, steps))),
    voidReport: (reportNo, request, o) =>
      operation('voidReport', o, async (steps) => done(await reports.withdraw(reportNo, request, steps))),
    putRegistration: (_kind, _localId, _entry, o) =>
      operation('putRegistration', o, () =>
        Promise.resolve({ ok: false, failure: capabilityMissing(FORM_PROFILE.title, '人员、设备和场所的申报') }),
      ),
    events: (cursor, o) => operation('events', o, (steps) => exchange.ask(encode.events(cursor), eventPage, steps)),
    verify: (code, o) =>
      operation('verify', o, async (steps) => {
        const answer = await exchange.ask(encode.verify(code), verification, steps);
        return !answer.ok && answer.failure.code === NOTHING_FOUND ? { ok: true, value: null } : answer;
      }),
  };
}

interface CommissionRow {
  id: string;
  zt: CommissionState['state'];
  yy: string;
}

function commissionState(commissionNo: string, { id, zt, yy }: CommissionRow): CommissionState {
  return { commissionNo, platformId: id, state: zt, ...(yy === '' ? {} : { reason: yy }) };
}
