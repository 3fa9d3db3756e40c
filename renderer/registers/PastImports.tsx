// 以往的导入: who took over which file, when and why, with the file as it was.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisterId, RegisterImport } from '../../shared/registers/calls.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { blobOf, saveFile } from '../design/files.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { showTime } from '../design/time.ts';

/** `stamp` changes when something was imported. */
export function PastImports({ register, stamp }: { register: RegisterId; stamp: string | null }) {
  const client = useClient();
  const [taking, setTaking] = useState<RegisterImport | null>(null);
  const query = useQuery({
    queryKey: ['registers.imports', register, stamp],
    queryFn: () => client.call('registers.imports', { register }),
  });
  const imports = query.data?.imports ?? [];
  if (query.error !== null) return <ErrorBlock error={toErrorInfo(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <section className="jt-register-past" data-testid="register-imports">
      <h4>以往的导入</h4>
      {imports.length === 0 ? (
        <p className="jt-soft">{query.isPending ? '正在载入…' : '还没有导入过。'}</p>
      ) : (
        <ol>
          {imports.map((one) => (
            <li key={one.importId} data-testid="register-import">
              <b>{one.fileName}</b> {showTime(one.at)} {one.byName}：新增 {one.newCount}，变更 {one.changedCount}，相同{' '}
              {one.sameCount}，有问题未导入 {one.refusedCount}
              <span className="jt-soft"> 原因：{one.reason}</span>{' '}
              <button type="button" className="jt-link" onClick={() => setTaking(one)} data-testid="register-source">
                取出原文件
              </button>
            </li>
          ))}
        </ol>
      )}
      {taking !== null && (
        <ReasonDialog
          title={`取出 ${taking.fileName}`}
          usual={['内部核查', '资质评审']}
          confirmText="取出"
          onClose={() => setTaking(null)}
          onConfirm={async (reason) => {
            const file = await client.call('registers.source', { importId: taking.importId, reason });
            saveFile(file.fileName, blobOf(file.bytesBase64, 'application/octet-stream'));
            setTaking(null);
          }}
        >
          <p>当时导入的文件，逐字节不变，可能含公民身份号码；离开本机后由您保管。</p>
        </ReasonDialog>
      )}
    </section>
  );
}
