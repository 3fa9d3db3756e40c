// The texts behind each question, cited as far as they are known; wording marked 待核对 must be confirmed on the paper.
export const SOURCE = {
  scope: '住房和城乡建设部令第57号第三十九条（超出资质范围出具的报告无效）；省级检测监管软件数据标准·检测范围控制',
  contract: '省级检测监管软件数据标准·合同与工程控制',
  personnel: '省级检测监管软件数据标准·人员资格控制；GB 50618-2011（条款待核对）',
  role: '机构质量管理体系·岗位授权',
  equipment:
    '省级检测监管软件数据标准·设备检定校准控制；国家市场监督管理总局令第39号（使用未经检定校准的设备属于不实数据）',
  commissioning: '机构质量管理体系·仪器接入确认',
  exception: '校准、期间核查和质量控制允许使用样品检测不得使用的设备',
  supervision: '省级监管平台接口·委托锁定与作废',
} as const;
