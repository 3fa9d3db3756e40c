// The validation of the methods as a window asks for it: the report is kept among the report files under its digest, and
// the audit log says who validated when, with what outcome, and which file says so.
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

export function validationHandlers(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderValidation'>,
): SomeHandlers<'methods.validate'> {
  const { store, files } = context;
  return {
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
