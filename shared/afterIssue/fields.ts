// What may change after issue: commission information, and nothing that was tested or that a result rests on. Every field of
// a commission and of its samples stands here, with its limits or with the reason why it stays.
import { commissionInputSchema, sampleInputSchema } from '../entities/commission.ts';

interface Changeable {
  label: string;
}

const commissionChangeable = {
  clientUnit: { label: '委托单位' },
  ownerUnit: { label: '建设单位' },
  contractorUnit: { label: '施工单位' },
  supervisorUnit: { label: '监理单位' },
  witnessUnit: { label: '见证单位' },
  witnessName: { label: '见证人' },
  witnessCertNo: { label: '见证证书编号' },
  samplerName: { label: '取样人' },
  projectName: { label: '工程名称' },
} as const satisfies Record<string, Changeable>;
const sampleChangeable = {
  structurePart: { label: '工程部位' },
  representedQuantity: { label: '代表数量' },
  maker: { label: '生产厂家' },
  batchNo: { label: '批号' },
} as const satisfies Record<string, Changeable>;

export type CommissionField = keyof typeof commissionChangeable;
export type SampleField = keyof typeof sampleChangeable;
export const commissionFields = Object.keys(commissionChangeable) as CommissionField[];
export const sampleFields = Object.keys(sampleChangeable) as SampleField[];

const testData = '是检测数据，签发后不能变更';
const enters = '决定检测龄期或进入结果和判定，签发后不能变更';
const seen = '是收样时看到的样品事实，签发后不能变更';

/** Why a field stays; what stands in neither list is no field of a commission. */
export const unchangeable: Readonly<Record<string, string>> = {
  madeOn: `成型日期${enters}`,
  madeAt: `成型时刻${enters}`,
  requiredAgeDays: `龄期${enters}`,
  grade: `设计等级（牌号）${enters}`,
  spec: `规格尺寸${enters}`,
  properties: `样品的技术属性${enters}`,
  edition: '标准版本决定如何检测和判定，签发后不能变更',
  itemCode: `检测项目${testData}`,
  parameterCodes: `检测参数${testData}`,
  name: `样品名称${seen}`,
  state: `样品状态${seen}`,
  sampledOn: `取样日期${seen}`,
  sampleCode: `样品的唯一性标识${seen}`,
  sampleNo: '编号不更改、不重用',
  commissionNo: '编号不更改、不重用',
  receivedAt: `收样时间${seen}`,
  receiverName: `收样人${seen}`,
  projectId: '换到另一个工程就是另一份委托，须重新委托',
  contractNo: '合同决定项目是否在委托范围内，须重新委托',
  supervisionCode: '监督编号由监管平台下发，不在本机更改',
  commissionedByOwner: '是否建设单位委托决定报告能否作验收资料，须重新委托',
  testCategory: '检测类别决定报告的用途，须重新委托',
  siteAddress: `检测地点${testData}`,
  remarks: '备注不在报告上，无须变更单',
  readings: `读数${testData}`,
  results: `检测结果${testData}`,
  conclusion: `检测结论${testData}`,
  conclusionText: `检测结论${testData}`,
  testedAt: `检测时间${testData}`,
  testedOn: `检测日期${testData}`,
  environment: `检测环境${testData}`,
  equipmentIds: `检测设备${testData}`,
};

/** `clientUnit`, or `samples.<sampleNo>.structurePart`. */
export type FieldPath =
  | { of: 'commission'; field: CommissionField }
  | { of: 'sample'; sampleNo: string; field: SampleField };

export const samplePath = (sampleNo: string, field: string): string => `samples.${sampleNo}.${field}`;

/** The field that a path names, or why it cannot be changed. */
export function fieldOfPath(path: string): FieldPath | { refusal: string } {
  const parts = path.split('.');
  const name = parts.at(-1) ?? '';
  if (parts.length === 1 && Object.hasOwn(commissionChangeable, name)) {
    return { of: 'commission', field: name as CommissionField };
  }
  if (parts.length === 3 && parts[0] === 'samples' && Object.hasOwn(sampleChangeable, name)) {
    return { of: 'sample', sampleNo: parts[1] ?? '', field: name as SampleField };
  }
  const why = parts.toReversed().find((part) => Object.hasOwn(unchangeable, part));
  return { refusal: why === undefined ? `${path} 不是委托信息，不能用变更单更改` : (unchangeable[why] ?? '') };
}

export const labelOfField = (path: string): string => {
  const found = fieldOfPath(path);
  if ('refusal' in found) return path;
  return found.of === 'commission'
    ? commissionChangeable[found.field].label
    : `样品 ${found.sampleNo} ${sampleChangeable[found.field].label}`;
};

/** The new value as it is stored, or what is wrong with it: the limits are those of reception. */
export function checkNewValue(found: FieldPath, value: string): { value: string } | { problem: string } {
  const schema =
    found.of === 'sample'
      ? sampleInputSchema.shape[found.field]
      : found.field === 'projectName'
        ? commissionInputSchema.shape.clientUnit
        : commissionInputSchema.shape[found.field];
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data ?? '' };
  return { problem: parsed.error.issues[0]?.message ?? '填写有误' };
}
