// 设备: what is calibrated until when, what is connected; the equipment keeper enters machines, stops, resumes, and sets
// ports.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { sayExtensometer } from '../../shared/entities/extensometer.ts';
import { useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import { channelWords, equipmentWords } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';
import { Dossier } from '../dossier/Dossier.tsx';
import { RegisterPane } from '../registers/RegisterPane.tsx';
import { History } from '../registrations/History.tsx';
import { MachineDialog } from '../registrations/MachineDialog.tsx';
import { useRegistration } from '../registrations/useRegistration.ts';
import { standingWord } from '../registrations/words.ts';
import { usePermit, useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { FileSourceForm } from './files/FileSourceForm.tsx';
import { StatusLabels } from './StatusLabels.tsx';
import { ScannerDialog } from './ScannerDialog.tsx';
import { VirtualInstruments } from './VirtualInstruments.tsx';
import { Connection, useHistory } from './wizard/Connection.tsx';
import { Wizard } from './wizard/Wizard.tsx';

export type Machine = CollectionDocument<'equipment'>;

function calibration(machine: Machine) {
  const days = daysUntil(machine.validTo);
  if (days < 0) return <StateTag state={{ word: `${machine.validTo} 已过期`, tone: 'bad', shape: '✕' }} />;
  if (days < 31) return <StateTag state={{ word: `${machine.validTo}，还有 ${days} 天`, tone: 'warn', shape: '▲' }} />;
  return machine.validTo;
}

/** What still stands in the lab. */
const isHere = ({ state }: Machine): boolean => state === 'inUse' || state === 'stopped';

const unconfirmed = { word: '接入未确认', tone: 'warn', shape: '▲' } as const;

const columns: readonly Column<Machine>[] = [
  { key: 'id', title: '编号', width: '56px', render: (machine) => <b>{machine.id}</b> },
  { key: 'name', title: '名称', width: 'minmax(120px, 1fr)', render: (machine) => machine.name },
  { key: 'model', title: '型号', width: '88px', render: (machine) => machine.model },
  { key: 'validTo', title: '检定有效期至', width: '172px', render: calibration },
  {
    key: 'state',
    title: '状态',
    width: 'minmax(92px, 0.9fr)',
    render: (machine) => {
      const standing = standingWord(machine);
      // A registration that is decided says nothing that the state does not say.
      const open = standing !== null && machine.registration !== 'approved';
      return <StateTag state={open ? standing : equipmentWords[machine.state]} title={standing?.word} />;
    },
  },
  {
    key: 'channel',
    title: '通道',
    width: '128px',
    render: (machine) => (
      <StateTag state={machine.commissioning === 'unconfirmed' ? unconfirmed : channelWords[machine.channelState]} />
    ),
  },
];

function MachineConnection({ machine, onWizard }: { machine: Machine; onWizard: () => void }) {
  const { history, error, reload } = useHistory(machine.id, machine.seq);
  if (history === null) return <ErrorBlock error={error} onRetry={reload} />;
  return <Connection machine={machine} history={history} onWizard={onWizard} onChanged={reload} />;
}

function ConnectMachine({ machine, onClose }: { machine: Machine; onClose: () => void }) {
  const { history, error, reload } = useHistory(machine.id, null);
  if (history === null) return <ErrorBlock error={error} onRetry={reload} />;
  return <Wizard machine={machine} history={history} onClose={onClose} />;
}

export function EquipmentPage() {
  const client = useClient();
  const mayKeep = usePermit('equipment.keep');
  const open = useUi((state) => state.open.equipment ?? null);
  const go = useUi((state) => state.go);
  const { rows } = useLive('equipment');
  const { rows: items } = useLive('items');
  const [connecting, setConnecting] = useState<string | null>(null);
  const [changing, setChanging] = useState<'inUse' | 'stopped' | null>(null);
  const [entering, setEntering] = useState<'new' | 'change' | null>(null);
  const [scanners, setScanners] = useState(false);
  const [virtual, setVirtual] = useState(false);
  const [files, setFiles] = useState(false);
  const [labels, setLabels] = useState<readonly Machine[] | null>(null);
  const mayPlug = usePermit('ports.read');
  const training = useSession((state) => state.session?.trainingMode === true) && mayPlug;
  const sorted = useMemo(() => [...rows].sort((a, b) => a.id.localeCompare(b.id)), [rows]);
  const machine = rows.find(({ id }) => id === open) ?? null;
  const other = machine?.state === 'inUse' ? 'stopped' : 'inUse';
  const canChange = mayKeep && (machine?.state === 'inUse' || machine?.state === 'stopped');
  const registration = useRegistration('equipment', machine?.id ?? null, machine?.seq ?? 0);
  const mayEnter = mayKeep && registration.history?.master === 'local-then-approved';
  const mayAmend = mayEnter && machine !== null && machine.state !== 'deleted';
  const connected = rows.find(({ id }) => id === connecting) ?? null;
  const hotkeys = [
    { keys: 'F2', name: '登记设备', run: () => setEntering('new'), disabled: !mayEnter },
    { keys: 'F3', name: '变更当前设备', run: () => setEntering('change'), disabled: !mayAmend },
    { keys: 'F4', name: '连接向导', run: () => setConnecting(open), disabled: !mayKeep || machine === null },
    {
      keys: 'F6',
      name: '打印当前设备的标识',
      run: () => machine !== null && setLabels([machine]),
      disabled: machine === null,
    },
    { keys: 'Shift+F6', name: '打印全部设备的标识', run: () => setLabels(sorted.filter(isHere)) },
    { keys: 'F7', name: '扫码枪', run: () => setScanners(true), disabled: !mayKeep },
    ...(training ? [{ keys: 'F8', name: '虚拟仪器（培训）', run: () => setVirtual(true) }] : []),
    { keys: 'F9', name: '停用或恢复当前设备', run: () => setChanging(other), disabled: !canChange },
    { keys: 'Ctrl+I', name: '导入导出', run: () => setFiles(true), disabled: !mayKeep },
  ];
  // The wizard has keys of its own; those of the list below it rest.
  useHotkeys('设备', connected === null && !files ? hotkeys : []);
  if (connected !== null) return <ConnectMachine machine={connected} onClose={() => setConnecting(null)} />;
  if (files) return <RegisterPane registers={['equipment']} backName="设备" onBack={() => setFiles(false)} />;
  return (
    <Pane
      title="设备"
      actions={
        <>
          {mayEnter && (
            <Button onClick={() => setEntering('new')} data-testid="equipment-new">
              登记设备 <kbd className="jt-key">F2</kbd>
            </Button>
          )}
          {mayKeep && (
            <Button onClick={() => setFiles(true)} data-testid="equipment-files">
              导入导出 <kbd className="jt-key">Ctrl+I</kbd>
            </Button>
          )}
          {training && (
            <Button onClick={() => setVirtual(true)} data-testid="virtual-open">
              虚拟仪器 <kbd className="jt-key">F8</kbd>
            </Button>
          )}
          {mayKeep && (
            <Button onClick={() => setScanners(true)} data-testid="scanners-open">
              扫码枪 <kbd className="jt-key">F7</kbd>
            </Button>
          )}
        </>
      }
    >
      <div className="jt-split" data-testid="place-equipment">
        <div className="jt-split-list">
          <DataGrid
            label="设备"
            columns={columns}
            rows={sorted}
            rowKey={({ id }) => id}
            current={open}
            onCurrent={(id) => go('equipment', id)}
            empty="没有设备。设备随基础数据从监管平台取得，或在此登记。"
            rowTestId="equipment-row"
            autoFocus
          />
        </div>
        {machine === null ? (
          <div className="jt-split-detail jt-empty">选一台设备。</div>
        ) : (
          <div className="jt-split-detail">
            <header className="jt-detail-head">
              <h3>{machine.name}</h3>
              <StateTag state={equipmentWords[machine.state]} />
              <span className="jt-spring" />
              <Button onClick={() => setLabels([machine])} data-testid="equipment-label">
                标识 <kbd className="jt-key">F6</kbd>
              </Button>
              {mayEnter && (
                <Button disabled={!mayAmend} onClick={() => setEntering('change')} data-testid="equipment-change">
                  变更 <kbd className="jt-key">F3</kbd>
                </Button>
              )}
              {mayKeep && (
                <Button
                  danger={other === 'stopped'}
                  disabled={!canChange}
                  onClick={() => setChanging(other)}
                  data-testid="equipment-state"
                >
                  {other === 'stopped' ? '停用' : '恢复使用'} <kbd className="jt-key">F9</kbd>
                </Button>
              )}
            </header>
            <Facts
              columns={2}
              facts={[
                ['编号', machine.id],
                ['型号', machine.model],
                ['出厂编号', machine.serial],
                ['检定有效期至', calibration(machine)],
                ...(machine.extensometer == null
                  ? []
                  : [
                      [
                        '引伸计',
                        `${sayExtensometer(machine.extensometer)}（${machine.extensometer.classStandard}），量程 ${machine.extensometer.rangeMm} mm`,
                        'wide',
                      ] satisfies [string, string, 'wide'],
                    ]),
                [
                  '检测项目',
                  machine.itemCodes.map((code) => items.find(({ id }) => id === code)?.name ?? code).join('、'),
                  'wide',
                ],
                ['端口', machine.port ?? '未设置'],
                ['通道', <StateTag key="channel" state={channelWords[machine.channelState]} />],
              ]}
            />
            <ErrorBlock error={registration.error} />
            {registration.history !== null && <History history={registration.history} />}
            <Dossier
              key={`dossier-${machine.id}`}
              subject="equipment"
              subjectId={machine.id}
              subjectName={machine.name}
            />
            {mayKeep && (
              <MachineConnection key={machine.id} machine={machine} onWizard={() => setConnecting(machine.id)} />
            )}
            {mayKeep && <FileSourceForm key={`files-${machine.id}`} machine={machine} />}
          </div>
        )}
      </div>
      {changing !== null && machine !== null && (
        <ReasonDialog
          title={`${changing === 'stopped' ? '停用' : '恢复使用'} ${machine.name}`}
          usual={changing === 'stopped' ? ['故障待修', '送检', '期间核查不合格'] : ['维修后核查合格', '检定合格返回']}
          confirmText={changing === 'stopped' ? '停用' : '恢复使用'}
          danger={changing === 'stopped'}
          onClose={() => setChanging(null)}
          onConfirm={async (reason) => {
            await client.call('equipment.setState', { equipmentId: machine.id, state: changing, reason });
            setChanging(null);
          }}
        >
          <p>
            {changing === 'stopped'
              ? '停用后不能用它做检测；已有记录不受影响。'
              : '恢复后，检定在有效期内即可用于检测。'}
          </p>
        </ReasonDialog>
      )}
      {entering !== null && registration.history !== null && (
        <MachineDialog
          machine={entering === 'change' ? machine : null}
          history={
            entering === 'change'
              ? registration.history
              : {
                  ...registration.history,
                  startDate: null,
                  validMonths: null,
                  certificateNo: null,
                  rangeKn: null,
                  extensometer: null,
                }
          }
          onClose={() => setEntering(null)}
          onSaved={(localId) => {
            setEntering(null);
            go('equipment', localId);
          }}
        />
      )}
      {labels !== null && <StatusLabels machines={labels} onClose={() => setLabels(null)} />}
      {virtual && <VirtualInstruments machine={open} onClose={() => setVirtual(false)} />}
      {scanners && <ScannerDialog onClose={() => setScanners(false)} />}
    </Pane>
  );
}
