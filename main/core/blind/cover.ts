// What a person who may not see whose a sample is (no `sample.identity`) is told of hidden commissions: nothing. It stands at
// the door, so that a call that is added tomorrow is covered too: by fields, then by words, and files go out only where
// they are known to tell nothing.
import { hiddenText } from '../../../shared/blind/calls.ts';
import type { CollectionName } from '../../../shared/entities/collections.ts';
import { permits } from '../../../shared/entities/roles.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { User } from '../../../shared/contract/answers.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { coverPaper } from './coverPaper.ts';
import { hiddenNow, type Hidden, type HiddenSample } from './hiding.ts';
import { coverTree, isPlain, textIn, type Plain } from './tree.ts';
import { subjectOf } from './subjects.ts';

/** Files that hold nothing of a commission, are made covered, or are refused by what they are of. */
const openFiles = new Set([
  'reports.recordPdf',
  'reports.preview',
  'changes.evidence',
  'climate.export',
  'dossier.file',
  'dossier.export',
  'training.console',
]);
const fileKey = /Base64$/;
const exporting = /export|paper|bundle|print/i;

/** Histories that tell of the test alone. */
const openHistories = new Set([
  'testRecord', 'run', 'runMark', 'reading', 'stopRelease', 'equipment', 'commissioning', 'item', 'institution', 'climatePlace',
  'climateDay', 'climateAlarm', 'setting', 'dossierEntry', 'dossierWithdrawal', 'instrumentFile', 'clock', 'verification',
  'methodValidation', 'schema',
]); // prettier-ignore

function refuseHidden(what: string): never {
  throw new AppError({
    code: 'SAMPLE_BLIND',
    message: `${what}属于盲样，您看不到委托信息。`,
    meaning: '本机构的检测按盲样编号进行；委托单位、工程和部位在报告批准后才向检测人员显示。',
    next: '请按盲样编号检测；需要核对委托信息的，请由收样员或质量负责人办理。',
  });
}

export interface Cover {
  /** Refuses what asks for a hidden thing; answers the input as the services know it. */
  input(name: string, input: unknown): unknown;
  answer(name: string, input: unknown, answer: unknown): unknown;
  error(info: ErrorInfo): ErrorInfo;
  /** The document as this person's window may hold it; null where it may not. */
  document(collection: CollectionName, id: string, document: Plain): Plain | null;
  paper<T extends object>(recordNo: string, content: T): T;
}

export class BlindCovers {
  readonly #context: Context;
  readonly #hidden: () => Hidden | null;

  constructor(context: Context) {
    this.#context = context;
    this.#hidden = hiddenNow(context);
  }

