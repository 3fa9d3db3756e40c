// 检测环境 of a record in words: the figures, and where they come from.
import type { EnvironmentSource, TestRecord } from '../../shared/entities/record.ts';

type Figures = Pick<EnvironmentSource, 'temperatureC' | 'humidityPercent'>;

export function environmentOrigin(source: EnvironmentSource, shown: Figures): string {
  const where = `${source.placeName} ${source.minute.replace('T', ' ')}`;
  const same = source.temperatureC === shown.temperatureC && source.humidityPercent === shown.humidityPercent;
  return same
    ? `来源：温湿度记录仪（${where}）`
    : `人工填写；记录仪（${where}）为 ${source.temperatureC} ℃、${source.humidityPercent} %`;
}

export function environmentText({ environment, environmentSource }: TestRecord): string {
  if (environment === null) return '';
  const figures = `${environment.temperatureC} ℃，${environment.humidityPercent} %`;
  return environmentSource === undefined
    ? figures
    : `${figures}（${environmentOrigin(environmentSource, environment)}）`;
}
