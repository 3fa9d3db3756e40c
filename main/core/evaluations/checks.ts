// What may stand in one batch: signed records of one project, one grade and one age that nobody changed since they were
// looked at, and typed groups that are not the lab's own samples. Whatever else is refused by name and code.
import { AppError } from '../../../shared/errors/appError.ts';
import type { EvaluationPaperInput } from '../../../shared/evaluations/calls.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import type { Context } from '../context.ts';
import { groupOf, type Group } from './candidates.ts';

const nothing = '没有生成评定表，已有的数据没有变化。';

export function refuse(code: string, message: string, next: string, field: string, meaning = nothing): AppError {
  return new AppError({ code, message, meaning, next, details: [{ field, message }] });
}

function recordGroup(context: Context, method: TestMethod, recordNo: string, digest: string, field: string): Group {
  const group = groupOf(context, method.id, recordNo);
  if (group === null) {
    throw refuse(
      'EVALUATION_OTHER_TEST',
      `记录 ${recordNo} 的检测项目不能用于${method.name}。`,
      '请从清单中去掉它。',
      field,
    );
  }
  const named = `样品 ${group.sampleNo}（记录 ${recordNo}）`;
  if (!group.signed) {
    throw refuse(
      'EVALUATION_UNSIGNED',
      `${named}没有有效的检测和校核签名，不能用于评定。`,
      '请先完成签名和校核。',
      field,
    );
  }
  if (group.barred !== null) {
    throw refuse('EVALUATION_BARRED', `${named}不能用于评定：${group.barred}。`, '请从清单中去掉它。', field);
  }
  if (group.digest !== digest) {
    throw refuse(
      'EVALUATION_RECORD_CHANGED',
      `${named}在选取之后有了改动。`,
      '请去掉这一组，重新从记录选取。',
      field,
      '屏幕上的数值不再是签名的数值；没有生成评定表。',
    );
  }
  return group;
}

/** All groups of records belong to the first one's project and age, and to the batch's grade. */
function checkAlike(groups: readonly Group[], grade: unknown): void {
  const [first] = groups;
  if (first === undefined) return;
  for (const group of groups) {
    const named = `样品 ${group.sampleNo}`;
    if (group.grade !== grade) {
      throw refuse(
        'EVALUATION_GRADE_MISMATCH',
        `${named}的设计强度等级为 ${group.grade || '（未写明）'}，本批为 ${typeof grade === 'string' ? grade : '（未写明）'}。`,
        '一个检验批的强度等级应相同；请去掉这一组，或另作一批。',
        'designGrade',
      );
    }
    if (group.projectId !== first.projectId) {
      throw refuse(
        'EVALUATION_PROJECT_MIXED',
        `${named}属于工程“${group.projectName}”，样品 ${first.sampleNo} 属于“${first.projectName}”。`,
        '一份评定表只评定一个工程的检验批。',
        'groups',
      );
    }
    if (group.ageDays !== first.ageDays) {
      throw refuse(
        'EVALUATION_AGE_MIXED',
        `${named}的龄期为 ${group.ageDays ?? '—'} d，样品 ${first.sampleNo} 为 ${first.ageDays ?? '—'} d。`,
        '一个检验批的龄期应相同；请去掉龄期不同的组。',
        'groups',
      );
    }
  }
}

/** A group of the lab's own is taken from its record: its figure is not typed beside it. */
function checkTyped(context: Context, no: string | null | undefined, field: string): void {
  const own = no == null ? undefined : context.store.get('sample', no);
  if (own === undefined) return;
  throw refuse(
    'EVALUATION_OWN_SAMPLE',
    `手工录入的 ${no} 是本机构的样品。`,
    '本机构检测的组请从记录选取，不能手工录入。',
    field,
  );
}

/** The groups in the order of the list; null for a typed one. */
export function checkedGroups(context: Context, method: TestMethod, input: EvaluationPaperInput): (Group | null)[] {
  const groups = input.groups.map((entry, index) => {
    const field = `groups.${index}`;
    if (entry.from === 'record') return recordGroup(context, method, entry.recordNo, entry.digest, field);
    checkTyped(context, entry.cells['sampleNos']?.trim(), field);
    return null;
  });
  checkAlike(
    groups.filter((group) => group !== null),
    input.fields['designGrade'],
  );
  return groups;
}
