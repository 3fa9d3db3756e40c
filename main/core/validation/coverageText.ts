// The coverage table as docs/methods.md and `jiantai methods --table` show it.
import type { TestMethod } from '../../../shared/methods/index.ts';
import { coverageOf, optionCoverage, type CoverageRow } from './coverage.ts';
import type { ExpectedLine } from './vectorFiles.ts';

const none = '—';
const cell = (text: string): string => (text === '' ? none : text.replaceAll('|', '\\|').replaceAll('\n', ' '));
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');

/** `8 + 3`: eight lines name the edition, three more hold for every edition of the method. */
export function vectorCount({ vectors, unnamed }: CoverageRow): string {
  return unnamed === 0 ? String(vectors) : `${vectors} + ${unnamed}`;
}

export function coverageText(methods: readonly TestMethod[], lines: readonly ExpectedLine[]): string {
  const rows = coverageOf(methods, lines);
  const options = optionCoverage(methods, lines);
  return `# 检测方法覆盖表

由 \`node scripts/methods.mjs\`（即 \`jiantai methods --table\`）按方法文件的声明和验证向量生成，不要手工修改。共 ${methods.length} 个方法、${lines.length} 行向量。

- 条款：方法的字段、设置、限值、龄期允许偏差和向量行所写的条款。
- 向量：写明该版本所用标准的行数；“+ n”为未写明版本、各版本共用的行数。一行写明几个版本的，各计一次。
- 界面、文件：由声明得出。检验评定不收样，出评定表（evaluation），没有单独的原始记录和检测报告。

${table(
  ['方法', '标识', '版本', '施行', '条款', '向量', '界面', '文件'],
  rows.map((each) => [
    each.name,
    `\`${each.methodId}\``,
    each.edition,
    each.inForce,
    each.clauses.join('；'),
    vectorCount(each),
    each.screens.join('、'),
    each.papers.join('、'),
  ]),
)}

## 设置

标准可有两种理解之处。向量行没有写明设置的，按缺省计；限值是否经本机构核对的设置不在此列。

${table(
  ['方法', '设置', '选项', '缺省', '向量'],
  options.flatMap(({ name, setting, label, options: choices }) =>
    choices.map(({ value, label: words, usual, vectors }) => [
      name,
      `${label} \`${setting}\``,
      `${words} \`${value}\``,
      usual ? '是' : '',
      String(vectors),
    ]),
  ),
)}
`;
}
