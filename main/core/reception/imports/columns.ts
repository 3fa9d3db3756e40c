// The columns of an import file: heading as people write it, where its value goes, and how it is read from a cell.
export type Target = 'group' | `commission.${string}` | `sample.${string}`;

export interface ImportColumn {
  heading: string;
  target: Target;
  required: boolean;
  /** Shown in the template's second row. */
  example: string;
  /** Words of the file to the value of the entity; text is taken as it is. */
  read?: (cell: string) => unknown;
}

const yes = (cell: string): unknown => (cell === '是' ? true : cell === '否' ? false : cell);
const whole = (cell: string): unknown => (/^\d{1,4}$/.test(cell) ? Number(cell) : cell);
const list = (cell: string): unknown =>
  cell
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter(Boolean);
/** `2026/11/3` and `2026.11.3` are days as well. */
const day = (cell: string): unknown => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell);
  return parts ? `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}` : cell;
};

export const importColumns: readonly ImportColumn[] = [
  { heading: '委托序号', target: 'group', required: true, example: '1' },
  { heading: '工程编号', target: 'commission.projectId', required: true, example: 'G001' },
  { heading: '合同编号', target: 'commission.contractNo', required: false, example: 'HT2026-001' },
  { heading: '委托单位', target: 'commission.clientUnit', required: true, example: '云岭置业发展有限公司' },
  { heading: '建设单位', target: 'commission.ownerUnit', required: true, example: '云岭置业发展有限公司' },
  { heading: '施工单位', target: 'commission.contractorUnit', required: true, example: '云岭第三建筑工程有限公司' },
  { heading: '监理单位', target: 'commission.supervisorUnit', required: true, example: '云岭工程监理有限公司' },
  { heading: '见证单位', target: 'commission.witnessUnit', required: true, example: '云岭工程监理有限公司' },
  { heading: '见证人', target: 'commission.witnessName', required: true, example: '苏明' },
  { heading: '见证证号', target: 'commission.witnessCertNo', required: true, example: 'JZ-2025-0331' },
  { heading: '取样人', target: 'commission.samplerName', required: true, example: '周立' },
  { heading: '建设单位委托', target: 'commission.commissionedByOwner', required: true, example: '是', read: yes },
  { heading: '检测类别', target: 'commission.testCategory', required: true, example: '见证取样' },
  { heading: '工程地址', target: 'commission.siteAddress', required: false, example: '云岭市云岭区花园路 1 号' },
  { heading: '检测项目', target: 'sample.itemCode', required: true, example: 'HNT-KY' },
  { heading: '检测参数', target: 'sample.parameterCodes', required: true, example: 'KY', read: list },
  { heading: '样品名称', target: 'sample.name', required: true, example: '混凝土试块' },
  { heading: '标准版本', target: 'sample.edition', required: false, example: '' },
  { heading: '成型日期', target: 'sample.madeOn', required: false, example: '2026-10-26', read: day },
  { heading: '成型时间', target: 'sample.madeAt', required: false, example: '' },
  { heading: '龄期(d)', target: 'sample.requiredAgeDays', required: false, example: '28', read: whole },
  { heading: '取样日期', target: 'sample.sampledOn', required: true, example: '2026-10-26', read: day },
  { heading: '工程部位', target: 'sample.structurePart', required: true, example: '三层梁板 1-8/A-F 轴' },
  { heading: '代表数量', target: 'sample.representedQuantity', required: true, example: '100 m³' },
  { heading: '生产厂家', target: 'sample.maker', required: false, example: '云岭混凝土有限公司' },
  { heading: '批号', target: 'sample.batchNo', required: false, example: '' },
  { heading: '样品状态', target: 'sample.state', required: true, example: '外观完好，尺寸符合要求' },
  { heading: '唯一性标识', target: 'sample.sampleCode', required: false, example: '' },
];

/** Headings are compared without blanks and with half-width brackets. */
export const normalHeading = (text: string): string =>
  text.replaceAll(/\s/g, '').replaceAll('（', '(').replaceAll('）', ')');

export function headingOf(path: string): string {
  const target = path.replace(/^samples\.\d+\./, 'sample.');
  const column = importColumns.find(
    (candidate) =>
      candidate.target === target ||
      candidate.target === `commission.${path}` ||
      target.startsWith(`${candidate.target}.`),
  );
  return column?.heading ?? path;
}
