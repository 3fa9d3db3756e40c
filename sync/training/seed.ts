// The training lab as the embedded platform knows it: one fictitious institution in Guangdong with people, machines,
// projects and contracts, among them the cases the gate must refuse (an expired qualification, a disabled person, a
// calibration that ended yesterday, a stopped machine, an item out of scope, a closed project). All units and people
// are invented. Dates follow the given clock; the access secret is random per lab unless the caller brings one.
import { randomBytes } from 'node:crypto';
import { listMethods } from '../../shared/methods/index.ts';
import { type ReferenceData, type ReferenceKind, REFERENCE_KINDS, type WireInstitution } from '../wire/schemas.ts';
import { addDays, addMonths, wireDate } from '../wire/wire-time.ts';
import { DEFAULT_BATCH_BYTES, DEFAULT_MEDIA_BYTES } from './limits.ts';
import { type PlatformDatabase } from './database.ts';
import { putReferenceRow } from './reference.ts';

export interface TrainingLab {
  institution: WireInstitution;
  credentials: { accessKey: string; secret: string };
  reference: { [K in ReferenceKind]: Array<{ id: string; data: ReferenceData[K] }> };
}

export interface SeedOptions {
  /** Milliseconds since 1970. */
  now?: number;
  orgCode?: string;
  accessKey?: string;
  secret?: string;
}

const CONCRETE = 'HNT-KY';
/** Bars: ribbed, plain, straightened. */
const PULLED = ['GJ-DL', 'GJ-GY', 'GJ-TZ'];
/** In the lab's scope, but no method for it is built in. */
const MESH = 'GJ-WP';
/** An item of the platform that is none of this lab's. */
const ADMIXTURE = 'WJ-JS';

type Rows<K extends ReferenceKind> = TrainingLab['reference'][K];
type ItemRow = Rows<'item'>[number];

/** Every test that is built in, under its own codes. */
function testable(): ItemRow[] {
  return listMethods().flatMap((method): ItemRow[] => {
    if (method.itemCode === null) return [];
    const standards = method.editions.flatMap(({ test, judgement }) =>
      judgement === null ? [test] : [test, judgement],
    );
    return [
      {
        id: method.itemCode,
        data: {
          itemCode: method.itemCode,
          name: method.name,
          parameters: method.parameters.map(({ code, name, unit }) => ({ code, name, unit })),
          methods: [...new Set(standards)],
          acquisition: method.acquisitions.length > 0 ? 'required' : 'optional',
          structuralSafety: !/砂|石|砖|砌块|饰面/.test(method.name) || /砂浆|胶砂/.test(method.name),
        },
      },
    ];
  });
}

const other = (itemCode: string, name: string, code: string, standard: string): ItemRow => ({
  id: itemCode,
  data: {
    itemCode,
    name,
    parameters: [{ code, name, unit: '' }],
    methods: [standard],
    acquisition: 'required',
    structuralSafety: false,
  },
});

const items = (): Rows<'item'> => [
  ...testable(),
  other(MESH, '钢筋焊接网抗剪力', 'JL', 'GB/T 1499.3-2022'),
  other(ADMIXTURE, '混凝土外加剂减水率', 'JS', 'GB 8076-2008'),
];

/** What the lab is qualified for. */
const inScope = (): ItemRow[] => items().filter(({ id }) => id !== ADMIXTURE);
const codes = (...prefixes: string[]): string[] =>
  inScope()
    .map(({ id }) => id)
    .filter((id) => prefixes.some((prefix) => id.startsWith(prefix)));

/** Name, state, and the last day of the qualification by item. */
function people(today: string): Array<[name: string, state: string, held: Record<string, string>]> {
  const far = addMonths(today, 24);
  const everything = Object.fromEntries(inScope().map(({ id }) => [id, far]));
  return [
    ['梁志远', 'active', everything],
    ['何婉仪', 'active', { [CONCRETE]: far }],
    ['欧阳健', 'active', everything],
    ['钟国栋', 'active', everything],
    // Ends within the month in which a warning is due.
    ['冼丽君', 'active', { [CONCRETE]: addDays(today, 20) }],
    ['陈晓彤', 'active', {}],
    ['黄永康', 'active', { [CONCRETE]: addDays(today, -1) }],
    ['罗振邦', 'disabled', { [CONCRETE]: far }],
    ['谭敏仪', 'active', {}],
    ['邓锦泉', 'active', Object.fromEntries(codes('GJ-').map((id) => [id, far]))],
    ['许文涛', 'active', {}],
  ];
}

