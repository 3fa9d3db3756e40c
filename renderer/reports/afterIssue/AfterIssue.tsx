// Under the head of a report: why it is not printed any more, what can be done with it after issue, and what happened to it.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChangeOrder, Original } from '../../../shared/afterIssue/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { PasswordDialog } from '../../design/PasswordDialog.tsx';
import { ReasonDialog } from '../../design/ReasonDialog.tsx';
import { useCommand } from '../../design/useCommand.ts';
import { usePermit, useUser } from '../../state/session.ts';
import { useUi } from '../../state/ui.ts';
import type { LiveReport, ReportRow } from '../reportRow.ts';
import { keyOfReport } from '../reportRow.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { OrderFacts } from './OrderFacts.tsx';
import { OriginalDialog } from './OriginalDialog.tsx';
import { Timeline } from './Timeline.tsx';
import { VoidDialog } from './VoidDialog.tsx';

type Open = 'change' | 'decide' | 'refuse' | 'withdraw' | 'void' | 'original';

export interface AfterIssueProps {
  row: ReportRow;
  report: LiveReport | null;
  /** Sequences of all revisions of this number: the history is read again when one changes. */
  stamp: string;
}

export function AfterIssue({ row, report, stamp }: AfterIssueProps) {
  const client = useClient();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const user = useUser();
  const go = useUi((state) => state.go);
  const mayChange = usePermit('report.change');
  const mayDecide = usePermit('report.approveChange');
  const mayVoid = usePermit('report.void');
  const mayClose = usePermit('report.original');
  const [open, setOpen] = useState<Open | null>(null);
  const { reportNo } = row;
  const query = useQuery({
    queryKey: ['reports.history', reportNo, stamp],
    queryFn: () => client.call('reports.history', { reportNo }),
    placeholderData: (previous) => (previous?.reportNo === reportNo ? previous : undefined),
  });
  const history = query.data ?? null;
  const applied: ChangeOrder | null = history?.orders.find((order) => order.state === 'applied') ?? null;
  const decidable = applied !== null && mayDecide && applied.appliedById !== user.personId;
  const original: Original | null =
    history?.revisions.find((one) => one.revision === row.revision && one.original?.handledAt === null)?.original ??
    history?.revisions.find((one) => one.original?.handledAt === null)?.original ??
    null;
  const canChange = mayChange && history !== null && history.mayChange === null;
  const refused = history?.refusedOrder ?? null;
  const canWithdraw = mayDecide && refused !== null && refused.mayWithdraw === null;
  const canVoid = mayVoid && history !== null && history.mayVoid === null;
  const again = useCommand(async () => {
    const made = await client.call('reports.makeAgain', { reportNo });
    void message.success(`已用原记录另出报告 ${made.reportNo}，请授权签字人批准。`);
    go('reports', keyOfReport({ reportNo: made.reportNo, revision: 1 }));
  });
  const close = (): void => setOpen(null);
  const done = (text: string): void => {
    setOpen(null);
    void message.success(text);
    void cache.invalidateQueries({ queryKey: ['reports.history'] });
    void cache.invalidateQueries({ queryKey: ['originals.list'] });
  };
  useHotkeys('签发之后', [
    {
      keys: 'F2',
      name: decidable ? '批准变更' : '申请变更',
      run: () => setOpen(decidable ? 'decide' : 'change'),
      disabled: !decidable && !canChange,
    },
    { keys: 'F3', name: '不批准变更', run: () => setOpen('refuse'), disabled: !decidable },
    { keys: 'F4', name: '撤回变更单', run: () => setOpen('withdraw'), disabled: !canWithdraw },
    { keys: 'F6', name: '作废', run: () => setOpen('void'), disabled: !canVoid },
    { keys: 'F7', name: '原件收回', run: () => setOpen('original'), disabled: !mayClose || original === null },
  ]);
  if (row.state === 'draft' && row.revision === 1 && history?.revisions.length === 1 && history.mayVoid !== null)
    return null;
  const why = (refusal: { message: string } | null | undefined): string | undefined => refusal?.message;
  return (
    <div className="jt-after" data-testid="after-issue">
      {report?.stopped && (
        <p className="jt-note jt-tone-bad" data-testid="report-stopped">
          <b>✕ 不再打印：</b>
          {report.stopped}。原文仍可查看，每页印有标记。
        </p>
      )}
      {applied !== null && (
        <p className="jt-note jt-tone-warn">
          <b>▲ 变更单 {applied.changeNo} 等待批准：</b>
          {applied.appliedBy} 申请，{applied.reason}
          {applied.appliedById === user.personId && '（须由另一人批准）'}
        </p>
      )}
      {refused !== null && (
        <p className="jt-note jt-tone-bad" data-testid="change-refused">
          <b>✕ 变更单 {refused.changeNo} 没有被平台收下：</b>
          {refused.platformWords}
          {refused.mayWithdraw === null
            ? '。平台侧处理好的，在上传台账重试；内容须更正的，撤回后提交更正的变更单。'
            : `。${refused.mayWithdraw.message}`}
        </p>
      )}
      <div className="jt-after-bar">
        {canWithdraw && (
          <Button danger onClick={() => setOpen('withdraw')} data-testid="change-withdraw">
            撤回变更单 <kbd className="jt-key">F4</kbd>
          </Button>
        )}
        {decidable && (
          <>
            <Button type="primary" onClick={() => setOpen('decide')} data-testid="change-decide">
              批准变更 <kbd className="jt-key">F2</kbd>
            </Button>
            <Button danger onClick={() => setOpen('refuse')} data-testid="change-refuse">
              不批准 <kbd className="jt-key">F3</kbd>
            </Button>
          </>
        )}
        {mayChange && !decidable && (
          <Button
            disabled={!canChange}
            title={why(history?.mayChange)}
            onClick={() => setOpen('change')}
            data-testid="report-change"
          >
            变更 <kbd className="jt-key">F2</kbd>
          </Button>
        )}
        {mayVoid && (
          <Button
            danger
            disabled={!canVoid}
            title={why(history?.mayVoid)}
            onClick={() => setOpen('void')}
            data-testid="report-void"
          >
            作废 <kbd className="jt-key">F6</kbd>
          </Button>
        )}
        {mayClose && (
          <Button disabled={original === null} onClick={() => setOpen('original')} data-testid="report-original">
            原件收回 <kbd className="jt-key">F7</kbd>
          </Button>
        )}
        {mayVoid && history?.mayMakeAgain === true && (
          <Button loading={again.busy} onClick={() => void again.run()} data-testid="report-again">
            用原记录另出报告
          </Button>
        )}
        <span className="jt-soft jt-spring">{mayChange && !decidable ? why(history?.mayChange) : ''}</span>
      </div>
      <ErrorBlock error={again.error} onClose={again.clear} />
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      {history !== null && (
        <details open={history.revisions.length > 1 || history.orders.length > 0 || row.state === 'void'}>
          <summary>
            报告的经过（{history.revisions.length} 版
            {history.orders.length > 0 ? `，${history.orders.length} 份变更单` : ''}）
          </summary>
          <Timeline
            history={history}
            onOpen={(no, revision) => go('reports', keyOfReport({ reportNo: no, revision }))}
          />
        </details>
      )}
      {open === 'change' && (
        <ChangeDialog
          reportNo={reportNo}
          onClose={close}
          onDone={(no) => done(`变更单 ${no} 已提交，等待另一人批准。`)}
        />
      )}
      {open === 'decide' && applied !== null && (
        <PasswordDialog
          title={`批准变更单 ${applied.changeNo}`}
          meaning={`本人批准报告 ${reportNo} 的这项变更。批准后委托信息随即更改并上传，现行版停止打印，产生第 ${applied.revision} 版待三人签名。`}
          digest={applied.digest}
          confirmText="批准变更"
          onClose={close}
          onSign={async (password) => {
            await client.call('changes.approve', { changeNo: applied.changeNo, digest: applied.digest, password });
            done(`变更单 ${applied.changeNo} 已批准，第 ${applied.revision} 版待签名。`);
          }}
        >
          <OrderFacts order={applied} />
        </PasswordDialog>
      )}
      {open === 'refuse' && applied !== null && (
        <ReasonDialog
          title={`不批准变更单 ${applied.changeNo}`}
          usual={['证明材料不清', '缺见证人同意', '内容与证明不符']}
          confirmText="不批准"
          danger
          onClose={close}
          onConfirm={async (reason) => {
            await client.call('changes.refuse', { changeNo: applied.changeNo, reason });
            done(`变更单 ${applied.changeNo} 未批准。`);
          }}
        />
      )}
      {open === 'withdraw' && refused !== null && (
        <ReasonDialog
          title={`撤回变更单 ${refused.changeNo}`}
          usual={['填写有误，另行更正', '平台要求补充证明材料', '委托方撤销变更']}
          confirmText="撤回"
          danger
          onClose={close}
          onConfirm={async (reason) => {
            await client.call('changes.withdraw', { changeNo: refused.changeNo, reason });
            done(`变更单 ${refused.changeNo} 已撤回，委托信息已恢复。`);
          }}
        >
          <p>撤回后：委托信息恢复为平台现有的内容，未发出的新版作罢，现行版恢复打印；这份变更单和平台答复保留备查。</p>
        </ReasonDialog>
      )}
      {open === 'void' && history !== null && (
        <VoidDialog
          reportNo={reportNo}
          revisions={history.revisions.length}
          onClose={close}
          onDone={() => done(`报告 ${reportNo} 已作废，编号保留。`)}
        />
      )}
      {open === 'original' && original !== null && (
        <OriginalDialog original={original} onClose={close} onDone={() => done('已登记原件收回。')} />
      )}
    </div>
  );
}
