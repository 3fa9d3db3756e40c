// 引伸计 at the bench: which one goes on the bars of this machine, with its gauge length, class and certificate in words.
// The core asks the gate and remembers the choice for the machine; here it is only picked, by key or by hand.
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { BenchState } from '../../shared/contract/answers.ts';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { sayExtensometer } from '../../shared/entities/extensometer.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { equipmentWords, type StateWord } from '../design/words.ts';

type Machine = CollectionDocument<'equipment'>;

export interface ExtensometerChoiceProps {
  machine: Machine;
  equipment: readonly Machine[];
  state: BenchState | null;
}

/** Those that share an item with the machine; what is scrapped, deleted or merged is none any more. */
export function extensometersFor(machine: Machine, equipment: readonly Machine[]): Machine[] {
  return equipment
    .filter(
      ({ extensometer, itemCodes, state }) =>
        extensometer != null &&
        state !== 'scrapped' &&
        state !== 'deleted' &&
        itemCodes.some((code) => machine.itemCodes.includes(code)),
    )
    .toSorted((a, b) => a.id.localeCompare(b.id));
}

/** Whether it may be used today, in words; the gate decides. */
export function standingOf({ state, validTo }: Pick<Machine, 'state' | 'validTo'>): StateWord {
  if (state !== 'inUse') return equipmentWords[state];
  const days = daysUntil(validTo);
  if (days < 0) return { word: `证书 ${validTo} 已过期`, tone: 'bad', shape: '✕' };
  if (days < 31) return { word: `证书有效期至 ${validTo}，还有 ${days} 天`, tone: 'warn', shape: '▲' };
  return { word: `证书有效期至 ${validTo}`, tone: 'good', shape: '✓' };
}

export function ExtensometerChoice({ machine, equipment, state }: ExtensometerChoiceProps) {
  const [open, setOpen] = useState(false);
  const own = extensometersFor(machine, equipment);
  const chosenId = state?.extensometerId ?? null;
  const isOffered = own.length > 0 || chosenId !== null;
  useHotkeys('检测台 · 引伸计', [
    { keys: 'Alt+E', name: '选择引伸计', run: () => setOpen(true), disabled: !isOffered },
  ]);
  if (!isOffered) return null;
  const chosen = equipment.find(({ id }) => id === chosenId);
  const standing = chosen && standingOf(chosen);
  return (
    <span className="jt-bench-gauge">
      <Button onClick={() => setOpen(true)} data-testid="bench-extensometer">
        引伸计：
        {chosen?.extensometer == null
          ? (chosenId ?? '不用')
          : `${chosen.id} ${sayExtensometer(chosen.extensometer)}`}{' '}
        <kbd className="jt-key">Alt+E</kbd>
      </Button>
      {standing !== undefined && standing.tone !== 'good' && <StateTag state={standing} />}
      {open && <Choice machine={machine} own={own} chosenId={chosenId} onClose={() => setOpen(false)} />}
    </span>
  );
}

interface ChoiceProps {
  machine: Machine;
  own: readonly Machine[];
  chosenId: string | null;
  onClose: () => void;
}

function Choice({ machine, own, chosenId, onClose }: ChoiceProps) {
  const client = useClient();
  const [picked, setPicked] = useState(chosenId ?? '');
  const save = useCommand(async () => {
    await client.call('bench.extensometer', {
      equipmentId: machine.id,
      extensometerId: picked === '' ? null : picked,
    });
    onClose();
  });
  const line = (id: string, words: ReactNode) => (
    <label key={id} className="jt-gauge-line" data-testid={`extensometer-${id || 'none'}`}>
      <input
        type="radio"
        name="extensometer"
        value={id}
        checked={picked === id}
        // The list is entered where the choice stands; arrows go on from there.
        autoFocus={picked === id && id === (chosenId ?? '')}
        onChange={() => setPicked(id)}
      />
      {words}
    </label>
  );
  return (
    <Dialog title={`${machine.id} 的引伸计`} onClose={onClose} width={760} closable={!save.busy}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <p className="jt-soft">
          {'选定后本机一直使用，直到另选。每次采集保存当时的引伸计、标距和证书；已有的采集不变。'}
          {'试件断裂前可以取下：取下前已过 0.2 % 的仍给出 Fp0.2，Agt 改用手工法。'}
        </p>
        <div role="radiogroup" aria-label="引伸计" className="jt-gauge-lines">
          {line('', <b>不用引伸计</b>)}
          {own.map((one) =>
            line(
              one.id,
              <>
                <b>{one.id}</b>
                <span>
                  {one.name}（{one.model}）
                </span>
                <span>
                  {one.extensometer == null
                    ? ''
                    : `${sayExtensometer(one.extensometer)}，量程 ${one.extensometer.rangeMm} mm`}
                </span>
                <span className="jt-soft">
                  证书 {one.extensometer?.certificateNo || '—'}（{one.extensometer?.classStandard}）
                </span>
                <StateTag state={standingOf(one)} />
              </>,
            ),
          )}
        </div>
        <ErrorBlock error={save.error} onClose={save.clear} />
        <DialogActions onClose={onClose} goKey="Enter" busy={save.busy} testId="extensometer-save">
          采用
        </DialogActions>
      </form>
    </Dialog>
  );
}