  /** Null for whoever may see through, and while there is nothing to hide. */
  of(user: User | null): Cover | null {
    if (user === null || permits(user.roles, 'sample.identity')) return null;
    const hidden = this.#hidden();
    return hidden === null ? null : coverOf(this.#context, hidden);
  }
}

function coverOf({ store }: Context, hidden: Hidden): Cover {
  const ofRecord = (recordNo: unknown): HiddenSample | null => {
    const row = store.get('testRecord', typeof recordNo === 'string' ? recordNo : '');
    return row === undefined ? null : (hidden.samples.get(String(row['sampleNo'])) ?? null);
  };
  const cover = <T>(value: T): T => coverTree(value, hidden, ofRecord) as T;
  return {
    input(name, input) {
      if (!isPlain(input)) return input;
      const asked = subjectOf(store, input);
      if (asked.commissionNo !== null && hidden.commissions.has(asked.commissionNo)) refuseHidden(asked.what);
      if (asked.projectId !== null && hidden.projects.has(asked.projectId)) refuseHidden('这个工程的样品');
      if (name === 'audit.history' && !openHistories.has(textIn(input, 'entity')))
        refuseHidden('这一类修改历史里有的样品');
      // A sample is looked for by the number that this person knows it by.
      const known = hidden.byBlindNo.get(textIn(input, 'text').trim().toUpperCase());
      return known === undefined ? input : { ...input, text: known.sampleNo };
    },
    answer(name, input, answer) {
      if (name === 'replication.pull' || name.startsWith('session.')) return answer;
      if (name === 'scan.resolve') return coverScan(store, input, answer, hidden);
      const carriesFile = isPlain(answer) && Object.entries(answer).some(([key, value]) => fileKey.test(key) && value);
      if ((carriesFile || exporting.test(name)) && !openFiles.has(name)) refuseHidden('这份文件里有的样品');
      const covered = cover(answer);
      const text = isPlain(input) && typeof input['text'] === 'string' ? input['text'].trim().toLowerCase() : '';
      return text === '' ? covered : countedAsShown(input, onlyFoundByWhatIsShown(answer, covered, text));
    },
    error: (info) => cover(info),
    document(collection, id, document) {
      if (collection === 'projects' && hidden.projects.has(id)) return null;
      if (collection === 'commissions') return hidden.commissions.has(id) ? null : cover(document);
      const commissionNo = textIn(document, 'commissionNo');
      if (collection === 'reports' && hidden.commissions.has(commissionNo)) return null;
      if (collection === 'notices' && document['subjectKind'] === 'record') {
        const sample = ofRecord(document['subjectKey']);
        if (sample !== null) return { ...document, text: coverNotice(textIn(document, 'text'), sample) };
      }
      return cover(document);
    },
    paper(recordNo, content) {
      const sample = ofRecord(recordNo);
      return sample === null ? content : coverPaper(content, sample, hidden);
    },
  };
}

/** `样品 YP…（C30，三层柱）：…` becomes `样品 MY…：…`: the part is not told. */
function coverNotice(text: string, { sampleNo, blindNo }: HiddenSample): string {
  const head = `样品 ${sampleNo}（`;
  if (!text.startsWith(head)) return hiddenText;
  const end = text.indexOf('）：', head.length);
  return end === -1 ? `样品 ${blindNo}` : `样品 ${blindNo}${text.slice(end + 1)}`;
}

/** A hidden sample is found by its blind number alone: any other code would tell which it is. */
function coverScan(store: Pick<Store, 'get'>, input: unknown, answer: unknown, hidden: Hidden): unknown {
  if (!isPlain(answer) || !isPlain(input)) return answer;
  const code = textIn(input, 'code').trim();
  const unknown = { kind: 'unknown', key: null, taskId: null, recordNo: null };
  const sample = hidden.samples.get(textIn(answer, 'key'));
  if (answer['kind'] === 'sample' && sample !== undefined)
    return code.toUpperCase() === sample.blindNo ? { ...answer, key: sample.blindNo } : unknown;
  const key = textIn(answer, 'key');
  const commissionNo = answer['kind'] === 'report' ? String(store.get('report', key)?.['commissionNo']) : key;
  const whole = answer['kind'] === 'commission' || answer['kind'] === 'report';
  return whole && hidden.commissions.has(commissionNo) ? unknown : answer;
}

/** Counts beside rows that were looked for by a text: of the rows that are shown, since the others would tell. */
function countedAsShown(input: unknown, answer: unknown): unknown {
  if (!isPlain(answer) || !Array.isArray(answer['rows']) || typeof answer['total'] !== 'number') return answer;
  const rows: unknown[] = answer['rows'];
  const before = isPlain(input) && typeof input['offset'] === 'number' ? input['offset'] : 0;
  const counted: Record<string, unknown> = { ...answer, total: before + rows.length };
  if (isPlain(answer['scopes']))
    counted['scopes'] = Object.fromEntries(Object.keys(answer['scopes']).map((scope) => [scope, rows.length]));
  if (isPlain(answer['standings']))
    counted['standings'] = Object.fromEntries(
      Object.keys(answer['standings']).map((standing) => [
        standing,
        rows.filter((row) => isPlain(row) && row['standing'] === standing).length,
      ]),
    );
  return counted;
}

/** Rows that were found by words which are not shown would tell that they hold them. */
function onlyFoundByWhatIsShown(answer: unknown, covered: unknown, text: string): unknown {
  if (!isPlain(answer) || !isPlain(covered)) return covered;
  return Object.fromEntries(
    Object.entries(covered).map(([key, rows]) => {
      const before = answer[key];
      if (!Array.isArray(rows) || !Array.isArray(before)) return [key, rows];
      const untouched = new Set(before.map((row) => JSON.stringify(row)));
      return [
        key,
        rows.filter((row) => {
          const shown = JSON.stringify(row) ?? '';
          return untouched.has(shown) || shown.toLowerCase().includes(text);
        }),
      ];
    }),
  );
}
