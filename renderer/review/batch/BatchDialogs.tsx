// One password for many signatures: what exactly is signed, then what became of each.
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Dialog } from '../../design/Dialog.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { PasswordDialog } from '../../design/PasswordDialog.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import type { StateWord } from '../../design/words.ts';
import { describeError } from '../../../shared/errors/appError.ts';
import type { BatchResult } from '../../../shared/review/calls.ts';
import type { Batch } from './useBatch.ts';

const outcomeWords: Record<BatchResult['outcome'], StateWord> = {
  signed: { word: '已签名', tone: 'good', shape: '✓' },
  changed: { word: '有改动，没有签', tone: 'warn', shape: '▲' },
  refused: { word: '没有签', tone: 'bad', shape: '✕' },
};

export interface BatchDialogsProps {
  batch: Batch;
  /** 校核 or 批准, and what one of them is called. */
  meaning: string;
  thing: string;
  /** What the signature stands for. */
  sentence: string;
  /** A line in the list of what is signed. */
  describe: (key: string) => { name: string; text: string; marks: readonly string[] };
  onOpen: (key: string) => void;
}

function Lines({ children, label }: { children: ReactNode; label: string }) {
  return (
    // A list that scrolls is reached with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls with the arrow keys
    <ul className="jt-batch-list" tabIndex={0} aria-label={label}>
      {children}
    </ul>
  );
}

export function BatchDialogs(props: BatchDialogsProps) {
  const { batch } = props;
  return (
    <>
      {batch.signing && <SignMany {...props} />}
      {batch.results !== null && <Results {...props} results={batch.results} />}
    </>
  );
}

function SignMany({ batch, meaning, thing, sentence, describe }: BatchDialogsProps) {
  const ready = batch.agreements.filter(({ standing }) => standing === 'ready');
  const changed = batch.agreements.filter(({ standing }) => standing === 'changed');
  const { progress } = batch;
  return (
    <PasswordDialog
      title={`批量${meaning}签名 · ${ready.length} 份`}
      meaning={`${sentence}一次输入密码，对以下 ${ready.length} 份${thing}逐份签名；每份各有签名时间和内容摘要。`}
      digest={null}
      confirmText={`签 ${ready.length} 份`}
      onClose={batch.endSigning}
      onSign={batch.sign}
    >
      <Lines label={`将签名的${thing}`}>
        {ready.map(({ key, digest }) => {
          const { name, text, marks } = describe(key);
          return (
            <li key={key} data-testid="batch-item" data-key={key}>
              <b>{name}</b>
              <span>{text}</span>
              {marks.length > 0 && <span className="jt-tone-warn">▲ {marks.join('、')}</span>}
              <code title={digest}>{digest.slice(0, 8)}</code>
            </li>
          );
        })}
      </Lines>
      {changed.length > 0 && (
        <p className="jt-tone-bad" data-testid="batch-changed">
          ▲ 同意之后有改动，不在其中：{changed.map(({ key }) => describe(key).name).join('、')}。请重看后再同意。
        </p>
      )}
      {progress !== null && (
        <p data-testid="batch-progress">
          正在签第 {progress.done} / {progress.total} 份…
        </p>
      )}
    </PasswordDialog>
  );
}

function Results({ batch, results, thing, describe, onOpen }: BatchDialogsProps & { results: readonly BatchResult[] }) {
  const count = (outcome: BatchResult['outcome']) => results.filter((row) => row.outcome === outcome).length;
  const unsigned = results.filter(({ outcome }) => outcome !== 'signed');
  const order = [...unsigned, ...results.filter(({ outcome }) => outcome === 'signed')];
  return (
    <Dialog title="批量签名的结果" onClose={batch.endResults} width={760}>
      <CloseKeys onClose={batch.endResults} />
      <p
        className="jt-batch-sum"
        data-testid="batch-results"
        data-signed={count('signed')}
        data-unsigned={unsigned.length}
      >
        共 {results.length} 份{thing}：已签名 {count('signed')} 份
        {count('changed') > 0 && `，同意后有改动没有签 ${count('changed')} 份`}
        {count('refused') > 0 && `，没有签 ${count('refused')} 份`}。
      </p>
      <Lines label="逐份结果">
        {order.map(({ key, outcome, error }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one thing may have been asked for twice
          <li key={`${key} ${index}`} data-testid="batch-result" data-key={key} data-outcome={outcome}>
            <b>{describe(key).name}</b>
            <StateTag state={outcomeWords[outcome]} />
            {error !== null && (
              <>
                <span className="jt-batch-why">{describeError(error)}</span>
                <Button
                  size="small"
                  onClick={() => {
                    batch.endResults();
                    onOpen(key);
                  }}
                >
                  打开
                </Button>
              </>
            )}
          </li>
        ))}
      </Lines>
      <div className="jt-dialog-actions">
        <Button type="primary" autoFocus onClick={batch.endResults} data-testid="batch-close">
          关闭 <kbd className="jt-key">Esc</kbd>
        </Button>
      </div>
    </Dialog>
  );
}

/** Declared below the dialog, so that they belong to its layer. */
function CloseKeys({ onClose }: { onClose: () => void }) {
  useHotkeys('批量签名的结果', [{ keys: 'Escape', name: '关闭', run: onClose }]);
  return null;
}
