// The validation of the methods as a window asks for it: the report is kept among the report files under its digest, and
// the audit log says who validated when, with what outcome, and which file says so.
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { textOf } from '../../store/cells.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { validateMethods, type MethodValidation } from './validate.ts';

/** Key of the audit entries: `audit.history` with them lists every validation that was made here. */
export const VALIDATION_ENTITY = 'methodValidation';
export const VALIDATION_KEY = 'methods';

function auditText({ lines, equal, different, fileName, sha256 }: MethodValidation): string {
  const names = different.length === 0 ? '' : `（${different.map(({ id }) => id).join('、')}）`;
  return `方法验证：共 ${lines} 行，一致 ${equal} 行，不一致 ${different.length} 行${names}；${fileName}，SHA-256 ${sha256}`;
}

/** The same text read again; what another program wrote differently has no report here. */
const auditShape = /^方法验证：(?<words>.+)；(?<fileName>[^；，/\\]+\.pdf)，SHA-256 (?<sha256>[0-9a-f]{64})$/;

type Kept = CallOutput<'methods.validations'>['validations'][number];

function validationsMade(store: Context['store']): Kept[] {
  const rows = store.all(
    'SELECT at, actor, newValue FROM audit WHERE entity = ? AND entityKey = ? ORDER BY seq DESC LIMIT 500',
    VALIDATION_ENTITY,
    VALIDATION_KEY,
  );
  return rows.flatMap((row) => {
    const { words, fileName, sha256 } = auditShape.exec(textOf(row['newValue']))?.groups ?? {};
    if (words === undefined || fileName === undefined || sha256 === undefined) return [];
    return [{ at: textOf(row['at']), by: textOf(row['actor']), words, fileName, sha256 }];
  });
}

const unknownReport = (): AppError =>
  new AppError({
    code: 'VALIDATION_UNKNOWN',
    message: '审计记录里没有这份方法验证报告。',
    meaning: '只能打开在本机构作过的验证的报告。',
    next: '请重新打开验证报告的列表。',
  });

export function validationHandlers(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderValidation'>,
): SomeHandlers<'methods.validate' | 'methods.validations' | 'methods.validationReport'> {
  const { store, files } = context;
  return {
    'methods.validations': () => ({ validations: validationsMade(store) }),
    'methods.validationReport'({ sha256 }) {
      const kept = validationsMade(store).find((validation) => validation.sha256 === sha256);
      if (kept === undefined) throw unknownReport();
      return { fileName: kept.fileName, pdfBase64: Buffer.from(files.read(sha256, 'pdf')).toString('base64') };
    },
    async 'methods.validate'(_, caller) {
      const institution = store.first('SELECT name FROM institution');
      const validation = await validateMethods(renderer, {
        now: context.now(),
        institution: institution === undefined ? '' : textOf(institution['name']),
        madeBy: caller.user.name,
      });
      const { at, fileName, pdf, sha256, lines, equal, different } = validation;
      // The file first: what the audit log names is there.
      files.keep(pdf, 'pdf');
      store.transact(caller.actor, (tx) => tx.event(VALIDATION_ENTITY, VALIDATION_KEY, auditText(validation)));
      return {
        at,
        fileName,
        sha256,
        lines,
        equal,
        different: [...different],
        pdfBase64: Buffer.from(pdf).toString('base64'),
      };
    },
  };
}
