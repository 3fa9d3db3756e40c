// Second of the profile's three functions: a payload as the columns of its table, checked against the lengths the tables
// have. Nothing is cut off: what is too long is refused with the name of its column.
import {
  EXCHANGE_TABLES,
  type ExchangeColumn,
  type ExchangeTableName,
  lengthOf,
} from '../../../wire/exchange-schema.ts';
import type { BatchEntry, FailureDetail, JsonObject, PlatformFailure } from '../../port.ts';

export type ColumnValues = Record<string, string | number | Uint8Array | null>;

/** One row to be written: its table and its own columns; those of sending (Rev, Content …) are added when written. */
export interface EncodedRow {
  table: ExchangeTableName;
  values: ColumnValues;
}

const text = (payload: JsonObject, name: string): string => {
  const value = payload[name];
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
};

const number = (payload: JsonObject, name: string): number => {
  const value = payload[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : 0;
};

/** What the commission of a record says about its supervision; the record itself does not carry it. */
export interface SupervisionFacts {
  code: string;
  unit: string;
}

const ENCODERS: Record<string, (key: string, payload: JsonObject, facts: SupervisionFacts) => EncodedRow> = {
  'test-record': (key, payload, facts) => ({
    table: 'Register_Temp',
    values: {
      Sy_Num: key,
      Wt_Num: text(payload, 'commissionNo'),
      Ph_Num: text(payload, 'testNo'),
      Prtnum: text(payload, 'reportNo'),
      Jd_Code: facts.code,
      Jd_Unti: facts.unit,
      Item_Code: text(payload, 'itemCode'),
      Sy_Time: text(payload, 'testedAt'),
      Sy_Addr: text(payload, 'siteAddress'),
      Sy_Man: text(payload, 'testerId'),
      Sh_Man: text(payload, 'checkerId'),
      Result: number(payload, 'conclusion'),
      Result_Text: text(payload, 'conclusionText'),
    },
  }),
  acquisition: (key, payload) => ({
    table: 'Acsrecord',
    values: {
      Acs_Num: key,
      Sy_Num: text(payload, 'recordNo'),
      Device_Id: text(payload, 'equipmentId'),
      Device_Num: text(payload, 'equipmentSerial'),
      Start_Time: text(payload, 'startedAt'),
      End_Time: text(payload, 'endedAt'),
      Peak: text(payload, 'peak'),
      File_Num: text(payload, 'media'),
    },
  }),
  modification: (key, payload) => ({
    table: 'Modified_Log',
    values: {
      Log_Num: key,
      Tab_Name: text(payload, 'entity'),
      Row_Num: text(payload, 'entityNo'),
      Col_Name: text(payload, 'field'),
      Old_Value: text(payload, 'oldValue'),
      New_Value: text(payload, 'newValue'),
      Reason: text(payload, 'reason'),
      Operator: text(payload, 'operator'),
      Mod_Time: text(payload, 'at'),
    },
  }),
  witness: (key, payload) => ({
    table: 'SamplCheck',
    values: {
      Check_Num: key,
      Sampl_Num: text(payload, 'sampleNo'),
      Wt_Num: text(payload, 'commissionNo'),
      Phase: text(payload, 'phase'),
      Persons: Array.isArray(payload['persons']) ? payload['persons'].join('、') : '',
      Check_Time: text(payload, 'at'),
      Longitude: text(payload, 'longitude'),
      Latitude: text(payload, 'latitude'),
    },
  }),
  report: (key, payload) => ({
    table: 'Reportfilelist',
    values: {
      Prtnum: key,
      Wt_Num: text(payload, 'commissionNo'),
      Title: text(payload, 'title'),
      Issue_Date: text(payload, 'issuedOn'),
      Result: number(payload, 'conclusion'),
    },
  }),
};

/** `null` for a kind that no table carries. */
export function encodeEntry(
  { kind, key, payload }: Pick<BatchEntry, 'kind' | 'key' | 'payload'>,
  facts: SupervisionFacts,
): EncodedRow | null {
  return Object.hasOwn(ENCODERS, kind) ? ENCODERS[kind]!(key, payload, facts) : null;
}

/** A commission's samples as rows; what they share goes with each of them. */
export function encodeCommission(commissionNo: string, payload: JsonObject): EncodedRow[] {
  const { samples, ...shared } = payload;
  if (!Array.isArray(samples)) return [];
  return (samples as JsonObject[]).map((sample, index) => ({
    table: 'SamplCode',
    values: {
      Sampl_Num: text(sample, 'sampleNo'),
      Wt_Num: commissionNo,
      Sampl_Code: text(sample, 'sampleCode'),
      Item_Code: text(sample, 'itemCode'),
      Wt_Seq: index,
      Wt_Content: JSON.stringify(shared),
      Content: JSON.stringify(sample),
    },
  }));
}

function columnFault(column: ExchangeColumn, value: ColumnValues[string] | undefined): FailureDetail | null {
  if (column.type !== 'TEXT') return null;
  const given = typeof value === 'string' ? value : '';
  if (column.required === true && given === '') {
    return { field: column.name, rule: 'required', message: `交换表字段 ${column.name} 不能为空` };
  }
  const length = lengthOf(given);
  if (column.length === undefined || length <= column.length) return null;
  const message = `交换表字段 ${column.name} 最多 ${column.length} 个字符，实有 ${length} 个`;
  return { field: column.name, rule: 'length', message };
}

/** Why rows cannot be written; `null` when they can. */
export function columnFaults(rows: readonly EncodedRow[]): PlatformFailure | null {
  const details = rows.flatMap(({ table, values }) =>
    EXCHANGE_TABLES[table].columns
      .map((column) => columnFault(column, values[column.name]))
      .filter((fault) => fault !== null),
  );
  if (details.length === 0) return null;
  const code = details.some((detail) => detail.rule === 'length') ? 'FIELD_TOO_LONG' : 'FIELD_MISSING';
  return { class: 'rejected', code, message: details.map((detail) => detail.message).join('；'), details, sent: false };
}
