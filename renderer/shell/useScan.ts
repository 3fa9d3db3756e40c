// A scanned code opens what it names, wherever the focus is. While a dialog waits for an answer nothing is opened
// behind it; the person is told what was scanned instead.
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { anyCode, scanFaultWords } from '../../shared/instrument-files/scanCode.ts';
import type { ScannerRule } from '../../shared/instrument-files/scanners.ts';
import { permits } from '../../shared/entities/roles.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { topLayer } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { catchScans, scanIntoField } from './scanner.ts';

type Resolved = CallOutput<'scan.resolve'>;

/** Opens the thing in the place where this person works with it. Answers false when nothing could be opened. */
function openResolved(found: Resolved): boolean {
  const { keeper } = useSession.getState();
  const { go } = useUi.getState();
  const roles = keeper?.roles ?? [];
  if (found.kind === 'sample' && found.taskId !== null && permits(roles, 'bench.run')) go('bench', found.taskId);
  else if ((found.kind === 'sample' || found.kind === 'record') && found.recordNo !== null)
    go('review', found.recordNo);
  else if (found.kind === 'report' && found.key !== null) go('reports', found.key);
  else if (found.kind === 'commission' && found.key !== null && permits(roles, 'commission.register'))
    go('reception', found.key);
  else return false;
  return true;
}

export function useScan(): void {
  const client = useClient();
  const { message } = App.useApp();
  const active = useSession((state) => state.session?.state === 'open');
  const tell = useRef(message);
  useEffect(() => {
    tell.current = message;
  });
  const [rule, setRule] = useState<ScannerRule>(anyCode);
  useEffect(() => {
    if (!active) return;
    client.call('scanners.list', {}).then(
      ({ wedge }) => setRule(wedge),
      () => undefined,
    );
  }, [active, client]);
  useEffect(() => {
    if (!active) return undefined;
    const onScan = (code: string): void => {
      const isBusy = (): boolean => {
        if (topLayer() === 0) return false;
        void tell.current.info(`已扫到 ${code}。请先处理完当前对话框，再扫一次。`);
        return true;
      };
      if (isBusy()) return;
      // A field that is being filled in is left first, so that what stands there is saved, or asks for its reason.
      const field = document.activeElement;
      if (field instanceof HTMLElement) field.blur();
      const backToField = (): void => {
        const isFree = topLayer() === 0 && document.activeElement === document.body;
        if (isFree && field instanceof HTMLElement && field.isConnected) field.focus();
      };
      client
        .call('scan.resolve', { code })
        .then(
          (found) => {
            if (isBusy()) return;
            if (found.kind === 'unknown')
              void tell.current.warning(`没有找到 ${code} 对应的样品、委托、记录或报告。请核对标签后再扫。`);
            else if (!openResolved(found)) void tell.current.info(`${code} 已登记，但目前没有您可以在这里打开的内容。`);
          },
          (cause: unknown) => void tell.current.error(`${code}：${toErrorInfo(cause).message}`),
        )
        .finally(() => setTimeout(backToField));
    };
    const onMisread = (): void =>
      void tell.current.warning(`扫到的内容没有采用：${scanFaultWords.check}。请核对标签，再扫一次。`);
    const stop = catchScans(window, { onScan, onMisread, rule });
    // A scanner on a serial port is heard by the core.
    const unsubscribe = client.subscribe((event) => {
      if (event.type === 'scan' && !scanIntoField(event.code)) onScan(event.code);
    });
    return () => {
      stop();
      unsubscribe();
    };
  }, [active, client, rule]);
}
