// What the supervision client fills in for the lab: the institution with its scope and controls, the reference data and
// the marks on commissions and codes. A cursor is the version the lab has reached; the client counts one up with every
// change over all Jg_* tables.
import { CODE_STATE, JD_STATE } from '../../../wire/exchange-schema.ts';
import { institutionSchema } from '../../../wire/messages.ts';
import { wireTime } from '../../../wire/wire-time.ts';
import type { Institution, JsonObject, PlatformEvent, ReferenceKind, ReferencePage } from '../../port.ts';
import { UnreadableRow } from './classify.ts';
import type { ExchangeDatabase, Result } from './exchange-file.ts';
import { jsonOf, numberOf, type StoredRow, textOf } from './rows.ts';

/** How a kind is read: its rows with `Id` and `Ver`, and a row's data. */
interface Source {
  sql: string;
  data: (row: StoredRow, db: ExchangeDatabase) => JsonObject;
}

const itemsOfDevice = (db: ExchangeDatabase, deviceId: string): string[] =>
  db
    .prepare<[string], { Item_Code: string }>(
      'SELECT Item_Code FROM Jg_Deviceaptitude WHERE Device_Id = ? AND Deleted = 0 ORDER BY Seq, Item_Code',
    )
    .all(deviceId)
    .map((row) => row.Item_Code);

const SOURCES: Record<ReferenceKind, Source> = {
  item: {
    sql: 'SELECT Item_Code AS Id, Row_Ver AS Ver, * FROM Jg_Aptitude',
    data: (row) => jsonOf(row, 'Content') as JsonObject,
  },
  person: {
    sql: 'SELECT Emp_Id AS Id, Row_Ver AS Ver, * FROM Jg_Employee',
    data: (row) => ({
      name: textOf(row, 'Emp_Name'),
      certificateNo: textOf(row, 'Cert_Num'),
      state: textOf(row, 'State'),
    }),
  },
  'person-qualification': {
    sql: 'SELECT Apt_Id AS Id, Row_Ver AS Ver, * FROM Jg_Empaptitude',
    data: (row) => ({
      personId: textOf(row, 'Emp_Id'),
      itemCode: textOf(row, 'Item_Code'),
      validTo: textOf(row, 'Valid_To'),
    }),
  },
  equipment: {
    // A machine whose items change is a changed machine.
    sql: `SELECT Device_Id AS Id, MAX(Row_Ver, COALESCE((SELECT MAX(a.Row_Ver) FROM Jg_Deviceaptitude a
          WHERE a.Device_Id = d.Device_Id), 0)) AS Ver, * FROM Jg_Device d`,
    data: (row, db) => ({
      name: textOf(row, 'Device_Name'),
      model: textOf(row, 'Model'),
      serial: textOf(row, 'Serial_Num'),
      itemCodes: itemsOfDevice(db, textOf(row, 'Device_Id')),
      startDate: textOf(row, 'Start_Date'),
      validMonths: numberOf(row, 'Valid_Months'),
      state: textOf(row, 'State'),
    }),
  },
  project: {
    sql: 'SELECT Project_Id AS Id, Row_Ver AS Ver, * FROM Jg_Project',
    data: (row) => ({
      name: textOf(row, 'Project_Name'),
      supervisionCode: textOf(row, 'Jd_Code'),
      authority: textOf(row, 'Jd_Unti'),
      ownerUnit: textOf(row, 'Owner'),
      state: textOf(row, 'State'),
    }),
  },
  contract: {
    sql: 'SELECT Contract_Id AS Id, Row_Ver AS Ver, * FROM Jg_Contract',
    data: (row) => ({
      contractNo: textOf(row, 'Contract_Num'),
      projectId: textOf(row, 'Project_Id'),
      itemCodes: jsonOf(row, 'Items'),
      state: textOf(row, 'State'),
    }),
  },
};

function versionOf(cursor: string | null): number {
  if (cursor === null || cursor === '') return 0;
  if (!/^\d{1,15}$/.test(cursor)) throw new UnreadableRow(`游标 ${cursor}`);
  return Number(cursor);
}

export function referencePage(
  db: ExchangeDatabase,
  kind: ReferenceKind,
  cursor: string | null,
  limit: number,
): Result<ReferencePage> {
  const { sql, data } = SOURCES[kind];
  const after = versionOf(cursor);
  const found = db
    .prepare<[number, number], StoredRow>(`SELECT * FROM (${sql}) WHERE Ver > ? ORDER BY Ver, Id LIMIT ?`)
    .all(after, limit + 1);
  const page = found.slice(0, limit);
  const nextCursor = String(page.length === 0 ? after : numberOf(page.at(-1)!, 'Ver'));
  const rows = page.map((row) => {
    const deleted = numberOf(row, 'Deleted') !== 0;
    return { id: textOf(row, 'Id'), version: numberOf(row, 'Ver'), deleted, data: deleted ? null : data(row, db) };
  });
  return { ok: true, value: { rows, nextCursor, more: found.length > limit, snapshot: nextCursor } };
}

