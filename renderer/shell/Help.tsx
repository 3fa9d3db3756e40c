// F1: every key that works here and now, from the same declarations that run them.
import { Dialog } from '../design/Dialog.tsx';
import { useHotkeyGroups } from '../design/hotkeys.ts';
import { KeyHint } from '../design/KeyHint.tsx';

export function Help({ onClose }: { onClose: () => void }) {
  const groups = useHotkeyGroups();
  return (
    <Dialog title="快捷键" onClose={onClose} width={720}>
      <div className="jt-help" data-testid="help">
        {groups
          .filter((group) => group.hotkeys.length > 0)
          .map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.hotkeys.map((hotkey) => (
                  <div key={hotkey.keys} className={hotkey.disabled === true ? 'jt-soft' : undefined}>
                    <dt>
                      <KeyHint keys={hotkey.keys} />
                    </dt>
                    <dd>{hotkey.name}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        <section>
          <h3>列表与扫码</h3>
          <dl>
            <div>
              <dt>
                <KeyHint keys="↑ ↓" />
              </dt>
              <dd>上一行、下一行</dd>
            </div>
            <div>
              <dt>
                <KeyHint keys="Enter" />
              </dt>
              <dd>打开当前行</dd>
            </div>
            <div>
              <dt>
                <KeyHint keys="Esc" />
              </dt>
              <dd>关闭对话框</dd>
            </div>
            <div>
              <dt>扫码</dt>
              <dd>光标在任何位置都可以扫：直接打开样品、委托、记录或报告，不影响正在填写的内容</dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
