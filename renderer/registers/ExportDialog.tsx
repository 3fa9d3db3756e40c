// 导出: the register as a file of the same shape, with or without identity numbers in clear; why goes into the audit.
import { useState } from 'react';
import { registerNames, type RegisterId } from '../../shared/registers/calls.ts';
import { useClient } from '../client.ts';
import { blobOf, saveFile } from '../design/files.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' } as const;

export function ExportDialog({ register, onClose }: { register: RegisterId; onClose: () => void }) {
  const client = useClient();
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [identity, setIdentity] = useState(false);
  return (
    <ReasonDialog
      title={`导出${registerNames[register]}`}
      usual={['内部核查', '资质评审', '整理后再导入']}
      confirmText="导出"
      onClose={onClose}
      onConfirm={async (reason) => {
        const file = await client.call('registers.export', { register, format, identity, reason });
        saveFile(file.fileName, blobOf(file.bytesBase64, types[format]));
        onClose();
      }}
    >
      <div className="jt-register-export">
        {(['xlsx', 'csv'] as const).map((one) => (
          <label key={one} className="jt-check">
            <input
              type="radio"
              name="format"
              checked={format === one}
              onChange={() => setFormat(one)}
              data-testid={`register-format-${one}`}
            />
            {one === 'xlsx' ? 'Excel（.xlsx）' : '逗号分隔（.csv）'}
          </label>
        ))}
        {register === 'people' && (
          <label className="jt-check">
            <input
              type="checkbox"
              checked={identity}
              onChange={(event) => setIdentity(event.target.checked)}
              data-testid="register-identity"
            />
            写出完整的公民身份号码（不勾选则隐去中间位数；文件离开本机后由您保管）
          </label>
        )}
      </div>
    </ReasonDialog>
  );
}