export function institution(db: ExchangeDatabase, orgCode: string): Result<Institution> {
  const facts = db
    .prepare<[], StoredRow>('SELECT * FROM Jg_Enterpriseauthorize WHERE Deleted = 0 ORDER BY Auth_Name')
    .all();
  const ofKind = (kind: string): StoredRow[] => facts.filter((row) => textOf(row, 'Auth_Kind') === kind);
  const organ = ofKind('organ').find((row) => textOf(row, 'Auth_Name') === orgCode);
  if (organ === undefined) throw new UnreadableRow(`Jg_Enterpriseauthorize 中没有机构 ${orgCode}`);
  const scope = db
    .prepare<[], StoredRow>('SELECT * FROM Jg_Aptitude WHERE In_Scope = 1 AND Deleted = 0 ORDER BY Item_Code')
    .all()
    .map((row) => ({
      itemCode: textOf(row, 'Item_Code'),
      ...(textOf(row, 'Params') === '' ? {} : { parameterCodes: jsonOf(row, 'Params') }),
      validTo: textOf(row, 'Valid_To'),
      state: textOf(row, 'State'),
    }));
  const named = (kind: string): [string, unknown][] =>
    ofKind(kind).map((row) => [textOf(row, 'Auth_Name'), jsonOf(row, 'Auth_Value')]);
  const parsed = institutionSchema.safeParse({
    orgCode,
    ...(jsonOf(organ, 'Auth_Value') as object),
    qualifications: ofKind('qualification').map((row) => jsonOf(row, 'Auth_Value')),
    scope,
    controls: Object.fromEntries(named('control')),
    limits: Object.fromEntries(named('limit')),
  });
  if (!parsed.success) throw new UnreadableRow(parsed.error.issues[0]?.message ?? 'Jg_Enterpriseauthorize');
  return { ok: true, value: parsed.data };
}

const COMMISSION_EVENTS = new Map<number, PlatformEvent['type']>([
  [JD_STATE.active, 'commission.unlocked'],
  [JD_STATE.locked, 'commission.locked'],
  [JD_STATE.voided, 'commission.voided'],
]);

/** The tables keep standings, not a log: an event is a standing that has changed since the cursor, seen now. */
export function events(
  db: ExchangeDatabase,
  orgCode: string,
  cursor: string | null,
  now: number,
): Result<{ events: PlatformEvent[]; nextCursor: string }> {
  const after = versionOf(cursor);
  const at = wireTime(now);
  const commissions = db
    .prepare<[string, number], StoredRow>(
      `SELECT Wt_Num, MAX(Jd_State) AS Jd_State, MAX(Jd_Msg) AS Jd_Msg, MAX(Jd_Ver) AS Ver FROM SamplCode
       WHERE Organcode = ? GROUP BY Wt_Num HAVING MAX(Jd_Ver) > ?`,
    )
    .all(orgCode, after)
    .map((row): { event: PlatformEvent; ver: number } => {
      const type = COMMISSION_EVENTS.get(numberOf(row, 'Jd_State'));
      if (type === undefined) throw new UnreadableRow(`Jd_State 为 ${numberOf(row, 'Jd_State')}`);
      const ver = numberOf(row, 'Ver');
      return { event: { id: `Jd/${ver}`, type, subject: textOf(row, 'Wt_Num'), at, text: textOf(row, 'Jd_Msg') }, ver };
    });
  const codes = db
    .prepare<[string, number, number], StoredRow>(
      'SELECT Code, Code_Msg, Code_Ver AS Ver FROM Reportfilelist WHERE Organcode = ? AND Code_Ver > ? AND Code_State = ?',
    )
    .all(orgCode, after, CODE_STATE.void)
    .map((row): { event: PlatformEvent; ver: number } => {
      const ver = numberOf(row, 'Ver');
      const event = { id: `Code/${ver}`, type: 'code.revoked', subject: textOf(row, 'Code'), at } as const;
      return { event: { ...event, text: textOf(row, 'Code_Msg') }, ver };
    });
  const all = [...commissions, ...codes].sort((a, b) => a.ver - b.ver);
  return {
    ok: true,
    value: { events: all.map(({ event }) => event), nextCursor: String(all.at(-1)?.ver ?? after) },
  };
}
