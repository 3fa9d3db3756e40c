// The sheet that lies in the bundle: what is in it, how it is checked, what the check cannot say.
export interface ReadmeFacts {
  institution: string;
  madeAt: string;
  madeBy: string;
  reason: string;
  recordNos: readonly string[];
  fingerprint: string;
}

export const readmeText = ({
  institution,
  madeAt,
  madeBy,
  reason,
  recordNos,
  fingerprint,
}: ReadmeFacts): string => `检台检查包

机构：${institution}
导出：${madeAt}，${madeBy}
用途：${reason}
原始记录：${recordNos.join('、')}
公钥指纹：${fingerprint}

一、内容
  manifest.json、manifest.sig  清单和签名（Ed25519）
  records/<记录编号>/record.json、record.pdf  原始记录的数据和打印件
  reports/<报告编号>-<版本>.pdf  检测报告（已赋码的为赋码件）
  runs/<采集编号>.run  仪器送出的原始字节，逐块加散列
  rows.json  上述记录在数据库里的全部数据行
  chain/audit.jsonl  审计链：与上述记录有关的条目为全文，其余只有序号和散列
  verify.mjs  校验程序

二、校验
  在装有 Node.js 22 以上版本的电脑上，把检查包解开到一个空文件夹，运行：
    node verify.mjs
  程序不联网，不改动任何文件；有一处对不上，就指出第一处。
  公钥指纹请当场与机构检台“审计”页上显示的核对，也可写在命令里：
    node verify.mjs . --key ${fingerprint}

三、校验说明什么，不说明什么
  能说明：检查包自导出后没有改动；数据行、原始字节和审计链彼此一致；各报告批准时的链头在审计链里。
  请另行核对：链头的前 16 位印在每份报告上，全文随报告上传监管平台。两处都与本包一致，才说明报告批准之前的历史没有被整体重写。
  record.json 与 record.pdf 由程序按数据行生成，供阅读；以 rows.json、runs 和审计链为准。
`;
