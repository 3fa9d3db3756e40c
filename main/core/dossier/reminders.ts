// Reminders 60, 30 and 7 days before a calibration, a qualification or an entry of a dossier runs out, and once when it has.
// Each is a notice that is made once; whoever starts the program after a holiday gets the nearest one only.
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { dossierKinds, REMINDER_DAYS, type DossierSubject } from '../../../shared/dossier/kinds.ts';
import { addDays, toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import { programActor, type Context } from '../context.ts';
import type { QualificationEntry } from '../../../shared/qualifications/calls.ts';
import { standingQualifications } from '../qualifications/entries.ts';
import { checksRunningOut } from '../standards/rows.ts';
import { dueInUse } from './entries.ts';

type Reader = Pick<Store, 'all' | 'first' | 'get'>;

interface RunsOut {
  readonly subject: DossierSubject;
  readonly subjectId: string;
  /** What runs out, in words, with whose it is. */
  readonly what: string;
  /** Last day on which it holds. */
  readonly until: string;
}

function calibrations(store: Reader): RunsOut[] {
  return store.all(`SELECT * FROM equipment WHERE platformState = 'active' AND localState <> 'stopped'`).map((row) => ({
    subject: 'equipment' as const,
    subjectId: text(row['equipmentId']),
    what: `设备 ${text(row['equipmentId'])} ${text(row['name'])}的检定/校准`,
    until: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
  }));
}

function qualifications(store: Reader): RunsOut[] {
  return store
    .all(
      `SELECT person.personId, person.name, coalesce(item.name, personQualification.itemCode) AS item, max(validTo) AS validTo
       FROM personQualification JOIN person USING (personId) LEFT JOIN item ON item.itemCode = personQualification.itemCode
       WHERE person.state = 'active' AND personQualification.state = 'active' GROUP BY person.personId, personQualification.itemCode`,
    )
    .map((row) => ({
      subject: 'person' as const,
      subjectId: text(row['personId']),
      what: `${text(row['name'])}的${text(row['item'])}检测资格`,
      until: text(row['validTo']),
    }));
}

/** By parameter: the newest end of what stands, for each person, item and parameter. */
function parameterQualifications(store: Reader): RunsOut[] {
  const newest = new Map<string, QualificationEntry>();
  for (const entry of standingQualifications(store)) {
    if (store.get('person', entry.personId)?.['state'] !== 'active') continue;
    const key = [entry.personId, entry.itemCode, entry.parameterCode].join('\u001f');
    const known = newest.get(key);
    if (known === undefined || known.validTo < entry.validTo) newest.set(key, entry);
  }
  return [...newest.values()].map(({ personId, itemName, parameterName, certificateNo, validTo }) => ({
    subject: 'person',
    subjectId: personId,
    what: `${text(store.get('person', personId)?.['name'] ?? personId)}的${itemName}（${parameterName}）检测资格（证书 ${certificateNo}）`,
    until: validTo,
  }));
}

const entries = (store: Reader): RunsOut[] =>
  dueInUse(store).map(({ subject, subjectId, subjectName, kind, nextOn }) => ({
    subject,
    subjectId,
    what: `${subject === 'equipment' ? `设备 ${subjectId} ` : ''}${subjectName}的下一次${dossierKinds[kind].name}`,
    until: nextOn,
  }));

/** The standards that were looked up on one day are told together. */
const standards = (store: Reader, today: string): RunsOut[] =>
  checksRunningOut(store, today).map(({ until, what, key }) => ({ subject: 'standard', subjectId: key, what, until }));

/** The nearest mark that is reached: 60, 30, 7, or 0 once it is past; null while nothing is to be said. */
export function markOf(until: string, today: string): number | null {
  if (until < today) return 0;
  return REMINDER_DAYS.findLast((days) => until <= addDays(today, days)) ?? null;
}

/** Makes the notices that are due; answers how many. */
export function remind(context: Pick<Context, 'store' | 'now'>): number {
  const { store } = context;
  const today = toCalendarDay(context.now());
  const wanted = [
    ...calibrations(store),
    ...qualifications(store),
    ...parameterQualifications(store),
    ...standards(store, today),
    ...entries(store),
  ].flatMap((one) => {
    const mark = markOf(one.until, today);
    if (mark === null) return [];
    const text =
      mark === 0 ? `${one.what}已于 ${one.until} 到期。` : `${one.what}将于 ${one.until} 到期，还有不到 ${mark} 天。`;
    // The same for the same reminder, so that it is made once.
    const noticeId = `due-${sha256Hex(`${one.subject}/${one.subjectId}/${text}`).slice(0, 32)}`;
    return store.get('notice', noticeId) === undefined ? [{ ...one, mark, text, noticeId }] : [];
  });
  if (wanted.length === 0) return 0;
  store.transact(programActor('到期提醒'), (tx) => {
    for (const { noticeId, mark, text: words, subject, subjectId } of wanted)
      tx.insert('notice', {
        noticeId,
        // No alarm: the gate refuses what has run out, nobody can work with it unseen.
        level: mark <= 7 ? 'warning' : 'info',
        text: words,
        at: toWallTime(context.now()),
        subjectKind: subject,
        subjectKey: subjectId,
        acknowledgedBy: null,
      });
  });
  return wanted.length;
}

const everyMs = 6 * 3_600_000;

/** Now and every six hours; answers how to stop. A fault is logged and tried again the next time. */
export function startReminders(context: Context): () => void {
  const run = (): void => {
    try {
      remind(context);
    } catch (cause) {
      context.log('warn', 'reminders failed', { cause: String(cause) });
    }
  };
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