function personId(index: number): string {
  return `P${String(index + 1).padStart(3, '0')}`;
}

function persons(today: string): Rows<'person'> {
  return people(today).map(([name, state], index) => ({
    id: personId(index),
    data: { name, certificateNo: `粤建检培字第 2024${String(index + 1).padStart(4, '0')} 号`, state },
  }));
}

function qualifications(today: string): Rows<'person-qualification'> {
  return people(today).flatMap(([, , held], index) =>
    Object.entries(held).map(([itemCode, validTo]) => ({
      id: `Q-${personId(index)}-${itemCode}`,
      data: { personId: personId(index), itemCode, validTo },
    })),
  );
}

function machine(
  id: string,
  [name, model, serial]: readonly [string, string, string],
  itemCodes: string[],
  startDate: string,
  state = 'active',
): Rows<'equipment'>[number] {
  return { id, data: { name, model, serial, itemCodes, startDate, validMonths: 12, state } };
}

/** Whatever is built in and has none of the machines above gets one, so that a new test can be tried at once. */
export function machinesForRest(
  itemCodes: readonly string[],
  machines: Rows<'equipment'>,
  startDate: string,
): Rows<'equipment'> {
  const served = new Set(machines.flatMap(({ data }) => data.itemCodes));
  const rest = itemCodes.filter((itemCode) => !served.has(itemCode));
  return rest.length === 0 ? [] : [machine('E090', ['综合检测仪器', 'ZH-1', 'ZH1-0001'], rest, startDate)];
}

function equipment(today: string): Rows<'equipment'> {
  const inDate = addMonths(today, -3);
  const pressed = codes('HNT-KY', 'HNT-TTJ', 'HNT-PL', 'HNT-KZ', 'HNT-ZX', 'ZK-', 'QK-');
  const named = [
    machine('E001', ['微机控制电液伺服压力试验机', 'YAW-2000', 'YAW2000-20210317'], pressed, inDate),
    // Twelve months and over: the last day was yesterday.
    machine('E002', ['微机控制压力试验机', 'YAW-3000B', 'YAW3000B-20190826'], [CONCRETE], addMonths(today, -12)),
    machine('E003', ['液压式压力试验机', 'YES-2000', 'YES2000-20110509'], [CONCRETE], inDate, 'stopped'),
    // Its press takes what is too strong for 300 kN and too weak for 2000 kN.
    machine(
      'E004',
      ['微机控制电液伺服万能试验机', 'WAW-1000', 'WAW1000-20200611'],
      codes('GJ-', 'HNT-ZX', 'ZK-'),
      inDate,
    ),
    // Inside the month in which a warning is due.
    machine('E005', ['数显游标卡尺', '0–300 mm', 'KC-0300-118'], [CONCRETE, ...codes('GJ-')], addMonths(today, -11)),
    machine('E006', ['水泥抗折抗压一体机', 'YAW-300', 'YAW300-20220105'], codes('SN-', 'SJ-', 'ZK-', 'HNT-PL'), inDate),
    machine('E007', ['电子天平', 'TG-5 kg', 'TP-5000-077'], codes('SA-', 'SI-', 'TG-', 'GJ-'), inDate),
    machine('E008', ['数字回弹仪', 'HT-225', 'HT225-1931'], codes('HNT-HT'), inDate),
    machine('E009', ['钢筋扫描仪', 'GJ-100', 'GS100-0416'], codes('GJ-BHC'), inDate),
    machine('E010', ['饰面砖粘结强度检测仪', 'SW-6000', 'SW6-2207'], codes('SZ-'), inDate),
    machine('E011', ['微机控制电液伺服万能试验机', 'WAW-300', 'WAW300-20210902'], codes('GJ-'), inDate),
    machine('E012', ['微机控制抗折抗压试验机', 'YAW-100', 'YAW100-20220418'], codes('SJ-', 'HNT-KZ'), inDate),
    // Of bars that are pulled by themselves; joints have no use for one.
    machine('E013', ['电子引伸计', 'YYU-25/100', 'YYU100-2208'], codes(...PULLED), inDate),
    machine('E014', ['电子引伸计', 'YYU-10/50', 'YYU50-2011'], codes(...PULLED), addMonths(today, -12)),
  ];
  return [...named, ...machinesForRest(codes(''), named, inDate)];
}

