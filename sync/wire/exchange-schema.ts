// The exchange tables, once for the lab that writes them and the supervision client that reads, marks and fills them.
// Names and lengths of Register_Temp's first columns and the names of the tables come from the public standards of the
// same family; every other column is an assumption of the profile `exchange-tables`. `Content` holds the whole payload
// as JSON, so that nothing is lost where a standard column has no place for it.

export interface ExchangeColumn {
  name: string;
  type: 'TEXT' | 'INTEGER' | 'BLOB';
  /** Characters a text may have; longer ones are refused before they are written. */
  length?: number;
  /** A text that may not be empty. */
  required?: boolean;
}

export interface ExchangeTable {
  columns: readonly ExchangeColumn[];
  key: readonly string[];
}

const text = (name: string, length: number): ExchangeColumn => ({ name, type: 'TEXT', length });
const must = (name: string, length: number): ExchangeColumn => ({ name, type: 'TEXT', length, required: true });
const long = (name: string): ExchangeColumn => ({ name, type: 'TEXT' });
const int = (name: string): ExchangeColumn => ({ name, type: 'INTEGER' });
const bytes = (name: string): ExchangeColumn => ({ name, type: 'BLOB' });

const ORGAN = must('Organcode', 30);
/** What the lab adds to a row, and what the supervision client says about it. */
const UPLOAD = [int('Rev'), long('Content'), text('Entry_Id', 64), text('Batch_Id', 64)];
const MARKS = [int('Up_State'), text('Up_Code', 50), text('Up_Msg', 500), text('Up_Id', 64)];
/** What the supervision client counts up with every change, over all Jg_* tables. */
const DOWNLOAD = [int('Row_Ver'), int('Deleted')];

