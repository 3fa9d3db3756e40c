// 委托复检: the first result with what the standard says of testing it again; everything of the commission is taken over, only
// what belongs to this sampling is asked for. Where no rule provides for it, who may decide gives the reason.
import { Input } from 'antd';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Commission } from '../../../shared/entities/commission.ts';
import type { RetestForm } from '../../../shared/retests/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { Facts } from '../../design/Facts.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { readDay, today } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';
import { verdictWords } from '../../design/words.ts';

export interface RetestDialogProps {
  recordNo: string;
  onClose: () => void;
  onDone: (commission: Commission) => void;
}

export function RetestDialog({ recordNo, onClose, onDone }: RetestDialogProps) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['retests.form', recordNo],
    queryFn: () => client.call('retests.form', { recordNo }),
    gcTime: 0,
  });
  const form = query.data ?? null;
  return (
    <Dialog title={`委托复检 ${recordNo}`} onClose={onClose} width={900}>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} />
      {form !== null && <RetestFields form={form} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

/** Chosen at first: what the standard provides for; else everything that is not good. */
function firstChoice(form: RetestForm): string[] {
  const open = form.parameters.filter(({ verdict }) => verdict !== 'qualified');
  const ruled = open.filter(({ standing }) => standing === 'rule');
  return (ruled.length > 0 ? ruled : open).map(({ code }) => code);
}

function RetestFields({ form, onClose, onDone }: { form: RetestForm } & Omit<RetestDialogProps, 'recordNo'>) {
  const client = useClient();
  const [codes, setCodes] = useState(() => firstChoice(form));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({
    sampledOn: today(),
    samplerName: form.samplerName,
    witnessUnit: form.witnessUnit,
    sampleState: form.sampleState,
    contractNo: form.contractNo,
    madeOn: form.madeOn ?? '',
    requiredAgeDays: form.requiredAgeDays === null ? '' : String(form.requiredAgeDays),
  });
  const chosen = form.parameters.filter(({ code }) => codes.includes(code));
  const byRule = chosen.length > 0 && chosen.every(({ standing }) => standing === 'rule');
  const at = (name: string): string => (typed[name] ?? '').trim();
  const send = useCommand(async () => {
    const day = (name: string): string => readDay(at(name)) ?? at(name);
    const commission = await client.call('retests.begin', {
      recordNo: form.recordNo,
      parameterCodes: codes,
      sampledOn: day('sampledOn'),
      samplerName: at('samplerName'),
      witnessUnit: at('witnessUnit'),
      witnessName: at('witnessName'),
      witnessCertNo: at('witnessCertNo'),
      sampleState: at('sampleState'),
      sampleCode: at('sampleCode'),
      contractNo: at('contractNo'),
      ...(form.aged && at('madeOn') !== '' ? { madeOn: day('madeOn') } : {}),
      ...(form.requiredAgeDays !== null ? { requiredAgeDays: Number(at('requiredAgeDays')) } : {}),
      ...(byRule ? {} : { reason: at('reason') }),
    });
    onDone(commission);
  });
  const missing = [
    ...(codes.length === 0 ? ['检测参数'] : []),
    ...(at('samplerName') === '' ? ['取样人'] : []),
    ...(at('sampleState') === '' ? ['样品状态'] : []),
    ...(form.witnessed && at('witnessName') === '' ? ['见证人'] : []),
    ...(form.witnessed && at('witnessCertNo') === '' ? ['见证证书编号'] : []),
    ...(!byRule && form.mayDecide && at('reason') === '' ? ['决定复检的理由'] : []),
  ];
  const allowed = form.refusal === null && (byRule || form.mayDecide);
  const ready = allowed && missing.length === 0;
  useHotkeys('委托复检', [{ keys: 'F9', name: '登记复检委托', run: () => void send.run(), disabled: !ready }]);
  const field = (name: string, label: string, max: number, focus = false) => (
    <label className="jt-field">
      <span>{label}</span>
      <Input
        autoFocus={focus}
        value={typed[name] ?? ''}
        maxLength={max}
        onChange={(event) => setTyped((before) => ({ ...before, [name]: event.target.value }))}
        data-testid={`retest-${name}`}
      />
    </label>
  );
  return (
    <form
      className="jt-change"
      data-testid="retest-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send.run();
      }}
    >
      <ErrorBlock error={form.refusal} />
      <Facts
        columns={2}
        facts={[
          ['首次报告', form.reportNo],
          ['首次样品', form.sampleNo],
          ['工程', form.projectName, 'wide'],
          ['检测项目', form.itemName],
          ['规格、等级', [form.spec, form.grade].filter(Boolean).join(' ')],
          ['批号', form.batchNo],
          ['代表数量', form.representedQuantity],
        ]}
      />
      <h4>复检哪些参数</h4>
      <ul className="jt-retest-parameters">
        {form.parameters.map((one) => (
          <li key={one.code}>
            <label className="jt-check">
              <input
                type="checkbox"
                checked={codes.includes(one.code)}
                disabled={one.verdict === 'qualified'}
                onChange={(event) =>
                  setCodes(event.target.checked ? [...codes, one.code] : codes.filter((code) => code !== one.code))
                }
                data-testid={`retest-parameter-${one.code}`}
              />
              <span>
                {one.name} <b>{one.value}</b>
                {one.requirement !== '' && `（要求 ${one.requirement}）`} <StateTag state={verdictWords[one.verdict]} />
              </span>
            </label>
            {one.verdict !== 'qualified' && (
              <p
                className={one.standing === 'rule' ? 'jt-soft' : 'jt-tone-warn'}
                data-testid={`retest-says-${one.code}`}
              >
                {one.standing === 'rule' ? '✓ ' : '▲ '}
                {one.says}
                {one.clause !== null && `（${one.clause}）`}
              </p>
            )}
          </li>
        ))}
      </ul>
      {byRule && form.counts.length > 0 && (
        <p className="jt-note jt-tone-quiet" data-testid="retest-quantity">
          试件数量：
          {form.counts.map(({ label, first, again }) => `${label} ${again} 个（首次 ${first} 个）`).join('，')}
        </p>
      )}
      {!byRule && !form.mayDecide && codes.length > 0 && (
        <p className="jt-note jt-tone-warn">▲ 标准没有规定的复检，由质量负责人写明理由决定。</p>
      )}
      {!byRule && form.mayDecide && field('reason', '决定复检的理由（必填，印在复检报告上）', 200)}
      <h4>这一次取样（其余沿用首次委托）</h4>
      <div className="jt-change-grid">
        {field('witnessName', `见证人${form.witnessed ? '（首次为见证取样，必填）' : ''}`, 30, true)}
        {field('witnessCertNo', `见证证书编号${form.witnessed ? '（必填）' : ''}`, 40)}
        {field('witnessUnit', '见证单位', 100)}
        {field('samplerName', '取样人', 30)}
        {field('sampledOn', '取样日期', 10)}
        {field('sampleState', '样品状态', 100)}
        {field('sampleCode', '样品唯一性标识（二维码、芯片）', 50)}
        {field('contractNo', '合同编号', 40)}
        {form.aged && field('madeOn', '成型日期', 10)}
        {form.requiredAgeDays !== null && field('requiredAgeDays', '龄期（d）', 3)}
      </div>
      <p className="jt-soft">{form.platformSays}首次报告不撤回、不替换。</p>
      <ErrorBlock error={send.error} onClose={send.clear} />
      <DialogActions
        onClose={onClose}
        onGo={() => void send.run()}
        goKey="F9"
        ready={ready}
        busy={send.busy}
        testId="retest-send"
        said={allowed && missing.length > 0 ? `还缺：${missing.join('、')}` : ''}
      >
        登记复检委托
      </DialogActions>
    </form>
  );
}