function project(
  id: string,
  name: string,
  supervisionCode: string,
  authority: string,
  ownerUnit: string,
  state = 'active',
): Rows<'project'>[number] {
  return { id, data: { name, supervisionCode, authority, ownerUnit, state } };
}

function projects(): Rows<'project'> {
  return [
    project('G001', '云岭花园二期 3 号住宅楼', 'YJD-2026-0117', '云岭区建设工程质量安全监督站', '云岭置业发展有限公司'),
    project(
      'G002',
      '滨江路综合管廊工程（K2+300～K4+150）',
      'YJD-2026-0082',
      '云岭市市政工程质量监督站',
      '云岭市管廊投资建设有限公司',
    ),
    project(
      'G003',
      '南屿中学教学楼扩建工程',
      'YJD-2026-0203',
      '南屿区建设工程质量安全监督站',
      '南屿区教育基建管理中心',
    ),
    project(
      'G004',
      '云岭东站站前广场改造工程',
      'YJD-2024-0466',
      '云岭区建设工程质量安全监督站',
      '云岭东站枢纽建设有限公司',
      'closed',
    ),
  ];
}

function contracts(today: string): Rows<'contract'> {
  const year = today.slice(0, 4);
  const row = (index: number, projectId: string, itemCodes: string[], state = 'active'): Rows<'contract'>[number] => ({
    id: `C00${index}`,
    data: { contractNo: `HT${year}-00${index}`, projectId, itemCodes, state },
  });
  return [
    row(1, 'G001', [...codes(''), ADMIXTURE]),
    row(2, 'G002', codes('GJ-')),
    row(3, 'G003', [CONCRETE]),
    row(4, 'G004', codes('HNT-', 'GJ-'), 'closed'),
  ];
}

function institution(orgCode: string, today: string): WireInstitution {
  const validTo = addMonths(today, 12);
  const validFrom = addMonths(today, -24);
  return {
    orgCode,
    name: '广东云岭建设工程质量检测有限公司',
    address: '广东省云岭市云岭区检测路 8 号',
    qualifications: [
      { certificateNo: '粤建检专字第 2024-0718 号', specialty: '建筑材料及构配件', validFrom, validTo },
      { certificateNo: '粤建检专字第 2024-0719 号', specialty: '主体结构及装饰装修', validFrom, validTo },
    ],
    scope: inScope().map(({ id, data }) => ({
      itemCode: id,
      parameterCodes: data.parameters.map(({ code }) => code),
      validTo,
      state: 'active',
    })),
    controls: { scope: true, contract: true, personnel: true, equipment: true },
    limits: { maxBatchEntries: 200, maxBatchBytes: DEFAULT_BATCH_BYTES, maxMediaBytes: DEFAULT_MEDIA_BYTES },
  };
}

/** The whole lab, from the clock alone; everything but the secret is the same for the same day. */
export function seedTrainingLab(options: SeedOptions = {}): TrainingLab {
  const today = wireDate(options.now ?? Date.now());
  return {
    institution: institution(options.orgCode ?? '44JC20260718', today),
    credentials: {
      accessKey: options.accessKey ?? `AK${randomBytes(9).toString('base64url')}`,
      secret: options.secret ?? randomBytes(32).toString('base64url'),
    },
    reference: {
      item: items(),
      person: persons(today),
      'person-qualification': qualifications(today),
      equipment: equipment(today),
      project: projects(),
      contract: contracts(today),
    },
  };
}

/** Puts a lab into an empty platform, inside the caller's transaction; answers whether it was empty. */
export function plantLab(db: PlatformDatabase, lab: TrainingLab): boolean {
  if (db.prepare('SELECT 1 FROM institution').get() !== undefined) return false;
  const { orgCode } = lab.institution;
  db.prepare('INSERT INTO institution (org_code, body) VALUES (?, ?)').run(orgCode, JSON.stringify(lab.institution));
  db.prepare('INSERT INTO credential (access_key, org_code, secret) VALUES (?, ?, ?)').run(
    lab.credentials.accessKey,
    orgCode,
    lab.credentials.secret,
  );
  for (const kind of REFERENCE_KINDS) {
    for (const { id, data } of lab.reference[kind]) putReferenceRow(db, kind, id, data);
  }
  return true;
}
