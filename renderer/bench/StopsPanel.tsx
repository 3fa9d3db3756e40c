// Figures that can hardly be: the record waits here until someone has looked, says why, and a second person agrees.
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { RecordStop, Run, TestRecord } from '../../shared/entities/record.ts';
import { fieldNamed, fieldOfRun, methodById } from '../../shared/methods/index.ts';
import { useClient } from '../client.ts';
import { RunCurve } from '../curve/RunCurve.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { UsualReasons } from '../design/ReasonDialog.tsx';
import { useCommand } from '../design/useCommand.ts';

const usualReasons = ['已查看曲线，数据属实', '已复测，结果一致', '设备示值已核对'];

/** The run that a stop speaks of: of its own reading, its own rate, or of the specimen whose reading it is. */
export function runOfStop(record: TestRecord, { field: path }: Pick<RecordStop, 'field'>): Run | undefined {
  const method = methodById(record.methodId);
  const [name = '', index] = path.split('.');
  const set = fieldNamed(method, name)?.set;
  const acquisition =
    method.acquisitions.find(({ field, rateField }) => field === name || rateField === name) ??
    method.acquisitions.find(({ field }) => set !== undefined && fieldNamed(method, field)?.set === set);
  if (acquisition === undefined || index === undefined) return undefined;
  return record.runs.findLast(
    (run) =>
      run.validity === 'valid' && run.specimenNo === Number(index) + 1 && fieldOfRun(method, run) === acquisition.field,
  );
}

function ReleaseDialog({
  record,
  stop,
  second: [username, setUsername],
  onClose,
  onChanged,
}: {
  record: TestRecord;
  stop: RecordStop;
  /** The second person's name, which stays for the next stop; the password never does. */
  second: [string, (username: string) => void];
  onClose: () => void;
  onChanged: () => void;
}) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const release = useCommand(async () => {
    await client.call('records.releaseStop', {
      recordNo: record.recordNo,
      code: stop.code,
      field: stop.field,
      digest: record.digest,
      reason: reason.trim(),
      second: { username: username.trim(), password },
    });
    onChanged();
    onClose();
  });
  const run = runOfStop(record, stop);
  const ready = reason.trim() !== '' && username.trim() !== '' && password !== '';
  return (
    <Dialog title="确认可疑数据" onClose={onClose} width={620} closable={!release.busy}>
      <form
        className="jt-release"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !release.busy) void release.run();
        }}
      >
        <p className="jt-tone-bad">
          <b>▲ {stop.message}</b>
        </p>
        <p>{stop.meaning}</p>
        <p className="jt-soft">
          {stop.next}
          {stop.clause === undefined ? '' : `（${stop.clause}）`}
        </p>
        {run !== undefined && <RunCurve runId={run.runId} title={`${run.runNo} · 峰值 ${run.peakKn ?? '—'} kN`} />}
        <UsualReasons usual={usualReasons} onPick={setReason} />
        <label htmlFor="release-reason">
          原因
          <Input
            id="release-reason"
            autoFocus
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
            data-testid="release-reason"
          />
        </label>
        <label htmlFor="release-second">
          第二人（校核员）用户名
          <Input
            id="release-second"
            value={username}
            autoComplete="off"
            onChange={(event) => setUsername(event.target.value)}
            data-testid="release-second"
          />
        </label>
        <label htmlFor="release-password">
          第二人密码
          <Input.Password
            id="release-password"
            value={password}
            autoComplete="off"
            onChange={(event) => setPassword(event.target.value)}
            data-testid="release-password"
          />
        </label>
        <ErrorBlock error={release.error} onClose={release.clear} />
        <DialogActions onClose={onClose} goKey="Enter" ready={ready} busy={release.busy} danger testId="release-go">
          两人确认，继续
        </DialogActions>
      </form>
    </Dialog>
  );
}

export function StopsPanel({ record, onChanged }: { record: TestRecord; onChanged: () => void }) {
  const [chosen, setChosen] = useState<RecordStop | null>(null);
  const second = useState('');
  const stops = record.result?.stops ?? [];
  const open = stops.filter(({ release }) => release === null);
  useHotkeys('检测台 · 可疑数据', [
    {
      keys: 'F7',
      name: '确认可疑数据',
      run: () => setChosen(open[0] ?? null),
      disabled: open.length === 0 || record.state !== 'testing',
    },
  ]);
  if (stops.length === 0) return null;
  return (
    <section className="jt-stops" data-testid="stops">
      {stops.map((stop) => (
        <p key={`${stop.code}${stop.field}`} className={stop.release === null ? 'jt-tone-bad' : 'jt-soft'}>
          {stop.release === null ? '▲ ' : '✓ '}
          {stop.message}
          {stop.release === null ? (
            <Button danger onClick={() => setChosen(stop)} data-testid={`stop-${stop.code}-${stop.field}`}>
              查看并确认{stop === open[0] && <kbd className="jt-key">F7</kbd>}
            </Button>
          ) : (
            ` ${stop.release.personName}、${stop.release.secondName} 已确认：${stop.release.reason}`
          )}
        </p>
      ))}
      {chosen !== null && (
        <ReleaseDialog
          record={record}
          stop={chosen}
          second={second}
          onClose={() => setChosen(null)}
          onChanged={onChanged}
        />
      )}
    </section>
  );
}
