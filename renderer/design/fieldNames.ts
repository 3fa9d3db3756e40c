// Field paths of the contract in the words of the forms, so that a refusal names what stands on the screen.
const names: Record<string, string> = {
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
  state: '样品状态',
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
  orgCode: '机构代码',
  accessKey: '访问标识',
  secret: '密钥',
  fileName: '文件名',
  equipmentId: '设备',
  recordNo: '记录编号',
  commissionNo: '委托编号',
  reportNo: '报告编号',
};

/** `samples.2.grade` → 第 3 个样品 · 设计等级. */
export function fieldName(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('.')) {
    if (/^\d+$/.test(part)) {
      const of = parts.pop() ?? '项';
      parts.push(`第 ${Number(part) + 1} 个${of}`);
    } else parts.push(names[part] ?? part);
  }
  return parts.join(' · ');
}
