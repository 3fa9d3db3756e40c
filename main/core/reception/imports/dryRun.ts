// The dry run of an import: every row is checked as if it were registered, and every problem is named by row and column.
// Nothing is written to the commissions; good rows wait for the person's word.
import type { z } from 'zod';
import { commissionInputSchema, type CommissionInput } from '../../../../shared/entities/commission.ts';
import { toCalendarDay } from '../../../../shared/entities/scalars.ts';
import type { ErrorDetail } from '../../../../shared/errors/appError.ts';
import type { importPreviewSchema } from '../../../../shared/contract/answers.ts';
import type { Context } from '../../context.ts';
import { catalogueMethod } from '../../catalogue.ts';
import { askReception, sampleProblems } from '../register.ts';
import { headingOf, importColumns, normalHeading } from './columns.ts';
import { propertiesOf, propertyHeading, propertyPlaces } from './propertyColumns.ts';

export interface DryRun {
  preview: Omit<z.infer<typeof importPreviewSchema>, 'importId' | 'fileName'>;
  commissions: CommissionInput[];
}

interface ParsedRow {
  row: number;
  group: string;
  input: CommissionInput | null;
  problems: ErrorDetail[];
  summary: string;
}

export function dryRun(context: Context, table: readonly string[][]): DryRun {
  const [headings = [], ...body] = table;
  if (headings.every((heading) => heading.trim() === '') && body.length === 0) {
    return refused([{ message: '文件里没有数据行' }], 0);
  }
  const places = { fixed: placesOf(headings), properties: propertyPlaces(headings) };
  const fileProblems = importColumns.flatMap((column) => {
    const found = headings.filter((heading) => normalHeading(heading) === normalHeading(column.heading)).length;
    if (found > 1) return [{ field: column.heading, message: `“${column.heading}”这一列出现了两次` }];
    if (found === 0 && column.required) return [{ field: column.heading, message: `缺少“${column.heading}”这一列` }];
    return [];
  });
  if (fileProblems.length > 0) return refused(fileProblems, body.length);

  const rows = body.flatMap((cells, index) =>
    cells.every((cell) => cell.trim() === '') ? [] : [parseRow(context, cells, places, index + 2)],
  );
  checkAcrossRows(context, rows);
  const good = rows.filter((row) => row.problems.length === 0);
  const commissions = groupsOf(good);
  return {
    commissions,
    preview: {
      rowCount: rows.length,
      goodCount: good.length,
      badCount: rows.length - good.length,
      commissionCount: commissions.length,
      fileProblems: rows.length === 0 ? [{ message: '文件里没有数据行' }] : [],
      badRows: rows
        .filter((row) => row.problems.length > 0)
        .map(({ row, problems, summary }) => ({ row, problems, summary })),
    },
  };
}

function refused(fileProblems: ErrorDetail[], rowCount: number): DryRun {
  const preview = { rowCount, goodCount: 0, badCount: rowCount, commissionCount: 0, fileProblems, badRows: [] };
  return { preview, commissions: [] };
}

function placesOf(headings: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  headings.forEach((heading, index) => {
    const column = importColumns.find((candidate) => normalHeading(candidate.heading) === normalHeading(heading));
    if (column) places.set(column.target, index);
  });
  return places;
}

interface Places {
  fixed: ReadonlyMap<string, number>;
  properties: ReadonlyMap<string, number>;
}

function parseRow(context: Context, cells: readonly string[], places: Places, row: number): ParsedRow {
  const head: Record<string, unknown> = {};
  const sample: Record<string, unknown> = {};
  let group = '';
  for (const { target, read, required } of importColumns) {
    const place = places.fixed.get(target);
    const cell = place === undefined ? '' : (cells[place] ?? '').trim();
    if (target === 'group') group = cell;
    else if (cell !== '' || required) {
      const [part, field = ''] = target.split('.');
      (part === 'sample' ? sample : head)[field] = read ? read(cell) : cell;
    }
  }
  const { itemCode } = sample;
  const method = typeof itemCode === 'string' ? catalogueMethod(context.store, itemCode) : null;
  if (method) sample['properties'] = propertiesOf(method, cells, places.properties);
  const parsed = commissionInputSchema.safeParse({
    ownerUnit: '',
    supervisorUnit: '',
    siteAddress: '',
    ...head,
    samples: [sample],
  });
  const problems: ErrorDetail[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        field: headingFor(issue.path.map(String).join('.')),
        message: issue.message,
      }));
  if (group === '') problems.unshift({ field: '委托序号', message: '必填' });
  return {
    row,
    group,
    input: parsed.success ? parsed.data : null,
    problems,
    summary: summaryOf(group, sample, method?.describe(sample['properties'] as Record<string, string>).grade),
  };
}

