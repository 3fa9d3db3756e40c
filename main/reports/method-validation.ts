// Arranges the validation report for `method-validation.typ`: lines under the computation and standard they belong to, and
// the words of the result.
import { type MethodValidationContent, methodValidationContentSchema } from '../../shared/reports/method-validation.ts';
import { formEntries } from './form-entries.ts';
import { type Paper, dateParts } from './paper.ts';
import { printedTime } from '../../shared/entities/scalars.ts';

type Vectors = MethodValidationContent['methods'][number]['vectors'];

/** Lines of one computation under one standard stand under one head, in the order of the file. */
function groupsOf(vectors: Vectors): { method: string; standard: string; vectors: Vectors }[] {
  const groups = new Map<string, { method: string; standard: string; vectors: Vectors }>();
  for (const vector of vectors) {
    const { method, standard } = vector;
    const key = JSON.stringify([method, standard]);
    const group = groups.get(key) ?? { method, standard, vectors: [] };
    group.vectors.push(vector);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const differing = (vectors: Vectors): string[] => vectors.filter(({ equal }) => !equal).map(({ id }) => id);

export const methodValidationPaper: Paper<MethodValidationContent> = {
  name: '方法验证报告',
  template: 'method-validation.typ',
  schema: methodValidationContentSchema,
  arrange: ({ content }) => ({
    document: {
      title: `检测方法验证报告 ${content.program.name} ${content.program.version}`,
      author: content.institution === '' ? content.program.name : content.institution,
      date: dateParts(content.madeAt),
    },
    ...content,
    entries: formEntries([
      ['程序', content.program.name],
      ['版本', content.program.version],
      ['运行环境', `Node ${content.runtime.node}`],
      ['平台', content.runtime.platform],
      ['验证时间', printedTime(content.madeAt)],
      ['操作人', content.madeBy],
      ['依据', 'RB/T 214-2017 4.5.16（使用前确认，改变或升级后再次确认）'],
      ...(content.institution === '' ? [] : [['检测机构', content.institution] satisfies [string, string]]),
    ]),
    madeAtText: printedTime(content.madeAt),
    different: differing(content.methods.flatMap(({ vectors }) => vectors)),
    methods: content.methods.map((method) => ({
      ...method,
      groups: groupsOf(method.vectors),
      different: differing(method.vectors).length,
    })),
    auditHeadShort: '',
  }),
};
