// 补充检测: parameters that are added to a sample after its first report. They get a task, a record and a report of their own,
// which names the first; the first record, its report and the commission at the platform stay as they are.
import type { SampleInput } from '../../../shared/entities/commission.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { SupplementForm, SupplementLink } from '../../../shared/retests/calls.ts';
import { jsonOf, textOf as text } from '../../store/cells.ts';
import type { Caller, Context } from '../context.ts';
import { refuse } from '../afterIssue/refusals.ts';
import { methodParameters } from '../catalogue.ts';
import { refuseUnlessAllowed } from '../gate/ask.ts';
import { keepDecision } from '../gate/decisions.ts';
import { descriptionProblems, tasksOf } from '../reception/description.ts';
import { askReception, nextTaskId } from '../reception/register.ts';
import type { Reader } from '../records/runRows.ts';
import { firstOf, notApproved, type First } from './first.ts';
import { platformSays } from './form.ts';
import { supplementOfTaskId } from './links.ts';

/** What the sample is commissioned for already, the supplements that were begun included. */
function askedAlready(reader: Reader, { facts }: First): Set<string> {
  const { sampleNo } = facts.sample;
  const row = reader.get('sample', sampleNo);
  const added = reader.all('SELECT parameterCodesJson FROM supplement WHERE sampleNo = ?', sampleNo);
  return new Set([row, ...added].flatMap((one) => jsonOf<string[]>(one?.['parameterCodesJson'] ?? '[]')));
}

/** The sample as it would have been received for the added parameters. */
function describedFor({ facts }: First, parameterCodes: string[]): SampleInput {
  const { sampleNo: _sampleNo, sampleCode: _sampleCode, grade: _grade, spec: _spec, ...sample } = facts.sample;
  return { ...sample, parameterCodes };
}

/** Parameters of the item that this program can test and nobody asked for yet. */
function additions(reader: Reader, first: First, today: string): SupplementForm['parameters'] {
  const { sample, method } = first.facts;
  const item = reader.get('item', sample.itemCode);
  const known = item ? jsonOf<{ code: string; name: string }[]>(item['parametersJson']) : [];
  const asked = askedAlready(reader, first);
  const own = methodParameters(reader, method, sample.itemCode, known.map(({ code }) => code)); // prettier-ignore
  return known.flatMap(({ code, name }, index) => {
    if (asked.has(code) || own[index] === null) return [];
    const problems = descriptionProblems(reader, method, describedFor(first, [code]), today);
    return [{ code, name, missing: problems.map(({ message }) => message).join('；') || null }];
  });
}

function supplementRefusal(reader: Reader, first: First, parameters: SupplementForm['parameters']): ErrorInfo | null {
  const early = notApproved(reader, first);
  if (early || parameters.length > 0) return early;
  return {
    code: 'NOTHING_TO_ADD',
    message: `样品 ${first.facts.sample.sampleNo} 的检测参数已全部委托。`,
    meaning: '没有可以增加的参数。',
    next: '要重做已有的参数，请按复检或新的委托办理。',
  };
}

/** Whether there is anything to add to the sample of a first record. */
export const maySupplement = (reader: Reader, first: First, today: string): boolean =>
  supplementRefusal(reader, first, additions(reader, first, today)) === null;

export function supplementForm(context: Context, recordNo: string): SupplementForm {
  const { store } = context;
  const first = firstOf(store, recordNo);
  const parameters = additions(store, first, toCalendarDay(context.now()));
  const { sample, method, row } = first.facts;
  return {
    recordNo,
    reportNo: first.reportNo,
    commissionNo: text(row['commissionNo']),
    sampleNo: sample.sampleNo,
    itemName: text(store.get('item', sample.itemCode)?.['name'] ?? method.name),
    parameters,
    platformSays: platformSays(store, '补充检测'),
    refusal: supplementRefusal(store, first, parameters),
  };
}

export function beginSupplement(
  context: Context,
  caller: Caller,
  given: { recordNo: string; parameterCodes: string[]; reason: string },
): SupplementLink {
  const { store } = context;
  const now = context.now();
  const today = toCalendarDay(now);
  const taskId = store.transact(caller.actor, (tx) => {
    const first = firstOf(tx, given.recordNo);
    const parameters = additions(tx, first, today);
    refuse(supplementRefusal(tx, first, parameters));
    refuseWrong(parameters, given.parameterCodes);
    const { sample, method, row } = first.facts;
    const commissionNo = text(row['commissionNo']);
    const gate = askReception(context, {
      projectId: text(first.commission['projectId']),
      contractNo: text(first.commission['contractNo']) || undefined,
      itemCodes: [sample.itemCode],
      parametersOf: () => given.parameterCodes,
    });
    refuseUnlessAllowed(gate, '补充检测没有登记。');
    keepDecision(tx, now, gate, { entity: 'commission', key: commissionNo });
    const made = tasksOf(method, describedFor(first, given.parameterCodes), today).filter(
      ({ dueOn }) => dueOn >= today,
    );
    const tasks = made.map((task) => ({ ...task, taskId: nextTaskId() }));
    for (const task of tasks) {
      tx.insert('task', {
        commissionNo,
        sampleNo: sample.sampleNo,
        itemCode: sample.itemCode,
        ...task,
        state: 'waiting',
        recordNo: null,
      });
      tx.insert(
        'supplement',
        {
          taskId: task.taskId,
          sampleNo: sample.sampleNo,
          firstRecordNo: given.recordNo,
          parameterCodesJson: JSON.stringify(given.parameterCodes),
          reason: given.reason,
          begunById: caller.user.personId,
          begunBy: caller.user.name,
          begunAt: toWallTime(now),
        },
        given.reason,
      );
    }
    return tasks[0]?.taskId;
  });
  const link = supplementOfTaskId(store, taskId);
  if (link === null) throw new RangeError(`no task for a supplement of ${given.recordNo}`);
  return link;
}

function refuseWrong(parameters: SupplementForm['parameters'], codes: readonly string[]): void {
  const problems = codes.flatMap((code) => {
    const found = parameters.find((one) => one.code === code);
    if (found === undefined) return [`参数 ${code} 已经委托过，或不能检测`];
    return found.missing === null ? [] : [`${found.name}：${found.missing}`];
  });
  if (problems.length === 0) return;
  throw new AppError({
    code: 'SUPPLEMENT_PARAMETER',
    message: `不能补充：${problems.join('；')}。`,
    meaning: '补充检测用同一样品，样品的描述在签发后不更改。',
    next: '请去掉这些参数；样品信息不够的，按新的委托收样。',
  });
}
