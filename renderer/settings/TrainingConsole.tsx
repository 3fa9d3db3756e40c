// Training only: the way into the embedded platform's console, where the supervisor's side is practised. The address lets
// one browser in, once; a desktop window opens no foreign address, so there it is copied.
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

export function TrainingConsole() {
  const client = useClient();
  const [url, setUrl] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const ask = useCommand(async () => {
    setCopied(false);
    setUrl((await client.call('training.console', {})).url);
  });
  const copy = useCommand(async () => {
    await navigator.clipboard.writeText(url ?? '');
    setCopied(true);
  });
  const inBrowser = window.location.protocol.startsWith('http');
  return (
    <section className="jt-card" data-testid="training-console">
      <h3>内置监管平台（培训）</h3>
      <p>在控制台上扮演监管人员：锁定委托、撤销标识码、批准登记、拒收、改管控、打开故障开关。</p>
      <div className="jt-setting-row">
        <Button onClick={() => void ask.run()} loading={ask.busy} data-testid="training-console-ask">
          取得控制台地址
        </Button>
        {url !== null && (
          <Button onClick={() => void copy.run()} data-testid="training-console-copy">
            {copied ? '已复制' : '复制'}
          </Button>
        )}
      </div>
      {url !== null && (
        <p>
          {inBrowser ? (
            <a href={url} target="_blank" rel="noreferrer" data-testid="training-console-url">
              {url}
            </a>
          ) : (
            <code data-testid="training-console-url">{url}</code>
          )}
          <br />
          <span className="jt-soft">在本机的浏览器中打开，只能用一次。</span>
        </p>
      )}
      <ErrorBlock error={ask.error ?? copy.error} />
    </section>
  );
}
