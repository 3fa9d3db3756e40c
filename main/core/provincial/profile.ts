// The profile of the platform that is set: chosen by its id in the settings, and what an administrator is shown of each.
import {
  DEFAULT_PROFILE,
  type Profile,
  profileOf as profileById,
  PROFILES,
} from '../../../sync/provincial/profiles/index.ts';
import type { ProfileData } from '../../../sync/provincial/profiles/profile-data.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';

/** The data of the profile that is set; of the default one where the setting names none that is known. */
export const profileOf = (context: Pick<Context, 'store'>): ProfileData =>
  (profileById(settingsOf(context).platformProfile) ?? PROFILES[DEFAULT_PROFILE]).data;

export interface ProfileShown {
  id: string;
  title: string;
  withKey: boolean;
  addressForm: string;
  assumptions: string[];
}

/** What is known and assumed about each profile, for the settings. */
export function shownProfiles(): ProfileShown[] {
  return Object.values(PROFILES).map(({ data, withKey, protocols }: Profile) => ({
    id: data.id,
    title: data.title,
    withKey,
    addressForm: protocols.includes('file:') ? 'file:///D:/监管客户端/exchange.sqlite' : 'https://平台地址',
    assumptions: data.assumptions.map(({ question, assumed }) => `${question}：${assumed}`),
  }));
}

export interface ConnectionInput {
  platformUrl: string;
  accessKey: string;
  secret: string;
  profile?: string | undefined;
}

const refuse = (message: string, next: string): AppError =>
  new AppError({ code: 'PLATFORM_CONNECTION', message, meaning: '平台连接没有改动，上传照旧。', next });

/** Refuses a connection that its profile cannot use, before anything is stored; answers the profile's id. */
export function checkedProfile({ platformUrl, accessKey, secret, profile }: ConnectionInput): string {
  const id = profile ?? DEFAULT_PROFILE;
  const known = profileById(id);
  if (known === null) throw refuse(`本程序没有“${id}”这种平台规约。`, '请从列出的规约中选择。');
  if (!known.protocols.includes(new URL(platformUrl).protocol)) {
    throw refuse(
      `“${known.data.title}”的平台地址须以 ${known.protocols.join(' 或 ')} 开头。`,
      known.withKey ? '请填写平台的网址。' : '请填写监管客户端的交换文件，例如 file:///D:/监管客户端/exchange.sqlite。',
    );
  }
  if (known.withKey && (accessKey === '' || secret === '')) {
    throw refuse('没有填写访问标识或密钥。', '请填写平台发给本机构的访问标识和密钥。');
  }
  return id;
}
