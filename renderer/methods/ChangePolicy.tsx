// Choosing another reading of a standard: what changes, for which records, and why.
import { isConfirmation } from '../../shared/methods/index.ts';
import type { PolicyDeclaration, TestMethod } from '../../shared/methods/index.ts';
import { useClient } from '../client.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { optionLabel } from './policyState.ts';

export interface PolicyChange {
  policy: PolicyDeclaration;
  /** What holds now, in words. */
  now: string;
  to: string;
}

export function WhatHolds() {
  return (
    <p className="jt-note jt-tone-busy">
      对此后新建的原始记录生效；已建立的记录（包括未完成的）保持建立时的设置，结果不变。更改人、时间和原因记入审计。
    </p>
  );
}

export function ChangePolicy({
  method,
  change: { policy, now, to },
  onClose,
  onDone,
}: {
  method: TestMethod;
  change: PolicyChange;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useClient();
  const takesBack = isConfirmation(policy);
  return (
    <ReasonDialog
      title={takesBack ? `收回确认：${policy.label}` : `更改方法设置：${policy.label}`}
      usual={
        takesBack
          ? ['发现与标准原文不一致', '标准已修订，须重新核对']
          : ['按主管部门解释', '按本机构作业指导书', '按标准宣贯资料']
      }
      confirmText={takesBack ? '收回确认' : '更改'}
      danger={takesBack}
      onClose={onClose}
      onConfirm={async (reason) => {
        await client.call('policies.change', { methodId: method.id, name: policy.name, option: to, reason });
        onDone();
      }}
    >
      <dl className="jt-policy-change" data-testid="policy-change">
        <div>
          <dt>方法</dt>
          <dd>{method.name}</dd>
        </div>
        <div>
          <dt>条款</dt>
          <dd>{policy.clause}</dd>
        </div>
        <div>
          <dt>现在</dt>
          <dd>{now}</dd>
        </div>
        <div>
          <dt>改为</dt>
          <dd>
            <b>{optionLabel(policy, to)}</b>
            {to === policy.default && '（缺省）'}
          </dd>
        </div>
      </dl>
      <WhatHolds />
    </ReasonDialog>
  );
}
