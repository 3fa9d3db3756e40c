// What the arrangements of all reports have in common: file, code with its QR, curves by sample, signatures in the legal
// order. They add no word and no number that is not in the content, except fixed labels.
import { AppError } from '../../shared/errors/appError.ts';
import type { PrintedCurve } from '../../shared/reports/load-curve.ts';
import type { PaperImages, PrintedSignature } from '../../shared/reports/report-parts.ts';
import type { ReportContent } from '../../shared/reports/test-report.ts';
import { axesByKind } from './curve-axes.ts';
import { dateParts, printedDay } from './paper.ts';
import { printedTime } from '../../shared/entities/scalars.ts';
import { paperTitle } from './paper-title.ts';
import { qrMatrix } from './qr-matrix.ts';

/** The legal order on the page. */
const reportSignatures = [
  ['approve', '批准'],
  ['check', '审核'],
  ['test', '检测'],
] as const;

type SignatureOrder = readonly (readonly [PrintedSignature['meaning'], string])[];

/** An image stands only beside the very signature that it was chosen for. */
export function signatureLines(
  order: SignatureOrder,
  signatures: readonly PrintedSignature[],
  images: PaperImages['signatures'] = [],
) {
  return order.map(([meaning, label]) => ({
    label,
    signatures: signatures
      .filter((signature) => signature.meaning === meaning)
      .map((signature) => {
        const { name, at } = signature;
        const image = images.find((one) => one.meaning === meaning && one.name === name && one.at === at);
        return { ...signature, at: printedTime(at), ...(image === undefined ? {} : { image }) };
      }),
  }));
}

function codeOf({ code, reportNo }: ReportContent, coded: boolean) {
  if (!coded) return null;
  if (code === null) {
    throw new AppError({
      code: 'REPORT_CODE_MISSING',
      message: `报告 ${reportNo} 还没有防伪监管标识码。`,
      meaning: '没有标识码的报告只能带水印预览，不得用于工程竣工验收。',
      next: '请等待监管平台发回标识码，或打开带水印的预览。',
    });
  }
  return { ...code, matrix: qrMatrix(code.verifyUrl) };
}

function curveGroups<T extends PrintedCurve>(curves: readonly T[]) {
  const samples = [...new Set(curves.map((curve) => curve.sampleNo))];
  return samples.map((sampleNo) => ({ sampleNo, curves: curves.filter((curve) => curve.sampleNo === sampleNo) }));
}

export function arrangeReport(content: ReportContent, coded: boolean, mark: string | null = null) {
  return {
    document: {
      title: `${content.title} ${content.reportNo}`,
      author: content.institution.name,
      date: dateParts(content.issuedOn),
    },
    code: codeOf(content, coded),
    coded,
    mark,
    // Between the mark and the code.
    titleLines: paperTitle(content.title, 97, 17),
    curveGroups: curveGroups(axesByKind(content.curves)),
    signatureLines: signatureLines(reportSignatures, content.signatures, content.images?.signatures),
    seal: coded ? (content.images?.seal ?? null) : null,
    issuedOnText: content.issuedOn === null ? '' : printedDay(content.issuedOn),
  };
}
