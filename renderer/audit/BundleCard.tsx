// 检查包: what an inspector takes away, and checks without this program.
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { blobOf, saveFile } from '../design/files.ts';
import { useCommand } from '../design/useCommand.ts';

export function BundleCard({ fingerprint }: { fingerprint: string | null }) {
  const client = useClient();
  const [numbers, setNumbers] = useState('');
  const [reason, setReason] = useState('');
  const [made, setMade] = useState<{ fileName: string; files: number; fingerprint: string } | null>(null);
  const recordNos = numbers.split(/[\s,，、;；]+/).filter((one) => one !== '');
  const key = made?.fingerprint ?? fingerprint;
  const ready = recordNos.length > 0 && reason.trim() !== '';
  const save = useCommand(async () => {
    setMade(null);
    const { bytesBase64, ...bundle } = await client.call('audit.bundle', { recordNos, reason: reason.trim() });
    saveFile(bundle.fileName, blobOf(bytesBase64, 'application/zip'));
    setMade(bundle);
  });
  return (
    <section className="jt-card">
      <h3>
        导出检查包 <kbd className="jt-key">F4</kbd>
      </h3>
      <p className="jt-soft">
        原始记录、原始采集文件、报告和有关的审计链，附签名清单和独立校验程序，检查人员不用本程序即可核对。导出记入审计。
      </p>
      <form
        className="jt-audit-bundle"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save.run();
        }}
      >
        <input
          className="jt-input"
          id="bundle-records"
          aria-label="原始记录编号，多个用空格或逗号隔开"
          placeholder="原始记录编号，多个用空格或逗号隔开"
          value={numbers}
          onChange={(event) => setNumbers(event.target.value)}
          data-testid="bundle-records"
        />
        <input
          className="jt-input"
          aria-label="用途"
          placeholder="用途，如：2026 年飞行检查"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          data-testid="bundle-reason"
        />
        <Button htmlType="submit" loading={save.busy} disabled={!ready} data-testid="bundle-save">
          导出 <kbd className="jt-key">Enter</kbd>
        </Button>
      </form>
      <ErrorBlock error={save.error} />
      {made !== null && (
        <p role="status" className="jt-tone-good" data-testid="bundle-made">
          ✓ 已导出 {made.fileName}，{made.files} 个文件。
        </p>
      )}
      {key !== null && (
        <p className="jt-soft">
          签名公钥指纹 <code data-testid="bundle-fingerprint">{key}</code>（请检查人员当场抄下，校验时核对）
        </p>
      )}
    </section>
  );
}
