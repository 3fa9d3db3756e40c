// Arranges the evaluation of a batch for `evaluation.typ`.
import { type EvaluationPaperContent, evaluationPaperContentSchema } from '../../shared/reports/evaluation-paper.ts';
import { formEntries } from './form-entries.ts';
import { type Paper, dateParts } from './paper.ts';
import { paperTitle } from './paper-title.ts';
import { layTable } from './table-layout.ts';

export const evaluationPaper: Paper<EvaluationPaperContent> = {
  name: '评定表',
  template: 'evaluation.typ',
  schema: evaluationPaperContentSchema,
  arrange: ({ content }) => ({
    document: {
      title: `${content.title} ${content.checkNo}`,
      author: content.institution.name,
      date: dateParts(content.madeOn),
    },
    ...content,
    titleLines: paperTitle(content.title, 158, 16),
    entries: [...formEntries(content.facts), { label: '评定依据', value: content.basis.join('；'), wide: true }],
    tables: content.tables.map((table) => layTable(table, 7.6)),
    signers: ['批准', '审核', '统计评定'],
  }),
};
