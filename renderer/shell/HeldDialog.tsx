// Downloads that wait for a person: how many are usable now, how many would be, who would be lost and why; taken or left
// with a reason.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { HeldPage } from '../../shared/entities/reference.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import type { StateWord } from '../design/words.ts';

const kinds: Record<HeldPage['kind'], string> = {
  person: '人员',
  equipment: '设备',
  'person-qualification': '人员资格',
};
const states: Record<HeldPage['state'], StateWord> = {
  waiting: { word: '待核对', tone: 'warn', shape: '▲' },
  accepted: { word: '已采用', tone: 'good', shape: '✓' },
  refused: { word: '不采用', tone: 'bad', shape: '✕' },
};

type Decision = 'accepted' | 'refused';

export function HeldDialog({ mayDecide, onClose }: { mayDecide: boolean; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['held'], queryFn: () => client.call('sync.held', {}), staleTime: 0 });
  const [deciding, setDeciding] = useState<{ page: HeldPage; decision: Decision } | null>(null);
  return (
    <Dialog title="暂缓采用的平台数据" onClose={onClose} width={820}>
      <ErrorBlock error={error === null ? null : toErrorInfo(error)} />
      {data?.pages.length === 0 && <p className="jt-soft">没有。</p>}
      {(data?.pages ?? []).map((page) => (
        <section key={page.heldId} className="jt-held" data-testid="held-page" data-key={page.heldId}>
          <header className="jt-detail-head">
            <h4>
              {kinds[page.kind]}：现在可用 {page.usableBefore}，采用后 {page.usableBefore - page.lost.length}（减少{' '}
              {page.lost.length}）
            </h4>
            <StateTag state={states[page.state]} />
            <span className="jt-spring" />
            {mayDecide && page.state !== 'accepted' && (
              <>
                {page.state === 'waiting' && (
                  <Button onClick={() => setDeciding({ page, decision: 'refused' })} data-testid="held-refuse">
                    不采用…
                  </Button>
                )}
                <Button danger onClick={() => setDeciding({ page, decision: 'accepted' })} data-testid="held-accept">
                  采用…
                </Button>
              </>
            )}
          </header>
          <p className="jt-soft">
            {showTime(page.at)} 下载，平台版本 {page.snapshot}
            {page.decidedByName !== null &&
              `；${page.decidedByName} ${showTime(page.decidedAt)} 决定${states[page.state].word}：${page.reason ?? ''}`}
          </p>
          <ul className="jt-held-names">
            {page.lost.map((lost) => (
              <li key={lost.id}>
                <b>{lost.name}</b>（{lost.id}）{lost.why}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {deciding !== null && (
        <ReasonDialog
          title={deciding.decision === 'accepted' ? '采用平台数据' : '不采用平台数据'}
          usual={
            deciding.decision === 'accepted'
              ? ['已与平台核实，确已变更', '平台已发文']
              : ['平台数据有误，已告知平台', '名单与实际不符']
          }
          confirmText={deciding.decision === 'accepted' ? '采用' : '不采用'}
          danger={deciding.decision === 'accepted'}
          onClose={() => setDeciding(null)}
          onConfirm={async (reason) => {
            const { page, decision } = deciding;
            await client.call('sync.decideHeld', { heldId: page.heldId, decision, reason });
            setDeciding(null);
            await queries.invalidateQueries({ queryKey: ['held'] });
          }}
        >
          <p>
            {deciding.decision === 'accepted'
              ? `${kinds[deciding.page.kind]}中列出的 ${deciding.page.lost.length} 项将不再可用。`
              : '本机继续按原来的资料；其他种类的数据照常下载。平台更正后会重新判断。'}
          </p>
        </ReasonDialog>
      )}
    </Dialog>
  );
}
