// What a room's climate may be, and what of a reading lies outside it: compared as exact decimals, said in words.
import { z } from 'zod';
import { decimalText } from '../entities/scalars.ts';
import { Exact } from '../methods/foundation/decimal.ts';

export const climateKinds = ['curing', 'laboratory'] as const;
export type ClimateKind = (typeof climateKinds)[number];
export const climateKindNames: Record<ClimateKind, string> = { curing: '标准养护室', laboratory: '试验室' };

const limit = decimalText.max(8, '数字过长').nullable();
export const bandSchema = z.object({
  temperatureMin: limit,
  temperatureMax: limit,
  humidityMin: limit,
  humidityMax: limit,
});
export type ClimateBand = z.infer<typeof bandSchema>;

/** Until the lab sets others: the curing room 20 ± 2 ℃ and at least 95 %; the laboratory 20 ± 5 ℃. */
export const usualBands: Record<ClimateKind, ClimateBand> = {
  curing: { temperatureMin: '18', temperatureMax: '22', humidityMin: '95', humidityMax: null },
  laboratory: { temperatureMin: '15', temperatureMax: '25', humidityMin: null, humidityMax: null },
};

export interface ClimateFigures {
  temperatureC: string | null;
  humidityPercent: string | null;
}
export interface Deviation {
  quantity: 'temperature' | 'humidity';
  side: 'high' | 'low';
  value: string;
  limit: string;
}

function deviation(
  quantity: Deviation['quantity'],
  value: string | null,
  min: string | null,
  max: string | null,
): Deviation[] {
  if (value === null) return [];
  if (min !== null && new Exact(value).lt(min)) return [{ quantity, side: 'low', value, limit: min }];
  if (max !== null && new Exact(value).gt(max)) return [{ quantity, side: 'high', value, limit: max }];
  return [];
}

/** Empty when the reading is inside; the limits themselves are inside. What was not measured is no deviation. */
export function deviationsOf(figures: ClimateFigures, band: ClimateBand): Deviation[] {
  return [
    ...deviation('temperature', figures.temperatureC, band.temperatureMin, band.temperatureMax),
    ...deviation('humidity', figures.humidityPercent, band.humidityMin, band.humidityMax),
  ];
}

const units = { temperature: '℃', humidity: '%' } as const;
const names = { temperature: '温度', humidity: '相对湿度' } as const;

/** `温度 23.1 ℃ 高于 22 ℃`. */
export const deviationText = ({ quantity, side, value, limit }: Deviation): string =>
  `${names[quantity]} ${value} ${units[quantity]} ${side === 'high' ? '高于' : '低于'} ${limit} ${units[quantity]}`;

function limitText(min: string | null, max: string | null, unit: string): string | null {
  if (min !== null && max !== null) return `${min}～${max} ${unit}`;
  if (min !== null) return `≥ ${min} ${unit}`;
  return max === null ? null : `≤ ${max} ${unit}`;
}

/** `18～22 ℃，≥ 95 %`; a room without limits says so. */
export function bandText(band: ClimateBand): string {
  const parts = [
    limitText(band.temperatureMin, band.temperatureMax, '℃'),
    limitText(band.humidityMin, band.humidityMax, '%'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? '未规定' : parts.join('，');
}
