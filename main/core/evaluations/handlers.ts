// The calls of evaluations. An evaluation is no row of its own: what stays is its entry in the audit log, under the number
// that stands on the paper, and the same input makes the same paper again.
import type { ReportRenderer } from '../../reports/renderer.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { candidates } from './candidates.ts';
import { auditText, evaluationPaper } from './paper.ts';

export function evaluationHandlers(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderEvaluation'>,
): SomeHandlers<'evaluations.candidates' | 'evaluations.paper'> {
  return {
    'evaluations.candidates': (input) => candidates(context, input),
    async 'evaluations.paper'(input, caller) {
      const { content, evaluated } = evaluationPaper(context, caller, input);
      const pdf = await renderer.renderEvaluation(content);
      context.store.transact(caller.actor, (tx) => {
        tx.event('evaluation', content.checkNo, auditText(evaluated), `${content.title}：${input.batchName}`);
      });
      return {
        fileName: `${content.title}-${content.checkNo}.pdf`,
        pdfBase64: Buffer.from(pdf).toString('base64'),
        checkNo: content.checkNo,
        verdict: evaluated.computation.verdict,
        text: evaluated.computation.result.text,
      };
    },
  };
}