export const EXCHANGE_TABLES = {
  /** A commission is its samples: one row each, with what they share in Wt_Content. Jd_*: the supervisor's lock. */
  SamplCode: {
    key: ['Sampl_Num', 'Organcode'],
    columns: [
      must('Sampl_Num', 50),
      ORGAN,
      must('Wt_Num', 25),
      must('Sampl_Code', 100),
      text('Item_Code', 50),
      int('Wt_Seq'),
      long('Wt_Content'),
      ...UPLOAD,
      ...MARKS,
      int('Jd_State'),
      text('Jd_Msg', 500),
      int('Jd_Ver'),
    ],
  },
  Register_Temp: {
    key: ['Sy_Num', 'Organcode'],
    columns: [
      must('Sy_Num', 20),
      ORGAN,
      must('Wt_Num', 25),
      must('Ph_Num', 25),
      text('Prtnum', 25),
      text('Jd_Code', 50),
      text('Jd_Unti', 250),
      text('Item_Code', 50),
      text('Sy_Time', 30),
      text('Sy_Addr', 250),
      text('Sy_Man', 50),
      text('Sh_Man', 50),
      int('Result'),
      text('Result_Text', 500),
      ...UPLOAD,
      ...MARKS,
    ],
  },
  Acsrecord: {
    key: ['Acs_Num', 'Organcode'],
    columns: [
      must('Acs_Num', 64),
      ORGAN,
      must('Sy_Num', 20),
      text('Device_Id', 50),
      text('Device_Num', 100),
      text('Start_Time', 30),
      text('End_Time', 30),
      text('Peak', 50),
      text('File_Num', 64),
      ...UPLOAD,
      ...MARKS,
    ],
  },
  /** Curves and pictures by their SHA-256. */
  Acsfile: { key: ['File_Num', 'Organcode'], columns: [must('File_Num', 64), ORGAN, bytes('File_Data')] },
  Modified_Log: {
    key: ['Log_Num', 'Organcode'],
    columns: [
      must('Log_Num', 64),
      ORGAN,
      must('Tab_Name', 50),
      must('Row_Num', 64),
      must('Col_Name', 100),
      text('Old_Value', 4000),
      text('New_Value', 4000),
      must('Reason', 500),
      must('Operator', 50),
      text('Mod_Time', 30),
      ...UPLOAD,
      ...MARKS,
    ],
  },
  SamplCheck: {
    key: ['Check_Num', 'Organcode'],
    columns: [
      must('Check_Num', 80),
      ORGAN,
      must('Sampl_Num', 50),
      must('Wt_Num', 25),
      must('Phase', 20),
      text('Persons', 500),
      text('Check_Time', 30),
      text('Longitude', 30),
      text('Latitude', 30),
      ...UPLOAD,
      ...MARKS,
    ],
  },
  /** Code_*: asked for by the lab, filled by the client. File_State as Up_State, 0 while there is no file. */
  Reportfilelist: {
    key: ['Prtnum', 'Organcode', 'Rev'],
    columns: [
      must('Prtnum', 25),
      ORGAN,
      must('Wt_Num', 25),
      must('Title', 250),
      text('Issue_Date', 10),
      int('Result'),
      ...UPLOAD,
      ...MARKS,
      int('Code_Ask'),
      text('Code', 64),
      long('Code_Url'),
      text('Code_Time', 30),
      int('Code_State'),
      text('Code_Msg', 500),
      int('Code_Ver'),
      bytes('File_Data'),
      text('File_Sha256', 64),
      int('File_State'),
      text('File_Msg', 500),
    ],
  },
  /** Items of the catalogue; In_Scope tells those the lab is qualified for. */
  Jg_Aptitude: {
    key: ['Item_Code'],
    columns: [
      must('Item_Code', 50),
      long('Content'),
      int('In_Scope'),
      long('Params'),
      text('Valid_To', 10),
      text('State', 20),
      ...DOWNLOAD,
    ],
  },
  Jg_Employee: {
    key: ['Emp_Id'],
    columns: [must('Emp_Id', 50), text('Emp_Name', 50), text('Cert_Num', 100), text('State', 20), ...DOWNLOAD],
  },
  Jg_Empaptitude: {
    key: ['Apt_Id'],
    columns: [must('Apt_Id', 50), text('Emp_Id', 50), text('Item_Code', 50), text('Valid_To', 10), ...DOWNLOAD],
  },
  Jg_Device: {
    key: ['Device_Id'],
    columns: [
      must('Device_Id', 50),
      text('Device_Name', 100),
      text('Model', 100),
      text('Serial_Num', 100),
      text('Start_Date', 10),
      int('Valid_Months'),
      text('State', 20),
      ...DOWNLOAD,
    ],
  },
  Jg_Deviceaptitude: {
    key: ['Device_Id', 'Item_Code'],
    columns: [must('Device_Id', 50), must('Item_Code', 50), int('Seq'), ...DOWNLOAD],
  },
  Jg_Project: {
    key: ['Project_Id'],
    columns: [
      must('Project_Id', 50),
      text('Project_Name', 250),
      text('Jd_Code', 50),
      text('Jd_Unti', 250),
      text('Owner', 250),
      text('State', 20),
      ...DOWNLOAD,
    ],
  },
  Jg_Contract: {
    key: ['Contract_Id'],
    columns: [
      must('Contract_Id', 50),
      text('Contract_Num', 100),
      text('Project_Id', 50),
      long('Items'),
      text('State', 20),
      ...DOWNLOAD,
    ],
  },
  /** The institution itself and which controls are enforced, one row for each fact. */
  Jg_Enterpriseauthorize: {
    key: ['Auth_Kind', 'Auth_Name'],
    columns: [must('Auth_Kind', 20), must('Auth_Name', 100), long('Auth_Value'), ...DOWNLOAD],
  },
} as const satisfies Record<string, ExchangeTable>;

export type ExchangeTableName = keyof typeof EXCHANGE_TABLES;

/** Up_State and File_State. A refusal that the lab has read may be written anew. */
export const UP_STATE = { waiting: 0, accepted: 1, refused: 2, refusalRead: 3 } as const;
/** File_State has one state more: no file yet is 0, a written one waits in 9. */
export const FILE_STATE = { none: 0, filed: 1, refused: 2, refusalRead: 3, waiting: 9 } as const;
export const JD_STATE = { active: 0, locked: 1, voided: 2 } as const;
export const CODE_STATE = { none: 0, valid: 1, replaced: 2, void: 3 } as const;

/** Up_Code of a refusal. */
export const UP_CODES = {
  incomplete: '01',
  outOfScope: '02',
  missing: '03',
  locked: '04',
  voided: '05',
  conflict: '06',
} as const;

/** Statements that make the file; the supervision client does it when it is set up. */
export function createExchangeTables(): string {
  return Object.entries(EXCHANGE_TABLES)
    .map(([name, table]: [string, ExchangeTable]) => {
      const columns = table.columns.map(({ name: column, type }) => {
        const always = table.key.includes(column) ? ' NOT NULL' : type === 'INTEGER' ? ' NOT NULL DEFAULT 0' : '';
        return `${column} ${type}${always}`;
      });
      return `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')}, PRIMARY KEY (${table.key.join(', ')})) STRICT;`;
    })
    .join('\n');
}

/** Characters, not bytes, as the standards count them. */
export function lengthOf(value: string): number {
  return Array.from(value).length;
}