function summaryOf(group: string, sample: Record<string, unknown>, grade: string | undefined): string {
  return [group && `委托 ${group}`, grade, sample['structurePart']]
    .filter(Boolean)
    .map(String)
    .join(' · ')
    .slice(0, 100);
}

/** The column a problem belongs to. */
function headingFor(path: string): string {
  const property = /properties\.(.+)$/.exec(path)?.[1];
  return property === undefined ? headingOf(path) : propertyHeading(property);
}

/** What shows only beside the store or beside other rows: gate, days, codes, heads that contradict each other. */
function checkAcrossRows(context: Context, rows: readonly ParsedRow[]): void {
  const valid = rows.filter((row) => row.input !== null);
  const samples = valid.flatMap((row) => row.input?.samples ?? []);
  const placeOf = (index: number) => `第 ${valid[index]?.row} 行`;
  for (const problem of sampleProblems(context.store, samples, toCalendarDay(context.now()), placeOf)) {
    const { field, message, rule } = problem;
    valid[problem.index]?.problems.push({ field: headingFor(`sample.${field}`), message, ...(rule ? { rule } : {}) });
  }
  const answers = new Map<string, ErrorDetail[]>();
  const heads = new Map<string, string>();
  for (const row of valid) {
    const {
      samples: [sample],
      ...head
    } = row.input as CommissionInput;
    const question = {
      projectId: head.projectId,
      contractNo: head.contractNo,
      itemCodes: [sample?.itemCode ?? ''],
    };
    const parameterCodes = sample?.parameterCodes ?? [];
    const key = JSON.stringify([question, parameterCodes]);
    const found = answers.get(key) ?? askRow(context, { ...question, parametersOf: () => parameterCodes });
    answers.set(key, found);
    row.problems.push(...found);
    const text = JSON.stringify(head);
    const first = heads.get(row.group) ?? text;
    heads.set(row.group, first);
    if (first !== text)
      row.problems.push({ field: '委托序号', message: `委托 ${row.group} 的工程、单位或人员与前面的行不一致` });
  }
}

function askRow(context: Context, question: Parameters<typeof askReception>[1]): ErrorDetail[] {
  if (!context.store.get('project', question.projectId)) {
    return [{ field: '工程编号', message: `没有工程 ${question.projectId}，请核对或先同步参考数据` }];
  }
  return askReception(context, question)
    .findings.filter((finding) => finding.outcome === 'refuse')
    .map((finding) => ({
      field: columnOf(finding),
      rule: finding.source,
      message: finding.message,
    }));
}

function columnOf({ question, code }: { question: string; code: string }): string {
  if (question !== 'contract') return '检测项目';
  return code.startsWith('GATE_PROJECT') ? '工程编号' : '合同编号';
}

function groupsOf(rows: readonly ParsedRow[]): CommissionInput[] {
  const groups = new Map<string, CommissionInput>();
  for (const { group, input } of rows) {
    if (!input) continue;
    const known = groups.get(group);
    if (known) known.samples.push(...input.samples);
    else groups.set(group, { ...input, samples: [...input.samples] });
  }
  return [...groups.values()].flatMap(splitLarge);
}

/** A commission holds 200 samples at most; a larger group becomes several. */
function splitLarge(commission: CommissionInput): CommissionInput[] {
  const parts: CommissionInput[] = [];
  for (let from = 0; from < commission.samples.length; from += 200) {
    parts.push({ ...commission, samples: commission.samples.slice(from, from + 200) });
  }
  return parts;
}
