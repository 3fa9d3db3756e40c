// Which profiles there are: those of the program and the lab's own, which are settings and audited as such. A figure whose
// shown unit lies counts only after a person confirmed its true one with a known value; the confirmation is bound to the
// profile's content and lapses with it.
import { z } from 'zod';
import type { confirmUnitInputSchema } from '../../../shared/instrument-files/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { Exact } from '../../../shared/methods/index.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import {
  convert,
  extensionsOf,
  parseFileProfile,
  readyProfiles,
  unitOf,
  type FileProfile,
  type ValueColumn,
} from '../../instruments/files/index.ts';
import { plainDecimal } from '../../instruments/drivers/driver.ts';
import type { Caller, Context } from '../context.ts';

const profileKey = (id: string): string => `fileProfile.${id}`;
const unitKey = (profileId: string, valueId: string): string => `fileUnit.${profileId}.${valueId}`;

const confirmationSchema = z.object({ profile: z.string(), by: z.string(), at: z.string(), words: z.string() });
type Confirmation = z.infer<typeof confirmationSchema>;

type Reader = Pick<Context, 'store'>;

export const profileDigest = (profile: FileProfile): string => digestOf(JSON.parse(JSON.stringify(profile)));

function ownProfiles({ store }: Reader): FileProfile[] {
  return store
    .all(`SELECT value FROM setting WHERE key LIKE 'fileProfile.%' ORDER BY key`)
    .map((row) => parseFileProfile(JSON.parse(String(row['value']))));
}

export const allProfiles = (context: Reader): FileProfile[] => [...readyProfiles, ...ownProfiles(context)];

export function requireProfile(context: Reader, id: string): FileProfile {
  const profile = allProfiles(context).find((candidate) => candidate.id === id);
  if (profile !== undefined) return profile;
  throw new AppError({
    code: 'FILE_PROFILE_UNKNOWN',
    message: `没有名为“${id}”的文件导入配置。`,
    meaning: '不能解释这个文件。',
    next: '请重新选择配置；配置由设备管理员维护。',
  });
}

/** The confirmation of a value's true unit, if it was given for this very profile. */
function confirmationOf({ store }: Reader, profile: FileProfile, valueId: string): Confirmation | null {
  const stored = store.get('setting', unitKey(profile.id, valueId))?.['value'];
  if (stored === undefined) return null;
  const confirmation = confirmationSchema.parse(JSON.parse(String(stored)));
  return confirmation.profile === profileDigest(profile) ? confirmation : null;
}

/** Values that may not be taken before somebody has confirmed their unit. */
export const unconfirmed = (context: Reader, profile: FileProfile): ValueColumn[] =>
  profile.values.filter(({ id, confirm }) => confirm && confirmationOf(context, profile, id) === null);

export function listProfiles(context: Reader) {
  const builtIn = new Set(readyProfiles.map(({ id }) => id));
  return {
    profiles: allProfiles(context).map((profile) => ({
      id: profile.id,
      title: profile.title,
      instrument: profile.instrument,
      status: profile.status,
      statusNote: profile.statusNote,
      extensions: [...extensionsOf(profile)],
      builtIn: builtIn.has(profile.id),
      content: JSON.stringify(profile, null, 2),
      confirmations: profile.values
        .filter(({ confirm }) => confirm)
        .map(({ id, label, unit, shownUnit }) => {
          const found = confirmationOf(context, profile, id);
          return {
            valueId: id,
            label,
            unit: unit ?? '',
            shownUnit: shownUnit ?? null,
            confirmed: found && { by: found.by, at: found.at, words: found.words },
          };
        }),
    })),
  };
}

export function saveProfile(context: Context, caller: Caller, content: string, reason: string): void {
  const profile = parseFileProfile(parseJson(content));
  if (readyProfiles.some(({ id }) => id === profile.id)) {
    throw new AppError({
      code: 'FILE_PROFILE_BUILT_IN',
      message: `“${profile.id}”是程序自带的配置，不能改动。`,
      meaning: '没有保存；填写的内容还在。',
      next: '请换一个 id，另存为本机构自己的配置。',
    });
  }
  const value = JSON.stringify(profile);
  context.store.transact(caller.actor, (tx) => tx.put('setting', { key: profileKey(profile.id), value }, reason));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      {
        code: 'PROFILE_NOT_JSON',
        message: '文件导入配置不是有效的 JSON。',
        meaning: '没有保存；填写的内容还在。',
        next: '请检查括号、逗号和引号。',
        details: [{ field: 'content', message: cause instanceof Error ? cause.message : '不是有效的 JSON' }],
      },
      { cause },
    );
  }
}

/** The known value must be the file's figure in the profile's unit, exactly; else nothing is confirmed. */
export function confirmUnit(context: Context, caller: Caller, input: z.output<typeof confirmUnitInputSchema>): void {
  const profile = requireProfile(context, input.profileId);
  const value = profile.values.find(({ id, confirm }) => id === input.valueId && confirm);
  if (value?.unit === undefined) throw refuseUnit('这一项不需要确认单位。', '请刷新页面后再试。');
  const [inFile, known] = [plainDecimal(input.fileFigure), plainDecimal(input.knownFigure)];
  const knownUnit = unitOf(input.knownUnit);
  if (inFile === null || known === null || knownUnit === null)
    throw refuseUnit('文件里的数、已知值须是十进制数字，单位须是 N、kN、mm 等。', '请核对后重新填写。');
  const meant = convert(inFile, value.unit, knownUnit);
  const words = `文件里的 ${inFile}，按 ${value.unit} 是 ${meant ?? '—'} ${knownUnit}；已知值 ${known} ${knownUnit}`;
  if (new Exact(inFile).isZero()) throw refuseUnit('零在任何单位下都是零，不能用来确认。', '请用一个不是零的已知值。');
  if (meant === null || !new Exact(meant).eq(known))
    throw refuseUnit(
      `${words}：不相等。`,
      `请核对已知值；若真实单位不是 ${value.unit}，请另存一个写明真实单位的配置。`,
    );
  const { name, username } = caller.user;
  const confirmation: Confirmation = {
    profile: profileDigest(profile),
    by: `${name}（${username}）`,
    at: toWallTime(context.now()),
    words: `${words}（${input.how}）`,
  };
  context.store.transact(caller.actor, (tx) =>
    tx.put(
      'setting',
      { key: unitKey(profile.id, value.id), value: JSON.stringify(confirmation) },
      `确认“${profile.title}”${value.label}的单位：${input.how}`.slice(0, 200),
    ),
  );
}

const refuseUnit = (message: string, next: string): AppError =>
  new AppError({ code: 'FILE_UNIT_NOT_CONFIRMED', message, meaning: '单位没有确认，仍不能取入这些读数。', next });
