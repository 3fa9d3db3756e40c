// Field paths of the contract in the words of the forms, so that a refusal names what stands on the screen.
import { listMethods } from '../../shared/methods/index.ts';

const names: Record<string, string> = {
  // Questions of the gate.
  supervision: '监管状态',
  scope: '资质范围',
  contract: '合同',
  personnel: '人员资格',
  equipment: '设备',
  age: '龄期',
  reference: '基础数据',
  localId: '编号',
  identityNo: '公民身份号码',
  certificateNo: '证书编号',
  serial: '出厂编号',
  startDate: '检定（校准）日期',
  validMonths: '有效期',
  rangeKn: '量程',
  itemCodes: '检测项目',
  projectId: '工程',
  contractNo: '合同',
  clientUnit: '委托单位',
  ownerUnit: '建设单位',
  contractorUnit: '施工单位',
  supervisorUnit: '监理单位',
  witnessUnit: '见证单位',
  witnessName: '见证人',
  witnessCertNo: '见证证书编号',
  samplerName: '取样人',
  commissionedByOwner: '建设单位委托',
  testCategory: '检测类别',
  siteAddress: '工程地址',
  remarks: '备注',
  samples: '样品',
  sampleCode: '样品二维码',
  itemCode: '检测项目',
  parameterCodes: '检测参数',
  name: '样品名称',
  grade: '设计等级',
  sideMm: '公称尺寸',
  curing: '养护条件',
  madeOn: '成型日期',
  madeAt: '成型时刻',
  requiredAgeDays: '龄期',
  sampledOn: '取样日期',
  structurePart: '工程部位',
  representedQuantity: '代表数量',
  maker: '制作单位',
  batchNo: '批号',
  state: '状态',
  username: '用户名',
  password: '密码',
  personId: '人员',
  roles: '角色',
  reason: '原因',
  environment: '检测环境',
  temperatureC: '温度',
  humidityPercent: '湿度',
  path: '端口',
  baudRate: '波特率',
  lineProfile: '行格式',
  platformUrl: '平台地址',
  platformProfile: '平台规约',
  orgCode: '机构代码',
  accessKey: '访问标识',
  secret: '密钥',
  fileName: '文件名',
  equipmentId: '设备',
  recordNo: '记录编号',
  commissionNo: '委托编号',
  reportNo: '报告编号',
  revision: '版本',
  contentRevision: '内容版本',
  reportKey: '所属报告',
  testerId: '检测人员编号',
  testerName: '检测人员',
  checkerId: '校核人员编号',
  checkerName: '校核人员',
  approverId: '批准人员编号',
  approverName: '批准人员',
  testedAt: '检测时间',
  checkedAt: '校核时间',
  approvedAt: '批准时间',
  code: '标识码',
  verifyUrl: '查验地址',
  validity: '有效性',
  localState: '状态（本机构）',
  portJson: '端口设置',
  environmentJson: '检测环境',
  resultJson: '计算结果',
  gateJson: '检查结果',
  returnedReason: '退回原因',
  disabled: '停用',
  value: '值',
};

/** `samples.2.grade` → 第 3 个样品 · 设计等级. */
export function fieldName(path: string): string {
  const property = /^(.*?)\.?properties\.(.+)$/.exec(path);
  if (property !== null) return [fieldName(property[1] ?? ''), propertyName(property[2] ?? '')].join(' · ');
  const parts: string[] = [];
  for (const part of path.split('.')) {
    if (/^\d+$/.test(part)) {
      const of = parts.pop() ?? '项';
      parts.push(`第 ${Number(part) + 1} 个${of}`);
    } else parts.push(part === 'state' && parts.length > 0 ? '样品状态' : (names[part] ?? part));
  }
  return parts.join(' · ');
}

/** A property of a sample or a reading in the words of its method. */
function propertyName(name: string): string {
  const fields = listMethods().flatMap((method) => method.fields);
  return fields.find((field) => field.name === name)?.label ?? name;
}
