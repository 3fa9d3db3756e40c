// Temperature and humidity of the room: as the climate log gave them, or typed by a person and kept as a draft until the
// record has them. What the log gave is replaced only with a reason.
import { useEffect, useRef, useState } from 'react';
import type { TestRecord } from '../../shared/entities/record.ts';
import { environmentSchema } from '../../shared/entities/commission.ts';
import { useClient } from '../client.ts';
import { plainFigure } from '../design/plainFigure.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { useCommand } from '../design/useCommand.ts';
import { environmentOrigin } from '../record/environment.ts';
import { useDraft } from '../state/useDraft.ts';

interface Typed {
  temperatureC: string;
  humidityPercent: string;
}

const sameTyped = (one: Typed, other: Typed): boolean =>
  one.temperatureC === other.temperatureC && one.humidityPercent === other.humidityPercent;

const empty = (): Typed => ({ temperatureC: '', humidityPercent: '' });

function accept(content: unknown): Typed | null {
  const { temperatureC, humidityPercent } = (content ?? {}) as Partial<Typed>;
  return typeof temperatureC === 'string' && typeof humidityPercent === 'string'
    ? { temperatureC, humidityPercent }
    : null;
}

/** What is wrong with a figure that is there; nothing while one is still missing. */
function problemOf(typed: Typed): string | null {
  for (const name of ['temperatureC', 'humidityPercent'] as const) {
    if (typed[name] === '') continue;
    const issue = environmentSchema.shape[name].safeParse(typed[name]).error?.issues[0];
    if (issue) return `✕ ${issue.message}`;
  }
  return null;
}

export function EnvironmentFields({ record, onChanged }: { record: TestRecord; onChanged: () => void }) {
  const client = useClient();
  const draft = useDraft<Typed>(`environment/${record.recordNo}`, empty, accept);
  const [touched, setTouched] = useState(false);
  const { value, loaded, change, discard } = draft;
  const stored = record.environment;
  const source = record.environmentSource;
  const [asking, setAsking] = useState(false);
  const storedText = JSON.stringify(stored);
  const untouched = value.temperatureC === '' && value.humidityPercent === '';
  const shown: Typed = untouched && !touched && stored !== null ? stored : value;
  const valid = environmentSchema.safeParse(shown).success;
  const editable = record.state === 'testing';
  const humidity = useRef<HTMLInputElement>(null);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const save = useCommand(async () => {
    // What is typed while the answer is on its way is newer than the answer: it is saved as well, never overwritten.
    let sent: Typed;
    do {
      sent = latest.current;
      await client.call('bench.environment', { recordNo: record.recordNo, environment: sent });
    } while (!sameTyped(sent, latest.current) && environmentSchema.safeParse(latest.current).success);
    onChanged();
    if (!sameTyped(sent, latest.current)) return;
    setTouched(false);
    await discard().catch(() => undefined);
  });
  const changed = touched && valid && JSON.stringify(shown) !== storedText;
  const { run } = save;
  useEffect(() => {
    // A draft that was restored is shown as typed, not as saved.
    if (loaded && !untouched) setTouched(true);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the draft arrives
  }, [loaded]);
  const settle = (): void => {
    if (!changed) return;
    if (source === undefined) void run();
    else setAsking(true);
  };
  const takeBack = (): void => {
    setAsking(false);
    setTouched(false);
    void discard().catch(() => undefined);
  };
  const field = (name: keyof Typed, label: string, unit: string) => {
    const wrong = touched && shown[name] !== '' && !environmentSchema.shape[name].safeParse(shown[name]).success;
    return (
      <label className="jt-env-field">
        <span>{label}</span>
        <input
          className="jt-input"
          inputMode="decimal"
          disabled={!editable}
          value={shown[name]}
          aria-invalid={wrong}
          title={wrong ? environmentSchema.shape[name].safeParse(shown[name]).error?.issues[0]?.message : undefined}
          onChange={(event) => {
            setTouched(true);
            change({ ...shown, [name]: plainFigure(event.target.value) });
          }}
          onBlur={(event) => {
            // With a reason to give, both figures are changed before it is asked for.
            const inside = event.currentTarget.closest('.jt-env')?.contains(event.relatedTarget) ?? false;
            if (source === undefined || !inside) settle();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            const next = name === 'temperatureC' ? humidity.current : null;
            if (next === null) settle();
            else {
              next.focus();
              next.select();
            }
          }}
          ref={name === 'humidityPercent' ? humidity : undefined}
          data-after-entries={name === 'temperatureC' ? '' : undefined}
          data-testid={`bench-${name}`}
        />
        <span>{unit}</span>
      </label>
    );
  };
  return (
    <div className="jt-env" data-testid="bench-environment">
      <span className="jt-soft">检测环境</span>
      {field('temperatureC', '温度', '℃')}
      {field('humidityPercent', '湿度', '%')}
      <span className={save.error === null ? 'jt-soft' : 'jt-tone-bad'} aria-live="polite">
        {save.error !== null
          ? `✕ ${save.error.message}`
          : save.busy
            ? '正在保存…'
            : touched && !valid
              ? (problemOf(shown) ?? '两项都填数字后保存')
              : stored === null
                ? '未填'
                : source === undefined
                  ? '✓ 已存入记录'
                  : `✓ ${environmentOrigin(source, stored)}`}
      </span>
      {asking && source !== undefined && (
        <ReasonDialog
          title="更改记录仪给出的检测环境"
          usual={['试件不在记录仪所在位置', '记录仪故障', '以现场温湿度计为准']}
          confirmText="更改"
          onClose={takeBack}
          onConfirm={async (reason) => {
            await client.call('bench.environment', { recordNo: record.recordNo, environment: shown, reason });
            onChanged();
            takeBack();
          }}
        >
          <p>
            {source.placeName} {source.minute.replace('T', ' ')} 记录仪为 {source.temperatureC} ℃、
            {source.humidityPercent} %，改为{' '}
            <b>
              {shown.temperatureC} ℃、{shown.humidityPercent} %
            </b>
            。记录仪的数值会保留在记录里。
          </p>
        </ReasonDialog>
      )}
    </div>
  );
}
