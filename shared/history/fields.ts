// Columns of the store in the words of the trade. A column that means one thing in one table and another elsewhere is
// named with its table.

const common: Record<string, string> = {
  // Numbers and keys.
  commissionNo: '委托编号', sampleNo: '样品编号', recordNo: '记录编号', runNo: '采集编号', reportNo: '报告编号', reportKey: '所属报告',
  changeNo: '变更单编号', ledgerNo: '台账编号', logNo: '修改日志编号', taskId: '任务标识', runId: '采集标识', markId: '标记标识',
  readingId: '读数标识', releaseId: '确认标识', signatureId: '签名标识', printId: '打印标识', handlingId: '处理标识', decisionId: '检查标识',
  overrideId: '放行标识', registrationId: '登记标识', commissioningId: '确认记录标识', qualificationId: '资格标识', heldId: '暂缓标识',
  entryId: '上传条目', userId: '用户标识', placeId: '房间编号', profileId: '文件配置', entity: '对象', entityKey: '对象编号', entityNo: '对象编号',
  number: '编号', series: '编号序列', year: '年', n: '序号', key: '名称', value: '值', version: '版本', revision: '版本', contentRevision: '内容版本',
  localId: '本机编号', platformId: '平台编号', kind: '种类', subject: '放行的对象', question: '检查项',
  // People.
  personId: '人员编号', personName: '人员', name: '名称', username: '用户名', passwordHash: '密码', rolesJson: '角色', disabled: '停用',
  testerId: '检测人员编号', testerName: '检测人员', checkerId: '校核人员编号', checkerName: '校核人员', approverId: '批准人员编号',
  approverName: '批准人员', approver: '批准人', operator: '经办人', operatorId: '操作人员编号', operatorName: '操作人员', receiverId: '收样人员编号',
  receiverName: '收样人员', secondId: '第二人编号', secondName: '第二人', byId: '经办人编号', byName: '经办人', enteredById: '登记人编号',
  enteredByName: '登记人', assigneeId: '分配给（编号）', assigneeName: '分配给', assignedAt: '分配时间', assignedByName: '分配人', assignedReason: '分配说明',
  decidedById: '决定人编号', decidedByName: '决定人', decidedBy: '决定人', appliedById: '申请人编号', appliedBy: '申请人',
  handledById: '经办人编号', handledBy: '经办人', broughtBy: '交回人', voidedBy: '作废人', endedBy: '终止人', witness: '见证人意见',
  certificateNo: '证书编号', sealed: '密文', masked: '掩码', workstation: '工位',
  // Times.
  at: '时间', createdAt: '建立时间', receivedAt: '收样时间', testedAt: '检测时间', checkedAt: '校核时间', approvedAt: '批准时间',
  startedAt: '开始时间', endedAt: '结束时间', filedAt: '归档时间', codeIssuedAt: '赋码时间', codeRevokedAt: '标识码撤销时间', voidedAt: '作废时间',
  appliedAt: '申请时间', decidedAt: '决定时间', enteredAt: '登记时间', handledAt: '办理时间', openedAt: '立项时间', foundAt: '发现时间',
  importedAt: '取入时间', localSince: '状态起始', returnedOn: '交回日期', dueOn: '应检日期', madeOn: '成型日期', madeAt: '成型时刻',
  sampledOn: '取样日期', validTo: '有效期至', startDate: '检定（校准）日期', validMonths: '有效期（月）',
  // Commission and sample.
  projectId: '工程编号', projectName: '工程名称', supervisionCode: '监督登记号', contractId: '合同标识', contractNo: '合同编号', clientUnit: '委托单位',
  ownerUnit: '建设单位', contractorUnit: '施工单位', supervisorUnit: '监理单位', witnessUnit: '见证单位', witnessName: '见证人',
  witnessCertNo: '见证证书编号', samplerName: '取样人', commissionedByOwner: '建设单位委托', testCategory: '检测类别', siteAddress: '工程地址',
  remarks: '备注', remark: '备注', platformState: '平台状态', platformReason: '平台说明', gateJson: '合规检查', sampleCode: '样品标识',
  itemCode: '检测项目', parameterCodesJson: '检测参数', parametersJson: '检测参数', propertiesJson: '样品特性', grade: '设计等级', spec: '规格',
  sideMm: '公称边长（mm）', curing: '养护条件', requiredAgeDays: '龄期（d）', ageDays: '龄期（d）', structurePart: '工程部位',
  representedQuantity: '代表数量', maker: '制作单位', batchNo: '批号', state: '状态', authority: '监督机构',
  // Record, run, reading.
  methodId: '检测方法', edition: '标准版本', methodStandard: '检测依据', judgementStandard: '判定依据', policiesJson: '方法设置',
  equipmentId: '设备编号', equipmentSerial: '出厂编号', temperatureC: '温度（℃）', humidityPercent: '湿度（%）', environmentJson: '检测环境',
  resultJson: '计算结果', returnedReason: '退回原因', specimenNo: '试件号', position: '位置', field: '数据项', driver: '驱动', driverVersion: '驱动版本',
  sampleRateHz: '采样频率（Hz）', sampleCount: '采样点数', channelsJson: '通道', peakKn: '峰值（kN）', peakAtS: '峰值时刻（s）',
  loadingRateKnPerS: '加荷速率（kN/s）', gaps: '中断次数', rejectedBytes: '弃用字节', file: '文件', fileSha256: '文件摘要', rawDigest: '原始数据校验值',
  previousDigest: '前一条的校验值', algorithmJson: '算法', derivedJson: '导出量', remarksJson: '采集说明', extensometerJson: '引伸计',
  validity: '有效性', reason: '原因', source: '来源', raw: '原始字节', mediaSha256: '文件摘要', code: '代码', message: '说明', digest: '内容摘要',
  sampleJson: '样品信息', meaning: '签名含义', fileName: '文件名', sha256: '文件摘要', path: '路径', bytes: '字节数',
  // Report and after issue.
  title: '标题', draftJson: '草稿', contentJson: '报告全文', payloadDigest: '上报内容摘要', contentSha256: '报告文件摘要', codedSha256: '赋码文件摘要',
  verifyUrl: '查验地址', waitingFor: '等待', voidReason: '作废原因', codeRevokedReason: '标识码撤销原因', coded: '已赋码', purpose: '用途',
  fieldsJson: '变更内容', evidenceJson: '证明材料', decision: '决定说明', cause: '缘由', copies: '份数', returned: '交回份数',
  missingReason: '未交回原因', parameterCode: '检测参数', requirement: '要求', how: '处理方式', text: '内容', closes: '销号',
  // Machines, rooms, reference data.
  model: '型号', serial: '出厂编号', itemCodesJson: '检测项目', rangeKn: '量程（kN）', rangeText: '量程', accuracyClass: '准确度等级', localState: '状态（本机构）',
  localReason: '状态原因', portJson: '端口设置', identity: '仪器身份', shown: '显示值', received: '接收值', zero: '零点', temperatureMin: '温度下限（℃）',
  temperatureMax: '温度上限（℃）', humidityMin: '湿度下限（%）', humidityMax: '湿度上限（%）', alarmMinutes: '报警延时（min）', orgCode: '机构代码',
  address: '地址', qualificationsJson: '资质证书', scopeJson: '资质范围', controlsJson: '监管控制项', limitsJson: '平台限额', methodsJson: '检测方法',
  acquisition: '采集方式', structuralSafety: '涉及结构安全', dataJson: '登记内容', action: '处理', moment: '环节', equipmentIdsJson: '设备',
  allowed: '结论', snapshot: '基础数据版本', snapshotFetchedAt: '基础数据取得时间', findingsJson: '检查结果', usableBefore: '原有可用数',
  lostCount: '减少数', lostJson: '减少的', endReason: '终止原因', subjectId: '编号', day: '日期', doneBy: '实施人', documentNo: '文件编号',
  result: '结果', detail: '说明', nextOn: '下次日期', filesJson: '附件', premisesId: '场所编号', platformCode: '平台代码', platformMessage: '平台说明',
  // Registers.
  validFrom: '有效期自', standardNo: '标准编号', inForceFrom: '实施日期', replacedBy: '代替它的标准', replacedOn: '被代替日期', register: '名册',
  importId: '导入标识', sourceSha256: '原文件摘要', keptSha256: '留存文件摘要', keptSealed: '留存时加密', planDigest: '预检摘要', newCount: '新增行数',
  changedCount: '变更行数', sameCount: '相同行数', refusedCount: '未导入行数',
}; // prettier-ignore

