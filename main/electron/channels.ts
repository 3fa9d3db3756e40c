// Names that the shell and its preload share. There are two channels: one up for calls, one down for events.
export const callChannel = 'jiantai:call';
export const eventChannel = 'jiantai:event';

/** The app's own origin: a standard, secure scheme that only this program serves. */
export const appScheme = 'lab';
export const appOrigin = 'lab://app';
