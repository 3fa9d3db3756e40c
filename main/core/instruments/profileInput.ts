// A profile as a window sends it: JSON text, and never the name of somebody else.
import { AppError } from '../../../shared/errors/appError.ts';
import { confirmedByPerson } from './trialReader.ts';

/** The comparison with the display is this person's; no window writes another name. */
export function withPerson(driverId: string, profile: unknown, name: string): unknown {
  if (!confirmedByPerson.has(driverId) || typeof profile !== 'object' || profile === null) return profile;
  return { ...profile, confirmedBy: name };
}

/** A profile that crossed as JSON text. */
export function parseProfileText(text: string | null): unknown {
  if (text === null || text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError(
      {
        code: 'PROFILE_NOT_JSON',
        message: '配置不是有效的 JSON。',
        meaning: '没有使用；填写的内容还在。',
        next: '请检查括号、逗号和引号。',
      },
      { cause },
    );
  }
}