const own: Record<string, Record<string, string>> = {
  person: { name: '姓名', state: '平台状态' },
  sample: { name: '样品名称', state: '样品状态' },
  report: { code: '标识码' },
  reading: { value: '读数' },
  modification: { field: '字段', oldValue: '原值', newValue: '新值' },
  unqualified: { value: '实测值' },
  numberIssued: { entity: '用于', voidReason: '作废原因' },
  setting: { key: '设置名称' },
  climatePlace: { kind: '房间种类', name: '房间名称' },
  registration: { kind: '登记种类', reason: '说明' },
  gateDecision: { entity: '对象', at: '检查时间' },
  run: { reason: '无效原因' },
  agreement: { digest: '所阅内容摘要', shownAt: '显示时间', agreedAt: '同意时间' },
  blindSample: { blindNo: '盲样编号', madeAt: '编号时间' },
  retest: {
    firstRecordNo: '首次记录编号',
    firstReportNo: '首次报告编号',
    basis: '复检依据',
    clause: '条款',
    says: '标准的规定',
    quantity: '试件数量',
    begunById: '办理人编号',
    begunBy: '办理人',
    begunAt: '办理时间',
  },
  supplement: { firstRecordNo: '首次记录编号', begunById: '办理人编号', begunBy: '办理人', begunAt: '办理时间' },
  paperImage: {
    imageId: '图片标识',
    kind: '图片种类',
    format: '格式',
    widthPx: '宽（像素）',
    heightPx: '高（像素）',
    validFrom: '启用日期',
  },
  paperImageAct: { imageId: '图片标识', act: '办理' },
  dossierEntry: { entryId: '条目标识', subject: '对象' },
  dossierWithdrawal: { entryId: '条目标识' },
  qualificationEntry: { entryId: '资格标识' },
  qualificationWithdrawal: { entryId: '资格标识' },
  labStandard: { name: '标准名称' },
  signature: { entity: '签名对象', digest: '签名内容摘要' },
};

/** Null where nobody has named it yet: a test says so. */
export function columnName(entity: string, column: string): string | null {
  return own[entity]?.[column] ?? common[column] ?? null;
}
