// What a profile is as data: what its platform can do, how much at once, who is master of which kind of entity, what is
// assumed about it, and what its error codes mean to the engine.
import type { FailureClass, PlatformCapabilities, PlatformFailure, PlatformLimits } from '../port.ts';

/** Who may change an entity kind: the platform alone, or this lab with the platform's approval. */
export type MasterOf = 'platform' | 'local-then-approved';

export interface ErrorRule {
  class: FailureClass;
  /** Of `frozen`: what the supervisor did. */
  freezes?: 'locked' | 'voided';
  tooLarge?: boolean;
  repeatOnce?: boolean;
}

export interface Assumption {
  /** What nobody outside the annex can know. */
  question: string;
  /** What this profile takes it to be. */
  assumed: string;
}

export interface ProfileData {
  id: string;
  title: string;
  capabilities: PlatformCapabilities;
  limits: PlatformLimits;
  masterOf: Record<
    'item' | 'person' | 'person-qualification' | 'equipment' | 'premises' | 'project' | 'contract',
    MasterOf
  >;
  assumptions: Assumption[];
  /** Hours within which the authority must have the notice of an unqualified result; 24 when not said. */
  noticeHours?: number;
  /** Words of the platform that mean: this person, machine, project or contract may be worked with. */
  activeWords: readonly string[];
  errorTable: Record<string, ErrorRule>;
}

/** What every profile's port is made from; a profile takes what it needs of it. */
export interface ProfilePortOptions {
  /** Address of the platform; `file:` for one that is reached through a file. */
  baseUrl: string;
  orgCode: string;
  accessKey: string;
  secret: string;
  /** Platform clock minus own clock in milliseconds, asked anew for every signature. */
  clockOffset?: () => number;
  /** Own clock, milliseconds since 1970. */
  now?: () => number;
}

/** What a platform cannot carry is refused in words, never dropped. */
export function capabilityMissing(title: string, what: string): PlatformFailure {
  const message = `${title}不能传送${what}，本条没有发送。请按主管部门规定的其他方式办理。`;
  return { class: 'rejected', code: 'CAPABILITY_MISSING', message, sent: false };
}
