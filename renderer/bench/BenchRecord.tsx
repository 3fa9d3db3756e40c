// The record at the bench: facts of the sample, the three specimens, environment, result, and the tester's signature.
import { Button } from 'antd';
import { useState } from 'react';
import type { BenchState } from '../../shared/contract/answers.ts';
import type { Run, TestRecord } from '../../shared/entities/record.ts';
import { useClient } from '../client.ts';
import { GateFindings } from '../design/GateFindings.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { PasswordDialog } from '../design/PasswordDialog.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { recordWords } from '../design/words.ts';
import { acquisitionsOf } from '../record/strength.ts';
import { ResultLine } from '../record/ResultLine.tsx';
import { SignedFacts } from '../record/SignedFacts.tsx';
import { SpecimenTable } from '../record/SpecimenTable.tsx';
import { whatOf } from '../record/sampleFacts.ts';
import { usePermit } from '../state/session.ts';
import { fieldOfRun, methodById, specimenLabel } from '../../shared/methods/index.ts';
import { CurveValues } from './CurveValues.tsx';
import { EntrySheet } from './EntrySheet.tsx';
import { EnvironmentFields } from './EnvironmentFields.tsx';
import { FromFile } from './files/FromFile.tsx';
import { StopsPanel } from './StopsPanel.tsx';

const usualReasons = ['试件偏心受压', '加荷速度超出允许范围', '放错试件', '试件有缺陷', '设备异常'];

/** Why the tester cannot sign yet, in words; null when nothing is missing. */
function missingForSignature(record: TestRecord, permitted: boolean): string | null {
  if (record.state !== 'testing') return record.state === 'void' ? '记录已作废' : '已签名（检测）';
  if (!permitted) return '您没有检测签名的权限';
  if (record.open.length > 0) return `还差 ${record.open.join('、')}`;
  if (record.environment === null) return '还没有填检测环境';
  if (record.result === null) return record.problem ?? '结果尚未计算';
  const stopped = record.result.stops.filter(({ release }) => release === null).length;
  return stopped > 0 ? `${stopped} 项可疑数据待两人确认（F7）` : null;
}

export interface BenchRecordProps {
  record: TestRecord;
  state: BenchState | null;
  onChanged: () => void;
  onClose: () => void;
}

export function BenchRecord({ record, state, onChanged, onClose }: BenchRecordProps) {
  const client = useClient();
  const permitted = usePermit('record.test');
  const [signing, setSigning] = useState(false);
  const [repeating, setRepeating] = useState<Run | null>(null);
  const missing = missingForSignature(record, permitted);
  const lastValid = record.runs.findLast((run) => run.validity === 'valid');
  const editable = record.state === 'testing';
  useHotkeys('检测台 · 记录', [
    { keys: 'F8', name: '检测签名', run: () => setSigning(true), disabled: missing !== null },
    {
      keys: 'F9',
      name: '重做最近一件',
      run: () => setRepeating(lastValid ?? null),
      disabled: lastValid === undefined || !editable,
    },
    { keys: 'F10', name: '关闭记录', run: onClose },
  ]);
  const { sample } = record;
  const method = methodById(record.methodId);
  const acquisitions = acquisitionsOf(record);
  const findings =
    record.gate?.findings.filter((finding) => finding.outcome === 'warn' || finding.outcome === 'refuse') ?? [];
  return (
    <div className="jt-bench-record" data-testid="bench-record" data-record={record.recordNo}>
      <header className="jt-bench-facts">
        <b className="jt-bench-sample">{sample.sampleNo}</b>
        <span className="jt-bench-what">
          <b>{whatOf(record)}</b>
          {sample.madeOn === undefined ? '' : ` · 成型 ${sample.madeOn}`}
          {sample.properties['curing'] === undefined ? '' : ` · ${sample.properties['curing']}`}
        </span>
        <span className="jt-bench-project">{[...new Set([record.projectName, sample.structurePart])].join(' · ')}</span>
        <span className="jt-bench-no">
          记录 {record.recordNo} <StateTag state={recordWords[record.state]} />
        </span>
      </header>
      {record.returnedReason !== null && <p className="jt-note jt-tone-warn">▲ 已退回重核：{record.returnedReason}</p>}
      {findings.length > 0 && <GateFindings findings={findings} compact />}
      {acquisitions.map(({ field }) => (
        <SpecimenTable
          key={field}
          record={record}
          field={field}
          armed={state?.recordNo === record.recordNo && state.field === field ? state.specimenNo : null}
          onRepeat={editable ? setRepeating : undefined}
          large
        />
      ))}
      <CurveValues record={record} onChanged={onChanged} />
      <EntrySheet key={record.recordNo} record={record} onChanged={onChanged} />
      <StopsPanel record={record} onChanged={onChanged} />
      <div className="jt-bench-foot">
        <EnvironmentFields key={record.recordNo} record={record} onChanged={onChanged} />
        <ResultLine record={record} brief />
        <div className="jt-bench-actions">
          <FromFile key={`file-${record.recordNo}`} record={record} onChanged={onChanged} />
          <span className="jt-soft jt-missing" title={missing ?? undefined} data-testid="bench-missing">
            {missing ?? '可以签名'}
          </span>
          <Button
            size="large"
            onClick={() => setRepeating(lastValid ?? null)}
            disabled={lastValid === undefined || !editable}
            data-testid="bench-repeat"
          >
            重做 <kbd className="jt-key">F9</kbd>
          </Button>
          <Button
            type="primary"
            size="large"
            onClick={() => setSigning(true)}
            disabled={missing !== null}
            title={missing ?? undefined}
            data-testid="bench-sign"
          >
            检测签名 <kbd className="jt-key">F8</kbd>
          </Button>
        </div>
      </div>
      {signing && (
        <PasswordDialog
          title="检测签名"
          meaning={
            record.readings.some(({ runNo }) => runNo === null)
              ? '本人完成了以下检测，读数由设备采集、从仪器文件取入或本人录入，记录属实。'
              : '本人完成了以下检测，数据由设备自动采集，记录属实。'
          }
          digest={record.digest}
          confirmText="签名"
          onClose={() => setSigning(false)}
          onSign={async (password) => {
            await client.call('records.signTest', { recordNo: record.recordNo, digest: record.digest, password });
            setSigning(false);
            onChanged();
          }}
        >
          <SignedFacts record={record} />
        </PasswordDialog>
      )}
      {repeating !== null && (
        <ReasonDialog
          title={`重做${specimenLabel(method, fieldOfRun(method, repeating))} ${repeating.specimenNo}`}
          usual={usualReasons}
          confirmText="标为无效并重做"
          danger
          onClose={() => setRepeating(null)}
          onConfirm={async (reason) => {
            await client.call('bench.repeat', { runNo: repeating.runNo, reason });
            setRepeating(null);
            onChanged();
          }}
        >
          <p>
            {repeating.runNo}（峰值 {repeating.peakKn ?? '—'}{' '}
            kN）将标为无效，不计入结果；它的数据和曲线永久保留，并与原因一起上传。
          </p>
        </ReasonDialog>
      )}
    </div>
  );
}
