// Reports and codes on the form platform. A code request mints another code each time, so it is asked for only where a
// look shows none; what the code is bound to is the content the platform itself shows.
import type { PlatformFailure, ReportCode, ReportState, Submission, VoidRequest } from '../../port.ts';
import { digestOf } from '../../../wire/digest.ts';
import { type HeldReport, issuedCode, reportRows } from './answers.ts';
import { encode } from './encode.ts';
import type { FormExchange, Result, Steps } from './exchange.ts';
import { compare, conflict, type FormWriting, type Written } from './writing.ts';

function codeOf(row: HeldReport): ReportCode | undefined {
  const [code, ...more] = row.codes;
  return code === undefined || more.length > 0 ? undefined : { ...code, digest: row.nr.digest };
}

function stateOf(row: HeldReport): ReportState {
  const code = codeOf(row);
  return { reportNo: row.bgbh, revision: row.bb, state: row.zt, ...(code === undefined ? {} : { code }) };
}

const notThere: PlatformFailure = {
  class: 'dependency',
  code: 'REPORT_NOT_THERE',
  message: '平台上没有这份报告的这个版本。',
  sent: true,
};

export function formReports(exchange: FormExchange, writing: FormWriting) {
  const name = (reportNo: string, revision: number): string => `${reportNo}/${revision}`;

  async function held(reportNo: string, revision: number, steps: Steps): Promise<Result<HeldReport[]>> {
    const answer = await exchange.ask(encode.queryReport(reportNo, revision), reportRows, steps);
    return answer.ok ? { ok: true, value: answer.value.rows } : answer;
  }

  /** The one report that is there, or why nothing can be done with it. */
  async function theReport(reportNo: string, revision: number, steps: Steps): Promise<Result<HeldReport>> {
    const found = await held(reportNo, revision, steps);
    if (!found.ok) return found;
    const [row] = found.value;
    if (row === undefined) return { ok: false, failure: notThere };
    if (compare(found.value, row.nr.digest) === 'other') {
      return { ok: false, failure: conflict('平台上这份报告的这个版本有几份内容不同的数据。') };
    }
    return { ok: true, value: row };
  }

  return {
    async put(
      reportNo: string,
      revision: number,
      { digest, payload }: Submission,
      steps: Steps,
    ): Promise<Result<ReportState>> {
      const found = await held(reportNo, revision, steps);
      if (!found.ok) return found;
      const there = compare(found.value, digest);
      if (there === 'same') return { ok: true, value: stateOf(found.value[0]!) };
      if (there === 'other') return { ok: false, failure: conflict('平台上这份报告的这个版本内容不同。') };
      const request = encode.saveReport(reportNo, revision, payload);
      const answer = await writing.save({ what: `bg ${name(reportNo, revision)}`, request }, steps);
      return answer.ok ? { ok: true, value: { reportNo, revision, state: 'accepted' } } : answer;
    },

    async get(reportNo: string, revision: number, steps: Steps): Promise<Result<ReportState | null>> {
      const found = await held(reportNo, revision, steps);
      if (!found.ok) return found;
      const [row] = found.value;
      if (row === undefined) return writing.absent(`bg ${name(reportNo, revision)}`, null);
      // A code or a file that is not there yet may still be coming: the same caution as with what is absent.
      const code = row.codes.length === 0 ? writing.absent(`code ${name(reportNo, revision)}`, null) : null;
      if (code?.ok === false) return code;
      const file = row.wjxs === '' ? writing.absent(`file ${name(reportNo, revision)}`, null) : null;
      return file?.ok === false ? file : { ok: true, value: stateOf(row) };
    },

    async obtainCode(reportNo: string, revision: number, steps: Steps): Promise<Result<ReportCode>> {
      const report = await theReport(reportNo, revision, steps);
      if (!report.ok) return report;
      if (report.value.codes.length > 1) {
        return { ok: false, failure: conflict('平台为这份报告的同一版本发放了不止一个标识码。') };
      }
      const known = codeOf(report.value);
      if (known !== undefined) return { ok: true, value: known };
      const what = `code ${name(reportNo, revision)}`;
      const early = writing.mayWrite(what);
      if (!early.ok) return early;
      const answer = await exchange.ask(encode.issueCode(reportNo, revision), issuedCode, steps);
      writing.noteEnd(what, answer);
      return answer.ok ? { ok: true, value: { ...answer.value, digest: report.value.nr.digest } } : answer;
    },

    async file(
      reportNo: string,
      revision: number,
      sha256: string,
      bytes: Uint8Array,
      steps: Steps,
    ): Promise<Result<{ wasThere: boolean }>> {
      const report = await theReport(reportNo, revision, steps);
      if (!report.ok) return report;
      if (report.value.wjxs === sha256) return { ok: true, value: { wasThere: true } };
      if (report.value.wjxs !== '') return { ok: false, failure: conflict('平台上这份报告已归档另一个文件。') };
      const request = encode.fileReport(reportNo, revision, sha256, bytes);
      const answer = await writing.save({ what: `file ${name(reportNo, revision)}`, request }, steps);
      return answer.ok ? { ok: true, value: { wasThere: false } } : answer;
    },

    change(reportNo: string, { digest, payload }: Submission, steps: Steps): Promise<Result<Written>> {
      const changeNo = typeof payload['changeNo'] === 'string' ? payload['changeNo'] : '';
      const write = { what: `bgd ${changeNo}`, request: encode.saveChange(reportNo, changeNo, payload), asked: true };
      return writing.lookAndSave(encode.queryChange(reportNo, changeNo), digest, write, steps);
    },

    withdraw(reportNo: string, request: VoidRequest, steps: Steps): Promise<Result<Written>> {
      const write = { what: `zf ${reportNo}`, request: encode.saveVoid(reportNo, request), asked: true };
      return writing.lookAndSave(encode.queryVoid(reportNo), digestOf(request), write, steps);
    },
  };
}
