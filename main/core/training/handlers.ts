// The training lab's calls: virtual instruments are plugged in, used, disturbed and taken away.
import { AppError } from '../../../shared/errors/appError.ts';
import { requireRow } from '../../store/store.ts';
import type { TrainingPlatform } from '../../../sync/training/platform.ts';
import { kindIds, kindOf, titleOf } from '../../instruments/virtual/index.ts';
import type { Context, SomeHandlers } from '../context.ts';
import type { VirtualInstruments } from './virtualInstruments.ts';

type TrainingCall =
  | 'training.console'
  | 'training.kinds'
  | 'training.list'
  | 'training.plugIn'
  | 'training.takeAway'
  | 'training.act'
  | 'training.fault';

export function trainingHandlers(
  context: Context,
  instruments: VirtualInstruments | null,
  platform: TrainingPlatform | null,
): SomeHandlers<TrainingCall> {
  const lab = (): VirtualInstruments => {
    if (instruments) return instruments;
    throw new AppError({
      code: 'NOT_TRAINING',
      message: '现在不是培训模式，没有虚拟仪器。',
      meaning: '什么也没有执行。',
      next: '请连接真实的仪器。',
    });
  };
  return {
    'training.console'() {
      const url = platform?.consoleUrl();
      if (url !== undefined) return { url };
      throw new AppError({
        code: 'NOT_TRAINING',
        message: '现在不是培训模式，没有内置监管平台的控制台。',
        meaning: '什么也没有执行。',
        next: '真实平台的处置请向监管部门了解。',
      });
    },
    'training.kinds': () => {
      lab();
      return {
        kinds: kindIds.map((id) => {
          const { driver, line, isMachine, variants = [] } = kindOf(id);
          return { id, title: titleOf(id), driverId: driver.id, line, isMachine, variants: [...variants] };
        }),
      };
    },
    'training.list': () => ({ instruments: lab().list() }),
    'training.plugIn'({ kind, equipmentId, variant }) {
      const standing = lab();
      const range =
        equipmentId === undefined
          ? null
          : requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId)['rangeKn'];
      return standing.plugIn({ kind, equipmentId, variant, range_kN: range == null ? undefined : Number(range) });
    },
    async 'training.takeAway'({ instrumentId }) {
      await lab().takeAway(instrumentId);
      return {};
    },
    'training.act'({ instrumentId, act }) {
      const { do: command, ...rest } = act;
      return lab().obey(instrumentId, { command, ...rest } as Parameters<VirtualInstruments['obey']>[1]);
    },
    'training.fault': ({ instrumentId, fault, lastsS }) =>
      lab().obey(instrumentId, { command: 'fault', fault: { kind: fault, lasts_s: lastsS } }),
  };
}
