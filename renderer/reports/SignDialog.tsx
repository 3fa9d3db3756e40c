// Signs a report as it lies on the screen: the approval, and on a revision after the first 检测 and 校核 before it.
import { App } from 'antd';
import { signatureMeaningNames, type SignatureMeaning } from '../../shared/entities/record.ts';
import { useClient } from '../client.ts';
import { Facts } from '../design/Facts.tsx';
import { PasswordDialog } from '../design/PasswordDialog.tsx';
import { showTime } from '../design/time.ts';
import type { LiveReport, ReportRow } from './reportRow.ts';

const signCalls = { test: 'reports.signTest', check: 'reports.signCheck', approve: 'reports.approve' } as const;
const signMeanings: Record<SignatureMeaning, string> = {
  test: '检测数据没有改变。本人作为检测人员，在变更了委托信息的这一版报告上签名。',
  check: '检测数据没有改变。本人作为校核人员，在变更了委托信息的这一版报告上签名。',
  approve: '本人作为授权签字人批准签发这份报告。批准后报告上传监管平台并申请防伪监管标识码。',
};
export interface SignDialogProps {
  row: ReportRow;
  report: LiveReport | null;
  meaning: SignatureMeaning;
  /** Of the paper on the screen. */
  digest: string;
  signatures: readonly { meaning: SignatureMeaning; personName: string; at: string; valid: boolean }[];
  onClose: () => void;
}

export function SignDialog({ row, report, meaning, digest, signatures, onClose }: SignDialogProps) {
  const client = useClient();
  const { message } = App.useApp();
  const { reportNo, revision } = row;
  return (
    <PasswordDialog
      title={`${signatureMeaningNames[meaning]}签名`}
      meaning={signMeanings[meaning]}
      digest={digest}
      confirmText={meaning === 'approve' ? '批准' : '签名'}
      onClose={onClose}
      onSign={async (password) => {
        await client.call(signCalls[meaning], { reportNo, revision, digest, password });
        onClose();
        void message.success(
          meaning === 'approve' ? `${reportNo} 已批准，取得标识码后可以打印正式报告。` : `${reportNo} 已签名。`,
        );
      }}
    >
      <Facts
        columns={2}
        facts={[
          ['报告编号', `${reportNo} 第 ${revision} 版`],
          ['委托编号', row.commissionNo],
          ['工程', row.projectName, 'wide'],
          ['结论', report?.conclusionText ?? '', 'wide'],
          ['原始记录', report?.recordNos.join('、') ?? '', 'wide'],
          [
            '已有签名',
            signatures
              .filter(({ valid }) => valid)
              .map((one) => `${signatureMeaningNames[one.meaning]} ${one.personName} ${showTime(one.at)}`)
              .join('；'),
            'wide',
          ],
        ]}
      />
    </PasswordDialog>
  );
}
