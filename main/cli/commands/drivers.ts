import { listDrivers } from '../../instruments/drivers/index.ts';
import type { Command } from '../jiantai.ts';
import { write } from './lines.ts';

export const drivers: Command = {
  summary: '列出仪器驱动',
  usage: 'jiantai drivers',
  run() {
    for (const driver of listDrivers()) write(driver);
    return Promise.resolve(0);
  },
};
