// Arranges a concrete report's content for `concrete-report.typ`: groups, order of signatures, QR, axes. It adds no word
// and no number that is not in the content, except fixed labels.
import { AppError } from '../../shared/errors/appError.ts';
import { type ConcreteReportContent, concreteReportContentSchema } from '../../shared/reports/report-content.ts';
import { sharedAxes } from './curve-axes.ts';
import { type Paper, dateParts, printedDay, printedTime } from './paper.ts';
import { qrMatrix } from './qr-matrix.ts';

const ruleNames = { mean: '取平均值', middle: '取中间值', invalid: '' } as const;

/** The legal order on the page. */
const signatureOrder = [
  ['approve', '批准'],
  ['check', '审核'],
  ['test', '检测'],
] as const;

function codeOf(content: ConcreteReportContent, coded: boolean) {
  if (!coded) return null;
  if (content.code === null) {
    throw new AppError({
      code: 'REPORT_CODE_MISSING',
      message: `报告 ${content.reportNo} 还没有防伪监管标识码。`,
      meaning: '没有标识码的报告只能带水印预览，不得用于工程竣工验收。',
      next: '请等待监管平台发回标识码，或打开带水印的预览。',
    });
  }
  return { ...content.code, matrix: qrMatrix(content.code.verifyUrl) };
}

function arrangeRow(row: ConcreteReportContent['rows'][number]) {
  return {
    ...row,
    singles: [...row.singles].sort((a, b) => a.specimenNo - b.specimenNo),
    invalid: row.rule === 'invalid',
    ruleText: ruleNames[row.rule],
    factorText: row.rule === 'invalid' || Number(row.sizeFactor) === 1 ? '' : `×${row.sizeFactor}`,
  };
}

export const concreteReportPaper: Paper<ConcreteReportContent> = {
  name: '检测报告',
  template: 'concrete-report.typ',
  schema: concreteReportContentSchema,
  arrange({ content, coded }) {
    const samples = [...new Set(content.curves.map((curve) => curve.sampleNo))];
    return {
      document: {
        title: `${content.title} ${content.reportNo}`,
        author: content.institution.name,
        date: dateParts(content.issuedOn),
      },
      ...content,
      code: codeOf(content, coded),
      coded,
      rows: content.rows.map(arrangeRow),
      curveGroups: samples.map((sampleNo) => ({
        sampleNo,
        curves: content.curves.filter((curve) => curve.sampleNo === sampleNo),
      })),
      axes: sharedAxes(content.curves),
      signatureLines: signatureOrder.map(([meaning, label]) => ({
        label,
        signatures: content.signatures
          .filter((signature) => signature.meaning === meaning)
          .map((signature) => ({ ...signature, at: printedTime(signature.at) })),
      })),
      issuedOnText: content.issuedOn === null ? '' : printedDay(content.issuedOn),
    };
  },
};
