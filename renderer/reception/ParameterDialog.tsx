// Which parameters of an item the client wants: by arrow keys and Space, Enter takes them.
import { Button } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { useHotkeys } from '../design/hotkeys.ts';

export interface ParameterDialogProps {
  parameters: readonly { code: string; name: string; unit: string }[];
  chosen: readonly string[];
  onClose: () => void;
  onChoose: (codes: string[]) => void;
}

/** A key of the dialog itself: declared below it, so that it belongs to this layer. */
function TurnAll({ all, onTurn }: { all: boolean; onTurn: () => void }) {
  const name = all ? '全不选' : '全选';
  useHotkeys('检测参数', [{ keys: 'Alt+A', name, run: onTurn }]);
  return (
    <Button onClick={onTurn} data-testid="parameter-all">
      {name} <kbd className="jt-key">Alt+A</kbd>
    </Button>
  );
}

export function ParameterDialog({ parameters, chosen, onClose, onChoose }: ParameterDialogProps) {
  const [codes, setCodes] = useState(() => new Set(chosen));
  const toggle = (code: string): void =>
    setCodes((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  const all = codes.size === parameters.length;
  const turnAll = (): void => setCodes(new Set(all ? [] : parameters.map(({ code }) => code)));
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const boxes = [...event.currentTarget.querySelectorAll('input')];
    const at = boxes.findIndex((box) => box === document.activeElement);
    boxes[(at + by + boxes.length) % boxes.length]?.focus();
  };
  const take = (): void => onChoose(parameters.map(({ code }) => code).filter((code) => codes.has(code)));
  return (
    <Dialog title="检测参数" onClose={onClose} width={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (codes.size > 0) take();
        }}
      >
        <TurnAll all={all} onTurn={turnAll} />
        <fieldset className="jt-checks" onKeyDown={onKeyDown} data-testid="parameter-choice">
          {parameters.map(({ code, name, unit }, index) => (
            <label key={code} className="jt-check">
              <input
                type="checkbox"
                checked={codes.has(code)}
                autoFocus={index === 0}
                onChange={() => toggle(code)}
                data-testid={`parameter-${code}`}
              />
              {name}
              {unit !== '' && <span className="jt-soft"> {unit}</span>}
            </label>
          ))}
        </fieldset>
        <DialogActions onClose={onClose} goKey="Enter" ready={codes.size > 0} testId="parameter-take">
          确定（{codes.size} 项）
        </DialogActions>
      </form>
    </Dialog>
  );
}
